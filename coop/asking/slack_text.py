"""What a person said in their own words, out of the text Slack sends.

Code, quotations, struck-out words, links and emoji are somebody else's words or none at all.
Who and what a mention points at becomes PERSON, CHANNEL or LINK: everything typed is lower case,
so nobody can type one of these.
"""

import re
import unicodedata

_STRAIGHT = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4", "'"),  # keyboards offer all of these
        **dict.fromkeys("\u2013\u2014\u2212", " - "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad"),  # marks without width
    }
)
_QUOTED_LINES = re.compile(r"^[ \t]*(?:(?:&gt;|>){3}.*|(?:&gt;|>)[^\n]*)", re.DOTALL | re.MULTILINE)
_SPOKEN = re.compile(r'"[^"\n]*"|(?<![\w\'])\'\w(?:[^\'\n]|\'(?=\w))*\'(?!\w)')
_SYMBOLS = re.compile(r"[^\w\s!-~£]+")
_STRETCHED = tuple((letter * 3, re.compile(letter + "{3,}"), letter) for letter in "abeihkmnoprstuwy")

# Each with a sign without which it is not worth trying: this runs for every message that might ask.
_MARKUP = (
    ("`", re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL), " QUOTE "),
    ("&gt;", _QUOTED_LINES, ""),
    ("<@", re.compile(r"<@[^<>\n]*>"), " PERSON "),
    ("<#", re.compile(r"<#[^<>\n]*>"), " CHANNEL "),
    ("<!", re.compile(r"<![^<>\n]*>"), " "),
    ("<", re.compile(r"<[^<>\n]*>"), " LINK "),
    (">", _QUOTED_LINES, ""),
    ("&", re.compile(r"&[lg]t;"), " "),
    ("&", re.compile(r"&(?:amp;)?"), " and "),
    (":", re.compile(r":[a-z0-9_+'-]+:"), " "),
    ("~", re.compile(r"(?<!\w)~[^~\n]+~(?!\w)"), ""),
    ("*", re.compile(r"\*"), ""),
    ("_", re.compile(r"(?<!\w)_+|_+(?!\w)"), ""),
)


def own_words(text: str) -> str:
    """Lower case, quotation marks straight; a message that is one whole quotation keeps what it quotes."""
    if not text.isascii():
        text = _SYMBOLS.sub(" ", unicodedata.normalize("NFKC", text.translate(_STRAIGHT)))
    said = replaced(text.lower(), _MARKUP)
    said = replaced(said, _STRETCHED).strip()
    if '"' in said or "'" in said:
        said = _SPOKEN.sub(lambda found: found[0][1:-1] if found[0] == said else " QUOTE ", said)
    return said


def replaced(text: str, table: tuple[tuple[str, re.Pattern[str], str], ...]) -> str:
    """`text` after each (sign, expression, instead) of which the sign is in it."""
    for sign, expression, instead in table:
        if sign in text:
            text = expression.sub(instead, text)
    return text
