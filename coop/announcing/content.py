"""What is agreed to, character for character, and its hash."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from coop.announcing.times import Wall
from coop.publishing import Content, Image

VERSION = 1
# A line of its own; some keyboards make one or two dashes into a long one.
_BREAK = re.compile(r"^[ \t]*(?:-{3,}|[—–]-?)[ \t]*$", re.MULTILINE)
_JOINING, _TAGS = "\u200c\u200d", "\U000e0000"  # the flag of Scotland is written with tags
THREADED = "x"  # the network a thread goes to


@dataclass(frozen=True, order=True)
class Target:
    """Where a delivery goes: the network, and a place on it ("" for the network's own account)."""

    network: str
    target: str = ""


@dataclass(frozen=True)
class Picture:
    """One picture, by the hash of its bytes. `name` is the file's, by which people know it; it never leaves.

    `waived`: it goes out without a description, because somebody said so expressly.
    """

    sha256: str
    name: str
    alt_text: str = ""
    waived: bool = False


@dataclass(frozen=True)
class Agreed:
    """Everything an approval is about. Without `wall` it leaves once approved and counted down.

    `variants` are the words for networks that do not get `text`, by network; `thread` makes several posts of
    those for X.
    """

    text: str
    targets: tuple[Target, ...]
    wall: Wall | None = None
    images: tuple[Picture, ...] = ()
    variants: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None
    thread: bool = False


class Worded(Protocol):
    """Whatever has words of its own, other words for some networks, and perhaps a content note."""

    @property
    def text(self) -> str: ...

    @property
    def variants(self) -> Mapping[str, str]: ...

    @property
    def note(self) -> str | None: ...

    @property
    def thread(self) -> bool: ...


def unseen(text: str) -> list[str]:
    """Signs that nobody sees and that change how the rest is read, or where a word ends: such as "U+202E
    (RIGHT-TO-LEFT OVERRIDE)". What joins the parts of an emoji, or letters of a script, is left out.
    """
    odd = dict.fromkeys(sign for sign in text if unicodedata.category(sign) == "Cf" and sign not in _JOINING)
    return [f"U+{ord(sign):04X} ({unicodedata.name(sign, 'unnamed')})" for sign in odd if sign < _TAGS]


def leaving(one: Worded, network: str, images: tuple[Image, ...] = (), *, part: int = 1) -> Content:
    """What leaves for a network, character for character. Pictures go with the first part of a thread."""
    return Content(parts(one, network)[part - 1], images if part == 1 else (), one.note)


def parts(one: Worded, network: str) -> tuple[str, ...]:
    """The texts that leave for a network one after another: more than one only of a thread."""
    text = one.variants.get(network, one.text)
    if not one.thread or network != THREADED:
        return (text,)
    return tuple(part.strip() for part in _BREAK.split(text))


def has_breaks(text: str) -> bool:
    """Whether it has a line that begins another post of a thread."""
    return _BREAK.search(text) is not None


def content_hash(agreed: Agreed) -> str:
    """sha256 of the canonical JSON; the same content has the same hash on every machine and database."""
    return hashlib.sha256(canonical(agreed).encode()).hexdigest()


def canonical(agreed: Agreed) -> str:
    wall = agreed.wall
    return _spelled(
        {
            "version": VERSION,
            "deliveries": [_delivery(agreed, to) for to in sorted(agreed.targets)],
            "date": wall.day.isoformat() if wall else None,
            "time": wall.clock.isoformat() if wall else None,
            "zone": wall.zone if wall else None,
            "fold": wall.fold if wall else None,
        }
    )


def sha256_of(content: Content) -> str:
    """What tells one attempt's content from another's; of words alone it is their own hash."""
    if not content.images and not content.note:
        return hashlib.sha256(content.text.encode()).hexdigest()
    said: dict[str, Any] = {
        "text": content.text,
        "images": [[one.sha256, one.alt_text] for one in content.images],
    }
    if content.note:
        said["note"] = content.note
    return hashlib.sha256(_spelled(said).encode()).hexdigest()


def title(text: str, limit: int = 40) -> str:
    """The first words, by which people know it again."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(first) <= limit:
        return first
    kept = first[:limit].rsplit(" ", 1)[0] if " " in first[:limit] else first[:limit]
    return f"{kept.rstrip(' ,;:.')}…"


def _delivery(agreed: Agreed, to: Target) -> dict[str, Any]:
    texts = parts(agreed, to.network)
    thread = {"thread": [_composed(text) for text in texts]} if len(texts) > 1 else {}
    return {
        **thread,
        "network": to.network,
        "target": to.target,
        "text": _composed(agreed.variants.get(to.network, agreed.text)),
        "images": [[one.sha256, _composed(one.alt_text)] for one in agreed.images],
        "note": None if agreed.note is None else _composed(agreed.note),
    }


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _spelled(value: dict[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
