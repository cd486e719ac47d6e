"""What keeps us silent although the words of the question are there: they are not about us, or not asked.

Written in canonical words; the expressions about what stands before and after a question in `own_standing`.
"""

import re

from coop.asking.phrases import Parts

_PARTS = Parts(stops=r"(?=[.,]|$)")

# Memberships of something else, which silence a question that does not name the network.
_OTHER_BODY = _PARTS.phrases("""
    (gym|union|unions|unison|gmb|library|libraries|pension|pensions|lgps|parliament|labour|tory|tories|libdem)
    (rspb|costco|netflix|prime|amazon|spotify|nectar|clubcard|museum|theatre|cinema|zoo|railcard|magazine)
    (golf|football|rugby|cricket|tennis|swimming|climbing|leisure|sports|fitness|yoga|pool|choir|scouts)
    (socitm|solace|cipfa|cips|bcs|rics|cipd|institute|party|panel|jury|rotary)
    (github|gitlab|repo|repos|repository|trello|azure|entra|teams|sharepoint|jira|okta|figma|whatsapp|yammer)
    (national trust|english heritage|credit union|distribution|directory|tenant)
    (working|security|google|focus) group
    book club
""")
_US = re.compile(r"\b(?:NAME|network|coop)\b")

# What else one joins or signs up for.
_EVENT = _PARTS.phrases("""
    (localgovcamp|camp|event|events|session|sessions|workshop|webinar|call|meeting|conference|ticket|tickets)
    (course|newsletter|beta|trial|pilot|summit|meetup|lunch|dinner|hackday|hack|zoom|drinks|quiz|raffle)
    (training|sweepstake)
""")
# "Did the form at the camp" says where; "booked the camp" says what.
_AT_AN_EVENT = re.compile(r"\b(?:in|at|on|after|during|before|from)(?: (?:the|our|your|my|this))? $")
# "Have I joined?" alone asks us; inside a story about something else it does not.
_SHORT = 120

_WRITTEN_ABOUT = _PARTS.phrases("""
    (faq|faqs|heading|headings|title|titles|slogan|slide|poster|tagline|hashtag|headline)
    user (story|stories|need|needs)
    acceptance criteria
    (are|is|were) (we|it|this) [the] (coop|network|association|organisation|community)
    ^ (copy|wording|draft|caption|headline|script|idea) [*] ,
""")
_TICK_BOX = re.compile(r"\[[ xX]?\]")
_USER_STORY = re.compile(r"\bas an? [^.?!]{2,40}\bi (?:want|need|would like|should|can)\b.*\bso\b", re.DOTALL)

_PARTS["i_do"] = "(?:i (?:do |am |can |have |was )?)?"
_PARTS["again"] = (
    _PARTS.either("""
    [me|us|him|her|them|it|you|the|again|is|was|like|that|things|for|something|out loud|yesterday|once|to|,]
""")
    + _PARTS["i_do"]
)
# "I have asked before, but am I a member?" is meant; "I asked am I a member and it said yes" is told.
_PARTS["not_i"] = "(?<!i )(?<!have )(?<!we )(?<!been )"
_PARTS["participant"] = r"(?:(?:participant|interviewee|respondent|person|user) (?:\d+ )?|p\d+ )"
_PARTS["spoke"] = (
    "(?:asks|asked|says|said|saying|types|typed|writes|wrote|writing|texted|tweeted|posted|shouted"
    "|dmed|messaged|pinged|emailed|replied) "
)
_BY_OTHERS = _PARTS.phrases("""
    <spoke> <i_do> $
    (try|keep|start|been) asking <i_do> $
    (he|she|they|people|users|folk|folks) (was|were|is|are|go|goes|went) [like] <i_do> $
    (he|she|they|people|users|folk|folks) (want|wants|wanted|need|needs) [to know|to ask] <i_do> $
    (top|common|first|main|biggest|usual|popular|people ask) (question|DOUBT) [is|was] <i_do> $
    question ... ask is <i_do> $
    <not_i> <spoke> , ... $
    ^ <participant> , ... $
    there (should|could) be [*] $
    ^ (when|once) (i|we) [have] (pay|paid|join|joined|sign up|signed up) ... ... [,] $
    ^ if (i|we) (pay|join|sign up|leave|give|retire|move|become) ... ... [,] $
    <not_i> <spoke> <again> $
    (answered|answers|wonders|thinks|recognises|understands|called|titled|labelled|named|goes) <again> $
    (type|typing|write|send|say|enter|search|google|try|phrase|wording|prompt|button|command) <again> $
    (ask|asking|DOUBT|LOOK|message|dm|tell) (it|him|her|them|NET|[the] [*] bot|countmein) <again> $
    (people|someone|everyone|folk|folks|they|you|users|members|who) [was|is|were|all|keep|keeps|been]\
    (ask|asking|DOUBT) <again> $
    question ... (is|was) <again> $
    (what|mean|means) $
    why (do|does|did|would|should) * [*] $
    (when|whenever|if) (i|you|we|they|people|someone) (ask|type|say) <again> $
    ^ (nobody|no one|someone|everyone|user|visitor|volunteer|newcomer|them|customer|person) , $
    (he|she|they) $
    (he|she|they|people|users|many|some|most|lots) (is|are|do|does|did|was|were|can|could|may) [not] $
    (half|most|some|many|lots|plenty|loads) of (us|them) (is|are|do|did|was|were|can) [not] $
    you (do|would|may|might) $
    (wants|needs|wanted|hopes|tries) [me|us] $
    (emailing|emailed|rang|phoned|called|texted|writing|email|messaged) [to|me|us] $
    (test|tests|ticket|issue|flow|intent|regex|answer|handler|page|copy|code) [for|to|of] $
""")
_ANSWERED_AT_ONCE = _PARTS.phrases("""
    (.|?) (yes|no|yep|yup|nope|nah|apparently|of course|who cares|obviously) <stops>
    [?] (brilliant|great|nice|lovely|excellent|amazing|wow|hooray|cool) <stops>
    [.|?|,] (is|was) (the|our|what|one|all|not|still)
    [.|?|,] (are you|is anyone|who cares|what does it|does it matter|do i care|is that enough) ?
    if (i|we) (move|leave|change|retire|join|pay|become|give|stop|cancel|quit|switch|get)
    or (owner|admin|viewer|editor|maintainer|observer|contractor|employee|lead|attendee|organiser)
""")


def is_about_another_body(spoken: str) -> bool:
    return bool(_OTHER_BODY.search(spoken)) and not _US.search(spoken)


def is_about_an_event(spoken: str) -> bool:
    """For questions without a word for membership in them: "have I joined?", "am I signed up?"."""
    if "member" in spoken or "£" in spoken or _US.search(spoken):
        return False
    return len(spoken) > _SHORT or bool(_EVENT.search(spoken))


def names_an_event(spoken: str) -> bool:
    """Something else that one joins, unless it is only where the speaker was."""
    return any(not _AT_AN_EVENT.search(spoken, 0, found.start()) for found in _EVENT.finditer(spoken))


def is_written_about(text: str, spoken: str) -> bool:
    """The question as a heading, a slogan, a task or a user story."""
    return bool(_WRITTEN_ABOUT.search(spoken) or _TICK_BOX.search(text) or _USER_STORY.search(text.lower()))


def is_not_asked(before: str, after: str) -> bool:
    """`before` and `after` the question: somebody else's words, or answered in the same breath."""
    stop = max(before.rfind(". "), before.rfind("? "))
    sentence = before[stop + 2 :] if stop >= 0 else before
    return bool(_BY_OTHERS.search(sentence) or _ANSWERED_AT_ONCE.match(after))
