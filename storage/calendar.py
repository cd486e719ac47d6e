"""Announcements by the day they are on: one row for each delivery, with what its announcement says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session

from storage.announcements import Announcement, Quorum, is_agreed
from storage.deliveries import Delivery, DeliveryState
from storage.takedowns import Takedown, TakedownState

# When something went out or, until it has, when it was promised for.
at = func.coalesce(Delivery.delivered_at, Delivery.due_at)
ENDED = (DeliveryState.DELIVERED, DeliveryState.CANCELLED)


@dataclass(frozen=True)
class Planned:
    """`at` is None for what leaves as soon as it is approved, and is not."""

    announcement_id: int
    state: str
    text: str
    revision: int
    rehearsal: bool
    proposed_at: datetime
    changed_at: datetime
    approved: bool
    network: str
    target: str
    delivery_state: str
    hold: str | None
    at: datetime | None
    delivered_at: datetime | None
    taken_down: bool


def planned_between(session: Session, start: datetime, end: datetime, quorum: Quorum) -> Sequence[Planned]:
    """By time, then announcement; `end` is not part of it."""
    return _planned(session, quorum, at >= start, at < end)


def planned_without_time(session: Session, quorum: Quorum) -> Sequence[Planned]:
    return _planned(session, quorum, at.is_(None), Delivery.state.not_in(ENDED))


def planned_since(session: Session, start: datetime, quorum: Quorum, limit: int) -> Sequence[Planned]:
    """Those of the `limit` announcements that are furthest ahead, if there are more."""
    latest = func.max(at)
    newest = (
        select(Delivery.announcement_id)
        .group_by(Delivery.announcement_id)
        .having(latest >= start)
        .order_by(latest.desc(), Delivery.announcement_id.desc())
        .limit(limit)
    )
    return _planned(session, quorum, at.is_not(None), Announcement.id.in_(newest))


def _planned(session: Session, quorum: Quorum, *which: ColumnElement[bool]) -> Sequence[Planned]:
    return [Planned(*row) for row in session.execute(_asked(quorum).where(*which))]


def _asked(quorum: Quorum) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Announcement.id,
            Announcement.state,
            Announcement.text,
            Announcement.revision,
            Announcement.rehearsal,
            Announcement.proposed_at,
            Announcement.changed_at,
            is_agreed(quorum),
            Delivery.network,
            Delivery.target,
            Delivery.state,
            Delivery.hold,
            at,
            Delivery.delivered_at,
            exists().where(Takedown.delivery_id == Delivery.id, Takedown.state == TakedownState.DONE),
        )
        .join(Delivery, Delivery.announcement_id == Announcement.id)
        .order_by(at, Announcement.id, Delivery.id)
    )
