"""What counts against a cap: everything that went out or may have, from its last try on, and deletions."""

from collections import Counter
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from storage.announcements import Announcement
from storage.attempts import Attempt
from storage.deliveries import Delivery, DeliveryState
from storage.takedowns import Takedown

OUT = (DeliveryState.ATTEMPTING, DeliveryState.DELIVERED, DeliveryState.UNCERTAIN)


def gone_out(session: Session, account: str, since: datetime, *, rehearsal: bool) -> int:
    """How many deliveries of one account left after `since`."""
    asked = _left(since, rehearsal=rehearsal).where(Delivery.account == account)
    return session.scalar(asked.with_only_columns(func.count())) or 0


def spent(
    session: Session, since: datetime, until: datetime | None = None, *, rehearsal: bool
) -> dict[str, int]:
    """What all that left from `since` on cost, or may have, and what deletions did, in tenths of a US cent,
    by network; `until` is not part of it.
    """
    posts = _left(since, rehearsal=rehearsal).with_only_columns(Delivery.network, Attempt.price)
    deletions = (
        select(Delivery.network, Takedown.price * Takedown.charged)
        .join(Delivery, Delivery.id == Takedown.delivery_id)
        .join(Announcement, Announcement.id == Delivery.announcement_id)
        .where(Takedown.tried_at >= since, Announcement.rehearsal == rehearsal)
    )
    if until is not None:
        posts = posts.where(Attempt.started_at < until)
        deletions = deletions.where(Takedown.tried_at < until)
    costs: Counter[str] = Counter()
    for network, price in [*session.execute(posts), *session.execute(deletions)]:
        costs[network] += price or 0
    return {network: price for network, price in costs.items() if price}


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
