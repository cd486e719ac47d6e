"""Offices with terms. An office counts only while its holder is a member."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, Select, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base
from storage.members import Membership, MembershipKind
from storage.people import Person, SlackAccount


class Role(StrEnum):
    STEERING = "steering"
    TREASURER = "treasurer"
    SECRETARY = "secretary"


_OPEN = text("ended_on IS NULL")


class Office(Base):
    """Held from `from_on` to `until_on`, both inclusive, unless it ended before."""

    __tablename__ = "offices"
    __table_args__ = (
        Index(
            "uq_offices_open", "person_id", "role", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date]
    granted_at: Mapped[datetime]
    granted_by: Mapped[str]
    ended_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]


@dataclass(frozen=True)
class Officer:
    """Somebody who holds `role` today."""

    person_id: int
    role: Role
    name: str
    slack_user: str
    until_on: date


def officers_on(session: Session, day: date, role: Role | None = None) -> list[Officer]:
    """Who holds an office on `day`, the longest in it first; whoever has no Slack account is left out."""
    question = _held_on(day)
    if role is not None:
        question = question.where(Office.role == role)
    found: dict[tuple[int, str], Officer] = {}
    for row in session.execute(question.order_by(Office.from_on, Office.id, SlackAccount.id)):
        found[row.person_id, row.role] = Officer(
            row.person_id, Role(row.role), row.name or "", row.user_id, row.until_on
        )
    return list(found.values())


def holders(day: date, role: Role) -> Select[int]:
    """The ids of those who hold an office on `day`, to be asked within another question."""
    return _held_on(day).with_only_columns(Office.person_id).where(Office.role == role)


def roles_of(session: Session, person_id: int, day: date) -> frozenset[Role]:
    rows = session.execute(_held_on(day).where(Office.person_id == person_id))
    return frozenset(Role(row.role) for row in rows)


def roles_of_account(session: Session, team_id: str, user_id: str, day: date) -> frozenset[Role]:
    """The roles somebody holds on `day`, by the Slack account they act from."""
    rows = session.execute(
        _held_on(day).where(SlackAccount.team_id == team_id, SlackAccount.user_id == user_id)
    )
    return frozenset(Role(row.role) for row in rows)


def open_offices(session: Session, person_id: int) -> Sequence[Office]:
    """Offices that nothing has ended yet, those whose term has run out included."""
    return session.scalars(
        select(Office).where(Office.person_id == person_id, Office.ended_on.is_(None)).order_by(Office.id)
    ).all()


def offices_ended_at(session: Session, person_id: int, instant: datetime) -> Sequence[Office]:
    return session.scalars(
        select(Office).where(Office.person_id == person_id, Office.ended_at == instant).order_by(Office.id)
    ).all()


def any_office_ever(session: Session) -> bool:
    return session.scalar(select(Office.id).limit(1)) is not None


def _held_on(day: date) -> Select[int, str, date, str | None, str]:
    return (
        select(Office.person_id, Office.role, Office.until_on, Person.name, SlackAccount.user_id)
        .join(Person, Person.id == Office.person_id)
        .join(SlackAccount, (SlackAccount.person_id == Person.id) & SlackAccount.unlinked_at.is_(None))
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Office.ended_on.is_(None),
            Office.from_on <= day,
            Office.until_on >= day,
            Membership.kind == MembershipKind.INDIVIDUAL,
            Membership.ceased_on.is_(None),
        )
    )
