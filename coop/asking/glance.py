"""The first two looks at the messages of a busy workspace: look-ups in sets let most of them go."""

import re
import unicodedata

from coop.asking.names import Names
from coop.asking.spelling import any_slips, slips

_WORD = re.compile(r"[^\W_]+|£")

# "It" is asked about for oneself as well: "membership form sent, did it arrive?"
_SELF = """
    i ii im ive l ah am ami amia iam imember iamember amiamember mi huv
    my one our ma mah me us we were it mine still yes status ok okay count valid active sorted yet not now
    received approved accepted lapsed
"""
_ONESELF = frozenset(_SELF.split())
_PLAIN = """
    join joined joining rejoin lapsed registered register registrar enrolled enrolment sign signed signing
    signup paid payment membership memberships mem network coop co aelod aelodaeth cooperative association
    collective community movement standing £ pound quid form forms application applications applied approved
    approval accepted admitted admission inscription books roll added listed list pending arrears
    renewed renewal yours belong approve approving approvals readmitted counted official subscription joiners
"""
_MEMBERSHIP = frozenset(_PLAIN.split()).union(
    any_slips("member"),
    any_slips("members"),
    (f"a{slip}" for slip in any_slips("member")),
    any_slips("membership"),
    *map(slips, ("network", "joined", "signed", "signup", "register", "registered", "accepted", "approved")),
)
# "Am I still in?", "have you got me down?"
_WITHOUT_THEM = re.compile(
    r"\b(?:am|are|was|were|let|get|got|i['’]?m|we['’]?re|me) (?:i |we |you |still |really )?(?:in|down|off)\b"
    r"|\bone of (?:you|us|yours|your own)\b"
)


def may_ask(text: str, names: Names) -> bool:
    """False only where no question about one's own membership can be."""
    lower = (text if text.isascii() else unicodedata.normalize("NFKC", text)).lower()
    words = _WORD.findall(lower)
    if _ONESELF.isdisjoint(words):
        return False
    # Words run together count, as in "amember"; "remember", which people write all day, does not.
    if "member" in lower and "member" in lower.replace("remember", ""):
        return True
    if not (_MEMBERSHIP.isdisjoint(words) and names.first_words.isdisjoint(words)):
        return True
    return bool(_WITHOUT_THEM.search(lower))


# "?" goes missing: then a question has its words turned round, or says what the speaker does not know.
_ASKS = re.compile(
    r"(?<!\S)(?:(?:amn?|aam|amd|m|my|are|was|were|have|has|had|did|do|is|can|could|should|would) (?:not )?"
    r"(?:i|ah|l|we|it|my|our|me|you|they|he|she|the|that|this|someone|anyone|there|any|being|every\w+|some\w+)"
    r"|does|if|check|checking|confirm|clarification|verify|ascertain|settle|advise|tell|wondering|unsure|sure|certain|worried|know|find|show|send|give|need"
    r"|idea|clue|what|how|any|status|right|take|confirmation|look|search|chasing|update|enquire|outcome|yet"
    r"|shouldnt|or (?:not|no)) "
)


def may_be_a_question(spoken: str) -> bool:
    """The second look, once `words.spoken` has run: most of what is left says something and asks nothing."""
    return "? " in spoken or bool(_ASKS.search(spoken))
