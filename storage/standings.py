"""What the record knows about one Slack account's standing, in one query whatever the number of members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, bindparam, exists, func, select
from sqlalchemy.orm import Session

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


# On tables, not on entities, and made once: the object-relational layer would cost more than the database.
_person, _account, _membership = Person.__table__.c, SlackAccount.__table__.c, Membership.__table__.c
_application, _fee, _agreement = Application.__table__.c, Fee.__table__.c, Agreement.__table__.c
_newest = Application.__table__.alias("newest")
_QUESTION = (
    select(
        _person.id,
        _person.name,
        _person.member_number,
        exists().where(_agreement.person_id == _person.id).label("has_agreed"),
        _membership.id.label("membership_id"),
        _membership.kind,
        _membership.on_behalf_of,
        _membership.entered_on,
        _membership.ceased_on,
        _membership.ceased_at,
        _membership.cease_reason,
        _application.state,
        _application.applied_on,
        _application.decided_on,
        _application.reason,
        _fee.id.label("fee_id"),
        _fee.amount_pence,
        _fee.due_on,
        _fee.reference,
    )
    .select_from(SlackAccount.__table__)
    .join(Person.__table__, _person.id == _account.person_id)
    .outerjoin(Membership.__table__, _membership.person_id == _person.id)
    .outerjoin(
        Application.__table__,
        _application.id
        == select(func.max(_newest.c.id)).where(_newest.c.person_id == _person.id).scalar_subquery(),
    )
    .outerjoin(
        Fee.__table__, (_fee.person_id == _person.id) & _fee.paid_on.is_(None) & _fee.cancelled_at.is_(None)
    )
    .where(
        _account.unlinked_at.is_(None),
        _account.team_id == bindparam("team_id"),
        _account.user_id == bindparam("user_id"),
    )
)


def held_by(session: Session, team_id: str, user_id: str) -> Held | None:
    """None when no person is linked to the account."""
    rows = session.connection().execute(_QUESTION, {"team_id": team_id, "user_id": user_id}).all()
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
