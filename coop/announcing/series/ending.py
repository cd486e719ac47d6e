"""End a series for good."""

from datetime import datetime

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing.moment import Moment
from coop.announcing.series import made, proposing, telling
from coop.settings import Settings
from storage import people
from storage.offices import Role
from storage.series import SeriesState


def end(
    session: Session, *, series_id: int, by: int | None, now: datetime, settings: Settings
) -> proposing.Planned:
    """No more runs; those made but not sent are withdrawn. What went out stays out."""
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = proposing.to_change(session, series_id)
    left = proposing.planned(session, row, moment)
    for run in made.ahead(session, row, now):
        if run.announcement_id is not None and made.can_withdraw(session, run.announcement_id):
            made.withdraw(session, run.announcement_id, person, moment)
    row.state, row.next_on, row.make_at, row.changed_at = SeriesState.ENDED, None, None, now
    session.flush()
    telling.in_thread(session, row, telling.ENDED, moment, by=people.mentionable(session, person))
    telling.record(session, row, "series ended", moment, by=person)
    return left
