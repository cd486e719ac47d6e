"""What the record holds of each delivery, for whoever has to show it later."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.announcements import Announcement, Approval
from storage.attempts import Attempt, AttemptApproval
from storage.deliveries import Delivery
from storage.people import Person
from storage.pictures import AnnouncementImage

# When it happened, or was to happen, or was proposed.
at = func.coalesce(Delivery.delivered_at, Delivery.due_at, Announcement.proposed_at)


@dataclass(frozen=True)
class Kept:
    """A delivery, its announcement, and the last attempt at it if there was one."""

    delivery: Delivery
    announcement: Announcement
    attempt: Attempt | None


def kept_between(session: Session, start: datetime, end: datetime) -> Sequence[Kept]:
    """By time, then announcement; `end` is not part of it."""
    asked = (
        select(Delivery, Announcement, Attempt)
        .join(Announcement, Announcement.id == Delivery.announcement_id)
        .outerjoin(Attempt, (Attempt.delivery_id == Delivery.id) & (Attempt.number == Delivery.attempt_no))
        .where(at >= start, at < end)
        .order_by(at, Announcement.id, Delivery.id)
    )
    return [Kept(*row) for row in session.execute(asked)]


def approvers_at_attempts(session: Session) -> dict[tuple[int, int], list[int]]:
    """Whose approval counted, by delivery and number of the attempt."""
    found: dict[tuple[int, int], list[int]] = {}
    for row in session.scalars(select(AttemptApproval).order_by(AttemptApproval.approver_id)):
        found.setdefault((row.delivery_id, row.number), []).append(row.approver_id)
    return found


def approvals_of(session: Session, announcements: Iterable[int]) -> dict[tuple[int, str], list[Approval]]:
    """All that were ever given, voided ones too, by announcement and content."""
    wanted, found = frozenset(announcements), dict[tuple[int, str], list[Approval]]()
    for row in session.scalars(select(Approval).order_by(Approval.id)):
        if row.announcement_id in wanted:
            found.setdefault((row.announcement_id, row.content_hash), []).append(row)
    return found


def images_of(session: Session, announcements: Iterable[int]) -> dict[int, list[AnnouncementImage]]:
    """In the order they are shown, by announcement."""
    wanted, found = frozenset(announcements), dict[int, list[AnnouncementImage]]()
    for row in session.scalars(select(AnnouncementImage).order_by(AnnouncementImage.position)):
        if row.announcement_id in wanted:
            found.setdefault(row.announcement_id, []).append(row)
    return found


def names(session: Session) -> dict[int, str]:
    """What each person is called; who was erased has a number only."""
    return {
        person_id: name or f"person {person_id}"
        for person_id, name in session.execute(select(Person.id, Person.name))
    }
