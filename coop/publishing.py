"""The contract between an announcement and the networks it leaves for."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, runtime_checkable


@dataclass(frozen=True)
class Image:
    sha256: str
    content_type: str
    alt_text: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Content:
    """What leaves, character for character."""

    text: str
    images: tuple[Image, ...] = ()
    note: str | None = None  # what it is about, shown in its place until a reader asks to see it


@dataclass(frozen=True)
class Attempt:
    """One try at one delivery: `attempting` is in the database before a byte of it leaves.

    `reply_to` is the network's id of the post this one answers, in a thread.
    """

    delivery_id: int
    number: int
    target: str
    content: Content
    started_at: datetime
    reply_to: str | None = None


@dataclass(frozen=True)
class Published:
    remote_id: str
    url: str | None = None


@dataclass(frozen=True)
class NotSent:
    """The request line never left: sending again cannot double it."""

    reason: str


@dataclass(frozen=True)
class Refused:
    """The network said no; it stays no until a person does `fix`.

    `account` says that it was not about this post: it turns away whatever our account sends.
    """

    reason: str
    fix: str
    account: bool = False


@dataclass(frozen=True)
class TryLater:
    """Certainly not published; the network takes it again from `at` (UTC)."""

    at: datetime
    reason: str


@dataclass(frozen=True)
class Unknown:
    """It may be out: look before anything else.

    `duplicate` says that the network refused it as a copy of an earlier post: ours, or somebody else's.
    """

    reason: str
    duplicate: bool = False


@dataclass(frozen=True)
class AskPerson:
    """Nothing leaves by itself: a person copies the text and says when it is out."""

    instructions: str


Outcome = Published | NotSent | Refused | TryLater | Unknown | AskPerson


@dataclass(frozen=True)
class Found:
    """A publication of these words, made at `at` (UTC), older than the attempt or not."""

    remote_id: str
    url: str | None
    at: datetime


@dataclass(frozen=True)
class NotFound:
    pass


@dataclass(frozen=True)
class CouldNotLook:
    """`refused` is set where the network turned the account itself away."""

    reason: str
    refused: Refused | None = None


Sighting = Found | NotFound | CouldNotLook


@dataclass(frozen=True)
class Removal:
    """One try at taking down what a delivery left on its network.

    `remote_id` and `url` are as the publisher gave them; None where only a person's word says that it is out.
    """

    delivery_id: int
    target: str
    remote_id: str | None
    url: str | None
    asked_at: datetime


@dataclass(frozen=True)
class TakenDown:
    """The network says that this took it away."""


@dataclass(frozen=True)
class GoneAlready:
    """The network says that it is not there."""


@dataclass(frozen=True)
class CannotTakeDown:
    """Only a person can, there: `url` is where it stands, if that is known."""

    reason: str
    url: str | None = None


Removed = TakenDown | GoneAlready | CannotTakeDown | NotSent | Refused | TryLater | Unknown


@dataclass(frozen=True)
class Checked:
    """`length` and `limit` in the network's own measure; `fits_until` is an index into the text.

    `links` are the words that become links there, `no_links` those that look like one and do not, both as
    written. Without `takes_note` the content's note stays behind.
    """

    length: int
    limit: int
    fits_until: int
    warnings: tuple[str, ...] = ()
    refusals: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    no_links: tuple[str, ...] = ()
    takes_note: bool = False

    @property
    def over_by(self) -> int:
        return max(0, self.length - self.limit)

    @property
    def sendable(self) -> bool:
        return self.over_by == 0 and not self.refusals


class Guarantee(StrEnum):
    """What may be done after an unknown outcome."""

    LOOK_THEN_ASK = "look_then_ask"
    SAFE_TO_REPEAT = "safe_to_repeat"
    PERSON = "person"


@runtime_checkable
class Learns(Protocol):
    """A network whose limits are told by its server, and change with it."""

    def learn(self) -> str:
        """Ask what it takes, for `check` from now on; why it could not be learned, or "". Takes seconds."""
        ...


class Publisher(Protocol):
    """One network. Never raises for what the network or the wire does: outcomes say it."""

    @property
    def network(self) -> str: ...

    @property
    def guarantee(self) -> Guarantee: ...

    def publish(self, attempt: Attempt) -> Outcome: ...

    def look(self, attempt: Attempt) -> Sighting: ...

    def take_down(self, removal: Removal) -> Removed:
        """May be tried again after any answer: who deletes twice is told that it is gone."""
        ...

    def check(self, content: Content) -> Checked: ...

    def price(self, content: Content) -> int:
        """Tenths of a US cent."""
        ...

    def price_to_take_down(self) -> int:
        """Tenths of a US cent, each time."""
        ...
