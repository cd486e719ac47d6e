"""What is agreed to, character for character, and its hash."""

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from typing import Any

from coop.announcing.times import Wall

VERSION = 1


@dataclass(frozen=True, order=True)
class Target:
    """Where a delivery goes: the network, and a place on it ("" for the network's own account)."""

    network: str
    target: str = ""


@dataclass(frozen=True)
class Agreed:
    """Everything an approval is about. Without `wall` it leaves once approved and counted down."""

    text: str
    targets: tuple[Target, ...]
    wall: Wall | None = None


def content_hash(agreed: Agreed) -> str:
    """sha256 of the canonical JSON; the same content has the same hash on every machine and database."""
    return hashlib.sha256(canonical(agreed).encode()).hexdigest()


def canonical(agreed: Agreed) -> str:
    wall = agreed.wall
    text = unicodedata.normalize("NFC", agreed.text)
    return _spelled(
        {
            "version": VERSION,
            "deliveries": [
                {"network": to.network, "target": to.target, "text": text, "images": [], "note": None}
                for to in sorted(agreed.targets)
            ],
            "date": wall.day.isoformat() if wall else None,
            "time": wall.clock.isoformat() if wall else None,
            "zone": wall.zone if wall else None,
            "fold": wall.fold if wall else None,
        }
    )


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def title(text: str, limit: int = 40) -> str:
    """The first words, by which people know it again."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(first) <= limit:
        return first
    kept = first[:limit].rsplit(" ", 1)[0] if " " in first[:limit] else first[:limit]
    return f"{kept.rstrip(' ,;:.')}…"


def _spelled(value: dict[str, Any]) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
