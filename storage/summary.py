"""How many announcements each person proposed, and how many they approved."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.announcements import Announcement, Approval


def proposers(session: Session, start: datetime, end: datetime) -> Sequence[tuple[int, int]]:
    """Person and number, most first; `end` is not part of it."""
    number = func.count(Announcement.id)
    asked = select(Announcement.owner_id, number).where(
        Announcement.proposed_at >= start, Announcement.proposed_at < end
    )
    rows = session.execute(
        asked.group_by(Announcement.owner_id).order_by(number.desc(), Announcement.owner_id)
    )
    return [(person, count) for person, count in rows]


def approvers(session: Session, start: datetime, end: datetime) -> Sequence[tuple[int, int]]:
    """As `proposers`; an announcement that somebody approved twice, after an edit, counts once."""
    number = func.count(Approval.announcement_id.distinct())
    asked = select(Approval.approver_id, number).where(
        Approval.approved_at >= start, Approval.approved_at < end
    )
    rows = session.execute(asked.group_by(Approval.approver_id).order_by(number.desc(), Approval.approver_id))
    return [(person, count) for person, count in rows]
