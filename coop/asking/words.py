"""The words people use, brought down to the few that the expressions are written in.

"I'm", "im" and "i am" become "i am"; "co-operative" becomes "coop"; a slip of the finger becomes the word
that was meant; articles and words that change nothing ("actually", "please", "still") go.
"""

import re

from coop.asking.names import Names
from coop.asking.slack_text import own_words, replaced
from coop.asking.spelling import any_slips, slips

_CHANGES_NOTHING = """
    a an please pls plz plse still even already now also ever lol haha hahaha tho though yet perhaps maybe
    nowadays somehow indeed quite legit acc bloody fucking fuckin effing flipping sodding damn goddamn
    freaking frigging chuffing ruddy darn um umm erm er hmm uh oh ooh so just jsut tbh tbf btw fyi fr ngl
    ffs wtf omg ahem whatsoever fully rly realy s z aa deffo defo defs def proper
"""
# Words in -ly change nothing either ("actually", and "actully" as well), but for these.
_NOT_IDLE = (
    "apparently|apply|assembly|daily|early|family|hopefully|italy|july|monopoly|monthly|obviously|only|rely"
    "|reply|supply|unfortunately|weekly|yearly"
)

_SPELT = {
    "i am": "i'm im iam ah'm ahm",
    "i have": "i've ive",
    "i would": "i'd",
    "i will": "i'll",
    "we are": "we're",
    "we have": "we've",
    "you are": "you're youre",
    "you have": "you've youve",
    "am i": "ami amia",
    "am": "ama",
    "am i member": "amiamember",
    "i": "ii ia",
    "do you": "d'you dyou",
    "let me": "lemme",
    "through": "thru",
    "i member": "imember iamember",
    "member": "members amember",
    "membership": "memberships",
    "what is": "what's whats wot's wots whit's",
    "where is": "where's wheres",
    "when is": "when's whens",
    "how is": "how's hows",
    "long is": "long's",
    "who is": "who's whos",
    "that is": "that's thats",
    "it is": "it's its",
    "membership is": "membership's",
    "are not": "aren't arent",
    "am not": "amn't amnt ain't aint",
    "is not": "isn't isnt",
    "was not": "wasn't wasnt",
    "have not": "haven't havent",
    "has not": "hasn't hasnt",
    "did not": "didn't didnt didnae",
    "do not": "don't dont dinnae dinna",
    "does not": "doesn't doesnt doesnae",
    "must not": "mustn't mustnt",
    "can not": "can't cant cannot cannae",
    "could not": "couldn't couldnt",
    "would not": "wouldn't wouldnt",
    "do not know": "dunno dunnae donno idk",
    "know": "ken",
    "want to": "wanna",
    "sign up": "signup",
    "you": "u ya ye yous youse y'all",
    "your": "ur yer",
    "are": "r",
    "my": "ma mah mi",
    "what": "whit wot wat",
    "have": "hae huv hiv",
    "if": "whether weather",
    "someone": "somebody some1",
    "anyone": "anybody any1 ne1",
    "and": "n +",
    "mate": "m8",
    "about": "abt",
    "suppose": "spose",
    "checking": "checkin",
    "going": "goin",
    "happening": "happenin",
    "with": "wiv",
    "registered": "regestered",
    "accepted": "acepted excepted exepted",
    "wondering": "wonderin",
    "£": "pound quid",
    "the": "teh hte th",
    "of": "fo ov",
    "no": "nae",
    "check": "chk",
    "idea": "idear",
    "sure": "shure",
    "coop": "cooperative",
    "organisation": "org organization organisations organizations orgs",
    "thanks": "thx ta cheers thankyou ty thnx tks",
}

_EASY_TO_MISTYPE = """
    active already anyone application approved cancel check coop council count current expired have join
    joined know leave network number organisation part please register registered resign signed someone status
    still sure through signup valid want what whether wondering
"""


def _meanings() -> dict[str, str]:
    spelt = {spelling: word for word, spellings in _SPELT.items() for spelling in spellings.split()}
    spelt |= dict.fromkeys(_CHANGES_NOTHING.split(), "")
    means = {slip: spelt.get(word, word) for word in _EASY_TO_MISTYPE.split() for slip in slips(word)}
    means |= dict.fromkeys(any_slips("member") | any_slips("members"), "member")
    means |= dict.fromkeys((f"a{slip}" for slip in any_slips("member")), "member")
    means |= dict.fromkeys(any_slips("membership") | slips("memberships"), "membership")
    return means | spelt


MEANS = _meanings()

_OPENS_A_CONTRACTION = "what|wot|whit|where|when|how|long|who|that|it|membership"

_WRITTEN = (
    ("op", re.compile(r"\bco[ -]op(?:erative)?\b"), "coop"),
    ("mem ber", re.compile(r"\bmem ber"), "member"),
    ("er ship", re.compile(r"\bmember ship"), "membership"),
    ("a mi ", re.compile(r"\ba mi "), "am i "),
    ("surely ", re.compile(r"\bsurely (?=i\b|i'm|im |we\b|my )"), ", i assume "),
    ("presumabl", re.compile(r"\bpresumabl[ey] (?=i\b|i'm|im |we\b|my )"), ", i assume "),
    ("ly", re.compile(rf"\b(?!(?:{_NOT_IDLE})\b)\w{{4,}}ly\b"), ""),
    ("net work", re.compile(r"\bnet work\b"), "network"),
    ("do i n", re.compile(r"\bdo i now? (?=if\b|whether\b)"), "do i know "),
    ("am ", re.compile(r"\bam (?:o|la|1) (?=a |member)"), "am i "),
    ("i m ", re.compile(r"\bi m "), "i am "),
    ("aim i ", re.compile(r"\baim i "), "am i "),
    ("1 of ", re.compile(r"\b1 (?=of\b)"), "one "),
    ("l 1", re.compile(r"\bi still 1\b"), "i one"),
    ("i 1", re.compile(r"\bi 1\b"), "i one"),
    (" 2 ", re.compile(r"\b2 (?=be|join)"), "to "),
    ("question mark", re.compile(r"\bquestion mark\b"), "?"),
    ("am a ", re.compile(r"(?<!i )\bam a (?=a |an |no |still |part |in )"), "am i "),
    ("if am ", re.compile(r"\bif am "), "if i am "),
    ("im i ", re.compile(r"\bim i "), "am i "),
    ("i,m ", re.compile(r"\bi,m "), "i am "),
    # "Moved councils last month. Still a member?"
    ("still ", re.compile(r"(?:^|(?<=[.!?,\n]))\s*still (?:a )?(?=member\b[^.,\n]*\?)"), " am i "),
    ("so ", re.compile(r"\bso (?=i\b|im\b|am |are |we\b|does |do )"), ", "),
    (
        "already",
        re.compile(r"\b(?:could|might|may|would) (i|we) (?:already be|be(?=[^.?]* already\b))"),
        r"am \1",
    ),
    ("'s", re.compile(rf"(?<!\w)(?!(?:{_OPENS_A_CONTRACTION})')(\w*)\s?'s\b"), r"\1"),
    ("' ", re.compile(r"' "), " "),
    ("£", re.compile(r"£\s*\d*(?:[.,]\d+)*"), " £ "),
    ("/", re.compile(r"(?<=\w)/(?=\w)"), " or "),
    ("?", re.compile(r"\?[?!.\s]*"), "? "),
    ("..", re.compile(r"\.{2,}"), ", "),
    ("-", re.compile(r"\w+(?:-\w+){3,}"), "QUOTE"),
    (" -", re.compile(r"\s-+\s"), " , "),
)
_MARKS = str.maketrans(
    {
        **dict.fromkeys('"#$%&*-/<=>@\\^`{|}~', " "),
        **dict.fromkeys("!.;\n", "."),
        **dict.fromkeys("(),:[]", ","),
    }
)


def spoken(text: str, names: Names) -> str:
    """Canonical words and the marks ? . , each with one space after it: `hello , am i member of NAME ? `."""
    said = replaced(own_words(text), _WRITTEN).translate(_MARKS)
    words = names.marked(said.replace(".", " . ").replace(",", " , ").replace("?", " ? ").split())
    return " ".join([meant for word in words if (meant := MEANS.get(word, word))]) + " "
