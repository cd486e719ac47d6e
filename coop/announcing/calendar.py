"""What is announced on which day: a week or a month of it, in the network's time zone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import content
from coop.announcing.content import Target
from coop.announcing.moment import Moment
from coop.announcing.series import unmade
from coop.announcing.series.unmade import UnmadeRun
from coop.announcing.spans import Span
from storage import calendar
from storage.announcements import AnnouncementState
from storage.calendar import Planned
from storage.deliveries import DeliveryState, Hold
from storage.offices import Role

TITLE = 60  # characters


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
    PLANNED = "one of a series, not approved yet"
    PLANNED_APPROVED = "one of a series, approved with it"
    SKIPPED = "one of a series, skipped"


@dataclass(frozen=True)
class Part:
    """One delivery of an entry."""

    target: Target
    standing: Standing


@dataclass(frozen=True)
class Entry:
    """One announcement on one day; `at` is its earliest time that day, None where it has none yet.

    A run of a series that has no announcement yet has `series_id` instead of `announcement_id`.
    """

    announcement_id: int | None
    title: str
    at: datetime | None
    rehearsal: bool
    parts: tuple[Part, ...]
    series_id: int | None = None

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
    Standing.PLANNED,
    Standing.COMING,
    Standing.PLANNED_APPROVED,
    Standing.TAKEN_DOWN,
    Standing.SENT,
    Standing.REHEARSED,
    Standing.WITHDRAWN,
    Standing.SKIPPED,
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
    made = _entries(calendar.planned_between(session, start, end, moment.quorum), zone)
    coming = [_unmade(run) for run in unmade.ahead(session, moment) if start <= run.at < end]
    undated: Iterable[Planned] = ()
    if span.first <= moment.today <= span.last:
        undated = calendar.planned_without_time(session, moment.quorum)
    return Days(
        span=span,
        today=moment.today,
        zone=zone,
        entries=tuple(sorted([*made, *coming], key=lambda entry: entry.at or start)),
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


def standing_of_unmade(run: UnmadeRun) -> Standing:
    if run.skipped:
        return Standing.SKIPPED
    return Standing.PLANNED_APPROVED if run.approved else Standing.PLANNED


def _unmade(run: UnmadeRun) -> Entry:
    return Entry(
        announcement_id=None,
        title=content.title(run.text, TITLE),
        at=run.at,
        rehearsal=run.rehearsal,
        parts=tuple(Part(target, standing_of_unmade(run)) for target in run.targets),
        series_id=run.series_id,
    )


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
        parts=tuple(dict.fromkeys(Part(Target(row.network, row.target), standing(row)) for row in rows)),
    )
