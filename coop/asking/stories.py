"""Questions in whatever words: the parts have to be there, and nothing that makes it another question.

"Could you ascertain whether, under either name, I hold a membership" has somebody asking, the speaker, and
membership. "Whether I need to be a member" and "is my membership tax deductible" have them too: so no words
of wishes, duties, rules and other people may stand between. Written in `things`, `claims` and `doubts`.
"""

import re
from collections.abc import Iterator

from coop.asking import follows
from coop.asking.phrases import Parts, holds

_ANOTHER_QUESTION = """
    should need needs needed must want wants wanted can could would will may might able supposed meant allowed
    required entitled eligible liable qualify welcome late only right what who why how where when whose
    he she they his her their someone anyone everyone others people nobody council councils team company
    employer boss manager authority colleague channel group meeting call page link website vote pay paying
    cost costs refund expenses elected miss missed know remember tell ask asked use bring invite add share
    give worth part problem told about than for CLAIM JOINED STANDING NEWS LOOK DOUBT OURS PERSON
"""
_A_RULE = r"""
    \w+able \w+ship public private confidential safe data tax free cover covers include entitle fee money per
    annual yearly half cheaper open(?=\sto) (?:go|going)(?=\s(?:up|down)) (?:the|my|our)(?!\s(?:system|new))
"""
# "Am I a board member" asks about a board: what may stand before "member" is known.
_BEFORE = "as be i one hold have of\\sthe among among\\sthe remain stay rest into name become this email , me"
_BEFORE_ENDS_IN = "ed made fore wise your"  # registered, therefore, otherwise
# A statement has its verb after these; "my boss has" tells as well, so other verbs have to open a clause.
_TOLD = """
    what which where how why who whose only nor neither as than i we they he she it that this you to if MEMBER
    membership MINE LIST NET LOOK DOUBT
"""
_OPENING = "[?.,] but and or then ok well also yes hi hello hey all everyone folks guys question QUOTE PERSON"

_PARTS = Parts(follows.PARTS)
_not_another = rf"(?!(?:{'|'.join(_ANOTHER_QUESTION.split())}) )"
_not_yet = r"(?!(?:MEMBER|LIST|NET|MINE|membership|to(?! be| hold| have)|have(?= to)|too(?= \w+ to)) )"
_PARTS["gap"] = rf"(?:the one who |{_not_another}{_not_yet}\w+ |, ){{0,6}}?"
_PARTS["says"] = (
    r"(?!(?!since|ever|finally|really|nevertheless|nonetheless|has|have|had)\w+ been )"
    rf"(?:{_not_another}(?!(?:{'|'.join(_A_RULE.split())}) )\w+ ){{1,6}}?"
)
_PARTS["verb"] = r"(?:is|has|was|had|did|went|came|got|carries|\w+ed|\w+s(?= \w)) "
_PARTS["done"] = rf"{_not_another}(?!based|supposed|used|limited)(?:\w+ed|put|kept|lost|left|held|set) "
_PARTS["ours"] = (
    "(?:(?:"
    + "|".join(rf"(?<=(?<!\w){word} )" for word in _BEFORE.split())
    + "".join(f"|(?<={ending} )" for ending in _BEFORE_ENDS_IN.split())
    + ")(?:MEMBER|membership)|LIST|(?:in|by|with|into) NET) (?:of NET )?"
)
_PARTS["stops"] = r"(?=[.?,] |or |$|(?:following|after|since|because|when|while|now|but|and|before|if) )"
_PARTS["me"] = "(?:i|me|us|my name|my details) "
_PARTS["mine_too"] = (
    "(?:(?:under|against|in|on|to|for) )?"
    "(?:me|us|my name|mine|(?:this|that|which|either) (?:one|account|login)) "
)
_PARTS["asks"] = r"(?:LOOK|DOUBT) (?:(?:\w+ |, ){0,4}?(?:if|that|which|by) )?"
_PARTS["undone"] = _PARTS.either("""
    (lose|lost|end|ended|kill|killed|cancel|cancelled|affect|affected|stop|stopped|wipe|wiped|break|close|closed)
    (carry|carried|move|moved|keep|kept|renew|renewed|save|saved|transfer|transferred|delete|deleted|drop|dropped)
""")
# The look ahead is for speed: nearly every word fails it.
_PARTS["did"] = (
    "(?=(?:am|are|was|is|have|has|had|did|does) )(?:"
    + "".join(rf"(?<!\b{word} )" for word in _TOLD.split())
    + "(?=am |did |does )|"
    + "|".join(rf"(?<={word} )" for word in _OPENING.split())
    + r"|(?<![\s\S]))"
    "(?:am|are|was|is|have|has|had|did|does) (?:not )?"
)
_ASKED_OF_ONE = _PARTS.before(
    follows.ENDS,
    """
    <asks> <gap> (CLAIM|STANDING|NEWS|JOINED)
    <asks> <gap> <me> <gap> <ours>
    <asks> <gap> membership <gap> <mine_too>
    (LOOK|DOUBT) [<gap> (if|that)] MINE <verb> [<says>] <stops>
    ^ DOUBT of membership
    """,
)
_PARTS["of_me"] = _PARTS.either("""
    <gap> <me> <gap> <ours>
    <gap> membership <gap> <mine_too>
    MINE <says> <stops>
    MINE [been] <done> ... ... <stops>
    (that|this|it|anyone|you|someone|they|NET|the *|my *) <gap> MINE <stops>
    (the|our|your) [steering|membership|core] (group|team|board|committee|bank)\
    <gap> [to|of|on|at] MINE <stops>
    (that|this|it) [enough for] membership
    (that|this|it) <gap> (into|as|mean|be|this|that|it|me) (membership|MEMBER)
    it (on|in|recorded|known|noted|down|official) <gap> that (CLAIM|STANDING|JOINED)
    there LIST ... with (me|my name) (on|in) it
    ... ... ... <undone> MINE
    (people|those|folk|someone) like me <gap> MEMBER
""")
_ASKED = _PARTS.before(
    follows.ENDS,
    """
    <did> <of_me>
    do <gap> membership <gap> <mine_too>
    do i (rest|remain|stay|hold|have|exist|figure|feature|appear|sit) <gap> <ours>
    do i (show|come|turn|appear) [up] ... ... ... (MEMBER|LIST)
    (anyone|someone|you|they) (got|have|has|see|find|hold) <gap> [of] MINE
    which [one] is [the] MEMBER
    where (does|did) <gap> (leave|put) MINE
    """,
)
# Words without one of which the expressions need not be tried.
_ONESELF = (" i ", "me ", "us ", "my ", "MINE ", "mine ", "membership ", "which ", " that ")


def questions(heard: str) -> Iterator[re.Match[str]]:
    """Where `heard` asks about the speaker's own membership in words nobody foresaw."""
    if holds(heard, _ONESELF):
        yield from _ASKED.finditer(heard)
    if "LOOK " in heard or "DOUBT " in heard:
        yield from _ASKED_OF_ONE.finditer(heard)
