"""Deliveries: one announcement on one network. The row is the schedule, and the truth about what left."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    UniqueConstraint,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base


class DeliveryState(StrEnum):
    SCHEDULED = "scheduled"
    CLAIMED = "claimed"
    ATTEMPTING = "attempting"
    DELIVERED = "delivered"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    HELD = "held"
    CANCELLED = "cancelled"


class Hold(StrEnum):
    """Why a delivery waits for a person."""

    UNAPPROVED = "unapproved"
    LATE = "late"
    STOPPED_ALL = "stopped_all"
    STOPPED = "stopped"
    REHEARSED = "rehearsed"
    NETWORK_GONE = "network_gone"
    NETWORK_TROUBLE = "network_trouble"
    BY_HAND = "by_hand"
    PICTURE_GONE = "picture_gone"
    BLACKOUT = "blackout"
    OVER_CAP = "over_cap"
    LINK_MISSING = "link_missing"


IN_FLIGHT = (DeliveryState.CLAIMED, DeliveryState.ATTEMPTING)
_IN_FLIGHT = text("state IN ('claimed', 'attempting')")


class Delivery(Base):
    """`due_at` is when it was promised, `not_before` when it may be tried; both None until it is approved
    when it leaves "as soon as approved".

    `attempt_no` is the fencing number: a result is written only where it is still the writer's own.
    `part` counts the posts of a thread, from 1. `resend_by` is who asked to send an uncertain one again,
    `asked_at` when the steering group was asked.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("announcement_id", "network", "target", "part", name="uq_deliveries_one_per_part"),
        Index(
            "uq_deliveries_in_flight",
            "account",
            unique=True,
            sqlite_where=_IN_FLIGHT,
            postgresql_where=_IN_FLIGHT,
        ),
        Index("ix_deliveries_state_not_before", "state", "not_before"),
        Index("ix_deliveries_state_look_at", "state", "look_at"),
        Index("ix_deliveries_account_delivered_at", "account", "delivered_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"), index=True)
    network: Mapped[str]
    target: Mapped[str]
    part: Mapped[int] = mapped_column(default=1)
    account: Mapped[str]
    state: Mapped[str]
    hold: Mapped[str | None]
    due_at: Mapped[datetime | None]
    not_before: Mapped[datetime | None]
    attempt_no: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    uncertain_at: Mapped[datetime | None]
    duplicate: Mapped[bool] = mapped_column(default=False)
    look_at: Mapped[datetime | None]
    looks: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime | None]
    resend_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    delivered_at: Mapped[datetime | None]
    remote_id: Mapped[str | None]
    url: Mapped[str | None]
    reason: Mapped[str | None]
    fix: Mapped[str | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    @property
    def may_be_out(self) -> bool:
        """Whether it is on its way once more although an earlier try may have gone out."""
        on_its_way = (DeliveryState.SCHEDULED, DeliveryState.CLAIMED, DeliveryState.ATTEMPTING)
        return self.state in on_its_way and self.uncertain_at is not None


def delivery(session: Session, delivery_id: int) -> Delivery | None:
    return session.get(Delivery, delivery_id)


def deliveries_of(session: Session, announcement_id: int) -> Sequence[Delivery]:
    return session.scalars(
        select(Delivery).where(Delivery.announcement_id == announcement_id).order_by(Delivery.id)
    ).all()


def deliveries_in(session: Session, *states: DeliveryState) -> Sequence[Delivery]:
    """By the time they were promised; those without one come last."""
    return session.scalars(
        select(Delivery)
        .where(Delivery.state.in_(states))
        .order_by(Delivery.due_at.is_(None), Delivery.due_at, Delivery.id)
    ).all()


def last_delivered(session: Session, limit: int) -> Sequence[Delivery]:
    return session.scalars(
        select(Delivery)
        .where(Delivery.state == DeliveryState.DELIVERED)
        .order_by(Delivery.delivered_at.desc(), Delivery.id.desc())
        .limit(limit)
    ).all()


def networks_where(session: Session, *so: ColumnElement[bool]) -> list[str]:
    return sorted(session.scalars(select(Delivery.network).where(*so).distinct()))
