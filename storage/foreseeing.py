"""What is planned or sent beside an announcement: at about its time, and lately."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from storage.announcements import Announcement, AnnouncementState
from storage.attempts import Attempt
from storage.caps import OUT
from storage.deliveries import Delivery, DeliveryState
from storage.variants import Variant

PLANNED = (DeliveryState.SCHEDULED, DeliveryState.CLAIMED)
MOST = 300  # texts that are compared with one


@dataclass(frozen=True)
class Beside:
    """One delivery of another announcement, with its text there and when it is due or went out."""

    announcement_id: int
    text: str
    network: str
    target: str
    at: datetime


def between(
    session: Session, accounts: Collection[str], first: datetime, last: datetime, *, but: int
) -> Sequence[Beside]:
    """What else is to leave or left from these accounts, both ends included; the earliest first."""
    at = func.coalesce(Delivery.delivered_at, Delivery.due_at)
    words = func.coalesce(Variant.text, Announcement.text)
    asked = (
        select(Announcement.id, words, Delivery.network, Delivery.target, at)
        .join(Delivery, Delivery.announcement_id == Announcement.id)
        .outerjoin(
            Variant, and_(Variant.announcement_id == Announcement.id, Variant.network == Delivery.network)
        )
        .where(
            Announcement.id != but,
            Announcement.state == AnnouncementState.PROPOSED,
            Delivery.account.in_(accounts),
            Delivery.part == 1,
            Delivery.state.in_((*PLANNED, *OUT)),
            at >= first,
            at <= last,
        )
        .order_by(at, Delivery.id)
    )
    return [Beside(*row) for row in session.execute(asked)]


def left_since(
    session: Session, accounts: Collection[str], since: datetime, *, but: int, rehearsal: bool
) -> Sequence[Beside]:
    """The exact texts that left, or may have, from these accounts; the latest MOST of them, latest first."""
    asked = (
        select(Delivery.announcement_id, Attempt.text, Delivery.network, Delivery.target, Attempt.started_at)
        .join(Attempt, Attempt.delivery_id == Delivery.id)
        .where(
            Delivery.announcement_id != but,
            Delivery.account.in_(accounts),
            Delivery.state.in_(OUT),
            Attempt.rehearsal == rehearsal,
            Attempt.started_at >= since,
        )
        .order_by(Attempt.started_at.desc(), Delivery.id)
        .limit(MOST)
    )
    return [Beside(*row) for row in session.execute(asked)]
