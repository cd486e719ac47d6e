"""Plan a series: its words, its rule, and how it is approved."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import proposing, scheduling
from coop.announcing.moment import Moment
from coop.announcing.series import plan as series_plan
from coop.announcing.series import runs, telling
from coop.announcing.series.plan import Plan
from coop.errors import UserError
from coop.settings import Settings
from storage import series as record
from storage.announcements import Announcement, AnnouncementState
from storage.offices import Role
from storage.series import Series, SeriesState


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


def to_change(session: Session, series_id: int) -> Series:
    """Raises NoSuchSeries and SeriesEnded."""
    if (row := record.series(session, series_id)) is None:
        raise NoSuchSeries
    if row.state == SeriesState.ENDED:
        raise SeriesEnded
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


def planned(session: Session, row: Series, moment: Moment, kept: int = 0) -> Planned:
    others = proposing.others_on_steering(session, row.owner_id, moment)
    return Planned(row.id, len(series_plan.ahead(row, moment.now)), len(others), kept)
