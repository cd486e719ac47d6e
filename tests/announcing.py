"""A steering group of invented people, and networks that write what they are given into a list."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from coop import publishing
from coop.announcing import approving, proposing, seeing
from coop.announcing.content import Agreed, Target
from coop.announcing.moment import Moment
from coop.announcing.times import Wall
from coop.deps import Deps
from coop.publishing import Checked, Guarantee, NotFound, Published, TakenDown
from coop.settings import Settings
from storage import heartbeats
from storage.offices import Role
from tests.coop.people import a_member, an_officer

LONDON = "Europe/London"
SETTINGS = Settings(steering_channel="C0STEERING", x_handle="FenmarchDigital")
MEETUP = "Leeds meetup on Tuesday at 6pm. Everybody is welcome."


ON_X = (Target("x"),)


class Mutes:
    """A Slack client nobody asks anything."""


@dataclass
class Listed:
    """A network that is a list. `answers` and `sightings` are used up first; after them all goes well."""

    network: str = "x"
    guarantee: Guarantee = Guarantee.LOOK_THEN_ASK
    answers: list = field(default_factory=list)
    sightings: list = field(default_factory=list)
    posts: list = field(default_factory=list)
    looked: int = 0
    removed: list = field(default_factory=list)
    removals: list = field(default_factory=list)

    def publish(self, attempt: publishing.Attempt) -> publishing.Outcome:
        answer = self.answers.pop(0) if self.answers else None
        if callable(answer):
            answer = answer(attempt)
        if answer is None:
            answer = Published(f"{self.network}-{len(self.posts) + 1}", f"https://{self.network}.example/1")
        if isinstance(answer, Published):
            self.posts.append(attempt.content.text)
        return answer

    def look(self, attempt: publishing.Attempt) -> publishing.Sighting:
        self.looked += 1
        seen = self.sightings.pop(0) if self.sightings else NotFound()
        return seen(attempt) if callable(seen) else seen

    def take_down(self, removal: publishing.Removal) -> publishing.Removed:
        self.removals.append(removal)
        return self.removed.pop(0) if self.removed else TakenDown()

    def price_to_take_down(self) -> int:
        return 10

    def check(self, content: publishing.Content) -> Checked:
        return Checked(len(content.text), 280, min(len(content.text), 280))

    def price(self, content: publishing.Content) -> int:
        return 200 if "https://" in content.text else 15


class Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **length: float) -> datetime:
        self.now += timedelta(**length)
        return self.now


@dataclass
class Group:
    """Asha, Bryn and Carys are the steering group; Dafydd is a member. Asha writes, unless said otherwise."""

    database: object
    clock: Clock
    x: Listed = field(default_factory=Listed)
    slack: Listed = field(default_factory=lambda: Listed("slack"))
    settings: Settings = SETTINGS

    def __post_init__(self) -> None:
        with self.database.write() as session:
            self.asha, self.bryn, self.carys = (
                an_officer(session, user, Role.STEERING, now=self.clock.now)
                for user in ("U0ASHA", "U0BRYN", "U0CARYS")
            )
            self.dafydd = a_member(session, "U0DAFYDD", now=self.clock.now)
            heartbeats.beat(session, heartbeats.WORKER, self.clock.now)

    @property
    def deps(self) -> Deps:
        return Deps(
            database=self.database,
            now=self.clock,
            settings=self.settings,
            slack=Mutes(),
            publishers={self.x.network: self.x, self.slack.network: self.slack},
        )

    @contextmanager
    def acting(self) -> Iterator[tuple]:
        """A write session, and the facts every act takes."""
        with self.database.write() as session:
            yield session, {"now": self.clock.now, "settings": self.settings}

    def propose(self, text=MEETUP, *, wall=None, targets=ON_X, by=None, **said) -> proposing.Proposed:
        with self.acting() as (session, facts):
            agreed = Agreed(text, tuple(targets), wall, **said)
            return proposing.propose(session, agreed=agreed, by=by or self.asha, **facts)

    def approve(self, announcement_id: int, *, by=None, **facts) -> approving.Approved:
        with self.acting() as (session, given):
            shown = seeing.named(session, announcement_id).content_hash
            facts = {"content_hash": shown, **facts, **given}
            return approving.approve(session, announcement_id=announcement_id, by=by or self.bryn, **facts)

    def see(self, announcement_id: int) -> seeing.Seen:
        with self.database.read() as session:
            return seeing.seen(session, announcement_id, Moment(self.clock.now, self.settings))

    def states(self, announcement_id: int) -> list[str]:
        return [
            f"{to.state}{f' {to.hold}' if to.hold else ''}" for to in self.see(announcement_id).deliveries
        ]


def wall(day: int = 30, hour: int = 9, minute: int = 0, *, month: int = 3) -> Wall:
    """9:00am on Tuesday 30 March 2027, three days after the tests' own moment."""
    return Wall(date(2027, month, day), time(hour, minute), LONDON)


def utc(day: int, hour: int, minute: int = 0, second: int = 0, *, month: int = 3) -> datetime:
    return datetime(2027, month, day, hour, minute, second, tzinfo=UTC)
