"""What counts against a cap: everything that went out or may have, from its last try on."""

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from storage.attempts import Attempt
from storage.deliveries import Delivery, DeliveryState

OUT = (DeliveryState.ATTEMPTING, DeliveryState.DELIVERED, DeliveryState.UNCERTAIN)


def gone_out(session: Session, account: str, since: datetime, *, rehearsal: bool) -> int:
    """How many deliveries of one account left after `since`."""
    asked = _left(since, rehearsal=rehearsal).where(Delivery.account == account)
    return session.scalar(asked.with_only_columns(func.count())) or 0


def spent(session: Session, since: datetime, *, rehearsal: bool) -> int:
    """What all that left from `since` on cost, or may have, in tenths of a US cent."""
    return session.scalar(_left(since, rehearsal=rehearsal).with_only_columns(func.sum(Attempt.price))) or 0


def _left(since: datetime, *, rehearsal: bool) -> Select[int]:
    tries = select(func.max(Attempt.number)).where(Attempt.delivery_id == Delivery.id)
    return (
        select(Delivery.id)
        .join(Attempt, (Attempt.delivery_id == Delivery.id))
        .where(
            Delivery.state.in_(OUT),
            Attempt.number == tries.correlate(Delivery).scalar_subquery(),
            Attempt.rehearsal == rehearsal,
            Attempt.started_at >= since,
        )
    )
