"""How people say that they do not know: LOOK is "how do I check", "can anyone tell me", DOUBT "not sure"."""

from coop.asking import claims
from coop.asking.phrases import Parts, in_turn

PARTS = Parts(claims.PARTS)
PARTS["check"] = PARTS.either("""
    (tell|check|find out|find|confirm|verify|discover|work out|figure out|be sure|be certain|clarify)
    (establish|ascertain|determine|look up|look|learn|let me know|remind me|advise|make sure|double check)
    (vouch|inquire|enquire|validate|have look|take look|look and see)
""")
PARTS["know"] = PARTS.either("<check>\n (know|see|ask|understand|get to know|remember|query|recall|view)")
PARTS["knowing"] = PARTS.either("<know>\n (knowing|telling|checking|finding out|seeing)")
PARTS["anyone"] = (
    "(?:you(?: guys| lot| all| folks)?|someone|anyone|PERSON|the bot|any of you|one of you|none of you) "
)
PARTS["able_to"] = "(?:(?:able|possibly|happen|be|to|kind|enough|help|me|quickly|mind) )"
PARTS["to_know"] = PARTS.either("to [be able to] <know>")
PARTS["place"] = "(?:(?:way|place|list|page|somewhere|anywhere|method|means|button|command|website|site) )"
PARTS["where_i_can"] = "(?:(?:to|of|where|that|i|we|can|for) ){0,3}"
PARTS["can"] = "(?:(?:can|could|would|will|do|does|might|may|are) (?:not )?)"
# "I can confirm that I'm a member" tells, and does not ask.
PARTS["not_telling"] = "(?<!i can )(?<!to )(?<!i will )"
PARTS["where"] = PARTS.either("""
    (here|else|out there|in (the|your) [admin|membership|steering|core] (team|group))
""")
PARTS["i_will"] = "(?<!i will )"
_LOOK = PARTS.phrases("""
    (how|where) [do|can|could|would|will|should|might] [i|we|it|one] [can|go|get|to|best] <know>
    (how|where) (do|can|could|would|will|does) (you|one|someone|anyone) <know> if
    how (am|are) <i> (supposed|meant) to <know>
    <can> (i|we|it) [<able_to>] <know>
    <can> <anyone> [<where>] [<able_to>] (<check>|(inform|show) [me])
    <can> <anyone> [<where>] [<able_to>] (know|see|say|explain|remember|recall) [me] (if|when)
    anyone [here|able|to|else] (<check>|(know|see|say|remember) if)
    [^|do] you know if
    (someone|anyone) [must|will|should|might] (know|knows) if
    (want|need) know
    to be (told|informed) if
    (tells me|telling me|finding out|shows me|shows) if
    (put me out of my misery|put my mind at (rest|ease)|shed [any|some] light|set me straight)
    waiting to (hear|know|find out|see) (if|about)
    (have|take) look [and see] if
    (they|you|someone|anyone) (can|could|would|might) [<able_to>] (<check>|see|say) if
    (i|we) (can|could) [<able_to>] (<check>|see) if
    could they [<able_to>] (<check>|see|say) [if]
    show me if
    <place> (that|which) (shows|tells|says|lists) [me]
    mind (checking|telling me|confirming|looking)
    (grateful|obliged|appreciate it|appreciated|helpful|kind|good|glad|great) if (you|someone|anyone)\
    (can|could|would|might) [<able_to>] <check>
    (trouble|bother|ask|invite|request) (you|someone|anyone) to <check>
    who (do|can|could|should|would|to) (i|we) [speak to|talk to|contact] [to] <know>
    who (can|could|will|would|might|to) <check>
    who (do|should|can) (i|we) (speak to|talk to|contact|ask|chase|email|message) [about] [if]
    who (knows|would know|can say|might know) if
    (<i>|would|should|am|just|been|^|and|but) (need|want|wanted|like|love|keen|desperate|wish) <to_know>
    am (writing|messaging) <to_know>
    (trying|hoping|looking|hard|difficult|impossible|struggling|way|possible|easy) [for me] <to_know>
    (is there|any|some) <place> <where_i_can> <knowing>
    (possible|easy|somewhere|anywhere|way|page|list|place|command) <where_i_can> <knowing>
    (tell me|let me know|remind me|inform me|advise|clarify)
    <i_will> (find out|look up) if
    to (know|see|tell|check) if
    <not_telling> (check|confirm)
""")

# "I had no idea I was a member" is news that came, not a question.
PARTS["now"] = "(?<!did )(?<!had )(?<!was )(?<!were )(?<!used to )(?<!no longer )"
PARTS["sure"] = PARTS.either("""
    (sure|certain|clear|clue|idea|positive|know|tell|remember|recall|work out|figure out|understand|confident)
    (foggiest|faintest|scooby|way of knowing|way of telling|100|no)
""")
PARTS["at_all"] = "(?:(?:100|entirely|too|that|very|at all|have|the|remotely|got|any|in|clear) ){0,3}"
PARTS["not_had"] = "(?<!had the )(?<!got the )(?<!had )(?<!got )(?<!for the )"
PARTS["not_depends"] = "(?<!depends )(?<!depend )(?<!depending )"
_DOUBT = PARTS.phrases("""
    <now> (not|no|never|hardly|neither) <at_all> <sure>
    <now> not (forgotten|heard) [back] if
    (forgot|forget|forgotten|forgetting|confused about|lost track of|ask) if
    can not for the life of me (remember|recall|think|tell)
    never (been told|found out|told|known|knew|worked out|been sure|heard)
    (nobody|no one|none of you) [has|have] (told|said|confirmed|tells|knows|can tell|could tell) [me|us|to me]
    <now> (unsure|uncertain|unclear|in doubt|wonder)
    having doubts
    (clarity|clarification|confusion) (on|about|over|as to)
    (pondering|wondering|wondered|curious|worried|worrying|afraid|scared|concerned|panicking|paranoid)
    (i am|i was|just|^) (checking|asking|double checking)
    <now> (any|no|there) (idea|ideas|clue|chance|possibility|proof|evidence)
    is it (likely|probable|true|correct|right|possible|the case|definite|certain|official)
    are you (sure|certain)
    (indication|answer|word|verdict|decision) (of|on|about|as to) if
    have [the|any] (clue|idea) if
    (welcome|appreciate|value|grateful for) [any|some|your] (clarification|confirmation|clarity)
    am i (right|correct|wrong) [in|to|thinking|assuming|saying|think|assume|say|believing]
    (proof|evidence|question is|record of)
    <not_had> confirmation
    <not_depends> (on|about|regarding|over|as to) if
""")

_OF_NOTE = (
    "CLAIM|JOINED|STANDING|NEWS|MINE|OURS|LIST|FEE|MEMBER"
    "|membership|registered|enrolled|joined|joining|signed up"
)
named = in_turn(("LOOK", _OF_NOTE, _LOOK), ("DOUBT", _OF_NOTE, _DOUBT))
