"""What people say of themselves, and that they do not know it; written in `things`.

CLAIM is "I'm a member" or "I have joined" (and "i a member", which is what "am" stands before in a question),
STANDING "I count as a member", NEWS "my membership went through", LOOK "how do I check", DOUBT "not sure".
"""

from coop.asking.phrases import expression, in_turn, phrases
from coop.asking.things import OF_NET

I = expression("""
    (i|we|l|ah)
    me and my *
    my * and (i|me)
    me and PERSON
""")
_COUNTED = expression("""
    (counted|classed|considered|deemed|seen|regarded|treated|listed|recorded|registered|enrolled) [as|to be|being]
    (signed up|put down|recognised|confirmed|included|accepted|approved|classified|entered|marked|logged) [as|to be]
    (joined|admitted|down|set up|on record|showing|thought of|all set|made) [as|to be|to become]
    (on|in) (the|your) (system|database|records|books) [as]
""")
AS_MEMBER = expression("(as|to be|to become|become|be) MEMBER [<of_net>]", of_net=OF_NET)
_TO_NET = "(?:(?:(?:to|with|for|at|in|into) (?:the )?(?:NET|membership) |to join NET )?)"
BEING = expression("""
    [being] [<counted>] [the] MEMBER [<of_net>]
    [<counted>] [very much|any] (part|apart) (of|in|off) NET
    [<counted>] (in|inside|within|with) NET
    [down|listed] (on|in) LIST
    signed up <to_net>
    (joined|registered|enrolled|affiliated|subscribed|admitted|accepted|approved) [up] (with|to|in|into|by) NET
    (in|part of) the membership
    (paid up|NET)
""", of_net=OF_NET, counted=_COUNTED, to_net=_TO_NET)
_DUES = "(?:MINE |FEE |(?:membership|joining) )(?:(?:process|form|steps) )?"
JOINED = expression("""
    joined [up|to|with|in] [NET|you lot|you guys] [<as_member>]
    signed up (<as_member>|<to_net>)
    (registered|enrolled) ((with|to|in|for) (NET|membership)|<as_member>)
    (become|became|been|being) MEMBER [<of_net>]
    been [part of|in|on] (NET|LIST)
    [been|got|gotten] (made|accepted|approved|added|registered|enrolled|admitted|entered|confirmed) <inside>
    [been|got|gotten] (taken on|put down|signed up|let) <inside>
    (got|had|hold|bought|taken out) (MINE|[full|valid|current] membership) [<of_net>]
    (paid|sent|given|settled|transferred|submitted|completed|finished|renewed|activated|done) [for|the|in] <dues>
""", of_net=OF_NET, as_member=AS_MEMBER, to_net=_TO_NET, dues=_DUES,
    inside=f"(?:{AS_MEMBER}|MEMBER {OF_NET}?|(?:to|into|in|onto|by) (?:NET|LIST) )")
JOIN = expression("""
    join [up|to|with|in] [NET|you lot|you guys] [<as_member>]
    sign up (<as_member>|<to_net>)
    (register|enrol) ((with|to|in|for) (NET|membership)|<as_member>)
    (become|be) MEMBER [<of_net>]
    get (MINE|membership|MEMBER)
    get (made|accepted|approved|added|registered|enrolled|admitted) (<as_member>|(to|into) (NET|LIST))
    (pay|send|give|settle|submit|complete|finish|renew|activate|do) [for|the|in] <dues>
""", of_net=OF_NET, as_member=AS_MEMBER, to_net=_TO_NET, dues=_DUES)

STATE = expression("""
    (due|up) for renewal
    about to (expire|lapse|run out|end|start)
    (active|valid|current|up to date|uptodate|confirmed|approved|accepted|live|paid up|paid|in order|sorted|done)
    (complete|completed|in place|expired|lapsed|due|overdue|pending|processed|recorded|registered|gone through)
    (through|in effect|on record|set up|renewed|in date|out of date|finished|over|ready|official|cancelled|gone)
    (in good standing|on file|finalised|activated|in the system|all good|received|ongoing|safe|intact|running)
    (ok|okay|good|fine|alright|all right|working|thing|dead|alive|going|there)
""")
WENT = expression("""
    (go|gone|went|come|came|get|got|work|worked|arrive|arrived|arrives|clear|cleared|land|landed|register|registered)
    (expire|expired|expires|lapse|lapsed|run|ran|runs|start|started|begin|began|begun|approved|accepted|processed)
    (renew|renewed|received|recorded|reach|reached|finish|finished|end|ended|ends|confirmed|activated|logged|count)
    (counted|completed|happen|happened|sorted|set up|signed off|cancelled|disappear|disappeared|taken|refused)
    (rejected|declined|make it|made it|turn up|turned up|show up|due|paid|ready|over)
""")
THROUGH = expression("""
    (through|out|off|in|ok|okay|alright|well|over|correctly|successfully|fine|there|on time|soon|safely|to you)
    (yesterday|last week|last month|this year|next year|next month)
""")

_WHY_NOT = phrases("(why|how come) (am|are) <i> not <being>", i=I, being=BEING)
_CLAIM = phrases("""
    <i> [am|are|was|were|is|might be|may be|have been] [not|no|all|both|,] <being>
    <i> [am|are|was|were|have|had|would|did|do] [not] <joined>
    (my|our) name is (on|in) LIST
""", i=I, being=BEING, joined=JOINED)
_STANDING = phrases("""
    <i> [do] [not|all|both] (count|qualify|appear|show up|class|rank|feature|exist) [as|like|among] (MEMBER|part of NET) [<of_net>]
    <i> [do] [not] be (counted|classed|considered|regarded|treated) [as|to be] (MEMBER|part of NET) [<of_net>]
    <i> [do] [not|all|both] belong (to|in|with) NET
    <i> [do] [not|all|both] (have|hold|got|own) [full|valid|current|active] membership number
    <i> [do] [not|all|both] (have|hold|got|own) [full|valid|current|active] (membership|MEMBER number) [<of_net>]
    <i> [allowed to|right to] (call|consider|count|class|describe) (myself|ourselves) [as|to be] MEMBER [<of_net>]
    <i> [do] [not] appear (on|in) LIST
""", i=I, of_net=OF_NET)
_NEWS = phrases("""
    (MINE|OURS) [is|has|was|did|have|are|not|been|get|got|all|to] (<state>|<went>) [<through>]
""", state=STATE, went=WENT, through=THROUGH)

_KNOW = expression("""
    (know|tell|check|find out|find|see|confirm|verify|discover|work out|figure out|be sure|be certain|establish)
    (ask|look up|look|learn|understand|clarify|prove|let me know|remind me|advise|make sure|double check)
    (get to know|remember|enquire|inquire|query|recall|view|validate)
""")
_SAY = f"(?:{_KNOW}|(?:say|explain|show|advise|inform) )"
_KNOWING = f"(?:{_KNOW}|(?:knowing|telling|checking|finding out|seeing) )"
_ANYONE = "(?:(?:i|we|you|someone|anyone|PERSON|it|one|the bot|any of you|one of you) )"
_LOOK = phrases("""
    (how|where) [do|can|could|would|will|should|might|did|does] [<anyone>] [can|go|get|to|best] <know>
    how (am|are) <i> (supposed|meant) to <know>
    (can|could|would|will|do|does|might|may|are) [not] <anyone> [here|else|out there] [<helpfully>] <say>
    anyone [here|able|to|else] <know>
    [^|do] you know if
    who (do|can|could|should|would|knows|will|might|to) [<anyone>] [speak to|talk to|go to|contact] [to] <know>
    who (knows|would know)
    (<i>|would|am|just|been|and|but|^) (need|want|wanted|like|love|keen|desperate|wanting|wish) to [be able to] <know>
    (trying|hoping|looking|hard|difficult|impossible|struggling|way|possible|easy) [for me] to [be able to] <know>
    (is there|any|some) (way|place|list|page|somewhere|anywhere|method|means|button) [to|of|where|that|i|we|can|for] <knowing>
    (possible|easy|somewhere|anywhere|way|page|list|place) [to|of|where|that|i|we|can|for] <knowing>
    (tell me|let me know|remind me|inform me|advise|clarify|find out|to know|to see|to tell|to check|look up)
    <not_telling> (check|confirm)
""", i=I, anyone=_ANYONE, know=_KNOW, say=_SAY, knowing=_KNOWING, not_telling="(?<!i can )(?<!to )(?<!i will )",
    helpfully="(?:(?:able|possibly|happen|be|to|kind|enough|help|me|quickly|mind) )")
_DOUBT = phrases("""
    <now> (not|no|never|hardly|neither) [100|entirely|too|that|very|at all|have|the|remotely|got|any|in|clear] <sure>
    <now> not (forgotten|heard) [back] if
    (forgot|forget|forgotten|forgetting|confused about|lost track of|ask) if
    never (been told|found out|told|known|knew|worked out|been sure|heard)
    (nobody|no one|none of you) [has|have] (told|said|confirmed|tells|knows|can tell|could tell|explained) [me|us|to me]
    (unsure|uncertain|unclear|in doubt|wondering|wonder|wondered|curious)
    (i am|i was|just|^) (checking|asking|double checking)
    (any|no) (idea|clue|chance|proof|evidence|record)
    is it (true|correct|right|possible|the case)
    am i (right|correct|wrong) [in|to|thinking|assuming|saying|think|assume|say|believing]
    (proof|evidence|confirmation|question is|record of)
""", now="(?<!did )(?<!was )(?<!were )", sure=expression("""
    (sure|certain|clear|clue|idea|positive|know|tell|remember|recall|work out|figure out|understand|confident|no)
    (foggiest|faintest|scooby|way of knowing|way of telling|100)
"""))

_OF_NOTE = "CLAIM|STANDING|NEWS|MINE|OURS|LIST"
named = in_turn(
    ("am CLAIM", "why |how come ", _WHY_NOT),
    ("CLAIM", "MEMBER|NET|LIST|FEE|MINE|joined|signed up|paid", _CLAIM),
    ("STANDING", "count|qualify|appear|show up|class|rank|feature|belong|membership|MEMBER number", _STANDING),
    ("NEWS", "MINE|OURS", _NEWS),
    ("LOOK", _OF_NOTE, _LOOK),
    ("DOUBT", _OF_NOTE, _DOUBT),
)
