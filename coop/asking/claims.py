"""What people say of themselves, written in `things`.

CLAIM is "I'm a member" (and "i a member", which is what "am" stands before in a question), JOINED "I have
joined" or "I'm part of it", after which more may follow that makes it something else,
STANDING "I count as a member", NEWS "my membership went through".
"""

import re

from coop.asking import things
from coop.asking.phrases import Parts, in_turn

PARTS = Parts(things.PARTS)
PARTS["claim"] = "(?:CLAIM|JOINED) "
# After "a member": of what else, or what that question is.
OF_WHAT = (
    "(?:of|in|at|for|on|to|with|from|within|inside|is|was|gives|sounds|too many"
    "|rep|reps|representative|services|engagement|support|liaison|champion|portal) "
)
PARTS["i"] = PARTS.either("""
    (i|we|l|ah)
    me and my *
    my * and (i|me)
    (me|us) and (PERSON|*)
    (both|all|the two|the three|the four) of us
""")

PARTS["counted"] = PARTS.either("""
    (counted|classed|considered|deemed|seen|regarded|treated|listed|recorded|registered) [as|to be|being]
    (enrolled|recognised|confirmed|included|accepted|approved|classified|entered|marked|logged) [as|to be]
    (joined|admitted|down|set up|on record|thought of|all set|good to go|sorted|made) [as|to be|to become]
    (showing up|showing|coming up|appearing) [as|like]
    (signed up|put down) [as|to be]
    (numbered|counted|listed|included) (among|amongst)
    (on|in) (the|your) (system|database|records|books|register|list) [as]
""")
PARTS["meanwhile"] = PARTS.either("""
    (being|then|in your eyes|as of|at this point|at this stage|at the moment|right now|at least|after all)
    (by any means|by any chance|by chance|well|ok|or not)
""")
PARTS["as_member"] = PARTS.either("(as|to|to be|to become|become|be) MEMBER [<of_net>]")
PARTS["to_net"] = "(?:(?:(?:to|with|for|at|in|into) (?:the )?(?:NET|membership) |to join NET )?)"
PARTS["being"] = PARTS.either("""
    [<meanwhile>] [<meanwhile>] [<counted>] [the] MEMBER [<of_net>]
    [<counted>] [very much|any|actual|proper|official|full|real] (part|apart) (of|in|off) NET
    [<counted>] (in|inside|within|with|out of) NET [<as_member>]
    [down|listed] (on|in) LIST [<of_net>]
    signed up <to_net>
    (joined|registered|enrolled|affiliated|subscribed|admitted|accepted|approved) (with|to|in|into|by) NET
    joined up with NET
    (in|part of) the membership
    in or out of NET
    [all] paid up [for membership|for NET]
    up to date (with|on) (MINE|membership)
    in good standing
    NET
""")

PARTS["dues"] = "(?:MINE |FEE |(?:membership|joining) )(?:(?:process|form|steps) )?"
PARTS["inside"] = PARTS.either("""
    <as_member>
    MEMBER [<of_net>]
    (to|into|in|onto|by) (NET|LIST|[the] membership|NET membership)
""")
PARTS["joined"] = PARTS.either("""
    joined [up|to|with|in] [NET|you lot|you guys|this (thing|lot|outfit)] [<as_member>]
    signed up (<as_member>|<to_net>)
    (registered|enrolled) ((with|to|in|for) (NET|membership)|<as_member>)
    (become|became|been|being) MEMBER [<of_net>]
    (become|became) part of NET
    been [part of|in|on] (NET|LIST)
    [been|got|gotten] (made|accepted|approved|added|registered|enrolled|admitted|entered|confirmed) <inside>
    [been|got|gotten] (upgraded|grandfathered in|moved over|switched|transferred) <inside>
    [been|got|gotten] (rejected|refused|declined|turned down) (<as_member>|from (NET|LIST))
    [been|got|gotten] (taken on|put down|signed up|let) <inside>
    [been|got] (given|issued|assigned) (MINE|[MEMBER|membership] number|membership)
    (got|had|bought|taken out) (MINE|[full|valid|current|NET] membership [number]) [<of_net>]
    lapsed
    [been|got] (dropped|removed|struck off|(kicked|thrown|booted) [out]|expelled)\
    (<as_member>|(from|off|of) (NET|LIST|the membership))
    (paid|sent|given|settled|transferred|submitted|completed|finished|renewed|activated) [for|the|in] <dues>
    done [the] <dues>
    (finished|completed) (joining|signing up)
    (done|completed) (everything|enough|all it takes) ... to (be|become) MEMBER
""")
PARTS["join"] = PARTS.either("""
    [manage to] join [up|to|with|in] [NET|you lot|you guys] [<as_member>]
    sign up (<as_member>|<to_net>)
    (register|enrol) ((with|to|in|for) (NET|membership)|<as_member>)
    (become|be|stop being) MEMBER [<of_net>]
    get (MINE|membership|MEMBER)
    (finish|complete) (joining|signing up)
    (do|complete) (everything|enough|all it takes) ... to (be|become) MEMBER
    get (made|accepted|approved|added|registered|enrolled|admitted) (<as_member>|(to|into) (NET|LIST))
    (pay|send|give|settle|submit|complete|finish|renew|activate|do) [for|the|in] <dues>
""")

PARTS["state"] = PARTS.either("""
    (due|up) for renewal
    (need|needs) (renewing|renewal)
    (successful|unsuccessful|all set|good to go|legit|real|true|verified|enabled)
    (for life|lifetime|yearly|annual|one off)
    about to (expire|lapse|run out|end|start)
    (active|valid|current|up to date|uptodate|confirmed|approved|accepted|live|paid up|paid|in order|sorted)
    (complete|completed|in place|expired|lapsed|due|overdue|pending|recorded|registered|gone through)
    (through|in effect|on record|set up|renewed|in date|out of date|finished|over|ready|official|cancelled)
    in force
    (in the (queue|pipeline|pile)|stuck|stuck somewhere|lost|in progress)
    (in good standing|on file|finalised|activated|in the system|all good|received|ongoing|safe|intact|running)
    (ok|okay|good|fine|processed|alright|all right|working|thing|dead|alive|going|there|done|gone)
""")
PARTS["went"] = PARTS.either("""
    (go|gone|went|come|came|get|got|work|worked|arrive|arrived|arrives|clear|cleared|land|landed|register)
    (expire|expired|expires|lapse|lapsed|run|ran|runs|start|started|begin|began|begun|approved|accepted)
    (renew|renewed|received|recorded|reach|reached|finish|finished|end|ended|ends|confirmed|activated|logged)
    (counted|completed|happen|happened|sorted|set up|signed off|cancelled|disappear|disappeared|taken|refused)
    (rejected|declined|make it|made it|turn up|turned up|show up|due|paid|ready|over|count|registered)
    (under|attached|linked|tied|present and correct|all there|full one|(made|make) it (across|onto))
    (survive|survived|exists|carry across|carried across)
    (follow|followed|move|moved|kick|kicked|carry on|carried on|continue [to (be|exist|stand)]|stand|stands)
    (exist|existing|remain|remains|subsist|count|last|sort)
    (processed|dealt with|auto renew|auto renewed|carry over|carried over|transfer|transferred|roll over)
""")
PARTS["through"] = PARTS.either("""
    [across|along|over] (with|for|to) me
    me (across|along|over)
    (to NET|to the new NET|to (it|this|that) [one|account|address|email])
    (through|out|off|in|ok|okay|alright|well|over|correctly|fine|there|on time|soon|to you)
    [from] (yesterday|last week|last month|last year|this year|next year|next month)
""")

_WHY_NOT = PARTS.phrases("""
    (why|how come) ((am|are) <i>|<i> (am|are)) not <being>
""")
_SAID_OF_ONESELF = PARTS.phrases("""
    <i> [am|are|was|were|is|(might|may|could|must|am supposed to|am meant to) [not] be|have been]\
    [not|no|no longer|all|both|,] <being>
    <i> [am|are|was|were|have|had|would|did|do] [not|never] <joined>
    <i> did [not] <join>
    (my|our) name is (on|in) LIST
""")
_NOT_OF_WHAT = PARTS.either("""
    with (this|that|(the|my) (new|old)|which)
    in (time|good|fact|any|theory|practice|name|your|(the (end|system|eyes)))
    for (the (vote|ballot|agm|election|purposes)|this year|life|real|sure|tonight|not)
    (on (paper|record|the system)|at (all|present|the moment|least)|to (begin|start))
""")
_OF_WHAT = re.compile(rf"(?!{_NOT_OF_WHAT}){OF_WHAT}")


def _claim_or_joined(said: re.Match[str]) -> str:
    member = said[0].endswith("MEMBER ") and not _OF_WHAT.match(said.string, said.end())
    return "CLAIM " if member else "JOINED "


PARTS["do"] = "(?:(?:do|not|all|both) ){0,3}"
_STANDING = PARTS.phrases("""
    <i> <do> (count|qualify|appear|show up|show|come up|class|rank|feature|exist) [as|like|among]\
    (MEMBER|part of NET) [<of_net>]
    <i> <do> (be|get) (counted|classed|considered|regarded|treated) [as|to be] (MEMBER|part of NET) [<of_net>]
    <i> <do> belong (to|in|with) NET
    <i> <do> (have|hold|got|own) [full|valid|current|active|NET] membership number
    <i> <do> (have|hold|got|own) [full|valid|current|active|NET] (membership|MEMBER number) [<of_net>]
    <i> <do> [allowed to|right to|get to] (call|consider|count|class|describe) (myself|ourselves)\
    [as|to be] MEMBER [<of_net>]
    <i> <do> appear (on|in) LIST
""")
_NEWS = PARTS.phrases("""
    (MINE|OURS) [it|is|has|had|was|did|have|are|not|been|get|got|all|to]\
    (<state>|<went>) [<through>] [and (<state>|<went>)]
""")

_ABOUT_ME = (
    "MEMBER|NET|LIST|FEE|MINE|membership|join|signed up|sign up|paid|good standing|lapsed|removed|dropped"
)
named = in_turn(
    ("am JOINED", "why |how come ", _WHY_NOT),
    (_claim_or_joined, _ABOUT_ME, _SAID_OF_ONESELF),
    (
        "STANDING",
        "count|qualify|appear|show|come up|class|rank|feature|belong|myself|membership|MEMBER number",
        _STANDING,
    ),
    ("NEWS", "MINE|OURS", _NEWS),
)
