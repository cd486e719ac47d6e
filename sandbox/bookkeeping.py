"""What the workspace keeps for itself, which no person sees as such."""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.entities import Message


@dataclass
class Trigger:
    """`view_id` is the modal it came from, if any: only such a trigger may push."""

    id: str
    app_id: str
    user: str
    issued: float
    view_id: str = ""
    used: bool = False


@dataclass
class ResponseUrl:
    """`ts` is the message the interaction came from; a command has none."""

    id: str
    app_id: str
    channel: str
    user: str
    issued: float
    ts: str = ""
    thread_ts: str = ""
    uses: int = 0


@dataclass
class Scheduled:
    """A message that appears at `post_at`, seconds since 1970."""

    id: str
    post_at: int
    created: int
    message: Message


@dataclass
class Usergroup:
    id: str
    name: str
    handle: str
    created_by: str
    created: int
    description: str = ""
    users: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    disabled_at: int = 0
    updated: int = 0
