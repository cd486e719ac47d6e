"""Change what is ahead of a series, skip one of its days, or make one early so that it can be changed."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import proposing, times
from coop.announcing.content import content_hash
from coop.announcing.moment import Moment
from coop.announcing.series import plan as series_plan
from coop.announcing.series import proposing as series
from coop.announcing.series import recurrence, runs, telling
from coop.announcing.series.plan import Plan
from coop.announcing.series.proposing import Planned
from coop.announcing.series.recurrence import Run
from coop.errors import UserError
from coop.settings import Settings
from storage import announcements, people
from storage import series as record
from storage.offices import Role
from storage.series import RunState, Series, SeriesRun


def change(
    session: Session, *, series_id: int, plan: Plan, by: int | None, now: datetime, settings: Settings
) -> Planned:
    """From now on everything ahead is as `plan` says; whoever changes it owns it, and approvals are void.

    Runs that were changed by themselves, or have begun to leave, stay as they are.
    """
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = series.to_change(session, series_id)
    series_plan.check(plan, now)
    voided = record.void_approvals(session, row.id, now)
    row.revision += 1
    series.write(session, row, plan, person, moment)
    kept = sum(not _renew(session, row, run, plan, moment) for run in series.made_ahead(session, row, now))
    runs.plan_next(session, row, moment)
    by_whom = people.mentionable(session, person)
    names = [people.mentionable(session, each) for each in voided]
    telling.in_thread(session, row, telling.CHANGED, moment, by=by_whom, voided=names)
    if row.fixed:
        telling.ask(session, row, moment)
    telling.record(session, row, "series changed", moment, by=person, content=row.content_hash)
    return series.planned(session, row, moment, kept)


def skip(
    session: Session, *, series_id: int, day: date, by: int | None, now: datetime, settings: Settings
) -> Run:
    """Nothing of it goes out on that day; all others stay."""
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = series.to_change(session, series_id)
    run = run_ahead(row, day, now)
    if not record.decide(session, row.id, day, RunState.SKIPPED, now, by=person):
        _withdraw_run(session, row, day, person, moment)
    runs.plan_next(session, row, moment)
    by_whom = people.mentionable(session, person)
    telling.in_thread(session, row, telling.SKIPPED, moment, by=by_whom, day=day.isoformat())
    telling.record(session, row, "run skipped", moment, by=person, day=day.isoformat())
    return run


def make_early(
    session: Session, *, series_id: int, day: date, by: int | None, now: datetime, settings: Settings
) -> int:
    """The announcement of that day, so that it can be changed by itself; made now if it was not yet."""
    moment = Moment(now, settings)
    offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = series.to_change(session, series_id)
    run = run_ahead(row, day, now)
    if record.decide(session, row.id, day, RunState.MADE, now):
        made = runs.make(session, row, run, moment)
        runs.plan_next(session, row, moment)
        return made.id
    decided = record.run(session, row.id, day)
    if decided is None or decided.announcement_id is None:
        raise UserError("That day was skipped, so there is nothing to change. Nothing changed.")
    return decided.announcement_id


def run_ahead(row: Series, day: date, now: datetime) -> Run:
    """Raises UserError for a day on which nothing of it is to come."""
    for run in series_plan.ahead(row, now):
        if run.day == day:
            return run
    raise UserError("That run has gone by, or the series has none on that day. Nothing changed.")


def _renew(session: Session, row: Series, run: SeriesRun, plan: Plan, moment: Moment) -> bool:
    """Bring a run that was made in step with the changed series; False when it keeps what it says."""
    made = series.unchanged(session, run)
    if made is None:
        return False
    following = next((one for one in recurrence.runs(plan.rule) if one.day == run.local_date), None)
    if following is None or times.instant(following.wall) <= moment.now:
        series.withdraw(session, made.id, row.owner_id, moment)
        record.forget(session, run)  # a later change may bring that day back
        return True
    agreed = replace(plan.agreed, wall=following.wall)
    if content_hash(agreed) != made.content_hash:
        proposing.edit(
            session,
            announcement_id=made.id,
            agreed=agreed,
            by=row.owner_id,
            now=moment.now,
            settings=moment.settings,
        )
    made.owner_id, run.content_hash = row.owner_id, made.content_hash
    announcements.void_approvals(session, made.id, moment.now)
    session.flush()
    return True


def _withdraw_run(session: Session, row: Series, day: date, person: int, moment: Moment) -> None:
    decided = record.run(session, row.id, day)
    if decided is None or decided.announcement_id is None or decided.state != RunState.MADE:
        raise UserError("That day is skipped already, so nothing changed.")
    series.withdraw(session, decided.announcement_id, person, moment)
    decided.state, decided.decided_by = RunState.SKIPPED, person
    session.flush()
