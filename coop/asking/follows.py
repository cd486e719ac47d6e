"""What may follow a question about one's own membership, which matters as much as the question itself.

"Am I a member" may be followed by the network, by nothing, or by words that start something new; never by
"of the working group". Written in `things`, `claims` and `doubts`.
"""

from coop.asking import claims
from coop.asking.phrases import Parts

PARTS = Parts(claims.PARTS)
PARTS["you"] = "(?:you (?:lot |guys |all |folks )?|anyone |someone |NET |they )"
PARTS["stops"] = r"(?=$|[.?,] )"
PARTS["of_this"] = (
    PARTS.either("of ([all] this [thing|lot|outfit]|the new (thing|outfit|set up))")
    + r"(?=$|[.?,] |or |and |anymore |aye |yes |y )"
)
_STARTS_SOMETHING_NEW = PARTS.either("""
    (or|if|because|cos|coz|since|when|but|by|given|after|without|being|here|any|anymore|either|that|before)
    (does|did|how|who|where|what|have|has|am|would|will|ok|right|innit|eh|aye|then|despite|under|via|through|until)
    (today|again|thanks|mate|guys|folks|pal|chief|hun|hen|bud|buddy|dude|bro|lads|peeps|x|xx|tia|thank|help)
    ((butt|love|duck|flower|cariad|like) <stops>)
    (happy|all|everyone|anyone|someone|PERSON|LINK|yes|y|not|no|i|we|can|could|do|while|considering|seeing)
    (hi|hello|sorry|asking|wondering|DOUBT|LOOK|<claim>|STANDING|too <stops>|<of_this>)
    as (well|far|of|yet|if|i|we|per|you|from|result)
    and (did|have|was|am|are|see|check|tell)
    and (if|how|i|can|do|what|when|where|is|has|have|should|we|who|could|LOOK|DOUBT|<claim>)
    in (theory|practice|fact|reality|any|my|name|good|here|(the|your) (system|records|books|eyes)|that case)
    (somewhere|anywhere|in the end|in your (view|opinion|book)|on the quiet|at the time|with all|in good)
    (going by|having|following|pending|seeing|assuming|unless|whilst|although|even|under|alongside)
    on (paper|record|here|the system|your (system|records|books|side|end|list)|the books|file)
    from (before|the (old|NET)|when|last|my|back|years|ages)
    at (the moment|present|least|all|this|some|any|that|camp|localgovcamp)
    with (voting|full|(you|us|ye|them) [lot|guys] <stops>)
    (for|from|through|because of) being
    for (my|our) (cpd|cv|appraisal|records|manager|boss|own)
    (handy|to hand)
    for (me|us|(this|next|another) (year|month|quarter))
    for (life|good|real|sure|certain|definite|the (vote|purposes|purpose|agm|ballot|election|record)|voting)
    (bot|chat|please) <stops>
    with ((the|my) (new|old|other)|this) (one|address|account|email|name|job)
    my
    (at (your|the) (earliest|latest)|as soon|in (time|advance|due course|writing|order)|for not)
    (last|this|next) (year|month|week|time|spring|summer|autumn|winter|morning)
    (in #|yesterday|ages ago|years ago|these days|right now|by now|there)
    (just (because|by|for)|much appreciated|according to|number #|no #)
""")
# After CLAIM nothing says of what: `claims` has looked.
_OF_NEWS = rf"{claims.OF_WHAT}|up |down |towards? |by (?:my|the) |(?:me|us) (?!\w+ing )"
_LOOSE = rf"(?<=\bCLAIM )|(?<=\bNEWS )(?!{_OF_NEWS})"
ENDS = rf"(?:{_LOOSE}|(?=$|[.?] |, (?!(?:of|in|at|for|on|with) (?!NET))|{_STARTS_SOMETHING_NEW}))"
