"""Whether a message in a channel asks "am I a member?". Strict: a wrong answer interrupts a conversation.

Every message of a busy workspace comes through here, so two look-ups in sets let nearly all of them go.
"""

import re

from coop.asking import claims, own_standing, things
from coop.asking.glance import may_ask
from coop.asking.names import Names
from coop.asking.phrases import expression, phrases
from coop.asking.question import Asked, Question
from coop.asking.words import spoken

# Nobody who wants an answer writes this much; people who think about membership do.
_TOO_LONG = 900
# Beyond this, only a question that opens or closes the message is meant for an answer.
_LONG = 400
_NEAR_AN_END = 90
# "Have I joined?" alone asks us; inside a story about something else it does not.
_SHORT = 120

_USER_STORY = re.compile(r"\bas an? [^.?!]{2,40}\bi (?:want|need|would like|should|can)\b.*\bso\b", re.DOTALL)
_WRITTEN_ABOUT = phrases("""
    (faq|faqs|heading|headings|title|titles|slogan|sticker|stickers|slide|poster|tagline|hashtag|headline)
    user (story|stories|need|needs)
    acceptance criteria
""")
_ELSEWHERE = phrases("""
    (gym|union|unions|unison|gmb|library|libraries|pension|pensions|lgps|parliament|labour|tory|tories|libdem)
    (rspb|costco|netflix|prime|amazon|spotify|nectar|clubcard|museum|theatre|cinema|zoo|railcard|magazine)
    (golf|football|rugby|cricket|tennis|swimming|climbing|leisure|sports|fitness|yoga|pool|choir|scouts|rotary)
    (socitm|solace|cipfa|cips|bcs|rics|cipd|institute|party|panel|jury)
    (github|gitlab|repo|repos|repository|trello|azure|entra|teams|sharepoint|jira|okta|figma|whatsapp|yammer)
    (vpn|wifi|laptop|printer|distribution|directory|tenant)
    (national trust|english heritage|credit union|working group|book club|focus group|security group|google group)
""")
_NAMED = re.compile(r"\b(?:NAME|network|coop)\b")
_EVENT = phrases("""
    (localgovcamp|camp|event|events|session|sessions|workshop|webinar|call|meeting|conference|ticket|tickets|training)
    (course|newsletter|beta|trial|pilot|summit|meetup|lunch|dinner|hackday|hack|zoom|drinks|quiz|raffle|sweepstake)
""")
_SAID_BY_OTHERS = phrases("""
    (asks|asked|says|said|saying|types|typed|writes|wrote|writing|texted|tweeted|posted|shouted|replied) <after> $
    (answered|answers|wonders|thinks|recognises|understands|called|titled|labelled|named|goes|chanting) <after> $
    (type|typing|write|send|say|enter|search|google|try|phrase|wording|prompt|button|command) <after> $
    (ask|asking|DOUBT|LOOK|message|dm|tell) (it|him|her|them|the bot|NET|the * bot|bot|countmein) <after> $
    (people|someone|everyone|folk|folks|they|you|users|members|who) [was|is|were|all|keep|keeps|been] (ask|asking|DOUBT) <after> $
    question ... (is|was) <after> $
    (nobody|no one|someone|everyone|user|visitor|volunteer|newcomer|them|customer|person|bot) , $
    (he|she|they) $
    (he|she|they|people|users|many|some|most|lots) (is|are|do|does|did|was|were|can|could|may) $
    you (do|would|may|might) $
""", after=expression("[me|us|him|her|them|it|you|the|again|is|was|like|that|things|for|something|out loud|yesterday|once|to|this|just|,]"))
_ANSWERED_AT_ONCE = phrases("""
    [.|?] (yes|no|yep|yup|nope|nah|apparently|technically|of course|who cares|obviously|sadly) <stops>
    [.|?|,] (is|was) (the|our|what|one|all|not|still)
    [.|?|,] (are you|is anyone|who cares|what does it|does it matter|do i care|is that enough) ?
    or (guest|owner|admin|viewer|editor|maintainer|observer|contractor|employee|visitor|lead|attendee|organiser)
""", stops=r"(?=[.,]|$)")


def in_channel(text: str, names: Names) -> Question | None:
    """OWN_STANDING, or None for everything else. A message longer than 900 characters is never read."""
    if len(text) > _TOO_LONG or not may_ask(text, names):
        return None
    said = spoken(text, names)
    heard = claims.named(things.named(said))
    asked = any(_is_meant(heard, *found.span()) for found in own_standing.questions(heard))
    return Question(Asked.OWN_STANDING) if asked and not _is_about_something_else(said, text) else None


def _is_about_something_else(said: str, text: str) -> bool:
    if _WRITTEN_ABOUT.search(said) or _USER_STORY.search(text.lower()):
        return True
    if _NAMED.search(said):
        return False
    if _ELSEWHERE.search(said):
        return True
    return "member" not in said and "£" not in said and (len(said) > _SHORT or bool(_EVENT.search(said)))


def _is_meant(heard: str, start: int, end: int) -> bool:
    before, after = heard[:start], heard[end:]
    if len(heard) > _LONG and min(len(before), len(after)) > _NEAR_AN_END:
        return False
    sentence = before[max(before.rfind(". "), before.rfind("? ")) + 1 :]
    return not _SAID_BY_OTHERS.search(sentence) and not _ANSWERED_AT_ONCE.match(after)
