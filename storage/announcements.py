"""Announcements: what the steering group wants said, and who agreed to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage import offices, overrides
from storage.base import Base
from storage.deliveries import Delivery, DeliveryState, Hold
from storage.inserting import insert_new
from storage.offices import Role
from storage.voiding import once_until_voided


class AnnouncementState(StrEnum):
    """Whether it may be approved. What became of it is told by its deliveries.

    A template holds the words of a series: it has no deliveries, and is never approved, edited or sent.
    """

    PROPOSED = "proposed"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"
    TEMPLATE = "template"


@dataclass(frozen=True)
class Quorum:
    """How many besides the writer have to agree, and on which day they have to be on the steering group."""

    day: date
    needed: int


class Announcement(Base):
    """A proposal. Without a wall date it leaves as soon as it is approved and the countdown is over.

    `fold` is 1 for the second of two equal wall times in the night the clocks go back. `revision`
    counts the edits; a `thread` is several posts on X. `proposal_id` is the outbox row of the message
    in the steering channel, the root of its own thread there.
    """

    __tablename__ = "announcements"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    state: Mapped[str] = mapped_column(index=True)
    text: Mapped[str]
    note: Mapped[str | None]
    wall_date: Mapped[date | None]
    wall_time: Mapped[time | None]
    zone: Mapped[str]
    fold: Mapped[int] = mapped_column(default=0)
    thread: Mapped[bool] = mapped_column(default=False)
    content_hash: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    rehearsal: Mapped[bool]
    proposed_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"))


class Approval(Base):
    """One person's yes to one exact content. An edit voids it; a voided one never counts again."""

    __tablename__ = "approvals"
    __table_args__ = (
        once_until_voided("uq_approvals_counting", "announcement_id", "content_hash", "approver_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"), index=True)
    content_hash: Mapped[str]
    approver_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]


class Comment(Base):
    """What somebody wants changed, said about one revision."""

    __tablename__ = "announcement_comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"), index=True)
    revision: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str]
    at: Mapped[datetime]


class Told(Base):
    """What people have been told about an announcement, so that they are told once."""

    __tablename__ = "announcements_told"

    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


def announcement(session: Session, announcement_id: int) -> Announcement | None:
    return session.get(Announcement, announcement_id)


def unvoided_approvals(session: Session, announcement_id: int, content_hash: str) -> Sequence[Approval]:
    return session.scalars(
        select(Approval)
        .where(
            Approval.announcement_id == announcement_id,
            Approval.content_hash == content_hash,
            Approval.voided_at.is_(None),
        )
        .order_by(Approval.id)
    ).all()


def approvers_counting(session: Session, announcement_id: int, day: date) -> Sequence[int]:
    """Whose approval of the content as it stands counts on `day`."""
    return session.scalars(
        select(Approval.approver_id)
        .join(Announcement, Announcement.id == Approval.announcement_id)
        .where(Announcement.id == announcement_id, *_counts_on(day))
        .order_by(Approval.id)
    ).all()


def add_approval(
    session: Session, announcement_id: int, content_hash: str, approver_id: int, now: datetime
) -> bool:
    """False when that person's yes to that content counts already."""
    return insert_new(
        session,
        Approval,
        announcement_id=announcement_id,
        content_hash=content_hash,
        approver_id=approver_id,
        approved_at=now,
    )


def void_approvals(session: Session, announcement_id: int, now: datetime) -> list[int]:
    """Whose approvals stop counting by this. With them goes what was lifted for the same content."""
    overrides.void(session, announcement_id, now)
    voided = session.scalars(
        update(Approval)
        .where(Approval.announcement_id == announcement_id, Approval.voided_at.is_(None))
        .values(voided_at=now)
        .returning(Approval.approver_id)
    ).all()
    return sorted(voided)


def last_comment(session: Session, announcement_id: int) -> Comment | None:
    return session.scalars(
        select(Comment).where(Comment.announcement_id == announcement_id).order_by(Comment.id.desc()).limit(1)
    ).first()


def mark_told(session: Session, announcement_id: int, revision: int, what: str, now: datetime) -> bool:
    """True for the first time; the row goes with its transaction."""
    return insert_new(session, Told, announcement_id=announcement_id, revision=revision, what=what, at=now)


def was_told(session: Session, announcement_id: int, revision: int, what: str) -> bool:
    return session.get(Told, (announcement_id, revision, what)) is not None


def unapproved(session: Session, quorum: Quorum) -> Sequence[Announcement]:
    """Proposals with something left to send that fewer agree to than have to, the oldest first."""
    left_to_send = select(Delivery.announcement_id).where(
        Delivery.state.in_((DeliveryState.SCHEDULED, DeliveryState.HELD, DeliveryState.REFUSED)),
        func.coalesce(Delivery.hold, "") != Hold.BY_HAND,  # approved, and handed over to people
    )
    return session.scalars(
        select(Announcement)
        .where(
            Announcement.state == AnnouncementState.PROPOSED,
            Announcement.id.in_(left_to_send),
            ~is_agreed(quorum),
        )
        .order_by(Announcement.proposed_at, Announcement.id)
    ).all()


def is_agreed(quorum: Quorum) -> ColumnElement[bool]:
    """Of an announcement: as many agree to its content as it stands as have to."""
    counting = (
        select(func.count(Approval.approver_id.distinct()))
        .where(Approval.announcement_id == Announcement.id, *_counts_on(quorum.day))
        .correlate(Announcement)
        .scalar_subquery()
    )
    return counting >= quorum.needed


def _counts_on(day: date) -> tuple[ColumnElement[bool], ...]:
    """Of the content as it stands, while its giver is on the steering group; never the owner's own."""
    return (
        Announcement.state == AnnouncementState.PROPOSED,
        Approval.content_hash == Announcement.content_hash,
        Approval.voided_at.is_(None),
        Approval.approver_id != Announcement.owner_id,
        Approval.approver_id.in_(offices.holders(day, Role.STEERING)),
    )
