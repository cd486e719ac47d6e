"""Deliveries that may be out: whose turn it is to be looked for."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, aliased

from storage.deliveries import Delivery, DeliveryState, networks_where


def lease_look(session: Session, network: str, now: datetime, lease: timedelta) -> Delivery | None:
    """Take the next uncertain delivery to look for; its next look is pushed past the lease."""
    due = aliased(Delivery)
    first = (
        select(due.id)
        .where(due.network == network, due.state == DeliveryState.UNCERTAIN, due.look_at <= now)
        .order_by(due.look_at, due.id)
        .limit(1)
    )
    return session.scalars(
        update(Delivery)
        .where(Delivery.id == first.scalar_subquery(), Delivery.look_at <= now)
        .values(look_at=now + lease)
        .returning(Delivery)
        .execution_options(populate_existing=True)
    ).first()


def networks_to_look_at(session: Session, now: datetime) -> list[str]:
    return networks_where(session, Delivery.state == DeliveryState.UNCERTAIN, Delivery.look_at <= now)
