"""Say in its thread what is about to leave, so many minutes before a time that was chosen.

What leaves "as soon as approved", or is approved within those minutes, needs no such note: the message that
tells of the approval says it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from coop.announcing import scheduling, seeing, telling, times
from coop.announcing.moment import Moment
from coop.announcing.seeing import Seen
from coop.announcing.sending import delivering
from coop.settings import Settings
from storage import announcements, deliveries
from storage import due as due_ones
from storage.announcements import Announcement
from storage.deliveries import Delivery, DeliveryState

FREE = 0  # what the month has cost by then is not known yet


@dataclass(frozen=True)
class Leaving:
    """`deliveries` are those of it that nothing holds, as far as can be known now."""

    announcement: Announcement
    at: datetime
    deliveries: tuple[int, ...]


def due(session: Session, *, now: datetime, settings: Settings) -> list[Leaving]:
    """What leaves within the countdown and has not been spoken of yet."""
    if not settings.countdown_minutes:
        return []
    moment = Moment(now, settings)
    soon = due_ones.announcements_due(session, now, scheduling.after_countdown(moment))
    found = (_leaving(session, seeing.named(session, each), moment) for each in soon)
    return [leaving for leaving in found if leaving is not None]


def tell(session: Session, *, now: datetime, settings: Settings) -> None:
    """Once per revision and time, in the thread alone."""
    moment = Moment(now, settings)
    for leaving in due(session, now=now, settings=settings):
        said(session, leaving.announcement, leaving.at, moment)
        telling.in_thread(
            session,
            leaving.announcement,
            telling.COUNTDOWN,
            moment,
            due_at=leaving.at.isoformat(),
            going=list(leaving.deliveries),
        )


def is_running(due_at: datetime, moment: Moment) -> bool:
    """Whether that time is no further off than the countdown is long."""
    return moment.settings.countdown_minutes > 0 and due_at <= scheduling.after_countdown(moment)


def said(session: Session, row: Announcement, at: datetime, moment: Moment) -> None:
    """People have been told that it leaves then."""
    announcements.mark_told(session, row.id, row.revision, _mark(at), moment.now)


def is_moot(one: Seen, facts: dict[str, Any], now: datetime) -> bool:
    """Whether a note that waited to be posted has nothing left to say: it is too late, or stopped."""
    going = [to for to in one.deliveries if to.id in facts["going"] and to.state == DeliveryState.SCHEDULED]
    return not (going and one.approved) or now >= datetime.fromisoformat(facts["due_at"])


def _leaving(session: Session, row: Announcement, moment: Moment) -> Leaving | None:
    wall = seeing.wall_of(row)
    if wall is None or announcements.was_told(session, row.id, row.revision, _mark(times.instant(wall))):
        return None
    leaves = times.instant(wall)
    going = tuple(_going(session, deliveries.deliveries_of(session, row.id), Moment(leaves, moment.settings)))
    return Leaving(row, leaves, going) if going else None


def _going(session: Session, rows: Sequence[Delivery], at_its_time: Moment) -> Iterator[int]:
    for to in rows:
        is_due = to.state == DeliveryState.SCHEDULED and to.due_at == at_its_time.now
        if is_due and delivering.what_holds(session, to, at_its_time, price=FREE) is None:
            yield to.id


def _mark(at: datetime) -> str:
    return f"countdown to {at.isoformat()}"
