from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Team:
    id: str
    name: str
    domain: str
    email_domain: str


@dataclass
class Person:
    """Somebody (or some bot) of the workspace; `part` says in a few words who they are in the story."""

    id: str
    name: str
    real_name: str
    part: str = ""
    display_name: str = ""
    email: str = ""
    title: str = ""
    tz: str = "Europe/London"
    team_id: str = ""
    is_admin: bool = False
    is_owner: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_bot: bool = False
    deleted: bool = False
    app_id: str = ""
    bot_id: str = ""
    updated: int = 0

    @property
    def label(self) -> str:
        return self.display_name or self.real_name or self.name


@dataclass
class Channel:
    """A conversation. `kind` is channel, private, im or mpim; `members` keeps the order of joining."""

    id: str
    name: str
    kind: str = "channel"
    members: dict[str, None] = field(default_factory=dict)
    topic: str = ""
    purpose: str = ""
    creator: str = ""
    created: int = 0
    is_general: bool = False
    is_archived: bool = False
    is_ext_shared: bool = False


@dataclass
class File:
    """An uploaded file; `content` is None until its bytes have arrived, and once it is `deleted`.

    `given_to` is the app in whose form its owner chose it.
    """

    id: str
    name: str
    user: str
    created: int
    length: int
    title: str = ""
    alt_txt: str = ""
    mimetype: str = "application/octet-stream"
    content: bytes | None = None
    complete: bool = False
    deleted: bool = False
    given_to: str = ""
    shares: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Message:
    """One message. `only_for` names the one person who sees an ephemeral message.

    `hidden` is Slack's free plan: the message exists, yet nobody and no method sees it any more.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str = ""
    subtype: str = ""
    only_for: str = ""
    bot_id: str = ""
    app_id: str = ""
    username: str = ""
    icon_emoji: str = ""
    files: list[File] = field(default_factory=list)
    metadata: Json | None = None
    edited_by: str = ""
    edited_ts: str = ""
    client_msg_id: str = ""
    reactions: dict[str, list[str]] = field(default_factory=dict)
    reply_broadcast: bool = False
    hidden: bool = False

    @property
    def is_reply(self) -> bool:
        return bool(self.thread_ts) and self.thread_ts != self.ts

    def seen_by(self, user: str) -> bool:
        return not self.hidden and self.only_for in ("", user)


@dataclass
class View:
    """A modal or a Home tab. `values` is what its person has typed so far, as Slack's `state.values`."""

    id: str
    app_id: str
    user: str
    type: str
    definition: Json
    hash: str
    values: dict[str, dict[str, Json]] = field(default_factory=dict)
    root_id: str = ""
    previous_id: str = ""

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.definition.get("blocks", [])
        return blocks

    @property
    def callback_id(self) -> str:
        return str(self.definition.get("callback_id") or "")


@dataclass(frozen=True)
class Command:
    """A slash command of an app; `note` labels one that works here and not on Slack."""

    name: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False
    note: str = ""


@dataclass
class Change:
    """`kind`: message, view, home, channel, person, file, delivery, app, reset; stop when the server ends."""

    kind: str
    channel: str = ""
    user: str = ""
    id: str = ""


@dataclass
class ApiCall:
    """A call of the ledger. `arguments` never holds a token."""

    at: float
    method: str
    app_id: str
    arguments: Json
    status: int = 0
    ok: bool = False
    error: str = ""
    fault: str = ""


@dataclass
class Attempt:
    """One try to deliver; `outcome` is ok or the reason Slack would give, such as http_timeout."""

    at: float
    number: int
    way: str
    outcome: str = ""
    status: int = 0
    seconds: float = 0.0


@dataclass
class Delivery:
    """Something sent to a bot: event, command, action, submission, closed, shortcut or options."""

    id: str
    kind: str
    app_id: str
    payload: Json
    user: str = ""
    timestamp: str = ""
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        return self.attempts[-1].outcome if self.attempts else "queued"


@dataclass
class Outcome:
    """What one act came to, for the person who did it.

    `error` is what Slack would show (operation_timeout, dispatch_failed, …), `detail` why; `seen` every
    message that became visible to them during the act, in order; `response` the first of these that an app
    sent; `view` the modal on top if the act opened or changed one; `field_errors` the words under each field,
    by block_id.
    """

    error: str = ""
    detail: list[str] = field(default_factory=list)
    said: Message | None = None
    response: Message | None = None
    seen: list[Message] = field(default_factory=list)
    view: View | None = None
    field_errors: dict[str, str] = field(default_factory=dict)
    deliveries: list[Delivery] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.error and not self.field_errors
