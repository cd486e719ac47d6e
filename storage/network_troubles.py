"""Networks that turn our account away, from the first refusal until something goes out there again."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base
from storage.deliveries import Delivery, DeliveryState, Hold


class NetworkTrouble(Base):
    """While one is open, what is due on that network waits. `open` is True, then None, so that each network
    has one at most.

    `trying_by` is who asked to try again, `trial_id` the one delivery that may go while nobody knows whether
    the rest can. `notice_id` is the outbox row of the message in the steering channel.
    """

    __tablename__ = "network_troubles"
    __table_args__ = (UniqueConstraint("network", "open", name="uq_network_troubles_one_open"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network: Mapped[str]
    since: Mapped[datetime]
    reason: Mapped[str]
    fix: Mapped[str]
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"))
    trying_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    trial_id: Mapped[int | None] = mapped_column(ForeignKey("deliveries.id"))
    ended_at: Mapped[datetime | None]
    open: Mapped[bool | None]


def trouble(session: Session, trouble_id: int) -> NetworkTrouble | None:
    return session.get(NetworkTrouble, trouble_id)


def named(session: Session, trouble_id: int) -> NetworkTrouble:
    """Raises NoResultFound."""
    return session.get_one(NetworkTrouble, trouble_id)


def open_troubles(session: Session) -> Sequence[NetworkTrouble]:
    return session.scalars(
        select(NetworkTrouble).where(NetworkTrouble.open.is_(True)).order_by(NetworkTrouble.id)
    ).all()


def open_on(session: Session, network: str) -> NetworkTrouble | None:
    return session.scalars(
        select(NetworkTrouble).where(NetworkTrouble.network == network, NetworkTrouble.open.is_(True))
    ).first()


def waiting(session: Session, network: str) -> Sequence[Delivery]:
    """What came due there meanwhile, in the order it was promised."""
    return session.scalars(
        select(Delivery)
        .where(
            Delivery.network == network,
            Delivery.state == DeliveryState.HELD,
            Delivery.hold == Hold.NETWORK_TROUBLE,
        )
        .order_by(Delivery.due_at, Delivery.id)
    ).all()


def coming(session: Session, network: str) -> Sequence[Delivery]:
    """What is still ahead there, in the order it is promised."""
    return session.scalars(
        select(Delivery)
        .where(
            Delivery.network == network,
            Delivery.state == DeliveryState.SCHEDULED,
            Delivery.due_at.is_not(None),
        )
        .order_by(Delivery.due_at, Delivery.id)
    ).all()
