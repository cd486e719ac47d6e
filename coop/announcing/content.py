"""What is agreed to, character for character, and its hash."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from coop.announcing.times import Wall
from coop.publishing import Content, Image

VERSION = 1


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

    `variants` are the words for networks that do not get `text`, by network.
    """

    text: str
    targets: tuple[Target, ...]
    wall: Wall | None = None
    images: tuple[Picture, ...] = ()
    variants: Mapping[str, str] = field(default_factory=dict)
    note: str | None = None


class Worded(Protocol):
    """Whatever has words of its own, other words for some networks, and perhaps a content note."""

    @property
    def text(self) -> str: ...

    @property
    def variants(self) -> Mapping[str, str]: ...

    @property
    def note(self) -> str | None: ...


def leaving(one: Worded, network: str, images: tuple[Image, ...] = ()) -> Content:
    """What leaves for a network, character for character."""
    return Content(one.variants.get(network, one.text), images, one.note)


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
    leaves = leaving(agreed, to.network)
    return {
        "network": to.network,
        "target": to.target,
        "text": _composed(leaves.text),
        "images": [[one.sha256, _composed(one.alt_text)] for one in agreed.images],
        "note": None if leaves.note is None else _composed(leaves.note),
    }


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _spelled(value: dict[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
