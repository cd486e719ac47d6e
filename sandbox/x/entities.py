"""What the practice X remembers."""

from __future__ import annotations

from dataclasses import dataclass, field

Json = dict[str, object]


@dataclass(frozen=True)
class Account:
    id: str
    username: str
    name: str
    description: str = ""


@dataclass(frozen=True)
class DeveloperApp:
    """A registered app: its consumer keys, and the account that pays for its calls."""

    name: str
    key: str
    secret: str
    owner_id: str


@dataclass(frozen=True)
class Token:
    """What an account gave the app: access keys that do not expire."""

    key: str
    secret: str
    account_id: str
    access: str = "read-write"


@dataclass
class SignIn:
    """One PIN flow under way: a request token, then who said yes, then the PIN they were shown."""

    key: str
    secret: str
    account_id: str = ""
    pin: str = ""


@dataclass
class Media:
    """`complete_at` is None until every byte has arrived; `unread` as the switch `reading` has it."""

    id: str
    owner_id: str
    content_type: str
    category: str
    expires_at: float
    total_bytes: int = 0
    segments: dict[int, bytes] = field(default_factory=dict)
    complete_at: float | None = None
    alt_text: str = ""
    unread: int = 0

    @property
    def key(self) -> str:
        return f"3_{self.id}"

    @property
    def content(self) -> bytes:
        return b"".join(self.segments[index] for index in sorted(self.segments))


@dataclass
class Post:
    """`text` is what the author wrote; what readers get back is made in sandbox/x/rewriting.py."""

    id: str
    author_id: str
    text: str
    created_at: float
    visible_at: float
    links: dict[str, str] = field(default_factory=dict)
    media: tuple[Media, ...] = ()
    reply_to: str | None = None
    cost: int = 0
    deleted: bool = False


@dataclass
class Received:
    """One request as it arrived: `accepted` says whether its effect was kept, whatever the client was told.

    `status` is what the client was told, None when no answer was written.
    """

    number: int
    at: float
    method: str
    path: str
    sha256: str
    size: int
    account_id: str | None = None
    accepted: bool = False
    post_id: str | None = None
    status: int | None = None
    fault: str | None = None
