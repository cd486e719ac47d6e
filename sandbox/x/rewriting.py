"""What X makes of a text: how long it finds it, where it sees links, and what comes back to a reader."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from types import ModuleType

from sandbox.x.entities import Json, Post

SHORT, LONG = 280, 25_000
# The recogniser's time grows with the square of the dots: 2,000 of them take 22 s.
_MOST_DOTS = 300
_CASHTAG = re.compile(r"(?<![\w$])\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?!\w)")


@dataclass(frozen=True)
class Link:
    start: int
    end: int
    written: str


def links(text: str) -> list[Link]:
    if text.count(".") > _MOST_DOTS:
        return []
    found = _rules().extract_urls_with_indices(text)
    return [Link(each["indices"][0], each["indices"][1], each["url"]) for each in found]


def weighted_length(text: str) -> int:
    if text.count(".") > _MOST_DOTS:
        return len(text)
    return int(_rules().parse_tweet(text).weightedLength)


def cashtags(text: str) -> list[str]:
    return _CASHTAG.findall(text)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def shown(post: Post, *, limit: int = SHORT) -> tuple[str, Json]:
    """The text a reader gets, and its entities: links shortened, pictures as one more link, `&<>` escaped."""
    text, entities = _rewritten(post)
    if weighted_length(post.text) <= limit:
        return text, entities
    cut = escape(post.text[: limit - 2]) + "…"
    kept = [url for url in _urls(entities) if str(url["url"]) in cut]
    return cut, {"urls": kept} if kept else {}


def _rewritten(post: Post) -> tuple[str, Json]:
    pieces: list[str] = []
    urls: list[Json] = []
    at = 0
    for link in links(post.text):
        pieces.append(escape(post.text[at : link.start]))
        short = post.links[link.written]
        urls.append(_entity(short, "".join(pieces), _expanded(link.written)))
        pieces.append(short)
        at = link.end
    pieces.append(escape(post.text[at:]))
    for media in post.media:
        short = post.links[media.key]
        picture = f"https://twitter.com/i/status/{post.id}/photo/1"
        pieces.append(f" {short}")
        urls.append(_entity(short, "".join(pieces)[: -len(short)], picture) | {"media_key": media.key})
    text = "".join(pieces).strip()
    return text, {"urls": urls} if urls else {}


def _entity(short: str, before: str, expanded: str) -> Json:
    display = re.sub(r"^https?://(www\.)?", "", expanded)
    return {
        "start": len(before),
        "end": len(before) + len(short),
        "url": short,
        "expanded_url": expanded,
        "display_url": display if len(display) <= 26 else f"{display[:26]}…",
    }


def _expanded(written: str) -> str:
    return written if re.match(r"https?://", written, re.IGNORECASE) else f"http://{written}"


def _urls(entities: Json) -> list[Json]:
    urls = entities.get("urls")
    return urls if isinstance(urls, list) else []


def _rules() -> ModuleType:
    from sandbox.x import rules  # noqa: PLC0415 -- a third of a second, and only for a text to look at

    return rules
