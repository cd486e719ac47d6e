"""What has become of the wish to take something down."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from storage import people, takedowns
from storage.takedowns import Takedown, TakedownState


@dataclass(frozen=True)
class TakedownSeen:
    """Somebody wants it taken down, or has had it done. `by` and `done_by` are as mentionable people are."""

    state: TakedownState
    by: str
    reason: str
    asked_at: datetime
    ended_at: datetime | None
    done_by: str | None
    said: str | None
    fix: str | None
    url: str | None


def by_delivery(session: Session, announcement_id: int) -> dict[int, TakedownSeen]:
    """Of those of its deliveries that somebody wants taken down, by their ids."""
    return {row.delivery_id: _seen(session, row) for row in takedowns.takedowns_of(session, announcement_id)}


def _seen(session: Session, row: Takedown) -> TakedownSeen:
    return TakedownSeen(
        state=TakedownState(row.state),
        by=people.mentionable(session, row.asked_by),
        reason=row.reason,
        asked_at=row.asked_at,
        ended_at=row.ended_at,
        done_by=people.mentionable(session, row.done_by) if row.done_by else None,
        said=row.said,
        fix=row.fix,
        url=row.url,
    )
