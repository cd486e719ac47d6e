"""Deliveries: one announcement on one network. The row is the schedule, and the truth about what left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    exists,
    func,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

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


class Attempt(Base):
    """One try: the exact words, in the record before a byte of them leaves.

    `content_hash` is of what was agreed to; the approvals that counted at that moment are
    AttemptApproval. `price` is what the network asked for it then, in tenths of a US cent, None for tries
    from before prices were kept; `reply_to` the post before it in its thread. What it says counts as
    spent where the delivery went out, or may have, by its last try, and that was not a `rehearsal`.
    """

    __tablename__ = "delivery_attempts"

    delivery_id: Mapped[int] = mapped_column(ForeignKey("deliveries.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]
    note: Mapped[str | None]
    sha256: Mapped[str]
    content_hash: Mapped[str | None]
    started_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    reason: Mapped[str | None]
    price: Mapped[int | None]
    rehearsal: Mapped[bool]
    reply_to: Mapped[str | None]


class AttemptApproval(Base):
    """Whose approval counted when an attempt was made: later a term may end, or an approval be voided."""

    __tablename__ = "attempt_approvals"
    __table_args__ = (
        ForeignKeyConstraint(
            ["delivery_id", "number"], ["delivery_attempts.delivery_id", "delivery_attempts.number"]
        ),
    )

    delivery_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    approver_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)


def add_attempt(session: Session, tried: Attempt, approvers: Iterable[int]) -> None:
    session.add(tried)
    session.flush()
    session.add_all(
        AttemptApproval(delivery_id=tried.delivery_id, number=tried.number, approver_id=approver)
        for approver in approvers
    )


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


def networks_due(session: Session, now: datetime) -> list[str]:
    return networks_where(
        session, Delivery.state == DeliveryState.SCHEDULED, Delivery.not_before <= now, has_its_turn(Delivery)
    )


@dataclass(frozen=True)
class Pace:
    """What is behind its time by more than `behind` is first tried so long after the account's last post."""

    behind: timedelta
    apart: timedelta


def claim_next(
    session: Session, network: str, now: datetime, lease: timedelta, pace: Pace | None = None
) -> Delivery | None:
    """Take the next due delivery of a network whose account has nothing in flight, for `lease`."""
    due, busy, last = _others()
    first = (
        select(due.id)
        .where(
            due.network == network,
            due.state == DeliveryState.SCHEDULED,
            due.not_before <= now,
            has_its_turn(due),
            ~exists().where(busy.account == due.account, busy.state.in_(IN_FLIGHT)),
            _paced(due, last, now, pace) if pace else true(),
        )
        .order_by(due.not_before, due.id)
        .limit(1)
    )
    return session.scalars(
        update(Delivery)
        .where(Delivery.id == first.scalar_subquery(), Delivery.state == DeliveryState.SCHEDULED)
        .values(
            state=DeliveryState.CLAIMED,
            attempt_no=Delivery.attempt_no + 1,
            lease_until=now + lease,
        )
        .returning(Delivery)
        .execution_options(populate_existing=True)
    ).first()


@cache  # asked on every tick: to write it down takes longer than to ask it
def has_its_turn(due: type[Delivery]) -> ColumnElement[bool]:
    """The part of the thread before it is out, and known by its id: there is something to answer."""
    before = aliased(Delivery)
    is_out = exists().where(
        before.announcement_id == due.announcement_id,
        before.network == due.network,
        before.target == due.target,
        before.part == due.part - 1,
        before.state == DeliveryState.DELIVERED,
        before.remote_id.is_not(None),
    )
    return or_(due.part == 1, is_out)


def any_dead(session: Session, now: datetime) -> bool:
    """Whether somebody died between a claim and its result."""
    dead = select(Delivery.id).where(Delivery.state.in_(IN_FLIGHT), Delivery.lease_until < now)
    return session.scalar(dead.limit(1)) is not None


def release_dead_claims(session: Session, now: datetime) -> list[int]:
    """Claims whose owner died before anything left: scheduled again."""
    return list(
        session.scalars(
            update(Delivery)
            .where(Delivery.state == DeliveryState.CLAIMED, Delivery.lease_until < now)
            .values(state=DeliveryState.SCHEDULED, lease_until=None)
            .returning(Delivery.id)
        )
    )


def dead_attempts(session: Session, now: datetime) -> Sequence[Delivery]:
    """Attempts whose owner died: they may be out."""
    return session.scalars(
        select(Delivery)
        .where(Delivery.state == DeliveryState.ATTEMPTING, Delivery.lease_until < now)
        .order_by(Delivery.id)
    ).all()


def attempt(session: Session, delivery_id: int, number: int) -> Attempt | None:
    return session.get(Attempt, (delivery_id, number))


def first_attempt_of_text(session: Session, delivery_id: int, sha256: str) -> datetime | None:
    """When these words were first tried: whatever is found from then on may be ours."""
    return session.scalar(
        select(func.min(Attempt.started_at)).where(
            Attempt.delivery_id == delivery_id, Attempt.sha256 == sha256
        )
    )


@cache
def _others() -> tuple[type[Delivery], type[Delivery], type[Delivery]]:
    """For one that is due, what may be in flight beside it, and what left before it."""
    return aliased(Delivery), aliased(Delivery), aliased(Delivery)


def _paced(due: Any, last: Any, now: datetime, pace: Pace) -> ColumnElement[bool]:
    lately = exists().where(last.account == due.account, last.delivered_at > now - pace.apart)
    return or_(due.due_at >= now - pace.behind, due.attempt_no > 0, ~lately)


def networks_where(session: Session, *so: ColumnElement[bool]) -> list[str]:
    return sorted(session.scalars(select(Delivery.network).where(*so).distinct()))
