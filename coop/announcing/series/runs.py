"""Make the runs of a series, as ordinary announcements, ahead of their time. Each call is one transaction's
worth.

A day that passed while nothing was running is not made up for: it is written down as missed and told of
once. Runs are made long before they are due, so what an outage of hours or days delays was made before it
and is asked about like any late announcement; what was never made is older news than anybody was shown, and
a question for each day of it would bury those that count.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from coop.announcing import proposing, seeing, telling, times
from coop.announcing.moment import Moment
from coop.announcing.series import plan as series_plan
from coop.announcing.series import recurrence
from coop.announcing.series import telling as series_telling
from coop.announcing.series.recurrence import Run
from coop.settings import Settings
from storage import announcements
from storage import series as record
from storage.announcements import Announcement
from storage.series import RunState, Series

# What one approval let go may stand in the list for two weeks. What still needs somebody's own approval comes
# a week ahead, and where the series waits for its one approval, when the first reminder would be sent anyway.
AHEAD_APPROVED = timedelta(days=14)
AHEAD_EACH = timedelta(days=7)
AHEAD_UNAPPROVED = timedelta(days=2)


def due(session: Session, now: datetime) -> bool:
    return record.next_to_make(session, now) is not None


def make_next(session: Session, *, now: datetime, settings: Settings) -> bool:
    """Make the announcement of the run whose turn it is. False when no series had anything to do."""
    moment = Moment(now, settings)
    row = record.next_to_make(session, now)
    if row is None:
        return False
    left = _after_missed(session, row, moment)
    if left and times.instant(left[0].wall) - _ahead(session, row, moment) <= now:
        if record.decide(session, row.id, left[0].day, RunState.MADE, now):
            make(session, row, left[0], moment)
        left = left[1:]
    _wait_for(session, row, left, moment)
    return True


def make(session: Session, row: Series, run: Run, moment: Moment) -> Announcement:
    """The announcement of a day just decided on; approved already where one approval is for all."""
    plan = series_plan.plan_of(session, row)
    made, _ = proposing.make(session, replace(plan.agreed, wall=run.wall), row.owner_id, moment)
    decided = record.run(session, row.id, run.day)
    if decided is None:
        raise LookupError("a run that nobody decided to make")
    decided.announcement_id, decided.content_hash = made.id, made.content_hash
    session.flush()
    telling.record(session, made, "announcement made", moment, series=row.id, day=run.day.isoformat())
    if not approve_run(session, row, made, moment):
        proposing.ask(session, made, moment)
    return made


def approve_run(session: Session, row: Series, made: Announcement, moment: Moment) -> bool:
    """Whether the approvals of the whole series now stand for this run as well."""
    for approver in approvers(session, row, moment):
        if announcements.add_approval(session, made.id, made.content_hash, approver, moment.now):
            telling.record(
                session, made, "announcement approved", moment, by=approver, content=made.content_hash
            )
    return seeing.approvals_missing(session, made, moment) == 0


def approvers(session: Session, row: Series, moment: Moment) -> list[int]:
    """Whose approval of the whole series counts; a rehearsed one is none in earnest, nor the other way."""
    if not row.fixed or row.rehearsal != moment.settings.rehearsal:
        return []
    return list(record.approvers_counting(session, row.id, moment.today))


def is_approved(session: Session, row: Series, moment: Moment) -> bool:
    return len(approvers(session, row, moment)) >= moment.settings.approvals_needed


def plan_next(session: Session, row: Series, moment: Moment) -> None:
    """Count anew which run comes next: after it was written, changed, or approved."""
    _wait_for(session, row, series_plan.ahead(row, moment.now), moment)


def _after_missed(session: Session, row: Series, moment: Moment) -> list[Run]:
    """The runs still to come. Those whose time has passed are written down as missed."""
    every = [run for run in recurrence.runs(series_plan.rule_of(row)) if _is_left(run, row.next_on)]
    passed = [run for run in every if times.instant(run.wall) <= moment.now]
    missed = [
        run.day for run in passed if record.decide(session, row.id, run.day, RunState.MISSED, moment.now)
    ]
    if missed:
        days = [day.isoformat() for day in missed]
        series_telling.in_thread(session, row, series_telling.MISSED, moment, days=days)
        series_telling.record(session, row, "runs missed", moment, first=days[0], last=days[-1])
    return every[len(passed) :]


def _is_left(run: Run, next_on: date | None) -> bool:
    return next_on is not None and run.day >= next_on


def _wait_for(session: Session, row: Series, left: list[Run], moment: Moment) -> None:
    decided = {one.local_date for one in record.runs_of(session, row.id)}
    following = next((run for run in left if run.day not in decided), None)
    row.next_on = following.day if following else None
    row.make_at = times.instant(following.wall) - _ahead(session, row, moment) if following else None
    session.flush()


def _ahead(session: Session, row: Series, moment: Moment) -> timedelta:
    if not row.fixed:
        return AHEAD_EACH
    return AHEAD_APPROVED if is_approved(session, row, moment) else AHEAD_UNAPPROVED
