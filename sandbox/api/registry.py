"""Which methods there are, what each needs, and who may call it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.answers import error
from sandbox.api.arguments import Arguments
from sandbox.entities import Json
from sandbox.installation import App
from sandbox.workspace import Workspace


@dataclass
class Call:
    slack: Workspace
    app: App
    args: Arguments
    caller: str = "bot"


Act = Callable[[Call], Json]


@dataclass(frozen=True)
class Method:
    """`scopes`: any one is enough. `needs`: arguments that must be there. `caller`: bot, app or any."""

    name: str
    act: Act
    scopes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    per_minute: int = 50
    caller: str = "bot"


METHODS: dict[str, Method] = {}
TIERS = {1: 1, 2: 20, 3: 50, 4: 100, 5: 600}


def method(
    name: str,
    *,
    scopes: tuple[str, ...] = (),
    needs: tuple[str, ...] = (),
    tier: int = 3,
    caller: str = "bot",
) -> Callable[[Act], Act]:
    def register(act: Act) -> Act:
        METHODS[name] = Method(name, act, scopes, needs, TIERS[tier], caller)
        return act

    return register


def page_of(call: Call, items: list[Json], *, default: int = 100) -> tuple[list[Json], Json]:
    """One page of a list and its response_metadata. Raises invalid_cursor or invalid_limit."""
    limit = call.args.number("limit", default)
    if not 0 <= limit <= 1000:
        raise error("invalid_limit")
    limit = limit or default
    start = _start(call.args.text("cursor"))
    following = start + limit
    cursor = f"next_at:{following}" if following < len(items) else ""
    return items[start:following], {"next_cursor": cursor}


def _start(cursor: str) -> int:
    if not cursor:
        return 0
    label, _, number = cursor.partition(":")
    if label != "next_at" or not number.isdecimal():
        raise error("invalid_cursor")
    return int(number)
