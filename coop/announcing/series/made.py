"""The announcements that were made for runs of a series: which are ahead, and which can be kept back."""

from datetime import datetime

from sqlalchemy.orm import Session

from coop.announcing import scheduling, seeing, stopping, times
from coop.announcing.moment import Moment
from storage import deliveries
from storage import series as record
from storage.announcements import Announcement, AnnouncementState
from storage.deliveries import DeliveryState
from storage.series import RunState, Series, SeriesRun


def ahead(session: Session, row: Series, now: datetime) -> list[SeriesRun]:
    """Runs that have been made and whose own time has not come, or which now leave as soon as approved."""
    return [
        run
        for run in record.runs_of(session, row.id)
        if run.announcement_id is not None and run.state == RunState.MADE and _is_ahead(session, run, now)
    ]


def _is_ahead(session: Session, run: SeriesRun, now: datetime) -> bool:
    wall = seeing.wall_of(seeing.named(session, run.announcement_id or 0))
    return wall is None or times.instant(wall) > now


def unchanged(session: Session, run: SeriesRun) -> Announcement | None:
    """The announcement, unless somebody changed, stopped or withdrew it by itself, or it begins to leave."""
    one = seeing.named(session, run.announcement_id or 0)
    going = deliveries.deliveries_of(session, one.id)
    states = (DeliveryState.SCHEDULED, DeliveryState.CANCELLED)
    waits = all(to.state in states and not to.may_be_out for to in going)
    is_as_made = one.content_hash == run.content_hash and one.state == AnnouncementState.PROPOSED
    return one if is_as_made and waits else None


def withdraw(session: Session, announcement_id: int, person: int, moment: Moment) -> None:
    """Raises UserError when nothing of it can be kept back any more."""
    stopping.withdraw(
        session, announcement_id=announcement_id, by=person, now=moment.now, settings=moment.settings
    )


def can_withdraw(session: Session, announcement_id: int) -> bool:
    one = seeing.named(session, announcement_id)
    rows = deliveries.deliveries_of(session, announcement_id)
    return one.state != AnnouncementState.WITHDRAWN and bool(scheduling.waiting(rows))
