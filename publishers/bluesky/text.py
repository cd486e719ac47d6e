"""How Bluesky measures a text, and what in it becomes a link or a hashtag.

A post holds 300 grapheme clusters and 3,000 bytes of UTF-8. Nothing in it is a link by itself: each is a
facet, which says by byte offsets where it stands. https://docs.bsky.app/docs/advanced-guides/post-richtext
"""

import re
from typing import Any

from publishers import graphemes
from publishers.graphemes import Measured
from publishers.link_ends import without_end

LIMIT, MOST_BYTES = 300, 3_000
_LONGEST_TAG = 64

_LINK = re.compile(r"(?<![\w/])https?://[^\s<>]+", re.IGNORECASE)
_TAG = re.compile(r"(?<!\S)#(\w*[^\W\d_]\w*)")
_MENTION = re.compile(r"(?<![\w@/])@(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}", re.IGNORECASE)
_FACET = "app.bsky.richtext.facet"


def measure(text: str) -> Measured:
    """`length` in clusters; `fits_until` by whichever limit is reached first."""
    measured = graphemes.measure(text, LIMIT)
    until = size = 0
    for cluster in graphemes.clusters(text):
        size += len(cluster.encode())
        if size > MOST_BYTES:
            break
        until += len(cluster)
    return Measured(measured.length, min(measured.fits_until, until))


def mentions(text: str) -> list[str]:
    return [found.group() for found in _MENTION.finditer(text)]


def links(text: str) -> list[str]:
    """What we mark as a link: nothing else in a post becomes one."""
    return [link for _, link in _links(text)]


def facets(text: str) -> list[dict[str, Any]]:
    """Its links and hashtags, in order, as a record carries them."""
    told = [(at, link, {"$type": f"{_FACET}#link", "uri": link}) for at, link in _links(text)]
    told += [
        (found.start(), found.group(), {"$type": f"{_FACET}#tag", "tag": found[1]})
        for found in _TAG.finditer(text)
        if len(found[1]) <= _LONGEST_TAG
    ]
    return [_facet(text, *each) for each in sorted(told, key=lambda each: each[0])]


def _links(text: str) -> list[tuple[int, str]]:
    return [(found.start(), without_end(found.group())) for found in _LINK.finditer(text)]


def _facet(text: str, start: int, words: str, feature: dict[str, str]) -> dict[str, Any]:
    begins = len(text[:start].encode())
    return {
        "index": {"byteStart": begins, "byteEnd": begins + len(words.encode())},
        "features": [feature],
    }
