"""How Mastodon measures a text, and whether a status it shows is the text we sent.

Its rule is app/validators/status_length_validator.rb: grapheme clusters, each link 23, and of a mention of
somebody on another server the name without the server.
"""

import re
import unicodedata
from html.parser import HTMLParser

from publishers import graphemes
from publishers.graphemes import Measured, Weighed
from publishers.link_ends import without_end

LIMIT = 500
LINK_WEIGHT = 23

_LINK = re.compile(
    r"(?<![\w@/$#])https?://(?:[\w-]+\.)+[^\W\d_]{2,63}(?!\w)(?::\d+)?(?:[/?][^\s<>]*)?",
    re.IGNORECASE,
)
_MENTION = re.compile(r"(?<![\w/])@(\w+(?:[\w.-]*\w)?)(@[\w.-]*\w)?", re.ASCII)
_SPACE = re.compile(r"\s+")


def measure(text: str, note: str = "", *, limit: int = LIMIT, link: int = LINK_WEIGHT) -> Measured:
    """Of the text; a content note before it takes its letters from the same limit, its links in full."""
    noted = graphemes.measure(note, limit).length
    measured = graphemes.measure(text, limit - noted, _weighed(text, link))
    return Measured(measured.length + noted, measured.fits_until)


def links(text: str) -> list[str]:
    return [text[start:end] for start, end in _links(text)]


def mentions(text: str) -> list[str]:
    """As written: @asha, @bryn@oxmere.example."""
    return [found.group() for found in _mentions(text)]


def same_words(sent: str, content: str) -> bool:
    """Whether `content`, the HTML of a status, says what was sent."""
    return _comparable(sent) == _comparable(_as_written(content))


def _weighed(text: str, link_weight: int) -> list[Weighed]:
    links = [Weighed(start, end, link_weight) for start, end in _links(text)]
    elsewhere = [
        Weighed(found.start(2), found.end(2), 0)
        for found in _mentions(text)
        if found[2] and not any(link.start <= found.start() < link.end for link in links)
    ]
    return sorted([*links, *elsewhere], key=lambda stretch: stretch.start)


def _links(text: str) -> list[tuple[int, int]]:
    return [
        (found.start(), found.start() + len(without_end(found.group()))) for found in _LINK.finditer(text)
    ]


def _mentions(text: str) -> list[re.Match[str]]:
    return list(_MENTION.finditer(text))


class _Written(HTMLParser):
    """The words of a status; of a shortened link its address."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._in_link = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kinds = (given.get("class") or "").split()
        if tag == "br":
            self.words.append("\n")
        elif tag == "a" and not {"mention", "hashtag"} & set(kinds):
            self._in_link = True
            self.words.append(given.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.words.append("\n\n")
        elif tag == "a":
            self._in_link = False

    def handle_data(self, data: str) -> None:
        if not self._in_link:
            self.words.append(data)


def _as_written(content: str) -> str:
    reader = _Written()
    reader.feed(content)
    reader.close()
    return "".join(reader.words)


def _comparable(text: str) -> str:
    """Servers compose characters, trim, leave out other servers' names and give a bare address its slash."""
    plain = _MENTION.sub(r"@\1", unicodedata.normalize("NFC", text))
    return _SPACE.sub(" ", re.sub(r"/(?=\s|$)", "", plain)).strip().casefold()
