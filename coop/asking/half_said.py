"""Questions that have not the form of one: a claim with a doubt about it, one that is disputed, a few words.

Written in `things`, `claims` and `doubts`.
"""

from coop.asking import follows
from coop.asking.phrases import Parts

_PARTS = Parts(follows.PARTS)

_PARTS["not_how"] = "(?<!how )"
_PARTS["tag"] = _PARTS.either("""
    [,|.] (right|correct|yes|yeah|no|not|innit|aye|eh|is that right|is it|or what|true|surely) ?
    [,] (am|have|did|are|do|should|must) [not] (i|we) [not] <stops>
    [,] (is|has|did|was) not it <stops>
    [,] (right|innit|is that right|is that correct) <stops>
    [or not|by|then|at least] [,] ?
    [,] or not <stops>
""")
_PARTS["lead"] = _PARTS.either("""
    (wait|hang on|hold on|but|and|oh|ok|right|then|presumably|surely|sorry|yes|yeah)
    (hi|hello|hey|hiya|yo|all|morning|afternoon|evening|everyone|folks|good|there|PERSON)
    i (think|thought|assume|assumed|guess|believe|take it|reckon|swear|gather|suppose)
    (apparently|could have sworn|i am convinced)
    [i am] (pretty|fairly|making) sure
    i am (assuming|guessing|hoping|presuming|thinking)
    (that|this|it|you) (means|mean|is|are saying|are telling me)
    (it|NET|the *|app home) (says|said|thinks|shows) [that]
""")
_PARTS["but"] = "(?<=but )"
_PARTS["idle"] = (
    "(?:"
    + _PARTS.either("""
    (is|are|was|do|does|did|has|have|it|that|this|still|not|no|yes|or|and|but|then|right|correct|true|sure)
    (the|case|ok|well|hi|hello|hey|all|everyone|folks|good|morning|afternoon|evening|thanks|sorry|too|either)
    (there|here|again|just|also|by|at all|after all|LOOK|DOUBT|PERSON|,)
""")
    + "){0,8}"
)
_PARTS["who_is_right"] = _PARTS.either("""
    (who|which [one] [of us]) (is (right|correct|wrong|lying)|wins|won|owes)
    [can|could|will] [someone|anyone|you] [please] settle (it|this|the|our|that)
""")
_PARTS["said"] = "(?:(?<=CLAIM [.,] )|(?<=JOINED [.,] )|(?<=STANDING [.,] ))"
_PARTS["is_it_so"] = _PARTS.either("""
    (is|was) (it|that|this) [not] [really|still] [fib|lie|true|right|correct|the case|fact|wrong] ?
    (it|this|that) is (true|right|correct) [or not] ?
    am i [not] (right|wrong|correct|lying|mistaken|fibbing|kidding myself|imagining|dreaming|making)
""")
# "^" stands before many at once for speed: most words open no clause.
_PARTS["in_doubt"] = _PARTS.either("""
    [<lead>] (<claim>|NEWS|STANDING) <tag>
    <idle> (<claim>|NEWS|STANDING) <idle> ?
    [<lead>] (<claim>|NEWS) or ... ... ... ?
    (that|this|it) [not] (makes|make|means) me <being> ?
""")
_SAID_IN_DOUBT = _PARTS.phrases("""
    (^|<but>) <in_doubt>
    (<claim>|NEWS) ... . [but|and|now] i [do|am] DOUBT <stops>
    <claim> ... ... ... [.|?|,] (am|was) i [not]\
    (wrong|right|correct|mistaken|mad|lying|dreaming|imagining it) ?
    <not_how> (or|versus) <claim> ?
    <said> <is_it_so>
    (says|said|shows|thinks) [that] <claim> but ... ... [,] ?
    (<claim>|NEWS) [,|but|and|or|i think|i believe|i guess] ... DOUBT <stops>
    (<claim>|NEWS) [,|.|?|but|and|i think|i believe|i guess] LOOK <stops>
""")
_PARTS["to_me"] = _PARTS.either("""
    (cancel|cancelled|remove|removed|delete|deleted|renew|renewed|processed|stopped|ended) MINE
    (sign|signed|add|added|put|register|registered|enrol|enrolled|take|took) (me|us) [up|on|down|off]\
    (for|to|on|from|as|off) (membership|NET|LIST|MEMBER)
""")
_PARTS["says_so"] = _PARTS.either("""
    (say|says|said|reckons|reckon|insists|thinks|swears|swear|i am|tells me|told me|bet|argument)
""")
_DISPUTED = _PARTS.phrases("""
    <says_so> [,] ... ... [.|?|,] <who_is_right>
    i had (understood|thought|believed|been told|assumed) (otherwise|differently)
""")
_DONE_FOR_ME = _PARTS.phrases("""
    <to_me> ... ... ... [.|,|but] did (she|he|they|you|it) ?
""")
_PARTS["clipped"] = _PARTS.either("""
    MINE ?
    [i] (in|on|there) as MEMBER ?
    [<lead>] [the|is] (MINE|membership) [is|are] [not] (<state>|<went>) [<through>] [or not] [,] ?
    (membership|MEMBER) [,] (yes|in|y) or (no|not|out|n) [,|then] ?
    (ydw|ydy|dw) i'n aelod [o NET] <stops>
    (am|is me|me|,|i) [is|be|,] MEMBER [<of_net>] [or not] (?|$)
    [status of] MEMBER [or (not|no|nah)] [,|?] me ?
    membership (status|number) [?|,] [for] (mine|me) [i mean] <stops>
    MINE , [*|,] [,] or ... ?
    you (got|get|had|seen|received) MINE ?
""")
_CLIPPED = _PARTS.phrases("""
    ^ <clipped>
    <i> (did|am|was|have) [it|in|one|MEMBER] or ... ... ... ?
    (have|am|has) (joined|MEMBER) ?
""")

_PARTS["nothing_before"] = r"(?<![\s\S])"
_PARTS["all_said"] = _PARTS["nothing_before"] + _PARTS["idle"]
_TERSE = _PARTS.phrases("""
    <all_said> [status of|show|see|view|get|find|what is|what about|me] MINE <idle> [?] $
    <nothing_before> membership (status|number) $
    <all_said> (am|are) <i> (registered|enrolled) <idle> ? $
    <all_said> LOOK if <i> am (registered|enrolled) <idle> ? $
""")

# With the words of which a message must hold one for an expression to be worth trying.
ASKED = (
    ("CLAIM|JOINED|NEWS|STANDING|me MEMBER", _SAID_IN_DOUBT),
    (" ? |aelod", _CLIPPED),
    (" did ", _DONE_FOR_ME),
    ("CLAIM|STANDING|JOINED", _DISPUTED),
    ("MINE|registered|enrolled|membership status|membership number", _TERSE),
)
