"""How people ask about their own membership, written in `things`, `claims` and `doubts`."""

import re
from collections.abc import Iterator
from functools import partial

from coop.asking import claims, doubts, follows, half_said, short_questions, stories, things
from coop.asking.phrases import Parts, holds

_PARTS = Parts(follows.PARTS)
_before_ends = partial(_PARTS.before, follows.ENDS)

_PARTS["when"] = _PARTS.either("""
    (when|until when|since when)
    how (long|much longer|many years)
    (what|which) (date|day|year|month)
""")
# "What am I a member of", "not only am I a member" ask or tell something else.
_PARTS["asking"] = "".join(
    rf"(?<!\b{word} )"
    for word in [
        "i",
        "we",
        "what",
        "which",
        "where",
        "how",
        "why",
        "whose",
        "only",
        "only then",
        "nor",
        "neither",
    ]
) + _PARTS.either("(am|amn|my|m|aam|amm|amd|ame|qm|sm|em|ar|are|was|were|have|has|did) [not|no]")
_PARTS["gap"] = r"(?:(?!(?:if|matter|matters|care|of|who|how|what|why|where|am|are|have|did) )\w+ ){0,3}?"
_PARTS["happened"] = _PARTS.either("(<state>|<went>) [<through>]")
_PARTS["not_where"] = "(?<!where )(?<!why )(?<!how )(?<!what )"
_PARTS["not_how"] = "(?<!how )"
_PARTS["does"] = "(?:do|does|did|would|will|has|have) "
_PARTS["has"] = "(?:do|does|did|has|have|is|are) "
_MYSELF = _before_ends("""
    <asking> <claim>
    (are|is|have|has|did) * and <claim>
    ^ is (it|that) [because|that|possible|likely] <claim>
    what (am|are) <claim>
    (<does>|should|can|could|may|am) [not] STANDING
    <does> ... ... ... (mean|make|makes|made) [that] (<claim>|NEWS|STANDING)
    <when> (have|did|was|am|were|are) <claim> [for]
    (LOOK|DOUBT) [<gap> (if|when|of if)] [that|when|about|as to|or not|of] (<claim>|STANDING)
    <not_how> <does> (it|LIST|you|NET|the *) (say|show|think|reckon|know|believe) [that] (<claim>|STANDING)
    if (<claim>|STANDING) [or not] [,] [i|we|is|it is|am|are|does anyone] (DOUBT|LOOK)
    ^ i take it (<claim>|STANDING)
""")

_MY_MEMBERSHIP = _before_ends("""
    (is|are|was|were) [not] (MINE|OURS) [all|not|been|being|gone] <happened>
    <not_where> (<does>|is|was|had) [not|all of|both of] NEWS
    (can|could) (i|we|someone|you|anyone) [get|have] NEWS
    (LOOK|DOUBT) [<gap> (if|when)] [that|when|about|as to|or not|of] NEWS
    if NEWS [or not] [,] [i|we|is|it is|does anyone] (DOUBT|LOOK)
    <when> (<does>|is|was|until) (MINE|OURS) ... (<happened> [for]|up)
    <when> (<does>|is|was|until) NEWS [left|to run|for|from]
    <when> (is|has|does|have) MINE [got] (left|to run|valid|good) [for]
    (do|must|should) <i> [need|have|do] to ... to (stay|remain|keep being) MEMBER
    (did|have) <i> [not] let (NEWS|MINE (go|slip))
    (what|how) (is|are) [the|things|up|it] [happening|going on|going|standing|latest|score|story|deal|craic]\
    (with|on) MINE
    where (am|do) <i> [stand|up|at] [to|as] (with|on|about|regards|regarding) MINE
    (did|have) <i> [not] (cancel|cancelled|renew|renewed|lose|lost|leave|left) (MINE|NET)
    (did|has|does|will) (it|that|this) (cancel|cancelled|affect|affected|end|ended|renew|renewed) MINE
    LOOK receipt of MINE
    how is MINE (getting on|coming (along|on)|progressing)
    how (do|did) (things|it) (stand|look|go) (with|for) MINE
    (what|where|how) [is|are|about] MINE [at|looking|like|doing]
    [(what|where|how) (is|are)] the (status|state|position|situation) (of|with|on|as regards|regarding) MINE
    any (news|update|updates|word|progress|joy|luck|movement|sign) (on|about|with|of) MINE
    LOOK [about|on|up|out|at|into|of|the status of|me] MINE
    LOOK [me] what MINE (is|says)
    is [there|everything|anything|something|all|it]\
    (problem|issue|wrong|ok|okay|fine|right|missing|up|off) with MINE
    (can not|could not) (find|see|remember|recall|access) MINE
    ^ [i] (need|forgot|have forgotten|forgotten) MINE
    MINE [.|,|and|but] LOOK (it|that|this) [up|out]
    (do|does) <i> have MINE
    what (happened|has happened|is happening|became) (to|with|of) MINE
    DOUBT [of|about|for] MINE
    (can|could|may|would) (i|we|you|someone|anyone) (have|get|share|validate) [look at] MINE
    (send|give|show|tell|dm) me MINE
    (do|should) <i> (need|have) to renew MINE
    do <i> owe [FEE|anything|any|money] (for|on) MINE
    ^ chasing [up] MINE
    (not|nothing|news) (heard|had) [anything] [back] (about|on) MINE
    (record|proof|evidence|trace|sign|DOUBT) [of|for] MINE
    (record|proof|evidence|trace|sign|DOUBT) [of|for] (me|us) ([being|as|becoming] MEMBER|joining|signing up)
""")

_JOINED = _before_ends("""
    [<when>] (did|am|have) [not] <i> [not|first] <join>
    did [my] joining (work|go through|go ok|take|count)
""")

_WHICH_I_AM = _before_ends("""
    (do|does|am) <i> be MEMBER
    did <i> (use|used) to be MEMBER
    <when> will <i> (be|become) MEMBER
    (what|which) [(kind|type|sort) of|number] MEMBER (am|are) <i>
    (what|which) (MEMBER|membership) number (do|have) <i> [have|got]
    what am <i> [,] MEMBER
    (what|which) [(kind|type|sort) of] membership (do|have) <i> [have|got|hold]
    (am|are) <i> ... ... (or|versus|vs) MEMBER
    is (that|this) me [all|now] (<being>|joined|signed up)
    (am|are) <i> , ... , <being>
    (am|are) <i> (like|well|er|,) [,] <being>
    MEMBER ... ... [?] (which [one]|what) am <i>
    ^ [not|one of] MEMBER [<of_net>] [,] (am|are) <i>
    ^ (part of|in) NET [,] (am|are) <i>
""")

_PARTS["asked_of"] = "(?:is|are|was|were|has|did|would) "
_ON_RECORD = _before_ends("""
    what is my standing [(in|with|within) NET]
    what is my status (in|with|within) NET
    where do <i> stand [with|on|in|regarding] (NET|membership [wise])
    membership wise [,] where do <i> stand
    <does> <you> (accepted|accept|approved|approve|added|add) me (<as_member>|MEMBER|(to|into) (NET|LIST))
    <has> [not] (<you>|we|it|the *) ... (me|us) ... (<as_member>|being MEMBER|(on|in) LIST)
    <asked_of> [not] (my|our) (name|names|details) ... ((on|in|among|to) (LIST|the MEMBER)|<as_member>)
    <does> ... ... ... (mean|make|makes|made) (me|us) <being>
    (is|was) ... ... [enough] to make (me|us) <being>
    <does> ... ... ... count as (being MEMBER|being in NET|membership|joining|having joined)
    <not_where> (do|did|have|will) <i> become MEMBER by being ... ...
    LOOK (me|us|my name) (on|in|as) (LIST|MEMBER)
    (do|have|has) <you> [have|got] (me|us|my (name|details)) [down] (on|in) LIST
    (can|could|do) <you> (see|find) (me|us|my name) (on|in) LIST
""")

# With the words of which a message must hold one for an expression to be worth trying.
_ASKED = [
    (needs.split("|"), pattern)
    for needs, pattern in (
        ("CLAIM|JOINED|NEWS|STANDING", _MYSELF),
        *half_said.ASKED,
        ("MINE|OURS|NEWS|FEE| me |stay MEMBER|remain MEMBER|leave NET|left NET", _MY_MEMBERSHIP),
        ("did |am |have ", _JOINED),
        (
            "MEMBER am|NET am|NET , am| or | , |be MEMBER|become MEMBER|of MEMBER| me | membership ",
            _WHICH_I_AM,
        ),
        ("me |us |count |become MEMBER|name |names |details |standing|status|stand ", _ON_RECORD),
    )
]


def heard(spoken: str) -> str:
    """`spoken` with everything named that the questions speak of."""
    return doubts.named(claims.named(things.named(spoken)))


def questions(heard: str) -> Iterator[re.Match[str]]:
    """Where `heard` asks about the speaker's own membership."""
    for needs, pattern in _ASKED:
        if holds(heard, needs):
            yield from pattern.finditer(heard)
    yield from short_questions.questions(heard)
    yield from stories.questions(heard)
