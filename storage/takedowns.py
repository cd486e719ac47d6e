"""What somebody wants taken down again, one row for each delivery. The row is the work."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from storage.announcements import Announcement
from storage.base import Base
from storage.deliveries import Delivery


class TakedownState(StrEnum):
    """`LEFT` is with a person: the network cannot, may not, or has not answered for too long."""

    WANTED = "wanted"
    DONE = "done"
    LEFT = "left"


class Takedown(Base):
    """`not_before` is when it is tried next, `said` and `fix` what came of it last. `done_by` is who said
    that they deleted it, None when the network did.

    Each of the `charged` tries cost `price`, or may have, in tenths of a US cent; the last was at `tried_at`.
    """

    __tablename__ = "takedowns"
    __table_args__ = (Index("ix_takedowns_state_not_before", "state", "not_before"),)

    delivery_id: Mapped[int] = mapped_column(
        ForeignKey("deliveries.id"), primary_key=True, autoincrement=False
    )
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    state: Mapped[str]
    not_before: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    price: Mapped[int | None]
    charged: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    said: Mapped[str | None]
    fix: Mapped[str | None]
    url: Mapped[str | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    @property
    def cost(self) -> int:
        return (self.price or 0) * self.charged


def takedown(session: Session, delivery_id: int) -> Takedown | None:
    return session.get(Takedown, delivery_id)


def takedowns_of(session: Session, announcement_id: int) -> Sequence[Takedown]:
    return session.scalars(
        select(Takedown)
        .join(Delivery, Delivery.id == Takedown.delivery_id)
        .where(Delivery.announcement_id == announcement_id)
        .order_by(Takedown.delivery_id)
    ).all()


def by_delivery(session: Session, delivery_ids: Collection[int]) -> dict[int, Takedown]:
    """Of these deliveries. There may be more of them than a question can name, and few are taken down."""
    wanted = set(delivery_ids)
    return {row.delivery_id: row for row in session.scalars(select(Takedown)) if row.delivery_id in wanted}


def wanted_of_thread(session: Session, row: Delivery) -> bool:
    """Whether another part of the same thread is still to be taken down."""
    wanted = (
        select(Takedown.delivery_id)
        .join(Delivery, Delivery.id == Takedown.delivery_id)
        .where(
            Takedown.state == TakedownState.WANTED,
            Delivery.id != row.id,
            Delivery.announcement_id == row.announcement_id,
            Delivery.network == row.network,
            Delivery.target == row.target,
        )
    )
    return session.scalar(wanted.limit(1)) is not None


def taken_down(session: Session, start: datetime, end: datetime) -> int:
    """How many posts really came down in that time; `end` is not part of it."""
    done = (
        select(func.count(Takedown.delivery_id))
        .join(Delivery, Delivery.id == Takedown.delivery_id)
        .join(Announcement, Announcement.id == Delivery.announcement_id)
        .where(
            Takedown.state == TakedownState.DONE,
            Takedown.ended_at >= start,
            Takedown.ended_at < end,
            Announcement.rehearsal.is_(False),
        )
    )
    return session.scalar(done) or 0


def left(session: Session) -> Sequence[int]:
    """The announcements of which something waits for a person to delete it, the longest first."""
    found = session.scalars(
        select(Delivery.announcement_id)
        .join(Takedown, Delivery.id == Takedown.delivery_id)
        .where(Takedown.state == TakedownState.LEFT)
        .order_by(Takedown.asked_at, Takedown.delivery_id)
    )
    return list(dict.fromkeys(found))


def networks_wanted(session: Session, now: datetime) -> list[str]:
    """Where something is to be taken down now that nobody is at."""
    return sorted(
        session.scalars(
            select(Delivery.network)
            .join(Takedown, Delivery.id == Takedown.delivery_id)
            .where(
                Takedown.state == TakedownState.WANTED,
                Takedown.not_before <= now,
                or_(Takedown.lease_until.is_(None), Takedown.lease_until < now),
            )
            .distinct()
        )
    )


def lease(
    session: Session, network: str, now: datetime, length: timedelta, price: int = 0
) -> Takedown | None:
    """Take the next one on a network, for `length`, for a try at that price. Who dies meanwhile is followed
    by somebody else, and the try counts as one that may have cost.
    """
    due = aliased(Takedown)
    first = (
        select(due.delivery_id)
        .join(Delivery, Delivery.id == due.delivery_id)
        .where(
            Delivery.network == network,
            due.state == TakedownState.WANTED,
            due.not_before <= now,
            or_(due.lease_until.is_(None), due.lease_until < now),
        )
        .order_by(due.not_before, Delivery.part.desc(), due.delivery_id)
        .limit(1)
    )
    return session.scalars(
        update(Takedown)
        .where(Takedown.delivery_id == first.scalar_subquery(), Takedown.state == TakedownState.WANTED)
        .values(
            tries=Takedown.tries + 1,
            lease_until=now + length,
            price=price,
            charged=Takedown.charged + 1,
            tried_at=now,
        )
        .returning(Takedown)
        .execution_options(populate_existing=True)
    ).first()
