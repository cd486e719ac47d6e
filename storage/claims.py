"""Claims: who takes a due delivery, for how long, and what becomes of it when they die."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select, true, update
from sqlalchemy.orm import Session, aliased

from storage.deliveries import IN_FLIGHT, Delivery, DeliveryState, networks_where


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


@cache
def _others() -> tuple[type[Delivery], type[Delivery], type[Delivery]]:
    """For one that is due, what may be in flight beside it, and what left before it."""
    return aliased(Delivery), aliased(Delivery), aliased(Delivery)


def _paced(due: Any, last: Any, now: datetime, pace: Pace) -> ColumnElement[bool]:
    lately = exists().where(last.account == due.account, last.delivered_at > now - pace.apart)
    return or_(due.due_at >= now - pace.behind, due.attempt_no > 0, ~lately)
