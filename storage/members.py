"""Applications, what people agreed to, and memberships: one dated row per continuous membership."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base
from storage.people import Person, SlackAccount


class MembershipKind(StrEnum):
    """Only an individual is a member and on the register; the others stand beside it."""

    INDIVIDUAL = "individual"
    SUPPORTER = "supporter"
    REPRESENTATIVE = "representative"


class CeaseReason(StrEnum):
    LEFT = "left"
    LAPSED = "lapsed"
    EXPELLED = "expelled"
    DIED = "died"


class ApplicationState(StrEnum):
    INVITED = "invited"
    WAITING = "waiting"
    APPROVED = "approved"
    ENTERED = "entered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


_OPEN = text("state IN ('waiting', 'approved')")
_CURRENT = text("ceased_on IS NULL")


class Application(Base):
    """`approved` means approved with the fee still to come; `entered` means it made a membership."""

    __tablename__ = "applications"
    __table_args__ = (
        Index("uq_applications_open", "person_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_applications_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    state: Mapped[str]
    applied_on: Mapped[date]
    applied_at: Mapped[datetime]
    decided_on: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    reason: Mapped[str | None]
    # The outbox row of the request in the steering channel, which a decision redraws.
    message_id: Mapped[int | None]


class Agreement(Base):
    """What somebody said in the joining form on one day: that they agree to these versions of both texts,
    and that they were of `minimum_age` or over.
    """

    __tablename__ = "agreements"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    principles_version: Mapped[int]
    privacy_version: Mapped[int]
    minimum_age: Mapped[int]
    agreed_on: Mapped[date]
    agreed_at: Mapped[datetime]


class Membership(Base):
    """`ceased_on` is the last day of it: on the register, whoever leaves on 31 December still counts that
    day. Rights and offices end at `ceased_at`.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "uq_memberships_current",
            "person_id",
            "kind",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        Index("ix_memberships_entered_on", "kind", "entered_on"),
        Index("ix_memberships_ceased_on", "kind", "ceased_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str] = mapped_column(default=MembershipKind.INDIVIDUAL)
    on_behalf_of: Mapped[str | None]
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"))
    entered_on: Mapped[date]
    entered_at: Mapped[datetime]
    ceased_on: Mapped[date | None]
    ceased_at: Mapped[datetime | None]
    cease_reason: Mapped[str | None]


@dataclass(frozen=True)
class Named:
    """A person as lists show them."""

    person_id: int
    name: str
    slack_user: str | None


def current_membership(
    session: Session, person_id: int, kind: MembershipKind = MembershipKind.INDIVIDUAL
) -> Membership | None:
    return session.scalar(
        select(Membership).where(
            Membership.person_id == person_id, Membership.kind == kind, Membership.ceased_on.is_(None)
        )
    )


def last_membership(session: Session, person_id: int) -> Membership | None:
    """The newest individual membership, current or past."""
    return session.scalar(
        select(Membership)
        .where(Membership.person_id == person_id, Membership.kind == MembershipKind.INDIVIDUAL)
        .order_by(Membership.id.desc())
        .limit(1)
    )


def membership_ended_at(session: Session, person_id: int, instant: datetime) -> Membership | None:
    return session.scalar(
        select(Membership).where(
            Membership.person_id == person_id,
            Membership.kind == MembershipKind.INDIVIDUAL,
            Membership.ceased_at == instant,
        )
    )


def memberships_of(session: Session, person_id: int) -> Sequence[Membership]:
    """Individual memberships, current and past, the newest first."""
    return session.scalars(
        select(Membership)
        .where(Membership.person_id == person_id, Membership.kind == MembershipKind.INDIVIDUAL)
        .order_by(Membership.id.desc())
    ).all()


def open_application(session: Session, person_id: int) -> Application | None:
    return session.scalar(
        select(Application).where(
            Application.person_id == person_id,
            Application.state.in_((ApplicationState.WAITING, ApplicationState.APPROVED)),
        )
    )


def application(session: Session, application_id: int) -> Application | None:
    return session.get(Application, application_id)


def last_agreement(session: Session, person_id: int) -> Agreement | None:
    return session.scalar(
        select(Agreement).where(Agreement.person_id == person_id).order_by(Agreement.id.desc()).limit(1)
    )


def count_of_members(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Membership).where(*_CURRENT_MEMBER)) or 0


def next_number(session: Session) -> int:
    return (session.scalar(select(func.max(Person.member_number))) or 0) + 1


def named(session: Session, person_ids: Sequence[int]) -> dict[int, Named]:
    """Names and newest current Slack ids of some people."""
    rows = session.execute(
        select(Person.id, Person.name, SlackAccount.user_id)
        .outerjoin(SlackAccount, (SlackAccount.person_id == Person.id) & SlackAccount.unlinked_at.is_(None))
        .where(Person.id.in_(person_ids))
        .order_by(SlackAccount.id)
    )
    return {row.id: Named(row.id, row.name or "", row.user_id) for row in rows}


_CURRENT_MEMBER = (Membership.kind == MembershipKind.INDIVIDUAL, Membership.ceased_on.is_(None))
