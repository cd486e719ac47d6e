"""Whether a message in a channel asks "am I a member?". Strict: a wrong answer interrupts a conversation."""

from coop.asking.glance import may_ask, may_be_a_question
from coop.asking.names import Names
from coop.asking.question import Asked, Question
from coop.asking.weighing import weigh
from coop.asking.words import spoken

# Nobody who wants an answer writes this much; people who think about membership do.
_TOO_LONG = 900
# Beyond this, only a question that opens or closes the message is meant for an answer.
_LONG = 400
# Of the messages in tests/labelled that are not learnt from, hardly one weighs more and is no question.
_SURE = 1.0


def in_channel(text: str, names: Names) -> Question | None:
    """OWN_STANDING, or None for everything else. A message longer than 900 characters is never read."""
    if len(text) > _TOO_LONG or not may_ask(text, names):
        return None
    said = spoken(text, names)
    if not may_be_a_question(said):
        return None
    meant = (said,) if len(said) < _LONG else _ends(said)
    return Question(Asked.OWN_STANDING) if any(weigh(part) > _SURE for part in meant) else None


def _ends(said: str) -> tuple[str, str]:
    sentences = said.replace("? ", "? . ").rstrip(" .").split(" . ")
    return sentences[0], sentences[-1]
