"""Fees that people owe, and the append-only ledger of what was paid and taken back."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base


class Money(StrEnum):
    """Kinds of money that settle a fee; a donation never does."""

    SUBSCRIPTION = "subscription"
    SHARE = "share"


_OPEN = text("paid_on IS NULL AND cancelled_at IS NULL")
_STANDING = text("cancelled_at IS NULL")


class Fee(Base):
    """Pence of `currency`, owed by `due_on` (inclusive).

    `code` is the part of `reference` that identifies it. `paid_on` is the date of the payment that stands
    in the ledger. `covers_from` and `covers_until` are unknown until the person is a member.
    """

    __tablename__ = "fees"
    __table_args__ = (
        Index("ix_fees_open", "person_id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(
            "uq_fees_year",
            "person_id",
            "covers_from",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"), unique=True)
    kind: Mapped[str]
    amount_pence: Mapped[int]
    currency: Mapped[str] = mapped_column(default="GBP")
    reference: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    raised_on: Mapped[date]
    raised_at: Mapped[datetime]
    due_on: Mapped[date]
    covers_from: Mapped[date | None]
    covers_until: Mapped[date | None] = mapped_column(index=True)
    paid_on: Mapped[date | None]
    cancelled_at: Mapped[datetime | None]


class LedgerEntry(Base):
    """Never changed and never deleted: a mistake is taken back by an entry that `reverses` it."""

    __tablename__ = "ledger"

    id: Mapped[int] = mapped_column(primary_key=True)
    fee_id: Mapped[int] = mapped_column(ForeignKey("fees.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str]
    amount_pence: Mapped[int]
    currency: Mapped[str]
    method: Mapped[str]
    paid_on: Mapped[date]
    booked_at: Mapped[datetime]
    booked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reverses: Mapped[int | None] = mapped_column(ForeignKey("ledger.id"), unique=True)


def fee(session: Session, fee_id: int) -> Fee | None:
    return session.get(Fee, fee_id)


def fees_with_codes(session: Session, codes: Sequence[str]) -> dict[str, Fee]:
    return {row.code: row for row in session.scalars(select(Fee).where(Fee.code.in_(codes)))}


def open_fees(session: Session, person_id: int) -> Sequence[Fee]:
    """What a person owes now, the earliest first."""
    return session.scalars(
        select(Fee)
        .where(Fee.person_id == person_id, Fee.paid_on.is_(None), Fee.cancelled_at.is_(None))
        .order_by(Fee.due_on, Fee.id)
    ).all()


def fee_with_code(session: Session, code: str) -> Fee | None:
    return session.scalar(select(Fee).where(Fee.code == code))


def standing_entry(session: Session, fee_id: int) -> LedgerEntry | None:
    """The payment of a fee that has not been taken back."""
    taken_back = select(LedgerEntry.reverses).where(LedgerEntry.reverses.is_not(None))
    return session.scalar(
        select(LedgerEntry)
        .where(
            LedgerEntry.fee_id == fee_id,
            LedgerEntry.reverses.is_(None),
            LedgerEntry.id.not_in(taken_back),
        )
        .order_by(LedgerEntry.id.desc())
        .limit(1)
    )
