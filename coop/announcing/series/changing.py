"""Change what is ahead of a series, or make one of its runs early so that it can be changed."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import proposing, times
from coop.announcing.content import content_hash
from coop.announcing.moment import Moment
from coop.announcing.series import made, recurrence, runs, skipping, telling
from coop.announcing.series import plan as series_plan
from coop.announcing.series import proposing as series
from coop.announcing.series.plan import Plan
from coop.announcing.series.proposing import Planned
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
    kept = sum(not _renew(session, row, run, plan, moment) for run in made.ahead(session, row, now))
    runs.plan_next(session, row, moment)
    by_whom = people.mentionable(session, person)
    names = [people.mentionable(session, each) for each in voided]
    telling.in_thread(session, row, telling.CHANGED, moment, by=by_whom, voided=names)
    if row.fixed:
        telling.ask(session, row, moment)
    telling.record(session, row, "series changed", moment, by=person, content=row.content_hash)
    return series.planned(session, row, moment, kept)


def make_early(
    session: Session, *, series_id: int, day: date, by: int | None, now: datetime, settings: Settings
) -> int:
    """The announcement of that day, so that it can be changed by itself; made now if it was not yet."""
    moment = Moment(now, settings)
    offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = series.to_change(session, series_id)
    run = skipping.run_ahead(row, day, now)
    if record.decide(session, row.id, day, RunState.MADE, now):
        early = runs.make(session, row, run, moment)
        runs.plan_next(session, row, moment)
        return early.id
    decided = record.run(session, row.id, day)
    if decided is None or decided.announcement_id is None:
        raise UserError("That day was skipped, so there is nothing to change. Nothing changed.")
    return decided.announcement_id


def _renew(session: Session, row: Series, run: SeriesRun, plan: Plan, moment: Moment) -> bool:
    """Bring a run that was made in step with the changed series; False when it keeps what it says."""
    one = made.unchanged(session, run)
    if one is None:
        return False
    following = next((each for each in recurrence.runs(plan.rule) if each.day == run.local_date), None)
    if following is None or times.instant(following.wall) <= moment.now:
        made.withdraw(session, one.id, row.owner_id, moment)
        record.forget(session, run)  # a later change may bring that day back
        return True
    agreed = replace(plan.agreed, wall=following.wall)
    if content_hash(agreed) != one.content_hash:
        proposing.edit(
            session,
            announcement_id=one.id,
            agreed=agreed,
            by=row.owner_id,
            now=moment.now,
            settings=moment.settings,
        )
    one.owner_id, run.content_hash = row.owner_id, one.content_hash
    announcements.void_approvals(session, one.id, moment.now)
    session.flush()
    return True
