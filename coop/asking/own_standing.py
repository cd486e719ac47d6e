"""How people ask about their own membership, written in `things` and `claims`.

What follows a question matters as much as the question itself: "am I a member" may be followed by the
network, by nothing, or by words that start something new; never by "of the working group".
"""

import re
from collections.abc import Iterator

from coop.asking import claims, things
from coop.asking.phrases import expression, phrases

_STOPS = r"(?=$|[.?,] )"
_OF_THIS = rf"of (?:(?:all )?this|this (?:thing|lot|outfit)) (?:{_STOPS}|(?=or |and |anymore ))"
_ENDS = r"(?=$|[.?] |, (?!(?:of|in|at|for|on|with) (?!NET))|" + expression("""
    (or|if|because|cos|coz|since|when|but|as|by|given|after|without|being|here|any|anymore|either|that|before)
    (today|again|thanks|mate|guys|folks|pal|chief|hun|hen|bud|buddy|dude|bro|lads|peeps|x|xx|tia|thank|help|happy|all|everyone|anyone|someone|PERSON|LINK|yes|y|not|no|i|we|can|could|do)
    (does|did|how|who|where|what|have|has|am|would|ok|right|innit|eh|aye|then|despite|under|via|through|until)
    (hi|hello|sorry|asking|wondering|DOUBT|LOOK|CLAIM|STANDING|while|considering|seeing|too <stops>|<of_this>)
    and (if|how|i|can|do|what|when|where|is|has|have|should|we|who|could|LOOK|DOUBT|CLAIM)
    in (theory|practice|fact|reality|any|my|name|good|here|the system|your system|that case)
    on (paper|record|here|the system|your (system|records|books|side|end|list)|the books|file)
    at (the moment|present|all|this|some|any|that|camp|localgovcamp)
    with (voting|full)
    for (this|next|another) (year|month|quarter)
    for (life|good|the vote|the purposes|the purpose|the agm|the ballot|the election|the record|voting)
    (last|this|next) (year|month|week|time|spring|summer|autumn|winter|morning)
    in #
    (yesterday|ages ago|years ago)
    just (because|by|for)
    (much appreciated|according to|these days|right now|there|on here|on this|by now)
    with (you|us|ye|them) [lot|guys] <stops>
    for (real|sure|certain|definite|now)
""", stops=_STOPS, of_this=_OF_THIS) + ")"

_TAG = expression("""
    [,] (right|correct|yes|yeah|no|not|innit|aye|eh|is that right|is it|or what|true|surely) ?
    [,] (am i|am i not|am not i|are not i|have i|have i not|did i|did i not|are we|are we not|are not we) <stops>
    [,] (right|innit|is that right|is that correct) <stops>
    [or not] [,] ?
    or not <stops>
""", stops=_STOPS)
_LEAD = expression("""
    (wait|hang on|hold on|but|and|oh|ok|right|then|presumably|surely|sorry|yes|yeah)
    (hi|hello|hey|hiya|yo|all|morning|afternoon|evening|everyone|folks|good|there|PERSON)
    i (think|thought|assume|assumed|guess|believe|take it|reckon)
    (that|this|it|you) (means|mean|is|are saying|are telling me)
""")
_WHEN = expression("""
    (when|until when|since when)
    how (long|much longer|many years)
    (what|which) (date|day|year|month)
""")
# "What am I a member of", "not only am I a member" ask or tell something else.
_ASKING = "".join(
    rf"(?<!\b{word} )" for word in "i we what which where how why whose only nor neither".split()
) + expression("(am|amn|my|m|aam|amm|qm|sm|em|ar|are|was|were|have|has|did) [not|no]")
_GAP = r"(?:(?!(?:if|matter|matters|care|of|who|how|what|why|where) )\w+ ){0,3}?"
_TIME = expression("""
    [ago|last|this|week|weeks|month|months|year|days|morning|yesterday|two|three|few|back|earlier|ages|(in|on) *|and|but]
""")
_WENT_OR_NOT = expression("""
    (<state>|<went>) [<through>]
""", state=claims.STATE, went=claims.WENT, through=claims.THROUGH)
_YOU = "(?:you|anyone|someone|NET|they) "

_MYSELF = phrases("""
    <asking> CLAIM
    (do|does|did|would|will|should|can|could|may|am|have) [not] STANDING
    (do|does|did|would|will|has|have) ... ... ... (mean|make|makes|made) [that] STANDING
    <when> (have|did|was|am|were|are) CLAIM
    (do|does|did|would|will|has|have) ... ... ... (mean|make|makes|made) [that] CLAIM
    (LOOK|DOUBT) <gap> [if|that|when|about|as to|or not|of] (CLAIM|STANDING)
    if (CLAIM|STANDING) [or not] [,] [i|we|is|it is|am|are|does anyone] (DOUBT|LOOK)
    CLAIM <time> [.|,|and|but] (did|has|is|was) (it|that) [not|been] <went_or_not>
""", asking=_ASKING, when=_WHEN, gap=_GAP, time=_TIME, went_or_not=_WENT_OR_NOT,
    followed_by=_ENDS)

_SAID_IN_DOUBT = phrases("""
    (^|<but>) [<lead>] CLAIM <tag>
    CLAIM [,|but|and|or|i think|i believe|i guess] ... DOUBT <stops>
    CLAIM [,|but|and|i think|i believe|i guess] LOOK <stops>
""", lead=_LEAD, tag=_TAG, stops=_STOPS, but="(?<=but )")

_MY_MEMBERSHIP = phrases("""
    (is|are|was|were) [not] (MINE|OURS) [all|not|been|being|gone] <went_or_not>
    <not_where> (did|has|have|does|do|will|is|was|had) [not] NEWS
    (can|could) (i|we|someone|you|anyone) [get|have] NEWS
    (LOOK|DOUBT) <gap> [if|that|when|about|as to|or not|of] NEWS
    if NEWS [or not] [,] [i|we|is|it is|does anyone] (DOUBT|LOOK)
    <when> (is|does|do|did|will|has|was|until) (MINE|OURS) ... (<went_or_not>|up)
    <when> (is|does|do|did|will|has|was|until) NEWS [left|to run]
    (MINE|FEE|applied (to join|for membership|to be MEMBER) [NET]) <time> [.|,|and|but] (did|has|is|was) (it|that) [not|been] <went_or_not>
    (what|where|how) (is|are|about) MINE [at|looking|like|doing]
    [(what|where|how) (is|are)] the (status|state|position|situation) (of|with|on) MINE
    any (news|update|updates|word|progress) (on|about|with) MINE
    (do|have|did|has|can) <you> (have|got|get|had|received|receive|seen|see|find|read) MINE
    (did|has|have) <you> (looked at|checked|processed|approved|accepted|handled|dealt with) MINE
    LOOK [about|on|up|out|at|into|of|the status of|me] MINE
    MINE [.|,|and|but] LOOK (it|that|this) [up|out]
    DOUBT MINE
    (can|could|may|would) (i|we|you|someone|anyone) (have|get|give me|send me|share|validate) MINE
    (not|nothing|news) (heard|had) [anything] [back] (about|on) MINE
    (record|proof|evidence|trace|sign) (of|for) MINE
""", when=_WHEN, gap=_GAP, time=_TIME, went_or_not=_WENT_OR_NOT, you=_YOU, not_where="(?<!where )(?<!why )(?<!how )(?<!what )", followed_by=_ENDS)

_THE_RECORD = phrases("""
    did [not] <i> [not] <join>
    <when> did [not] <i> [not|first] <join>
    (do|does) <i> be MEMBER
    <when> will <i> (be|become) MEMBER
    what (kind|type|sort) of MEMBER (am|are) <i>
    what am <i> [,] MEMBER
    (am|are) <i> ... (or|versus|vs) MEMBER
    MEMBER ... ... which [one] am <i>
    (am|are) <i> , ... , <being>
    ^ [not|one of] MEMBER [<of_net>] [,] (am|are) <i>
    (MEMBER|LIST) ... [.|?|,] ... (am|are) <i> one [of them|of you|of those]
    what is my standing [(in|with|within) NET]
    what is my status (in|with|within) NET
    where do <i> stand (with|on|in|regarding) (NET|membership)
    (have|has|did|do|does) <you> (accepted|accept|approved|approve|added|add) me (<as_member>|(to|into) (NET|LIST))
    (do|have|has|does|is|are|did|can) [not] (<you>|we|it|the *) ... (me|us) ... (<as_member>|being MEMBER|(on|in) LIST)
    (is|are) [not] (my|our) (name|names) ... ((on|in|among) LIST|<as_member>)
    (do|does|did|would|will|has|have) ... ... ... (mean|make|makes|made) (me|us) <being>
    LOOK (me|us|my name) (on|in|as) (LIST|MEMBER)
""", when=_WHEN, i=claims.I, being=claims.BEING, join=claims.JOIN, as_member=claims.AS_MEMBER,
    of_net=things.OF_NET, you=_YOU, followed_by=_ENDS)

_CLIPPED = phrases("""
    ^ MINE ?
    (have|am|has) (joined|MEMBER) ?
    ^ (am|me|,|i) MEMBER [<of_net>] [or not] ?
    ^ MEMBER [,|?] me ?
""", of_net=things.OF_NET)

_ASKED = (
    (_MYSELF, ("CLAIM", "STANDING")),
    (_SAID_IN_DOUBT, ("CLAIM",)),
    (_CLIPPED, (" ? ",)),
    (_MY_MEMBERSHIP, ("MINE", "OURS", "NEWS", "FEE", "applied")),
    (_THE_RECORD, ("MEMBER", "LIST", "NET", "MINE", "FEE", "join", "sign up", "standing")),
)


def questions(heard: str) -> Iterator[re.Match[str]]:
    """Where `heard`, written in `things` and `claims`, asks about the speaker's own membership."""
    for pattern, needs in _ASKED:
        if any(need in heard for need in needs):
            yield from pattern.finditer(heard)
