"""What the record knows about one Slack account's standing, in one query whatever the number of members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, exists, func, select
from sqlalchemy.orm import Session, aliased

from storage.fees import Fee
from storage.members import Agreement, Application, Membership
from storage.people import Person, SlackAccount


@dataclass(frozen=True)
class HeldMembership:
    id: int
    kind: str
    on_behalf_of: str | None
    entered_on: date
    ceased_on: date | None
    ceased_at: datetime | None
    cease_reason: str | None


@dataclass(frozen=True)
class LastApplication:
    state: str
    applied_on: date
    decided_on: date | None
    reason: str | None


@dataclass(frozen=True)
class OwedFee:
    id: int
    amount_pence: int
    due_on: date
    reference: str


@dataclass(frozen=True)
class Held:
    """Every membership a person has had, their newest application, the fees they owe."""

    person_id: int
    name: str
    number: int | None
    has_agreed: bool
    memberships: tuple[HeldMembership, ...]
    application: LastApplication | None
    owed: tuple[OwedFee, ...]


_newest = aliased(Application)
_QUESTION = (
    select(
        Person.id,
        Person.name,
        Person.member_number,
        exists().where(Agreement.person_id == Person.id).label("has_agreed"),
        Membership.id.label("membership_id"),
        Membership.kind,
        Membership.on_behalf_of,
        Membership.entered_on,
        Membership.ceased_on,
        Membership.ceased_at,
        Membership.cease_reason,
        Application.state,
        Application.applied_on,
        Application.decided_on,
        Application.reason,
        Fee.id.label("fee_id"),
        Fee.amount_pence,
        Fee.due_on,
        Fee.reference,
    )
    .select_from(SlackAccount)
    .join(Person, Person.id == SlackAccount.person_id)
    .outerjoin(Membership, Membership.person_id == Person.id)
    .outerjoin(
        Application,
        Application.id
        == select(func.max(_newest.id)).where(_newest.person_id == Person.id).scalar_subquery(),
    )
    .outerjoin(Fee, (Fee.person_id == Person.id) & Fee.paid_on.is_(None) & Fee.cancelled_at.is_(None))
    .where(SlackAccount.unlinked_at.is_(None))
)


def held_by(session: Session, team_id: str, user_id: str) -> Held | None:
    """None when no person is linked to the account."""
    rows = session.execute(
        _QUESTION.where(SlackAccount.team_id == team_id, SlackAccount.user_id == user_id)
    ).all()
    if not rows:
        return None
    first = rows[0]
    return Held(
        first.id,
        first.name or "",
        first.member_number,
        first.has_agreed,
        _memberships(rows),
        LastApplication(first.state, first.applied_on, first.decided_on, first.reason)
        if first.state
        else None,
        _owed(rows),
    )


# A row for each membership times each fee owed: both are few, and one round trip brings all of them.
def _memberships(rows: Sequence[Row[*tuple[object, ...]]]) -> tuple[HeldMembership, ...]:
    found = {
        row.membership_id: HeldMembership(
            row.membership_id,
            row.kind,
            row.on_behalf_of,
            row.entered_on,
            row.ceased_on,
            row.ceased_at,
            row.cease_reason,
        )
        for row in rows
        if row.membership_id is not None
    }
    return tuple(found[membership_id] for membership_id in sorted(found))


def _owed(rows: Sequence[Row[*tuple[object, ...]]]) -> tuple[OwedFee, ...]:
    found = {
        row.fee_id: OwedFee(row.fee_id, row.amount_pence, row.due_on, row.reference)
        for row in rows
        if row.fee_id is not None
    }
    return tuple(sorted(found.values(), key=lambda fee: (fee.due_on, fee.id)))
