"""How X measures a text, what it makes of it, and whether a post it shows is the text we sent."""

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LIMIT = 280
LINK_WEIGHT = 23
# The recogniser of links takes 27 ms for 60 dots and 22 s for 2,000: its time grows with their square.
MOST_DOTS, MOST_CODE_POINTS = 60, 4_000

_WITH_SCHEME = re.compile(r"https?://\S+", re.IGNORECASE)
# What may stand before and after, and the full-width sign, are X's rule: me@example.com is no mention.
_MENTION = re.compile(
    r"(?:^|[^A-Za-z0-9_!#$%&*@\uff20]|(?:^|[^A-Za-z0-9_+~.-])[rR][tT]:?)"
    r"[@\uff20]([A-Za-z0-9_]{1,20}+)(?![@\uff20À-ɏ]|://)"
)
_CASHTAG = re.compile(
    r"(?<!\S)\$([A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?)(?=$|[\s!\"#$%&'()*+,./:;<=>?@\[\\\]^_`{|}~-])"
)
_SPACE = re.compile(r"\s+")
_SCALE, _DEFAULT_WEIGHT = 100, 200  # twitter-text's configuration v3, in hundredths


@dataclass(frozen=True)
class Measured:
    length: int
    fits_until: int


def measurable(text: str) -> bool:
    return len(text) <= MOST_CODE_POINTS and text.count(".") <= MOST_DOTS


@functools.lru_cache(maxsize=64)
def measure(text: str) -> Measured:
    """The weighted length, and the index at which the text stops fitting.

    The recogniser knows the domains of 2021; X's own table is newer. A link with a scheme that it misses
    counts as whichever is more, a link or its letters.
    """
    total = until = 0
    for end, weight in _pieces(text):
        total += weight
        if total <= LIMIT * _SCALE:
            until = end
    return Measured(total // _SCALE, until)


def links(text: str) -> list[str]:
    """Everything X is likely to turn into a link, in order, as written."""
    return [text[start:end] for start, end in sorted([*_recognised(text), *_missed(text)])]


def bare_links(text: str) -> list[str]:
    """Names such as setup.py that X reads as links."""
    return [link for link in links(text) if not _WITH_SCHEME.match(link)]


def mentions(text: str) -> list[str]:
    return [f"@{name}" for name in _MENTION.findall(text)]


def leading_mention(text: str) -> str | None:
    found = _MENTION.match(text.lstrip())
    return f"@{found[1]}" if found and text.lstrip()[0] in "@\uff20" else None


def cashtags(text: str) -> list[str]:
    return [f"${tag}" for tag in _CASHTAG.findall(text)]


def odd_characters(text: str) -> list[str]:
    """Characters X refuses, as U+FFFE and the like."""
    return [f"U+{ord(char):04X}" for char in text if _rules().has_invalid_characters(char)]


def same_words(sent: str, post: dict[str, Any]) -> bool:
    """Whether `post`, as X's timeline gives it, says what was sent."""
    return _comparable(sent) == _comparable(_as_written(post))


# Every message about an announcement measures it several times over.
@functools.lru_cache(maxsize=64)
def _recognised(text: str) -> tuple[tuple[int, int], ...]:
    if not measurable(text):
        return ()
    found = _rules().extract_urls_with_indices(text)
    return tuple((each["indices"][0], each["indices"][1]) for each in found)


def _missed(text: str) -> list[tuple[int, int]]:
    known = _recognised(text)
    spans = (match.span() for match in _WITH_SCHEME.finditer(text))
    return [(a, b) for a, b in spans if not any(start < b and a < end for start, end in known)]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Where each link, emoji or other character ends, and what it weighs, in hundredths."""
    known, missed = dict(_recognised(text)), dict(_missed(text))
    emojis = {each["indices"][0]: each["indices"][1] for each in _rules().extract_emojis_with_indices(text)}
    at = 0
    while at < len(text):
        if at in known:
            at, weight = known[at], LINK_WEIGHT * _SCALE
        elif at in missed:
            letters = sum(_weight(char) for char in text[at : missed[at]])
            at, weight = missed[at], max(letters, LINK_WEIGHT * _SCALE)
        elif at in emojis:
            at, weight = emojis[at], _DEFAULT_WEIGHT
        else:
            at, weight = at + 1, _weight(text[at])
        yield at, weight


@functools.lru_cache(maxsize=4096)
def _weight(char: str) -> int:
    rules = _rules()
    return int(rules.get_character_weight(char, rules.config["defaults"]))


def _rules() -> Any:
    from publishers.x import rules as x_rules  # noqa: PLC0415 -- a sixth of a second, and only for a text to measure

    return x_rules


def _as_written(post: dict[str, Any]) -> str:
    """A timeline's post turned back: the long text if there is one, `&<>` as they were, links spelt out."""
    note = post.get("note_tweet") or post.get("note_post") or {}
    text = str(note.get("text") or post.get("text") or "")
    for escaped, char in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(escaped, char)
    entities = (note if note.get("text") else post).get("entities") or {}
    for url in entities.get("urls") or []:
        text = text.replace(str(url.get("url")), _target(url))
    return text


def _target(url: dict[str, Any]) -> str:
    is_picture = "media_key" in url or str(url.get("display_url", "")).startswith("pic.")
    return "" if is_picture else str(url.get("expanded_url") or "")


def _comparable(text: str) -> str:
    """X composes characters, trims, and writes a scheme and a slash where the author had none."""
    plain = re.sub(r"https?://", "", unicodedata.normalize("NFC", text), flags=re.IGNORECASE)
    return _SPACE.sub(" ", re.sub(r"/(?=\s|$)", "", plain)).strip().casefold()
