"""What is announced on which day: a week or a month of it, in the network's time zone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import content
from coop.announcing.content import Target
from coop.announcing.moment import Moment
from coop.errors import UserError
from storage import calendar
from storage.announcements import AnnouncementState
from storage.calendar import Planned
from storage.deliveries import DeliveryState, Hold
from storage.offices import Role

TITLE = 60  # characters
# Nobody plans further, and a calendar that can be turned for ever ends where Python's dates do.
EARLIEST, LATEST = date(2000, 1, 3), date(2199, 12, 31)


class Length(StrEnum):
    WEEK = "week"
    MONTH = "month"


class Standing(StrEnum):
    """Where one delivery stands, as it is said."""

    SENT = "sent"
    TAKEN_DOWN = "sent, then taken down"
    REHEARSED = "rehearsed, nothing left"
    COMING = "coming"
    WAITING = "waiting for approval"
    SENT_BACK = "sent back for changes"
    HELD = "held"
    BY_HAND = "to be posted by hand"
    IN_DOUBT = "may have gone out"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class NoSuchDays(UserError):
    def __init__(self) -> None:
        super().__init__(
            "I can't tell which days you mean, so nothing changed. "
            "Type `/announce list week` or `/announce list month`."
        )


@dataclass(frozen=True)
class Span:
    """A week from Monday to Sunday, or a calendar month; `first` and `last` are both part of it."""

    length: Length
    first: date
    last: date

    @classmethod
    def around(cls, day: date, length: Length) -> "Span":
        """The week or month that `day` is in. Raises NoSuchDays for a time nobody plans for."""
        if not EARLIEST <= day <= LATEST:
            raise NoSuchDays
        if length is Length.WEEK:
            monday = day - timedelta(days=day.weekday())
            return cls(length, monday, monday + timedelta(days=6))
        first = day.replace(day=1)
        return cls(length, first, _month_after(first) - timedelta(days=1))

    @classmethod
    def read(cls, value: str) -> "Span":
        """What `str` has written. Raises NoSuchDays for anything else."""
        length, _, day = value.partition(":")
        try:
            return cls.around(date.fromisoformat(day), Length(length))
        except ValueError:
            raise NoSuchDays from None

    def __str__(self) -> str:
        return f"{self.length}:{self.first.isoformat()}"

    @property
    def after(self) -> "Span":
        return Span.around(self.last + timedelta(days=1), self.length)

    @property
    def before(self) -> "Span":
        return Span.around(self.first - timedelta(days=1), self.length)

    def instants(self, zone: str) -> tuple[datetime, datetime]:
        """From its first midnight to the one after its last day, in UTC."""
        days = self.first, self.last + timedelta(days=1)
        start, end = (datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC) for day in days)
        return start, end


@dataclass(frozen=True)
class Part:
    """One delivery of an entry."""

    target: Target
    standing: Standing


@dataclass(frozen=True)
class Entry:
    """One announcement on one day; `at` is its earliest time that day, None where it has none yet."""

    announcement_id: int
    title: str
    at: datetime | None
    rehearsal: bool
    parts: tuple[Part, ...]

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Each once, the one that most needs somebody first."""
        return tuple(sorted({part.standing for part in self.parts}, key=PRESSING.index))


@dataclass(frozen=True)
class Days:
    """`undated` leaves as soon as it is approved; it is told of in a span that today is in."""

    span: Span
    today: date
    zone: str
    entries: tuple[Entry, ...]
    undated: tuple[Entry, ...] = ()

    def day_of(self, entry: Entry) -> date | None:
        return entry.at.astimezone(ZoneInfo(self.zone)).date() if entry.at else None


PRESSING = (
    Standing.IN_DOUBT,
    Standing.REFUSED,
    Standing.HELD,
    Standing.BY_HAND,
    Standing.SENT_BACK,
    Standing.WAITING,
    Standing.COMING,
    Standing.TAKEN_DOWN,
    Standing.SENT,
    Standing.REHEARSED,
    Standing.WITHDRAWN,
)
SETTLED: dict[str, Standing] = {
    DeliveryState.DELIVERED: Standing.SENT,
    DeliveryState.CANCELLED: Standing.WITHDRAWN,
    DeliveryState.UNCERTAIN: Standing.IN_DOUBT,
    DeliveryState.REFUSED: Standing.REFUSED,
    DeliveryState.HELD: Standing.HELD,
}


def days(session: Session, *, span: Span, by: int | None, moment: Moment) -> Days:
    """What is sent, coming, held and waiting in a span. Raises NotAllowed outside the steering group."""
    offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    zone = moment.settings.network_timezone
    start, end = span.instants(zone)
    undated: Iterable[Planned] = ()
    if span.first <= moment.today <= span.last:
        undated = calendar.planned_without_time(session, moment.quorum)
    return Days(
        span=span,
        today=moment.today,
        zone=zone,
        entries=_entries(calendar.planned_between(session, start, end, moment.quorum), zone),
        undated=_entries(undated, zone),
    )


def standing(row: Planned) -> Standing:
    """Where a delivery stands, by its own state and its announcement's."""
    if row.delivery_state == DeliveryState.DELIVERED and row.rehearsal:
        return Standing.REHEARSED
    if row.delivery_state == DeliveryState.HELD and row.hold == Hold.BY_HAND:
        return Standing.BY_HAND
    if row.taken_down:
        return Standing.TAKEN_DOWN
    if row.delivery_state in SETTLED:
        return SETTLED[row.delivery_state]
    if row.state == AnnouncementState.SENT_BACK:
        return Standing.SENT_BACK
    return Standing.COMING if row.approved else Standing.WAITING


def _entries(rows: Iterable[Planned], zone: str) -> tuple[Entry, ...]:
    """Each announcement once a day, in the order of its rows; what was withdrawn is left out."""
    together: dict[tuple[date | None, int], list[Planned]] = {}
    for row in rows:
        if row.delivery_state != DeliveryState.CANCELLED:
            day = row.at.astimezone(ZoneInfo(zone)).date() if row.at else None
            together.setdefault((day, row.announcement_id), []).append(row)
    return tuple(_entry(group) for group in together.values())


def _entry(rows: list[Planned]) -> Entry:
    first = rows[0]
    return Entry(
        announcement_id=first.announcement_id,
        title=content.title(first.text, TITLE),
        at=min((row.at for row in rows if row.at), default=None),
        rehearsal=first.rehearsal,
        parts=tuple(Part(Target(row.network, row.target), standing(row)) for row in rows),
    )


def _month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
