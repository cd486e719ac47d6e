"""What people want of the bot: to join, to leave, to be told what it does. Written in `things`."""

from coop.asking import things
from coop.asking.phrases import Parts

_PARTS = Parts(things.PARTS)
_PARTS["end"] = "(?:[.?,] |thanks |again )*$"
_PARTS["done"] = (
    "(?=[.?,] |$|"
    + _PARTS.either("""
    (today|again|if|when|but|and|or|as|because|without|after|before|for|here|too|this|i|we|thanks|thank|at|in)
    (NET|MINE|OURS|membership|asap|straight|right|yes|myself|mate|then|next|through)
""")
    + ")"
)
_PARTS["to_net"] = (
    _PARTS.either("""
    [to|with|from|in|of|for|as] (NET|MINE|OURS|MEMBER|[the] membership)
""")
    + "?"
)
_PARTS["rather_not"] = "(?:do not|not|never|rather not) (?:(?:want|wish|going|like|ready) )?(?:to )?"
_PARTS["wanting"] = (
    _PARTS.either("""
    (want|like|love|wish|need|hope|hoping|happy|ready|keen|going|trying|interested|able|thinking|decided)
    (planning|have|time|let me)
""")
    + "(?:(?:to|in|about|of|be able) ){0,3}"
)
_PARTS["asking_how"] = (
    _PARTS.either("""
    (how|where|can|could|may|should|when|what|if|possible|link)
""")
    + "(?:(?:do|does|can|could|i|we|one|you|anyone|someone|go|need|have|get|must|happens|if|about|to) ){0,6}"
)

_PARTS["joining"] = _PARTS.either("""
    (join|joining|rejoin|rejoining|sign up|signing up|register|registering|enrol|apply|applying)
    (become|becoming|be|being) (MEMBER|part of NET)
    (get|getting|buy|buying|take out|start|apply for|applying for|have) (membership|MINE)
    (sign|signed) (me|us) up
    get (involved|signed up)
""")
NOT_JOINING = _PARTS.phrases("<rather_not> (<joining>|sign me|count me|add me)")
JOIN = _PARTS.phrases("""
    ^ [i|we|will|would] (<joining>|become|in) <to_net> <done>
    ^ [can|could|will|would] [you] (add|register|enrol|sign up) me <done>
    ^ renew <end>
    ^ (ymuno|ymaelodi)
    (count|sign|add|put|let|make|register|enrol|get) (me|us)\
    (in|up|down|MEMBER|join|be MEMBER|signed up|on LIST) <to_net> <done>
    (i am|we are|i want) in <end>
    (want to|can i|could i|like to|how do i) (come back|renew)
    (<wanting>|<asking_how>) <joining> <to_net> <done>
    (membership|joining|application) (form|application|link) <done>
    (form|link|button|page) (to|for) <joining>
    (how much|what does it cost|what is the cost) [is it|does it cost|to|of|for] <joining>
""")

_PARTS["leaving"] = _PARTS.either("""
    (leave|leaving|resign|resigning|quit|quitting|withdraw|withdrawing|opt out|unjoin|deregister|drop out)
    (cancel|cancelling|stop|stopping|terminate|end|close|give up) (MINE|OURS|membership|being MEMBER)
    (cancel|cancelling|step down)
    be (removed from|taken off) (LIST|NET|the register|the list)
""")
_PARTS["leaving_net"] = "<leaving> [from|as|being|MEMBER] <to_net> <done>"
_PARTS["leaving_net"] = _PARTS.either(_PARTS["leaving_net"])
NOT_LEAVING = _PARTS.phrases("<rather_not> (<leaving>|remove me|take me)")
LEAVE = _PARTS.phrases("""
    ^ [i|we|will|would|hereby|wish to|am] <leaving_net>
    (<wanting>|<asking_how>) <leaving_net>
    (cancel|cancelling|end|stop|terminate|delete|close|revoke|withdraw|resign|quit|give up|remove)\
    [from|the|as] (MINE|OURS|membership|MEMBER)
    (not|no longer) (want|wish|like) to be (MEMBER|in NET|part of NET)
    (remove|take|delete|strike) (me|us|my name) (off|from|out of|as)\
    (LIST|the register|the list|NET|the membership|membership|MEMBER)
    (take|count) (me|us) (out|off) <done>
    ^ (remove|withdraw|delete) me <done>
    i want out <done>
    (i am|we are) (out|leaving|resigning|quitting) <to_net> <end>
    ^ gadael
""")

GREETING = _PARTS.phrases("""
    ^ (hi|hello|hey|hiya|morning|afternoon|evening|good (morning|afternoon|evening)|howdy|helo|shwmae|bore da)
""")
HELP = _PARTS.phrases("""
    [need|some|can you|please] help [me|with|this|please] <end>
    ^ (menu|commands|options|start|info|instructions|usage|faq|cymorth) <end>
    (what|which) (can|do|else|should|commands|things) ...\
    (do|ask|say|type|know|understand|there|offer) ... <end>
    how (do|does|can|to) ... (work|use|talk) ... <end>
    (who|what) (are|is) (you|this|my options) ... <end>
    ^ ? $
""")
