"""Whether a message in a channel asks "am I a member?". Strict: a wrong answer interrupts a conversation."""

from coop.asking import elsewhere, own_standing
from coop.asking.glance import may_ask, may_be_a_question
from coop.asking.names import Names
from coop.asking.question import Asked, Question
from coop.asking.words import spoken

# Nobody who wants an answer writes this much; people who think about membership do.
_TOO_LONG = 900
# Beyond this, only a question that opens or closes the message is meant for an answer.
_LONG = 400
_NEAR_AN_END = 90


def in_channel(text: str, names: Names) -> Question | None:
    """OWN_STANDING, or None for everything else. A message longer than 900 characters is never read."""
    if len(text) > _TOO_LONG or not may_ask(text, names):
        return None
    said = spoken(text, names)
    if not may_be_a_question(said) or elsewhere.is_about_another_body(said):
        return None
    heard = own_standing.heard(said)
    if not any(_is_meant(heard, *found.span()) for found in own_standing.questions(heard)):
        return None
    if elsewhere.is_about_an_event(said) or elsewhere.is_written_about(text, said):
        return None
    return Question(Asked.OWN_STANDING)


def _is_meant(heard: str, start: int, end: int) -> bool:
    before, after = heard[:start], heard[end:]
    if len(heard) > _LONG and min(len(before), len(after)) > _NEAR_AN_END:
        return False
    return not elsewhere.is_not_asked(before, after)
