"""What is promised for a time: soon, or too long ago."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.claims import has_its_turn
from storage.deliveries import Delivery, DeliveryState


def held_back(
    session: Session, *, now: datetime, late_before: datetime, networks: Collection[str]
) -> Sequence[Delivery]:
    """What is due at `now` and either was so before `late_before` or is for one of `networks`.

    What waits behind another part of its thread is not asked about by itself.
    """
    return session.scalars(
        select(Delivery)
        .where(
            Delivery.state == DeliveryState.SCHEDULED,
            Delivery.not_before <= now,
            has_its_turn(Delivery),
            (Delivery.due_at < late_before) | Delivery.network.in_(networks),
        )
        .order_by(Delivery.due_at, Delivery.id)
    ).all()


def announcements_due(session: Session, after: datetime, until: datetime) -> Sequence[int]:
    """The announcements of which something is promised for a time after `after`, `until` included."""
    return session.scalars(
        select(Delivery.announcement_id)
        .where(Delivery.state == DeliveryState.SCHEDULED, Delivery.due_at > after, Delivery.due_at <= until)
        .distinct()
        .order_by(Delivery.announcement_id)
    ).all()
