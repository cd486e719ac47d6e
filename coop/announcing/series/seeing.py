"""A series as people see it: its words, its rule, who agreed to it, and what becomes of its days."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from coop.announcing import content, pictures, seeing, times
from coop.announcing.moment import Moment
from coop.announcing.seeing import DeliverySeen, Seen
from coop.announcing.series import plan as series_plan
from coop.announcing.series import recurrence, skipping
from coop.announcing.series import runs as series_runs
from coop.announcing.series.recurrence import Rule, Run
from storage import people
from storage import series as record
from storage.announcements import AnnouncementState
from storage.deliveries import DeliveryState
from storage.series import Series, SeriesRun, SeriesState

SHOWN = 8  # days, each with its buttons


class Day(StrEnum):
    """`made` and `approved` have an announcement of their own; `changed` has words of its own as well."""

    PLANNED = "planned"
    MADE = "made"
    APPROVED = "approved"
    CHANGED = "changed"
    STOPPED = "stopped"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class RunSeen:
    day: date
    at: datetime
    standing: Day


@dataclass(frozen=True)
class SeriesSeen:
    """`words` is what every run says, as if it were one announcement; `owner` and `approved_by` are as
    `people.mentionable` has them. `runs` are the next days, `left` how many are to come altogether.
    """

    id: int
    words: Seen
    rule: Rule
    fixed: bool
    content_hash: str
    ended: bool
    owner: str
    approved_by: tuple[str, ...]
    approvals_needed: int
    first: datetime
    last: datetime
    total: int
    left: int
    runs: tuple[RunSeen, ...]

    @property
    def approvals_missing(self) -> int:
        """How many more have to agree to all of it at once; 0 where each run is approved by itself."""
        return max(0, self.approvals_needed - len(self.approved_by)) if self.fixed else 0

    @property
    def is_over(self) -> bool:
        return self.ended or self.left == 0


def seen(session: Session, row: Series, moment: Moment) -> SeriesSeen:
    rule = series_plan.rule_of(row)
    every, ahead = recurrence.runs(rule), series_plan.ahead(row, moment.now)
    decided = {run.local_date: run for run in record.runs_of(session, row.id)}
    agreed = series_runs.approvers(session, row, moment)
    return SeriesSeen(
        id=row.id,
        words=_words(session, row, moment),
        rule=rule,
        fixed=row.fixed,
        content_hash=row.content_hash,
        ended=row.state == SeriesState.ENDED,
        owner=people.mentionable(session, row.owner_id),
        approved_by=tuple(people.mentionable(session, each) for each in agreed),
        approvals_needed=moment.settings.approvals_needed,
        first=times.instant(every[0].wall),
        last=times.instant(every[-1].wall),
        total=len(every),
        left=sum(not _is_skipped(session, decided.get(run.day)) for run in ahead),
        runs=tuple(_run(session, run, decided.get(run.day), moment) for run in ahead[:SHOWN]),
    )


def going(session: Session, moment: Moment) -> list[SeriesSeen]:
    """Those with runs to come, by what comes next."""
    found = [seen(session, row, moment) for row in record.going(session)]
    return [one for one in found if not one.is_over]


def _run(session: Session, run: Run, decided: SeriesRun | None, moment: Moment) -> RunSeen:
    return RunSeen(run.day, times.instant(run.wall), _standing(session, decided, moment))


def _standing(session: Session, decided: SeriesRun | None, moment: Moment) -> Day:
    if decided is None:
        return Day.PLANNED
    if decided.announcement_id is None or skipping.is_skipped(session, decided):
        return Day.SKIPPED
    made = seeing.named(session, decided.announcement_id)
    if made.content_hash != decided.content_hash:
        return Day.CHANGED
    going = seeing.seen(session, made.id, moment)
    if any(to.state == DeliveryState.HELD for to in going.deliveries):
        return Day.STOPPED
    return Day.APPROVED if going.approved else Day.MADE


def _is_skipped(session: Session, decided: SeriesRun | None) -> bool:
    return decided is not None and skipping.is_skipped(session, decided)


def _words(session: Session, row: Series, moment: Moment) -> Seen:
    plan, words = series_plan.plan_of(session, row), series_plan.template(session, row)
    return Seen(
        id=words.id,
        revision=row.revision,
        state=AnnouncementState.TEMPLATE,
        text=plan.agreed.text,
        title=content.title(plan.agreed.text),
        owner=people.mentionable(session, row.owner_id),
        due_at=None,
        wall=None,
        zone=row.zone,
        content_hash=row.content_hash,
        rehearsal=moment.settings.rehearsal,
        approved_by=(),
        sent_back_by=None,
        comment=None,
        deliveries=tuple(_going_to(to.network, to.target) for to in plan.agreed.targets),
        images=pictures.seen(session, words.id),
        variants=plan.agreed.variants,
        note=plan.agreed.note,
    )


def _going_to(network: str, target: str) -> DeliverySeen:
    """A place it goes to; of none of its runs has anything been tried."""
    return DeliverySeen(
        id=0,
        network=network,
        target=target,
        state=DeliveryState.SCHEDULED,
        hold=None,
        due_at=None,
        attempt_no=0,
        asked=False,
        resend=False,
        delivered_at=None,
        url=None,
        reason=None,
        fix=None,
        settled_by=None,
    )
