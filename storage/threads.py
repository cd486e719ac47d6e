"""The parts of a thread: deliveries of one announcement on one network, one after another."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from storage.deliveries import Delivery, DeliveryState


def before(session: Session, row: Delivery) -> Delivery | None:
    """The part it answers; None for what answers nothing."""
    return session.scalar(_of(row).where(Delivery.part == row.part - 1))


def after(session: Session, row: Delivery) -> Sequence[Delivery]:
    """The parts behind it, in order."""
    behind = _of(row).where(Delivery.part > row.part, Delivery.state != DeliveryState.CANCELLED)
    return session.scalars(behind.order_by(Delivery.part)).all()


def _of(row: Delivery) -> Select[Delivery]:
    return select(Delivery).where(
        Delivery.announcement_id == row.announcement_id,
        Delivery.network == row.network,
        Delivery.target == row.target,
    )
