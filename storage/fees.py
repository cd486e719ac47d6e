"""Fees that people owe, and the append-only ledger of what was paid and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, exists, func, select, text
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from storage.base import Base
from storage.members import Membership, MembershipKind
from storage.people import Person


class Money(StrEnum):
    """Subscriptions and shares settle a fee, a donation never does; what came when nothing was owed any
    more is neither until it is sent back or given.
    """

    SUBSCRIPTION = "subscription"
    SHARE = "share"
    NOT_OWED = "not owed"


_OPEN = text("paid_on IS NULL AND cancelled_at IS NULL")
_STANDING = text("cancelled_at IS NULL")


class Fee(Base):
    """Pence of `currency`, owed by `due_on` (inclusive).

    `code` is the part of `reference` that identifies it. `paid_on` is the date of the payment that stands
    in the ledger; one that is cancelled all the same was not owed when the money came. `covers_from` and
    `covers_until` are unknown until the person is a member.
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


def any_fee(session: Session, person_id: int) -> bool:
    """Whether a fee stands for this person, paid or not."""
    found = select(Fee.id).where(Fee.person_id == person_id, Fee.cancelled_at.is_(None)).limit(1)
    return session.scalar(found) is not None


def paid_fee_covering(session: Session, person_id: int, day: date) -> Fee | None:
    return session.scalar(
        select(Fee).where(
            Fee.person_id == person_id,
            Fee.paid_on.is_not(None),
            Fee.cancelled_at.is_(None),
            Fee.covers_from <= day,
            Fee.covers_until >= day,
        )
    )


def paid_fee_since(session: Session, person_id: int, first_day: date) -> Fee | None:
    """The newest paid fee for the time from `first_day` on."""
    return session.scalar(
        select(Fee)
        .where(
            Fee.person_id == person_id,
            Fee.paid_on.is_not(None),
            Fee.cancelled_at.is_(None),
            Fee.covers_from >= first_day,
        )
        .order_by(Fee.covers_from.desc())
        .limit(1)
    )


def uncovered_fees(session: Session, person_id: int) -> Sequence[Fee]:
    """Fees raised before the person was a member, so that nobody knew yet what year they are for."""
    return session.scalars(
        select(Fee).where(Fee.person_id == person_id, Fee.covers_from.is_(None), Fee.cancelled_at.is_(None))
    ).all()


def years_after(session: Session, fee: Fee) -> Sequence[Fee]:
    """Fees that stand for years of the same person which begin after that one began, in their order."""
    return session.scalars(
        select(Fee)
        .where(Fee.person_id == fee.person_id, Fee.covers_from > fee.covers_from, Fee.cancelled_at.is_(None))
        .order_by(Fee.covers_from)
    ).all()


def unpaid_fees_cancelled_at(session: Session, person_id: int, instant: datetime) -> Sequence[Fee]:
    return session.scalars(
        select(Fee).where(Fee.person_id == person_id, Fee.cancelled_at == instant, Fee.paid_on.is_(None))
    ).all()


def another_stands_from(session: Session, fee: Fee) -> bool:
    """Whether the person is charged by another fee for a year that begins on the same day."""
    found = select(Fee.id).where(
        Fee.person_id == fee.person_id,
        Fee.covers_from == fee.covers_from,
        Fee.cancelled_at.is_(None),
        Fee.id != fee.id,
    )
    return session.scalar(found.limit(1)) is not None


@dataclass(frozen=True)
class Uncharged:
    """A member whom no fee of this membership covers; `covered_until` is the end of the last that did."""

    person_id: int
    covered_until: date | None


def members_without_fee(session: Session, day: date | None, limit: int) -> list[Uncharged]:
    """Members without a fee that covers `day`; with None, members without any fee at all.

    A year that somebody was charged for before they left and came back is theirs to its end, and due still
    when its payment is taken back.
    """
    counts = Fee.covers_from if day is None else Fee.covers_until
    covers = [
        Fee.person_id == Membership.person_id,
        Fee.cancelled_at.is_(None),
        counts >= Membership.entered_on,
    ]
    until = select(func.max(Fee.covers_until)).where(*covers).scalar_subquery()
    enough = exists().where(*covers, *([Fee.covers_until >= day] if day else []))
    rows = session.execute(
        select(Membership.person_id, until)
        .where(Membership.kind == MembershipKind.INDIVIDUAL, Membership.ceased_on.is_(None), ~enough)
        .order_by(Membership.id)
        .limit(limit)
    )
    return [Uncharged(*row) for row in rows]


@dataclass(frozen=True)
class Payment:
    """A payment that stands in the ledger; unless `is_owed` it settled no fee."""

    entry_id: int
    person_id: int
    name: str
    amount_pence: int
    reference: str
    paid_on: date
    is_owed: bool = True


def standing_payments(session: Session, limit: int) -> list[Payment]:
    """The newest payments that have not been taken back."""
    return _payments(session, limit=limit)


def standing_payment(session: Session, entry_id: int) -> Payment | None:
    return next(iter(_payments(session, entry_id)), None)


def _payments(session: Session, entry_id: int | None = None, limit: int = 1) -> list[Payment]:
    undone = aliased(LedgerEntry)
    question = (
        select(
            LedgerEntry.id,
            LedgerEntry.person_id,
            func.coalesce(Person.name, ""),
            LedgerEntry.amount_pence,
            Fee.reference,
            LedgerEntry.paid_on,
            LedgerEntry.kind != Money.NOT_OWED,
        )
        .join(Fee, Fee.id == LedgerEntry.fee_id)
        .join(Person, Person.id == LedgerEntry.person_id)
        .outerjoin(undone, undone.reverses == LedgerEntry.id)
        .where(LedgerEntry.reverses.is_(None), undone.id.is_(None))
    )
    if entry_id is not None:
        question = question.where(LedgerEntry.id == entry_id)
    return [Payment(*row) for row in session.execute(question.order_by(LedgerEntry.id.desc()).limit(limit))]


def entry(session: Session, entry_id: int) -> LedgerEntry | None:
    return session.get(LedgerEntry, entry_id)


def fee_with_code(session: Session, code: str) -> Fee | None:
    return session.scalar(select(Fee).where(Fee.code == code))
