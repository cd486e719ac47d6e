"""What a calendar outside Slack is told: when, what, where, and how sure it is. Nobody is named in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from coop.announcing import calendar, content, networks
from coop.announcing.calendar import Standing
from coop.announcing.moment import Moment
from coop.announcing.series import unmade
from coop.announcing.series.unmade import UnmadeRun
from storage import calendar as rows
from storage import series
from storage.calendar import Planned
from storage.series import Series, SeriesRun

BACK = timedelta(days=366)
MOST = 2_000  # of the announcements, those furthest ahead
SURE = {
    Standing.COMING,
    Standing.PLANNED_APPROVED,
    Standing.SENT,
    Standing.REHEARSED,
    Standing.BY_HAND,
    Standing.IN_DOUBT,
}


class Status(StrEnum):
    """RFC 5545, 3.8.1.11."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class Event:
    """`uid` is the same for ever; `revision` grows with every edit."""

    uid: str
    title: str
    at: datetime
    status: Status
    says: str
    revision: int
    changed_at: datetime


def events(session: Session, *, moment: Moment) -> list[Event]:
    """A year back, and all that is ahead; what has no time yet is not in a calendar.

    A run of a series has the same `uid` before and after its announcement is made.
    """
    together: dict[int, list[Planned]] = {}
    for row in rows.planned_since(session, moment.now - BACK, moment.quorum, MOST):
        together.setdefault(row.announcement_id, []).append(row)
    runs = series.made_runs(session)
    made = [_event(group, runs.get(found)) for found, group in together.items()]
    there = {event.uid for event in made}
    return [*made, *(_unmade(run) for run in unmade.ahead(session, moment) if run.uid not in there)]


def status(standings: set[Standing]) -> Status:
    if standings <= {Standing.WITHDRAWN, Standing.TAKEN_DOWN, Standing.SKIPPED}:
        return Status.CANCELLED
    return Status.CONFIRMED if standings & SURE else Status.TENTATIVE


def _unmade(run: UnmadeRun) -> Event:
    stands, title = calendar.standing_of_unmade(run), content.title(run.text, calendar.TITLE)
    return Event(
        uid=run.uid,
        title=f"REHEARSAL: {title}" if run.rehearsal else title,
        at=run.at,
        status=status({stands}),
        says=_says([(networks.name_of(to.network), stands) for to in run.targets]),
        revision=run.revision,
        changed_at=run.changed_at,
    )


def _says(stands: Sequence[tuple[str, Standing]]) -> str:
    return "\n".join(f"{name[0].upper()}{name[1:]}: {standing}" for name, standing in stands)


def _event(group: list[Planned], run: tuple[SeriesRun, Series] | None) -> Event:
    first = group[0]
    stands = [(networks.name_of(row.network), calendar.standing(row)) for row in group]
    title = content.title(first.text, calendar.TITLE)
    return Event(
        uid=_uid(first, run),
        title=f"REHEARSAL: {title}" if first.rehearsal else title,
        at=min(row.at for row in group if row.at),
        status=status({standing for _, standing in stands}),
        says=_says(stands),
        # That of a run goes on from the series', by which it was known before.
        revision=first.revision + (run[1].revision if run else 0),
        changed_at=max([first.changed_at, *(row.delivered_at for row in group if row.delivered_at)]),
    )


def _uid(first: Planned, run: tuple[SeriesRun, Series] | None) -> str:
    if run is None:
        return f"announcement-{first.announcement_id}-{first.proposed_at:%Y%m%dT%H%M%SZ}@countmein"
    made, row = run
    return unmade.uid(row.id, row.proposed_at, made.local_date)
