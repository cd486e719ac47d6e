"""Plan a series, approve all of it at once, end it."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import proposing, scheduling, seeing, stopping, times
from coop.announcing import telling as announcement_telling
from coop.announcing.moment import Moment
from coop.announcing.series import plan as series_plan
from coop.announcing.series import runs, telling
from coop.announcing.series.plan import Plan
from coop.errors import NotAllowed, UserError
from coop.settings import Settings
from storage import deliveries, people
from storage import series as record
from storage.announcements import Announcement, AnnouncementState
from storage.deliveries import DeliveryState
from storage.offices import Role
from storage.series import RunState, Series, SeriesRun, SeriesState


@dataclass(frozen=True)
class Planned:
    """`ahead` is how many runs are to come, `kept` how many of them keep words of their own."""

    id: int
    ahead: int
    approvers: int
    kept: int = 0


class NoSuchSeries(UserError):
    def __init__(self) -> None:
        super().__init__(
            "I can't find that series any more, so nothing changed. Type `/announce series` to see all."
        )


class SeriesEnded(UserError):
    def __init__(self) -> None:
        super().__init__("That series has ended, so nothing changed. Type `/announce` to write a new one.")


def propose(session: Session, *, plan: Plan, by: int | None, now: datetime, settings: Settings) -> Planned:
    """Write it down and tell the steering group. Raises NoRunsAhead and TooManyRuns."""
    moment = Moment(now, settings)
    owner = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    series_plan.check(plan, now)
    words = Announcement(
        owner_id=owner,
        state=AnnouncementState.TEMPLATE,
        text=plan.agreed.text,
        zone=plan.rule.zone,
        fold=0,
        content_hash="",
        revision=1,
        rehearsal=settings.rehearsal,
        proposed_at=now,
        changed_at=now,
    )
    session.add(words)
    session.flush()
    row = Series(template_id=words.id, state=SeriesState.GOING, proposed_at=now, revision=1)
    write(session, row, plan, owner, moment)
    telling.propose(session, row, moment)
    if row.fixed:
        telling.ask(session, row, moment)
    telling.record(session, row, "series proposed", moment, by=owner, content=row.content_hash)
    return planned(session, row, moment)


def approve(
    session: Session, *, series_id: int, shown: str, by: int | None, now: datetime, settings: Settings
) -> Planned:
    """Agree to all runs at once, those made before as well; `shown` is the hash of what was shown."""
    moment = Moment(now, settings)
    row = to_approve(session, series_id=series_id, by=by, moment=moment)
    approver = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    if row.content_hash != shown:
        raise UserError(
            "It was changed while you were looking at it, so I did not count your approval. "
            "Open it again to see what it says now: type `/announce series`."
        )
    if row.rehearsal != settings.rehearsal:  # what was agreed to as a rehearsal is not agreed to in earnest
        record.void_approvals(session, row.id, now)
    if not record.add_approval(session, row.id, row.content_hash, approver, now):
        raise UserError("You have approved this one already, so nothing changed.")
    row.rehearsal = settings.rehearsal
    session.flush()
    for run in made_ahead(session, row, now):
        made = unchanged(session, run)
        if made is not None and made.owner_id != approver:
            runs.approve_run(session, row, made, moment)
            announcement_telling.redraw(session, made, moment)
    runs.plan_next(session, row, moment)
    telling.in_thread(session, row, telling.APPROVED, moment, by=people.mentionable(session, approver))
    telling.record(session, row, "series approved", moment, by=approver, content=row.content_hash)
    return planned(session, row, moment)


def end(session: Session, *, series_id: int, by: int | None, now: datetime, settings: Settings) -> Planned:
    """No more runs; those made but not sent are withdrawn. What went out stays out."""
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = to_change(session, series_id)
    left = planned(session, row, moment)
    for run in made_ahead(session, row, now):
        if run.announcement_id is not None and _can_withdraw(session, run.announcement_id):
            withdraw(session, run.announcement_id, person, moment)
    row.state, row.next_on, row.make_at, row.changed_at = SeriesState.ENDED, None, None, now
    session.flush()
    telling.in_thread(session, row, telling.ENDED, moment, by=people.mentionable(session, person))
    telling.record(session, row, "series ended", moment, by=person)
    return left


def to_change(session: Session, series_id: int) -> Series:
    """Raises NoSuchSeries and SeriesEnded."""
    if (row := record.series(session, series_id)) is None:
        raise NoSuchSeries
    if row.state == SeriesState.ENDED:
        raise SeriesEnded
    return row


def to_approve(session: Session, *, series_id: int, by: int | None, moment: Moment) -> Series:
    """The series, if this person may approve all of it at once now. Raises NotAllowed or UserError."""
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = to_change(session, series_id)
    if row.owner_id == person:
        raise NotAllowed(
            "You wrote this one, so somebody else on the steering group has to approve it. Nothing changed."
        )
    if not row.fixed:
        raise UserError("Each run of this series is approved by itself. Nothing changed.")
    if not series_plan.ahead(row, moment.now):
        raise UserError("Its last run has gone by, so there is nothing to approve. Nothing changed.")
    return row


def write(session: Session, row: Series, plan: Plan, owner: int, moment: Moment) -> None:
    rule = plan.rule
    row.owner_id, row.fixed, row.changed_at = owner, plan.fixed, moment.now
    row.rule, row.zone, row.fold, row.skipped = rule.text, rule.zone, rule.fold, rule.skipped
    row.targets = {"targets": [[to.network, to.target] for to in plan.agreed.targets]}
    row.content_hash, row.rehearsal = series_plan.plan_hash(plan), moment.settings.rehearsal
    session.add(row)
    session.flush()
    words = series_plan.template(session, row)
    # Without targets it gets no deliveries, so that nothing of it can ever leave.
    scheduling.write_content(session, words, replace(plan.agreed, targets=(), wall=None), None)
    runs.plan_next(session, row, moment)


def made_ahead(session: Session, row: Series, now: datetime) -> list[SeriesRun]:
    """Runs that have been made and whose own time has not come."""
    return [
        run
        for run in record.runs_of(session, row.id)
        if run.announcement_id is not None and run.state == RunState.MADE and _is_ahead(session, run, now)
    ]


def _is_ahead(session: Session, run: SeriesRun, now: datetime) -> bool:
    wall = seeing.wall_of(seeing.named(session, run.announcement_id or 0))
    return wall is not None and times.instant(wall) > now


def unchanged(session: Session, run: SeriesRun) -> Announcement | None:
    """The announcement, unless somebody changed, stopped or withdrew it by itself, or it begins to leave."""
    made = seeing.named(session, run.announcement_id or 0)
    going = deliveries.deliveries_of(session, made.id)
    waits = all(to.state in (DeliveryState.SCHEDULED, DeliveryState.CANCELLED) for to in going)
    is_as_made = made.content_hash == run.content_hash and made.state == AnnouncementState.PROPOSED
    return made if is_as_made and waits else None


def withdraw(session: Session, announcement_id: int, person: int, moment: Moment) -> None:
    """Raises UserError when nothing of it can be kept back any more."""
    stopping.withdraw(
        session, announcement_id=announcement_id, by=person, now=moment.now, settings=moment.settings
    )


def _can_withdraw(session: Session, announcement_id: int) -> bool:
    made = seeing.named(session, announcement_id)
    rows = deliveries.deliveries_of(session, announcement_id)
    return made.state != AnnouncementState.WITHDRAWN and bool(scheduling.waiting(rows))


def planned(session: Session, row: Series, moment: Moment, kept: int = 0) -> Planned:
    others = proposing.others_on_steering(session, row.owner_id, moment)
    return Planned(row.id, len(series_plan.ahead(row, moment.now)), len(others), kept)
