"""What a message to the bot itself asks for. Looser than in a channel: the person is talking to us."""

import re

from coop.asking import claims, own_standing, things
from coop.asking.names import Names
from coop.asking.phrases import expression, phrases
from coop.asking.question import Asked, Question
from coop.asking.words import spoken

_READ_AT_MOST = 1000
_MENTIONED = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")

_END = "(?:[.?,] |thanks )*$"
_DONE = r"(?=[.?,] |$|" + expression("""
    (today|again|if|when|but|and|or|as|because|without|after|before|for|here|too|this|i|we|thanks|thank|at|through)
    (NET|MINE|OURS|membership|asap|straight|right|yes|myself|mate|then|next|in)
""") + ")"
_TO_NET = "(?:(?:(?:to|with|from|in|of|for|as) )?(?:NET|MINE|OURS|MEMBER|the membership|membership) )?"

_OPENING = phrases("""
    ^ (hi|hello|hey|hiya|good|morning|afternoon|evening|there|bot|yes|ok|thanks|you|all|right|sorry|.|,)
""")
_GREETED = phrases("""
    ^ (hi|hello|hey|hiya|morning|afternoon|evening|good (morning|afternoon|evening)|howdy|helo|shwmae|bore da)
""")

_BODY = expression("""
    (council|councils|organisation|employer|employers|company|companies|team|teams|authority|authorities|department)
    (charity|charities|supplier|suppliers|firm|business|businesses|district|borough|county|university|school|trust)
    (agency|directorate|service|workplace|office|consultancy|ltd|limited|cic|association)
""")
_TAKES_PART = expression("""
    (MEMBER|MINE|OURS|join|joined|joining|sign up|signed up|affiliate|affiliated|register|registered|apply)
    (become|be) MEMBER
    [part of|in|with|belong to] NET
    (have|get|got|buy|take out) membership
""")
_ORGANISATION = phrases("""
    (is|are|was|has|have|did|does|do|can|could|may|should|will) [not|any] [*] <body> [not|be|been|able|to] <takes_part>
    (is|are|was|has|have|did|does|do|can|could|may) * [*] <body> [not|be|been|able|to|council] <takes_part>
    (is|has) (NET|our NET) (MEMBER|signed up|joined)
    (<takes_part>|CLAIM) [,|or] (as|for) [my|our|the|whole] <body>
    (organisational|corporate|institutional|organisation|council|company|group|team|business) (membership|MEMBER)
    (how|where|want|like) ... ... <body> [to|up|be|can] <takes_part>
    membership for [my|our|the|whole|*] <body>
""", body=_BODY, takes_part=_TAKES_PART)

_JOINING = expression("""
    (join|joining|rejoin|rejoining|sign up|signing up|register|registering|enrol|apply|applying)
    (become|becoming|be|being) (MEMBER|part of NET)
    (get|getting|buy|buying|take out|start|apply for|applying for|have) (membership|MINE)
    (sign|signed) (me|us) up
    get (involved|signed up)
""")
_RATHER_NOT = "(?:do not|not|never|rather not) (?:(?:want|wish|going|like|ready) )?(?:to )?"
_NOT_JOINING = phrases("<rather_not> (<joining>|sign me|count me|add me)", rather_not=_RATHER_NOT, joining=_JOINING)
_JOIN = phrases("""
    ^ [i|we|will|would] (<joining>|become|in) <to_net> <done>
    (count|sign|add|put|let|make|register|enrol|get) (me|us) (in|up|down|MEMBER|join|be MEMBER|signed up|on LIST) <to_net> <done>
    (i am|we are) in <end>
    (want|like|love|wish|hope|hoping|happy|ready|keen|need|going|trying|interested|able|thinking|decided|let me) [to|in|about|of|be able] <joining> <to_net> <done>
    (how|where|can|could|may|should|when|what|possible|link) [do|does|can|could|i|we|one|you|to|about] [go|need|have|get|must|to|i] [do|about|to] <joining> <to_net> <done>
    ^ (membership|joining|application) (form|application|link)
    (how much|what does it cost|what is the cost) [is it|does it cost|to|of|for] <joining>
    ^ (ymuno|ymaelodi)
""", joining=_JOINING, to_net=_TO_NET, done=_DONE, end=_END)

_LEAVING = expression("""
    (leave|leaving|resign|resigning|quit|quitting|withdraw|withdrawing|opt out|unjoin|deregister|drop out|step down)
    (cancel|cancelling|stop|stopping|terminate|end|close|give up) (MINE|OURS|membership|being MEMBER)
    (cancel|cancelling)
    be (removed from|taken off) (LIST|NET|the register|the list)
""")
_NOT_LEAVING = phrases("<rather_not> (<leaving>|remove me|take me)", rather_not=_RATHER_NOT, leaving=_LEAVING)
_LEAVE = phrases("""
    ^ [i|we|will|would|hereby|wish to|am] <leaving> [from|being|as|MEMBER] <to_net> <done>
    (want|like|love|wish|need|going|trying|decided|thinking|ready|planning|have|time) [to|about|of] <leaving> [from|as|being|MEMBER] <to_net> <done>
    (how|where|can|could|may|what|if) [do|does|can|i|we|one|you|to|go about|happens if] <leaving> [from|as|being|MEMBER] <to_net> <done>
    (cancel|cancelling|end|stop|terminate|delete|close|revoke|withdraw|resign|quit|give up|remove) [from|the|as] (MINE|OURS|membership|MEMBER)
    (not|no longer) (want|wish|like) to be (MEMBER|in NET|part of NET)
    (remove|take|delete|strike) (me|us|my name) (off|from|out of|as) (LIST|the register|the list|NET|the membership|membership|MEMBER)
    (take|count) (me|us) (out|off) <done>
    (i am|we are) (out|leaving|resigning|quitting) <to_net> <end>
    ^ gadael
""", leaving=_LEAVING, to_net=_TO_NET, done=_DONE, end=_END)

_LOOSE = phrases("""
    ^ [my|our|the|check|show|see|get|view|tell me|show me|what is|where is|about] (MEMBER|membership|MINE|OURS|standing|status) [status|card|number|record|check|details|info|or not|or nah] <end>
    ^ [show me|what is|where is|send me|see|lost|the] my (card|number|status|record|fee|MEMBER card) <end>
    (am|are) <i> [on|in|official|approved|accepted|up to date|registered|listed|ok|lapsed|overdue|late|or not|out|or|one] <end>
    (am|are) <i> on the (register|list|books) <end>
    ^ [have|has|did] [<i>] (paid|pay|joined|registered|register|signed up) [my|the|for] [fee|it|dues|subs] <end>
    (did|has|have|was|is) [you|anyone|got|get|received|gotten] my (application|payment|money|form|transfer|request) [not|been|get|got] [<went>] [<through>] <end>
    (when|what|how much) [is|are|do|does|did|have|was] [<i>|my|our|the|to] [next|still|fee|FEE|MINE|payment] [to] (due|owe|pay|join|start) [next] <end>
    (do|does|did) <i> [still] owe [any|anything|you|some|money|FEE] <end>
    what date did <i> join <end>
    can <i> vote <end>
    (ydw|dw) i'n aelod <end>
""", i=claims.I, end=_END, went=claims.WENT, through=claims.THROUGH)

_THEY = r"(?:(?!(?:i|we|it|there|this|that|my|our|being|you|not|the|membership) )[^\W_]+ |(?:my|our|the) \w+ )"
_SOMEONE_ELSE = phrases("""
    (is|has|did|was|are|have|if) <they> [*] (MEMBER|joined|join|part of NET|in NET|signed up|paid FEE) <done>
    (who|which) ... (MEMBER|joined|in NET|part of NET|signed up) <done>
    (show|see|give|send|get|have|download) [me|us] LIST
    ^ LIST
""", they=_THEY, done=_DONE)
_ABOUT_PERSON = phrases("""
    (is|has|did|was|are|does|if|about|for|of) [not] PERSON ... (MEMBER|membership|standing|joined|join|paid|on LIST|NET)
    (MEMBER|membership|standing) [status] (of|for) PERSON
    PERSON [is|has] [current] (MEMBER|membership|standing|joined)
    PERSON is (in|part of) NET
""")

_HELP = phrases("""
    [need|some|can you|please] help [me|with|this|please] <end>
    ^ (menu|commands|options|start|info|instructions|usage|faq|cymorth) <end>
    (what|which) (can|do|else|should|commands|things) ... (do|ask|say|type|know|understand|there|offer) ... <end>
    how (do|does|can|to) ... (work|use|talk) ... <end>
    (who|what) (are|is) (you|this) ... <end>
    ^ [?] $
""", end=_END)

_KINDS = (
    (Asked.LEAVE, _LEAVE, _NOT_LEAVING),
    (Asked.OWN_STANDING, _LOOSE, None),
    (Asked.JOIN, _JOIN, _NOT_JOINING),
    (Asked.SOMEONE_ELSE, _SOMEONE_ELSE, None),
    (Asked.HELP, _HELP, None),
)


def to_bot(text: str, names: Names) -> Question | None:
    """What `text`, said in private or after a mention that is stripped, asks for; None if it is not clear."""
    said = things.named(spoken(text[:_READ_AT_MOST], names))
    about = _MENTIONED.search(text)
    if about and _ABOUT_PERSON.search(said):
        return Question(Asked.SOMEONE_ELSE, about[1])
    asked = _asked(_without_greeting(said)) or (Asked.HELP if _GREETED.search(said) else None)
    return Question(asked) if asked else None


def _without_greeting(said: str) -> str:
    while greeting := _OPENING.match(said):
        said = said[greeting.end() :]
    return said


def _asked(said: str) -> Asked | None:
    if _ORGANISATION.search(said):
        return Asked.ORGANISATION
    if next(own_standing.questions(claims.named(said)), None):
        return Asked.OWN_STANDING
    for asked, wordings, objection in _KINDS:
        if wordings.search(said) and not (objection and objection.search(said)):
            return asked
    return None
