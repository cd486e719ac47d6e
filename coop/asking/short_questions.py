"""Short questions that mean membership only because the rest of the message does: "paid my £1, am I in?".

Both have to be there: a topic, and a question about oneself or about what one sent. What is somebody else's,
or about something else that people join, is left alone. Written in `things`, `claims` and `doubts`.
"""

import re
from collections.abc import Iterator, Sequence

from coop.asking import elsewhere, follows, others
from coop.asking.phrases import Parts, holds


def _not_after(*words: str) -> str:
    return "".join(rf"(?<!\b{word} )" for word in words)


_PARTS = Parts(follows.PARTS)

# "My RIBA membership", "the members' newsletter" are of something else: the words around decide.
_PARTS["paper"] = _PARTS.either("""
    (form|forms|application|payment|fee|thing|stuff|process|request|confirmation|question|wise)
""")
_PARTS["ours"] = _PARTS.either("""
    ^ [my|the|our|new|any|full|NET]
    (my|the|our|this|that|for|of|about|re|as|by|and|or|did|do|done|doing|got|get|have|had|in|on|if|with|to|NET)
    (submitted|completed|sent|paid|filled|bought|FEE|new|saying)
""")
# "Membership" and no noun after it; not "the membership vote".
_PARTS["alone"] = (
    r"(?=[.,?] |$|(?:for|with|online|on|in|at|of NET|last|this|yesterday|today|and|but|or|via|by|like|is|was"
    r"|went|only|again|weeks?|month|fortnight|days|ago|since|(?:mon|tues|wednes|thurs|fri)day|\d+|ages|together"
    r"|because|when|then|i) )"
)
# "£1 for the raffle", "a member of the choir", "signed up to the list".
_PARTS["not_more"] = (
    r"(?!(?:for|to|the|my|our|into|of|in|at|with|his|her|up|new|another) "
    r"(?!NET|MEMBER|membership|be|become|join|last|lunch|the weekend|weekend|\d))"
)
_PARTS["not_to"] = "(?!(?:for|to|into|up) (?!NET|MEMBER|membership|be |become|join))"
_PARTS["itself"] = (
    "(?!(?:steering|board|drive|domain|stats|rules|channel|group|team|slack|list|camp|job|post|paper|survey"
    "|call) )"
)
_ON_WHAT_I_SENT = _PARTS.phrases("""
    (STANDING|NEWS|MINE|OURS)
    <claim> <not_to> <itself>
    FEE <not_more>
    <ours> membership (<paper>|<alone>)
    (MEMBER|joining|join|sign up|NET) <paper>
    (be|become|becoming|being|as|is|was|are|not|all|only) MEMBER <alone>
    (would|will|promised to|meant to|going to|remember|recall|forgot) (join|joining) <not_more>
    (joining|join) (thing|thingy|page|stuff|bit)
    (joined|joining|join|signed up|signing up|registered|registering|applied|applying) [to|up|with|for] NET
    (do|should|need|have) [i|need|have|to] (join|sign up|apply|register) [again] or
    (applied|applying|need|have|tried|trying) to (join|sign up) <not_more> <alone>
    (to|about|after|of|from|me) (join|joining|signing up) <alone>
    (^|i|we|us|both|have|finally|tried) (joined|signed up|applied|enrolled|joining) <not_more> <alone>
""")
_PARTS["of_a_team"] = _not_after("team", "board", "committee", "council", "elected", "staff", "group")
_ON_WHAT_I_AM = _PARTS.phrases("""
    <of_a_team> (MEMBER|membership) <not_more>
    LIST
    NET <itself>
""")

# The look ahead is for speed: nearly every word fails it.
_PARTS["asking"] = r"(?=(?:am|are|was|were|is|have|has|had|do|does|did) )" + _not_after(
    *("what", "which", "where", "how", "why", "who", "whose", "only", "nor", "neither", "as", "than"),
    *("i", "we", "they", "he", "she", "it", "that", "you", "to", "if"),
)
_PARTS["all"] = "(?:(?:not|all|both|of) ){0,3}"
_PARTS["counted_in"] = _PARTS.either("""
    (added|accepted|approved|registered|enrolled|recorded|included|admitted|confirmed|processed|logged|listed)
    (let in|signed up|set up|put (on|down)|taken (on|off)|carried over|moved over|removed|dropped|missed off)
    (received|renewed|struck off|kicked (off|out)|verified|activated|counted|transferred|signed off|sorted)
    (forgotten|overlooked|skipped|rejected|refused|turned down|recognised|banned|lost|welcomed)
    (unsubscribed|deactivated|reactivated|deleted|suspended|cancelled|moved [across|over]|left off)
""")
_PARTS["in_now"] = _PARTS.either("""
    (in|official|all set|done|good to go|through|joined|legit|eligible|out|in or (out|not)|(in|on) (there|it))
    in (the|your) (gang|club|fold|crew|tribe|clan)
    (on (record|file)|accepted|inside|missing|lost|going|too|as well|among them|amongst them)
    [down|missing|gone|lost] (in|on|from|off) (LIST|(the|your) (list|register|books|system|database|records))
    [part] of (it|this|that|them)
    one [of (you|us|them|em|those|these)]
    [been] <counted_in>
""")
_PARTS["got_in"] = _PARTS.either("""
    (get|got|make it|made it|go|gone|come) [get] (in|through|over|on there|<counted_in>)
    (end up|ended up|come up|come out) [as]
    (drop|dropped|fall|fell|fallen|slip|slipped|come|came|drift|drifted) (off|out of|through)\
    (LIST|NET|the (list|register|books|net|cracks))
    make the (cut|list)
    made the (cut|list)
    (pay|paid)
    (do|done|fill|filled|complete|completed|submit|submitted|send|sent|pay|paid) [in|out]\
    (it|that|this|everything|(the|this|my) [membership|joining] (form|thing|bit|process)) [right|ok|in]
    [been|be|get|got] <counted_in>
""")
_PARTS["as_member"] = _PARTS.either("[[as] MEMBER [<of_net>]]")
_PARTS["take_in"] = _PARTS.either("""
    (add|added|accept|accepted|approve|approved|let|take|took|taken|register|registered|enrol|enrolled|include)
    (included|drop|dropped|remove|removed|forget|forgot|forgotten|lose|lost|miss|missed|kick|kicked|throw|leave)
    (delete|deleted|strike|struck|purge|purged|suspend|suspended|cut|unsubscribe|unsubscribed)
    (left|count|counted|put|list|listed|process|processed|admit|admitted|reject|rejected|keep|kept)
""")
_PARTS["me"] = _PARTS.either("(me|us|(my|our) (name|details)) [down|in|on|there|listed]")
_MYSELF = _PARTS.before(
    follows.ENDS,
    """
    <asking> (am|are|was|were) <all> <i> <all> <in_now> <as_member>
    <asking> (did|has|have|was|were|are|is) <all> (my|our) (name|details) [been|get|got|be] <counted_in>
    <asking> (have|did|do|has) <all> <i> <all> <got_in> <as_member>
    (do|does|did|have|has) [not] <you> [not] [got|have|see|find|add|let] <me> <as_member>
    (do|does|did|have|has) [not] <you> [not|ever|all] <take_in> (me|us|<me>)\
    [in|off|out|on|from|(LIST|the membership)] <as_member>
    (can|could) [not] <you> (see|find) <me> <as_member>
    LOOK (me|us) up [(in|on) (LIST|the MEMBER)]
    (LOOK|search|scan|check) [on|in|through|at] (LIST|the MEMBER) (for (me|my name)|and see if i)
    <asking> (is|was) (my name|mine) (in|on|among) (it|there|them|that)
    [what is|LOOK] my (status|standing|position)
    LOOK what (it|that|mine) is
    (do|does|did) ... ... (include|cover|apply to|count) (me|us)
    (LOOK|DOUBT) [if|that|about] <i> [am|are|have|been|was] (<in_now>|<got_in>) <as_member>
    (do|does|did) ... ... ... (mean|make) [that] (<i> [am|are|have|been|not]|me) (<in_now>|<got_in>)
    """,
)
_PARTS["after_words"] = "(?:(?<=QUOTE )|(?<=CLAIM )|(?<=JOINED ))"
_BARE = _PARTS.phrases("""
    (^|but|and|or|<after_words>) (am|are|have|had|did|do|was) <i> [not|or|been|(am|have|did) <i> not] ?
    ^ [and|but] which [one] (is it|am i|is (right|true|correct)) ?
    i am [not] <in_now> [or not] ?
    [i] thought <i> (had|was|did|were|am) [in|one|not] ?
    <asking> (do|have) <i> [have|got|not] [got] one ?
    (is|does|do) (that|this|it) (true|apply|go|count|hold) (for|to) me ?
    ^ (is (that|this) me|me included|including me|me too) ?
    ^ MEMBER or (not|nah|non) [MEMBER] ?
    (is that|that is) me [all] (MEMBER|<in_now>|<got_in>) [is it|or what|right|yes|yeah|,] ?
""")

_PARTS["not_the_form"] = (
    r"(?!(?:forms?|payment|money|application|registration|membership|joining|details|email|[A-Z]+"
    r"|you|it|that|this|my|the|in|off|online|to|and|but|on|last|for|at) )"
)
_PARTS["sent"] = "(?:form|payment|money|application|registration|direct debit|transfer|cheque|sign up|sub) "
_PARTS["after_all"] = "(?:nonetheless|nevertheless|since|finally|then|really|in fact|by now) "
_PARTS["my_form"] = _PARTS.either("""
    (it|that|this|everything|they|mine|(either|this|that) one|(the|my|our) <sent>)
    my (first|last) (go|try|attempt)
    [the] (MINE|OURS|FEE|membership [<paper>]|(joining|sign up|MEMBER) <paper>)
    [the|my] <sent> (for|to|of) (MINE|NET|[the] membership)
""")
_PARTS["go_through"] = _PARTS.either("""
    (work|worked|take|taken|took|arrive|arrived|land|landed|register|save|saved|submit|stick|stuck|stand|count)
    (reach|reached|clear|cleared|get|got|come|came|go|gone|went|make it|made it)\
    (you|to you|there|in|up|through|ok|okay|alright|fine|well|over)
    (do (anything|it|the trick)|go|come|happen|complete|finish)
    (fail|failed|crash|vanish|disappear|happen|happened|bounce|bounced|turn up|show up|fall through|sink|hold)
    (any (use|good)|worth anything|on to (LIST|the list))
    (reach|reached) (anyone|someone|them|NET)
    (ok|okay|fine|alright|safe|there|real|on (it|there|record|file|the (system|list)))
    (done|ready|good|active|valid|current|up to date)
    [be|been|get|got] <counted_in>
""")
_PARTS["at_your_end"] = _PARTS.either("""
    [[up|at|on|from|to|by|with] (your|my|our) (end|side)|[by|with] (you|anyone)|do you know|and <counted_in>]
""")
_PARTS["did_it"] = "(?:did|has|have|is|was|does|do|had) "
_PARTS["got"] = "(?:get|got|have|had|receive|received|see|seen) "
_PARTS["took"] = _PARTS.either("""
    (pick|picked|found|open|opened|process|processed|read|check|checked|look at|looked at|deal|dealt with)
""")
_PARTS["asked"] = r"(?=\? )"
_PARTS["can"] = "(?<!how )(?<!where )(?:can|could) "
_WHAT_I_SENT = _PARTS.before(
    follows.ENDS,
    """
    <asking> <did_it> <all> <my_form> <all> [<after_all>] <go_through> <at_your_end>
    <asking> <did_it> <all> [the <sent> (for|of|to)] NEWS <at_your_end>
    <asking> (did|do|have|has) [not] <you> <got> <my_form>
    <can> <you> <got> <my_form>
    (do|have) <i> [have|got] it ?
    [is there|are there|have you] any (trace|sign|record|records|evidence|proof)\
    [of (it|that|this|me)|to show]
    [is|did|has] (anything|something|owt) (come|came|show|land|arrive|been|get)\
    (through|up|in|across) <at_your_end>
    ^ [all] (sorted|processed|approved|received|accepted|successful) [then|for me] ?
    (LOOK|DOUBT|mean) [if|that|how|about] <my_form> [is|has|was|did|have|not] [<after_all>]\
    <go_through> <at_your_end>
    (LOOK|DOUBT) [if|that] <you> [have|did] <got> <my_form>
    ^ [or|and|but] (did|has|is|was) it [not] ?
    ^ (it|that|this) [is|was|has|have] [been|not] <go_through> [or not] ?
    (did|has|have) (<you>|no one|nobody) <took> (it|that|this|mine) [up|through|in]
    ^ any (decision|answer|response|reply|verdict) [on|about|it|that|mine]
    ^ (any (news|update|updates|joy|luck|word)|what is (happening|going on|the (latest|score|story)))\
    [with|on|about|it|that|mine]
    ^ (all|everything) [is] (good|ok|okay|done|sorted|set|in order|fine) [now|then] <asked>
    """,
)

_SOMEONE_ELSES = _PARTS.phrases("""
    (she|he|her|his|him|hers|their)
    (my|our) (colleague|apprentice|friend|mate|wife|husband|partner|brother|sister|mum|dad|councillor)
    (user|users|resident|residents|customer|customers|tester|testers|staging|prototype|deploy|repo|api)
    (MEMBER|membership) (of|for|at) <not_more>
""")
# "I'm a member. I suggested a talk, has it been accepted?" asks about the talk.
_SOMETHING_ELSE = _PARTS.phrases("""
    i have been (asked|invited|booked|chosen|nominated)
    i [have|did] (suggested|proposed|pitched|posted|shared|wrote|booked|ordered|raised|claimed|pushed)
    i [have|did] (sent|submitted|emailed|filled in|put in) [in] [my|the|our|some] <not_the_form> *
""")


# Words without one of which an expression need not be tried.
_ONESELF = (" i ", " we ", "me ", "us ", "my ", "our ", "all ", "both ", "am i")
_BARELY = ("i ", "we ", "me ", "which ", "MEMBER or", "one ?")


def questions(heard: str) -> Iterator[re.Match[str]]:
    """Where `heard` asks briefly about oneself, in a message on membership, or about what one sent for it."""
    sent = _ON_WHAT_I_SENT.search(heard)
    if not (sent or _ON_WHAT_I_AM.search(heard)):
        return
    of_me = [*_found(_MYSELF, _ONESELF, heard), *(_found(_BARE, _BARELY, heard) if "? " in heard else ())]
    if of_me and others.SOMEONE_ELSE.search(heard):
        of_me = [found for found in of_me if "we " not in found[0]]
    of_it = [*_WHAT_I_SENT.finditer(heard)] if sent and not _is_about_something_else(heard) else []
    if (of_me or of_it) and not others.ORGANISATION.search(heard) and not elsewhere.names_an_event(heard):
        yield from of_me
        yield from of_it


def _found(pattern: re.Pattern[str], needs: Sequence[str], heard: str) -> list[re.Match[str]]:
    return [*pattern.finditer(heard)] if holds(heard, needs) else []


def _is_about_something_else(heard: str) -> bool:
    if _SOMETHING_ELSE.search(heard):
        return True
    return " for me " not in heard and " mine " not in heard and bool(_SOMEONE_ELSES.search(heard))
