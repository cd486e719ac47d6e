"""Whose details are past their time, and taking them out of the record."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from storage.calendar_addresses import CalendarAddress
from storage.drafts import Draft
from storage.fees import Fee, LedgerEntry
from storage.members import Agreement, Application, ApplicationState, Membership
from storage.people import Person, SlackAccount

_OPEN = (ApplicationState.WAITING, ApplicationState.APPROVED, ApplicationState.INVITED)


def left_before(session: Session, day: date, limit: int) -> Sequence[int]:
    """People with an e-mail whose last membership ended, and last application was made, before `day`."""
    last_day = select(func.max(Membership.ceased_on)).where(Membership.person_id == Person.id)
    last_applied = select(func.max(Application.applied_on)).where(Application.person_id == Person.id)
    return session.scalars(
        select(Person.id)
        .where(
            Person.email.is_not(None),
            last_day.scalar_subquery() < day,
            or_(~_has(Application), last_applied.scalar_subquery() < day),
            ~_has(Membership, Membership.ceased_on.is_(None)),
            ~_has(Application, Application.state.in_(_OPEN)),
        )
        .order_by(Person.id)
        .limit(limit)
    ).all()


def refused_before(session: Session, day: date, limit: int) -> Sequence[int]:
    """People who were never anything but applicants, the last of it over before `day`."""
    last_decided = select(func.max(Application.decided_on)).where(Application.person_id == Person.id)
    return session.scalars(
        select(Person.id)
        .where(
            last_decided.scalar_subquery() < day,
            ~_has(Membership),
            ~_has(Application, Application.state.in_(_OPEN)),
        )
        .order_by(Person.id)
        .limit(limit)
    ).all()


def was_member(session: Session, person_id: int) -> bool:
    """Of any kind: a membership, once ended, stays for the days it was true."""
    return bool(session.scalar(select(exists().where(Membership.person_id == person_id))))


def has_paid(session: Session, person_id: int) -> bool:
    return bool(session.scalar(select(exists().where(LedgerEntry.person_id == person_id))))


def erase_beyond_register(session: Session, person_id: int, *, keeps_account: bool) -> None:
    """What a register of members and its accounts do without."""
    erase_email(session, person_id)
    _erase_drafts(session, person_id)
    session.execute(delete(CalendarAddress).where(CalendarAddress.person_id == person_id))
    if not keeps_account:
        session.execute(delete(SlackAccount).where(SlackAccount.person_id == person_id))


def erase_email(session: Session, person_id: int) -> None:
    session.get_one(Person, person_id).email = None


def erase_applicant(session: Session, person_id: int) -> None:
    """An opaque id is all that stays, because the log speaks of it; and money that came, for the accounts."""
    booked = select(LedgerEntry.fee_id).where(LedgerEntry.person_id == person_id)
    session.execute(delete(Fee).where(Fee.person_id == person_id, Fee.id.not_in(booked)))
    session.execute(update(Fee).where(Fee.person_id == person_id).values(application_id=None))
    _erase_drafts(session, person_id)
    for table in (Application, Agreement, SlackAccount):
        session.execute(delete(table).where(table.person_id == person_id))
    row = session.get_one(Person, person_id)
    row.name = row.email = None


def _erase_drafts(session: Session, person_id: int) -> None:
    session.execute(delete(Draft).where(Draft.owner_id == person_id))


def _has(table: type[Application | Membership], *which: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(table.person_id == Person.id, *which)
