"""What a calendar outside Slack is told: when, what, where, and how sure it is. Nobody is named in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from coop.announcing import calendar, content, networks
from coop.announcing.calendar import Standing
from coop.announcing.moment import Moment
from storage import calendar as rows
from storage.calendar import Planned

BACK = timedelta(days=366)
MOST = 2_000  # of the announcements, those furthest ahead
SURE = {Standing.COMING, Standing.SENT, Standing.REHEARSED, Standing.BY_HAND, Standing.IN_DOUBT}


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
    """A year back, and all that is ahead; what has no time yet is not in a calendar."""
    together: dict[int, list[Planned]] = {}
    for row in rows.planned_since(session, moment.now - BACK, moment.quorum, MOST):
        together.setdefault(row.announcement_id, []).append(row)
    return [_event(group) for group in together.values()]


def status(standings: set[Standing]) -> Status:
    if standings <= {Standing.WITHDRAWN, Standing.TAKEN_DOWN}:
        return Status.CANCELLED
    return Status.CONFIRMED if standings & SURE else Status.TENTATIVE


def _event(group: list[Planned]) -> Event:
    first = group[0]
    stands = [(networks.name_of(row.network), calendar.standing(row)) for row in group]
    title = content.title(first.text, calendar.TITLE)
    return Event(
        uid=f"announcement-{first.announcement_id}-{first.proposed_at:%Y%m%dT%H%M%SZ}@countmein",
        title=f"REHEARSAL: {title}" if first.rehearsal else title,
        at=min(row.at for row in group if row.at),
        status=status({standing for _, standing in stands}),
        says="\n".join(f"{name[0].upper()}{name[1:]}: {standing}" for name, standing in stands),
        revision=first.revision,
        changed_at=max([first.changed_at, *(row.delivered_at for row in group if row.delivered_at)]),
    )
