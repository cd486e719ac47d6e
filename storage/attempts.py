"""Attempts: each try of a delivery, in the record before a byte of it leaves."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base


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


def attempt(session: Session, delivery_id: int, number: int) -> Attempt | None:
    return session.get(Attempt, (delivery_id, number))


def first_attempt_of_text(session: Session, delivery_id: int, sha256: str) -> datetime | None:
    """When these words were first tried: whatever is found from then on may be ours."""
    return session.scalar(
        select(func.min(Attempt.started_at)).where(
            Attempt.delivery_id == delivery_id, Attempt.sha256 == sha256
        )
    )
