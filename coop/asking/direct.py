"""What a message to the bot itself asks for. Looser than in a channel: the person is talking to us."""

import re

from coop.asking import others, things, wishes
from coop.asking.names import Names
from coop.asking.phrases import Parts
from coop.asking.question import Asked, Question
from coop.asking.weighing import weigh
from coop.asking.words import spoken

_READ_AT_MOST = 1000
_MENTIONED = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")

_PARTS = Parts(things.PARTS)
_PARTS["end"] = "(?:[.?,] |thanks |again )*$"
_OPENING = _PARTS.phrases("""
    ^ (hi|hello|hey|hiya|good|morning|afternoon|evening|there|bot|yes|ok|thanks|thank you|all|right|sorry|.|,)
""")
_PARTS["show_me"] = _PARTS.either("""
    [can|could|may|i|you|have|check|show|see|get|view|send|tell|about|what is|where is|me]
""")
_PARTS["i"] = _PARTS.either("(i|we|me|us)")
_PARTS["went"] = _PARTS.either("""
    (go|gone|went|come|came|work|worked|arrive|arrived|land|landed) [through|in|ok]
    (approved|accepted|received|processed|confirmed|recorded|seen)
""")
_PARTS["sent"] = "(?:application|registration|payment|money|form|transfer|request|fee|£) "
_OWN_STANDING = _PARTS.phrases("""
    ^ <show_me> [my|our|the] (MEMBER|membership|MINE|OURS|standing|status)\
    [status|card|number|record|check|details|info|or not|or nah] <end>
    ^ <show_me> my (card|number|status|record|fee|MEMBER card) <end>
    (am|are) <i> [on|in|official|approved|accepted|up to date|registered|listed|ok|lapsed|overdue|late] <end>
    (am|are) <i> [in] or (not|out) <end>
    [am|are] <i> [am] on the (register|list|books) [,] [am not|are not] [i] <end>
    (do|have) you [have|got] me on the (register|list|books|system) <end>
    (^|but) (am|are) <i> in ?
    ^ did it (work|go through|arrive|come through) <end>
    if my <sent> (is|was|has) [been|gone|come|successful|received|approved|through|ok] <end>
    what number am <i> <end>
    am <i> allowed to vote
    can <i> vote <end>
    (have|was|am) <i> [been|got] (approved|accepted|added|enrolled|let in) <end>
    (have|has|did) (you|anyone) (approved|approve|accepted|accept|added|add) me <end>
    ^ [have|has|did] [<i>] (paid|pay|joined|registered|register|signed up)\
    [my|the|for] [fee|it|dues|subs] <end>
    (did|has|have|was|is) [you|anyone|got|get|received|gotten] my <sent>\
    [not|been|get|got] [<went>] <end>
    is my <sent> [paid|in|ok|late|overdue|due] <end>
    [any] (news|what is happening|what happened) (on|about|with|to) my <sent> <end>
    (when|what|how much) [is|are|do|does|did|have|was|<i>|my|our|the|to]\
    [next|still|fee|FEE|MINE|payment|to] (due|owe|pay|join|start) [next] <end>
    when (do|does|will|must) (<i>|it|that) [have|need] [to] (pay|renew|expire|run out|end) <end>
    (do|does|did) <i> [still] owe [any|anything|you|some|money|FEE] <end>
    what date did <i> join <end>
    (do|does|did|is) ... ... (count|counts|enough) (as|for) [being] (MEMBER|membership|joining|standing) <end>
""")

# Nobody else is meant, so less will do than in a channel; after all else has been tried, less still.
_LIKELY, _PERHAPS = 0.5, -0.5

_KINDS = (
    (Asked.LEAVE, wishes.LEAVE, wishes.NOT_LEAVING),
    (Asked.OWN_STANDING, _OWN_STANDING, None),
    (Asked.JOIN, wishes.JOIN, wishes.NOT_JOINING),
    (Asked.SOMEONE_ELSE, others.SOMEONE_ELSE, None),
    (Asked.HELP, wishes.HELP, None),
)


def to_bot(text: str, names: Names) -> Question | None:
    """What `text`, said in private or after a mention that is stripped, asks for; None if it is not clear."""
    words = spoken(text[:_READ_AT_MOST], names)
    said = things.named(words)
    about, weight = _MENTIONED.search(text), weigh(words)
    if about and weight < _LIKELY and others.A_PERSON_MENTIONED.search(said):
        return Question(Asked.SOMEONE_ELSE, about[1])
    asked = _asked(_without_greeting(said), weight)
    if not asked and wishes.GREETING.search(said):
        asked = Asked.HELP
    return Question(asked) if asked else None


def _without_greeting(said: str) -> str:
    while greeting := _OPENING.match(said):
        said = said[greeting.end() :]
    return said


def _asked(said: str, weight: float) -> Asked | None:
    if others.ORGANISATION.search(said):
        return Asked.ORGANISATION
    if weight > _LIKELY:
        return Asked.OWN_STANDING
    for asked, wordings, objection in _KINDS:
        if wordings.search(said) and not (objection and objection.search(said)):
            return asked
    return Asked.OWN_STANDING if weight > _PERHAPS else None
