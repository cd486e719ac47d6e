"""The runs of series that have no announcement yet, as a calendar shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from coop.announcing import times
from coop.announcing.content import Target
from coop.announcing.moment import Moment
from coop.announcing.series import plan as series_plan
from coop.announcing.series import runs, skipping
from storage import series as record
from storage.series import Series


@dataclass(frozen=True)
class UnmadeRun:
    """`approved` is what was agreed to with the whole series. `uid` is what its announcement will have in a
    calendar, where it is to take this one's place.
    """

    series_id: int
    uid: str
    at: datetime
    text: str
    targets: tuple[Target, ...]
    approved: bool
    skipped: bool
    rehearsal: bool
    revision: int
    changed_at: datetime


def ahead(session: Session, moment: Moment) -> list[UnmadeRun]:
    """By time. Days that are skipped are among them, also where an announcement was made and withdrawn."""
    found = [run for row in record.going(session) for run in _of(session, row, moment)]
    return sorted(found, key=lambda run: (run.at, run.series_id))


def uid(series_id: int, proposed_at: datetime, day: date) -> str:
    """Of a run, made or not: the same for ever, also after a record was begun anew."""
    return f"series-{series_id}-{day:%Y%m%d}-{proposed_at:%Y%m%dT%H%M%SZ}@countmein"


def _of(session: Session, row: Series, moment: Moment) -> Iterator[UnmadeRun]:
    decided = {run.local_date: run for run in record.runs_of(session, row.id)}
    plan, approved = series_plan.plan_of(session, row), runs.is_approved(session, row, moment)
    for run in series_plan.ahead(row, moment.now):
        known = decided.get(run.day)
        if known is not None and not skipping.is_skipped(session, known):
            continue
        yield UnmadeRun(
            series_id=row.id,
            uid=uid(row.id, row.proposed_at, run.day),
            at=times.instant(run.wall),
            text=plan.agreed.text,
            targets=plan.agreed.targets,
            approved=approved,
            skipped=known is not None,
            rehearsal=moment.settings.rehearsal,
            revision=row.revision,
            changed_at=known.at if known else row.changed_at,
        )
