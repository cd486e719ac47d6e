"""Leave a day of a series out, or take that back while the day is still ahead."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import seeing
from coop.announcing.moment import Moment
from coop.announcing.series import made, proposing, runs, telling
from coop.announcing.series import plan as series_plan
from coop.announcing.series.recurrence import Run
from coop.errors import UserError
from coop.settings import Settings
from storage import deliveries, people
from storage import series as record
from storage.announcements import AnnouncementState
from storage.deliveries import DeliveryState
from storage.offices import Role
from storage.series import RunState, Series, SeriesRun


def skip(
    session: Session, *, series_id: int, day: date, by: int | None, now: datetime, settings: Settings
) -> Run:
    """Nothing of it goes out on that day; all others stay."""
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = proposing.to_change(session, series_id)
    run = run_ahead(row, day, now)
    if not record.decide(session, row.id, day, RunState.SKIPPED, now, by=person):
        _withdraw_run(session, row, day, person, moment)
    _tell(session, row, telling.SKIPPED, day, person, moment)
    telling.record(session, row, "run skipped", moment, by=person, day=day.isoformat())
    return run


def take_back(
    session: Session, *, series_id: int, day: date, by: int | None, now: datetime, settings: Settings
) -> Run:
    """A day that was skipped is made after all, and approved as any other is."""
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = proposing.to_change(session, series_id)
    run = run_ahead(row, day, now)
    decided = record.run(session, row.id, day)
    if decided is None or not is_skipped(session, decided):
        raise UserError("That day is not skipped, so nothing changed.")
    if decided.announcement_id is not None and _has_left(session, decided.announcement_id):
        raise UserError(
            "Part of what was announced for that day has gone out, or may have, so I don't make it again. "
            "Nothing changed. To say it all the same, type `/announce`."
        )
    record.forget(session, decided)
    _tell(session, row, telling.TAKEN_BACK, day, person, moment)
    telling.record(session, row, "run no longer skipped", moment, by=person, day=day.isoformat())
    return run


def run_ahead(row: Series, day: date, now: datetime) -> Run:
    """Raises UserError for a day on which nothing of it is to come."""
    for run in series_plan.ahead(row, now):
        if run.day == day:
            return run
    raise UserError("That run has gone by, or the series has none on that day. Nothing changed.")


def is_skipped(session: Session, decided: SeriesRun) -> bool:
    """Also where its announcement was withdrawn by itself."""
    if decided.state != RunState.MADE or decided.announcement_id is None:
        return True
    return seeing.named(session, decided.announcement_id).state == AnnouncementState.WITHDRAWN


def _has_left(session: Session, announcement_id: int) -> bool:
    return any(
        to.state != DeliveryState.CANCELLED for to in deliveries.deliveries_of(session, announcement_id)
    )


def _withdraw_run(session: Session, row: Series, day: date, person: int, moment: Moment) -> None:
    decided = record.run(session, row.id, day)
    if decided is None or decided.announcement_id is None or decided.state != RunState.MADE:
        raise UserError("That day is skipped already, so nothing changed.")
    made.withdraw(session, decided.announcement_id, person, moment)
    decided.state, decided.decided_by = RunState.SKIPPED, person
    session.flush()


def _tell(session: Session, row: Series, kind: str, day: date, person: int, moment: Moment) -> None:
    runs.plan_next(session, row, moment)
    by = people.mentionable(session, person)
    telling.in_thread(session, row, kind, moment, by=by, day=day.isoformat())
