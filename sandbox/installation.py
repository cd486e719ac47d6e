from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Protocol

from sandbox.entities import Command, Delivery, Json


class Connection(Protocol):
    """One Socket Mode connection of an app."""

    async def send(self, frame: Json) -> bool: ...

    async def close(self) -> None: ...


@dataclass
class App:
    """An app as installed in the workspace: who it is, what it may do, and how to reach it.

    With a `request_url` deliveries go over HTTP; without one they go to its Socket Mode connections, and
    events wait in `backlog` while there is none. `channels` are those it was put into when installed.
    """

    id: str
    name: str
    bot_user: str
    bot_id: str
    bot_token: str
    app_token: str
    signing_secret: str
    verification_token: str
    manifest: Json
    request_url: str | None = None
    scopes: tuple[str, ...] = ()
    events: frozenset[str] = frozenset()
    commands: dict[str, Command] = field(default_factory=dict)
    home_tab: bool = False
    messages_tab: bool = True
    channels: tuple[str, ...] = ()
    installed: float = 0.0
    revoked: bool = False
    connections: list[Connection] = field(default_factory=list)
    backlog: deque[Delivery] = field(default_factory=deque)
    pending: dict[str, asyncio.Future[Json | None]] = field(default_factory=dict)
    turn: int = 0

    @property
    def shortcuts(self) -> list[Json]:
        shortcuts: list[Json] = self.manifest.get("features", {}).get("shortcuts", [])
        return shortcuts
