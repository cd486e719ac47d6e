"""What people talk about when they talk about membership, each named by one word in capitals.

NET is the network, MEMBER "a proper member", LIST a list of members, FEE what membership costs, MINE "my
membership" and what belongs to it, OURS "our membership" (which may also mean everybody).
"""

from coop.asking.phrases import Parts, in_turn

PARTS = Parts(of_net="(?:(?:of|in|at|with|to|for|within|on) NET |, of NET )")

_NET = PARTS.phrases("""
    [the|this|our|your|whole|new|wider] NAME [network|coop|association|community|collective|movement|thing]
    [the|this|our|your|whole|new|wider|fine|lovely|glorious|wonderful] (network|coop) [network|coop|thing]
    (the|this|our|your) [new|wider|whole] (association|collective|community|movement)
    (the|this|your) [new|wider|whole] organisation
""")

PARTS["list"] = "(?:list|register|rolls?|database|spreadsheet|records?) "
_LIST = PARTS.phrases("""
    [the|your|our|NET] (member|membership) <list>
    [the|your|our|NET] <list> of [the|your|NET] member
""")

PARTS["one_of"] = PARTS.either("""
    [the] one of [the|your|these|those|our|you|#]
    (some|any) (kind|sort|type) of
    in (any|some) (way|sense)
    by [any] chance
    in (fact|theory|practice)
    (like|both|all|each|of us)
""")
PARTS["kind"] = PARTS.either("""
    (paid|signed) up
    (full|proper|real|paid|official|valid|current|active|actual|registered|existing|voting|individual)
    (card carrying|bona fide|fee paying|fledged|long standing|founder|founding|true|recognised|confirmed)
    (associate|supporting|provisional|pending|temporary|student|retired|permanent|automatic|founding)
    (NET|ordinary|normal|regular|new|lifetime|annual|lapsed|former|honorary|free|legitimate|paying|subscribed|£)
""")
_MEMBER = PARTS.phrases("""
    [<one_of>] [<kind>] member
    one of (you lot|you guys|your lot|your number)
""")

_FEE = PARTS.phrases("""
    [one|1|own] £ (membership|joining|MEMBER) (fee|payment|sub|subscription|contribution)
    [one|1|own] £ (fee|payment|membership|coin|donation|to join|for membership|for NET|to NET|joining fee)
    [one|1|own] £
    [NET|annual|yearly|£] (membership|joining|MEMBER) (fee|fees|sub|subs|dues|payment|subscription|money|£)
""")

PARTS["belonging"] = PARTS.either("""
    (application|form|request|payment|status|state|registration|sign up|renewal|subscription|sub|subs|thing)
    (account|record|money|details|number|numbers|id|paperwork|ref|reference|standing|date|situation|stuff|info)
""")
_MINE = PARTS.phrases("""
    (my|our|me) [own] FEE
    (my|me) [own|NET|individual|personal|annual|current|old|previous|existing|original|new] membership\
    [<belonging>] [<of_net>]
    our [own|NET|individual|personal|annual|current] membership <belonging> [<of_net>]
    (my|our|me) [own] MEMBER <belonging> [<of_net>]
    (my|our|me) NET (application|sign up|registration|status|payment|number)
    (my|our|me) (application|form|request|payment|transfer|cheque|direct debit|card payment|money)\
    (to join|for [the] membership|(to be|to become) MEMBER) [NET|<of_net>]
    (my|our|me) (sign up|registration|application|renewal|inscription|enrolment|subscription|admission)\
    (to|for|with|as) (NET|MEMBER)
    (my|me) [own] (sign up|request to join|request to (become|be) MEMBER) [NET|<of_net>]
    (my|our|me) joining (form|application|request|payment)
""")
_OURS = PARTS.phrases("""
    our [NET|individual|current] membership [<of_net>]
""")

named = in_turn(
    ("NET", "NAME|network|coop|association|collective|organisation|community|movement", _NET),
    ("LIST", "list|register|roll|database|spreadsheet|record", _LIST),
    ("MEMBER", "member |one of you", _MEMBER),
    ("FEE", "£|fee|sub|dues|payment|money", _FEE),
    ("MINE", "my |our |me ", _MINE),
    ("OURS", "our ", _OURS),
)
