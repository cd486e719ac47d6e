"""Lists of people as officers read them: who waits, who owes, who is a member, who has left."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from storage.fees import Fee
from storage.members import Application, ApplicationState, Membership, MembershipKind
from storage.people import Person


class Roll(StrEnum):
    WAITING = "waiting"
    FEE_DUE = "fee_due"
    MEMBERS = "members"
    LEFT = "left"


@dataclass(frozen=True)
class Listed:
    """One line of a list. `id` is the application's, the fee's or the membership's.

    `on` is the day they applied, the day the fee is due, joined, or left.
    """

    id: int
    person_id: int
    name: str
    number: int | None
    on: date
    reference: str = ""
    pence: int = 0


_again = aliased(Membership)


def listed(session: Session, roll: Roll, *, offset: int, limit: int) -> list[Listed]:
    return [Listed(*row) for row in session.execute(_question(roll).offset(offset).limit(limit))]


def counts(session: Session) -> dict[Roll, int]:
    return {
        roll: session.scalar(select(func.count()).select_from(_question(roll).order_by(None).subquery())) or 0
        for roll in Roll
    }


def entered_on(session: Session, day: date) -> list[str]:
    """Names of those who became members on `day` and still are."""
    rows = session.scalars(
        select(func.coalesce(Person.name, ""))
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.kind == MembershipKind.INDIVIDUAL,
            Membership.entered_on == day,
            Membership.ceased_on.is_(None),
        )
        .order_by(Membership.id)
    )
    return list(rows)


def ceased_on(session: Session, day: date) -> list[str]:
    """Names of those whose membership ended on `day` and who have not come back."""
    rows = session.scalars(
        select(func.coalesce(Person.name, ""))
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.kind == MembershipKind.INDIVIDUAL,
            Membership.ceased_on == day,
            ~exists().where(_again.person_id == Membership.person_id, _again.id > Membership.id),
        )
        .order_by(Membership.id)
    )
    return list(rows)


def _question(roll: Roll) -> Select[*tuple[Any, ...]]:
    name = func.coalesce(Person.name, "")
    if roll is Roll.WAITING:
        return (
            select(Application.id, Person.id, name, Person.member_number, Application.applied_on)
            .join(Person, Person.id == Application.person_id)
            .where(Application.state == ApplicationState.WAITING)
            .order_by(Application.id)
        )
    if roll is Roll.FEE_DUE:
        return (
            select(Fee.id, Person.id, name, Person.member_number, Fee.due_on, Fee.reference, Fee.amount_pence)
            .join(Person, Person.id == Fee.person_id)
            .where(Fee.paid_on.is_(None), Fee.cancelled_at.is_(None))
            .order_by(Fee.due_on, Fee.id)
        )
    if roll is Roll.MEMBERS:
        return (
            select(Membership.id, Person.id, name, Person.member_number, Membership.entered_on)
            .join(Person, Person.id == Membership.person_id)
            .where(Membership.kind == MembershipKind.INDIVIDUAL, Membership.ceased_on.is_(None))
            .order_by(Person.member_number)
        )
    return (
        select(Membership.id, Person.id, name, Person.member_number, Membership.ceased_on)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.kind == MembershipKind.INDIVIDUAL,
            Membership.ceased_on.is_not(None),
            ~exists().where(_again.person_id == Membership.person_id, _again.id > Membership.id),
        )
        .order_by(Membership.ceased_on.desc(), Membership.id.desc())
    )
