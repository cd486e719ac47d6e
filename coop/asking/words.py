"""The words people use, brought down to the few that the expressions are written in.

"I'm", "im" and "i am" become "i am"; "co-operative" becomes "coop"; a slip of the finger becomes the word
that was meant; articles and words that change nothing ("actually", "please", "still") go.
"""

import re

from coop.asking.names import Names
from coop.asking.slack_text import own_words, replaced
from coop.asking.spelling import any_slips, slips

_CHANGES_NOTHING = """
    a an please pls plz plse kindly actually acutally actualy just jsut really realy rly still even already
    allready alredy currently now officially offically formally technically also ever definitely definately
    properly basically honestly literally lol haha hahaha tho though yet truly genuinely fully totally
    automatically possibly presently legally exactly finally somehow indeed simply quite legit bloody fucking
    fuckin effing flipping sodding damn goddamn freaking frigging chuffing ruddy darn um umm erm er hmm uh oh ooh so tbh tbf btw fyi fr ngl ffs ahem s z aa
"""

_SPELT = {
    "i am": "i'm im iam",
    "i have": "i've ive",
    "i would": "i'd",
    "i will": "i'll",
    "we are": "we're",
    "we have": "we've",
    "you are": "you're youre",
    "am i": "ami amia",
    "i": "ii",
    "i member": "imember iamember",
    "member": "members amember",
    "membership": "memberships",
    "what is": "what's whats wot's wots whit's",
    "where is": "where's wheres",
    "when is": "when's whens",
    "how is": "how's hows",
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
    "can not": "can't cant cannot cannae",
    "could not": "couldn't couldnt",
    "would not": "wouldn't wouldnt",
    "do not know": "dunno dunnae donno idk",
    "know": "ken",
    "want to": "wanna",
    "you": "u ya ye yous youse",
    "your": "ur yer",
    "are": "r",
    "my": "ma mah",
    "what": "whit wot",
    "have": "hae huv hiv",
    "if": "whether weather",
    "someone": "somebody some1",
    "anyone": "anybody any1 ne1",
    "and": "n +",
    "£": "pound quid",
    "the": "teh hte th",
    "no": "nae",
    "check": "chk",
    "coop": "cooperative",
    "organisation": "org organization organisations organizations orgs",
    "thanks": "thx ta cheers thankyou ty thnx tks",
}

_EASY_TO_MISTYPE = """
    have know sure check status number active valid network joined signed whether wondering approved expired
    registered application organisation council coop join leave resign cancel part anyone someone count
"""


def _meanings() -> dict[str, str]:
    spelt = {spelling: word for word, spellings in _SPELT.items() for spelling in spellings.split()}
    means = {slip: spelt.get(word, word) for word in _EASY_TO_MISTYPE.split() for slip in slips(word)}
    means |= dict.fromkeys(any_slips("member") | any_slips("members"), "member")
    means |= dict.fromkeys((f"a{slip}" for slip in any_slips("member")), "member")
    means |= dict.fromkeys(any_slips("membership") | slips("memberships"), "membership")
    return means | spelt | dict.fromkeys(_CHANGES_NOTHING.split(), "")


MEANS = _meanings()

_OPENS_A_CONTRACTION = "what|wot|whit|where|when|how|who|that|it|membership"

_WRITTEN = (
    ("op", re.compile(r"\bco[ -]op(?:erative)?\b"), "coop"),
    ("mem ber", re.compile(r"\bmem ber"), "member"),
    ("er ship", re.compile(r"\bmember ship"), "membership"),
    ("a mi ", re.compile(r"\ba mi "), "am i "),
    ("so ", re.compile(r"\bso (?=i\b|im\b|am |are |we\b|does |do )"), ", "),
    ("already", re.compile(r"\b(?:could|might|may) (i|we) already be\b"), r"am \1"),
    ("'s", re.compile(rf"(?<!\w)(?!(?:{_OPENS_A_CONTRACTION})')(\w*)\s?'s\b"), r"\1"),
    ("£", re.compile(r"£\s*\d*(?:[.,]\d+)*"), " £ "),
    ("/", re.compile(r"(?<=\w)/(?=\w)"), " or "),
    ("?", re.compile(r"\?[?!.\s]*"), "? "),
    (" -", re.compile(r"\s-+\s"), " , "),
)
_MARKS = str.maketrans(
    {
        **{chr(code): " " for code in range(0x21, 0x7F) if not chr(code).isalnum() and chr(code) not in "_'+?"},
        **dict.fromkeys(".!;\n", "."),
        **dict.fromkeys(",:()[]", ","),
    }
)


def spoken(text: str, names: Names) -> str:
    """Canonical words and the marks ? . , each with one space after it: `hello , am i member of NAME ? `."""
    said = names.mark(replaced(own_words(text), _WRITTEN)).translate(_MARKS)
    said = said.replace(".", " . ").replace(",", " , ").replace("?", " ? ")
    return " ".join([meant for word in said.split() if (meant := MEANS.get(word, word))]) + " "
