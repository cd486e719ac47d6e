"""Questions about somebody else's membership: an organisation's, or a person's. Written in `things`."""

from coop.asking import things
from coop.asking.phrases import Parts

_PARTS = Parts(things.PARTS)
_PARTS["body"] = _PARTS.either("""
    (council|councils|organisation|employer|employers|company|companies|team|teams|authority|authorities)
    (charity|charities|supplier|suppliers|firm|business|businesses|district|borough|county|university)
    (department|school|trust|agency|directorate|service|workplace|office|consultancy|ltd|limited|cic|association)
""")
_PARTS["takes_part"] = _PARTS.either("""
    (MEMBER|MINE|OURS|join|joined|joining|sign up|signed up|affiliate|affiliated|register|registered|apply)
    (become|be) MEMBER
    [part of|in|with|belong to] NET
    (have|get|got|buy|take out) membership
""")
_PARTS["our"] = "(?:(?:my|our|the|whole) )?"
_PARTS["is"] = "(?:is|are|was|has|have|did|does|do|can|could|may|should|will) "
ORGANISATION = _PARTS.phrases("""
    <is> [not|any|*] <body> [not|be|been|able|to|council] <takes_part>
    (is|has) [our] NET (MEMBER|signed up|joined)
    <takes_part> [,|or] (as|for) <our> <body>
    (organisational|corporate|institutional|organisation|council|company|group|team|business)\
    (membership|MEMBER)
    (how|where|want|like) ... ... <body> [to|up|be|can] <takes_part>
    (sign|get|put) <our> <body> (up|in|down)
    (on behalf of|as|membership for) (my|our|the|whole) [*] <body>
    (on behalf of|as|membership for) <body>
""")

_PARTS["they"] = (
    r"(?:(?!(?:i|we|it|there|this|that|my|our|being|you|not|the|membership) )[^\W_]+ |(?:my|our|the) \w+ )"
)
_PARTS["done"] = "(?=[.?,] |$|(?:and|or|if|then|too|here|please) )"
SOMEONE_ELSE = _PARTS.phrases("""
    (is|has|did|was|are|have|if) <they> [*] (MEMBER|joined|join|part of NET|in NET|signed up|paid FEE) <done>
    (who|which) ... (MEMBER|joined|in NET|part of NET|signed up) <done>
    (show|see|give|send|get|have|download) [me|us] LIST
    ^ LIST
""")
# "Are me and PERSON members" asks for both, so the speaker gets their own answer.
_PARTS["not_us"] = "(?<!me and )(?<!i and )"
A_PERSON_MENTIONED = _PARTS.phrases("""
    (is|has|did|was|are|does|if|about|for|of) [not] PERSON ...\
    (MEMBER|membership|standing|joined|join|paid|on LIST|NET)
    (MEMBER|membership|standing) [status] (of|for) PERSON
    <not_us> PERSON [is|has] [current] (MEMBER|membership|standing|joined)
    PERSON is (in|part of) NET
""")
