"""The register as at a day: who was a member, under the name of that day, and who held which office."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from storage.fees import Fee, LedgerEntry, Money
from storage.log import LogDetail, LogEntry
from storage.members import Membership, MembershipKind
from storage.offices import Office
from storage.people import Person


@dataclass(frozen=True)
class Entered:
    """One continuous membership. `ceased_on` is its last day, None while it had none."""

    person_id: int
    number: int | None
    name: str
    email: str
    entered_on: date
    ceased_on: date | None


@dataclass(frozen=True)
class Held:
    """An office; `ended_on` is the day it ended before its time, None while it had not."""

    person_id: int
    name: str
    role: str
    from_on: date
    until_on: date
    ended_on: date | None


def memberships_as_at(session: Session, day: date) -> list[Entered]:
    """Every membership that had begun by `day`, by member number; what came later is not known yet."""
    rows = session.execute(
        select(Membership, Person)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.kind == MembershipKind.INDIVIDUAL, Membership.entered_on <= day)
        .order_by(Person.member_number, Membership.entered_on, Membership.id)
    )
    return [
        Entered(
            person.id,
            person.member_number,
            person.name or "",
            person.email or "",
            membership.entered_on,
            _until(membership.ceased_on, day),
        )
        for membership, person in rows
    ]


def offices_as_at(session: Session, day: date) -> list[Held]:
    rows = session.execute(
        select(Office, Person)
        .join(Person, Person.id == Office.person_id)
        .where(Office.from_on <= day)
        .order_by(Office.from_on, Office.id)
    )
    return [
        Held(
            person.id,
            person.name or "",
            office.role,
            office.from_on,
            office.until_on,
            _until(office.ended_on, day),
        )
        for office, person in rows
    ]


def names_as_at(session: Session, before: datetime) -> dict[int, str]:
    """The name each person had given last before an instant, as the log has it; not of those erased."""
    newest = (
        select(func.max(LogDetail.id))
        .join(LogEntry, LogEntry.seq == LogDetail.seq)
        .where(LogDetail.field == "name", LogDetail.about.startswith("person:"), LogEntry.at < before)
        .group_by(LogDetail.about)
    )
    rows = session.execute(select(LogDetail.about, LogDetail.value).where(LogDetail.id.in_(newest)))
    return {int(about.removeprefix("person:")): json.loads(value) for about, value in rows}


def shares_as_at(session: Session, day: date, end: datetime) -> dict[int, int]:
    """How many shares each member had taken by `day` and not cancelled by its end, paid or agreed to be."""
    rows = session.execute(
        select(Fee.person_id, func.count())
        .join(Membership, _of_membership_on(day))
        .where(
            Fee.kind == Money.SHARE,
            Fee.raised_on <= day,
            or_(Fee.cancelled_at.is_(None), Fee.cancelled_at >= end),
        )
        .group_by(Fee.person_id)
    )
    return {row[0]: row[1] for row in rows}


def pence_for_shares_as_at(session: Session, day: date) -> dict[int, int]:
    """What each member had paid for shares by `day`, payments taken back left out."""
    rows = session.execute(
        select(LedgerEntry.person_id, func.sum(LedgerEntry.amount_pence))
        .join(Fee, Fee.id == LedgerEntry.fee_id)
        .join(Membership, _of_membership_on(day))
        .where(LedgerEntry.kind == Money.SHARE, LedgerEntry.paid_on <= day)
        .group_by(LedgerEntry.person_id)
    )
    return {person_id: int(pence) for person_id, pence in rows}


def _of_membership_on(day: date) -> ColumnElement[bool]:
    """A share ends with its membership: whoever comes back holds the new one alone."""
    return and_(
        Membership.person_id == Fee.person_id,
        Membership.kind == MembershipKind.INDIVIDUAL,
        Membership.entered_on <= day,
        or_(Membership.ceased_on.is_(None), Membership.ceased_on > day),
        Fee.covers_from >= Membership.entered_on,
    )


def _until(ended_on: date | None, day: date) -> date | None:
    return ended_on if ended_on is not None and ended_on <= day else None
