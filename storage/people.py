"""People, and the Slack accounts they have had."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base
from storage.inserting import insert_new


class Person(Base):
    """A human we know of. Being here is not being a member."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    email: Mapped[str | None]
    member_number: Mapped[int | None] = mapped_column(unique=True)
    approval_digest: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]


class SlackAccount(Base):
    """One person's account in one workspace, from `linked_at` until `unlinked_at`."""

    __tablename__ = "slack_accounts"
    __table_args__ = (
        Index(
            "uq_slack_accounts_current",
            "team_id",
            "user_id",
            unique=True,
            sqlite_where=text("unlinked_at IS NULL"),
            postgresql_where=text("unlinked_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    team_id: Mapped[str]
    user_id: Mapped[str]
    linked_at: Mapped[datetime]
    unlinked_at: Mapped[datetime | None]


class WantsNoMessages(Base):
    """Somebody who pressed "no more messages"; receipts and replies still reach them."""

    __tablename__ = "wants_no_messages"

    team_id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime]


def wants_no_messages(session: Session, team_id: str, user_id: str) -> bool:
    return session.get(WantsNoMessages, (team_id, user_id)) is not None


def stop_messages(session: Session, team_id: str, user_id: str, now: datetime) -> None:
    insert_new(session, WantsNoMessages, team_id=team_id, user_id=user_id, since=now)


def allow_messages(session: Session, team_id: str, user_id: str) -> None:
    if (wish := session.get(WantsNoMessages, (team_id, user_id))) is not None:
        session.delete(wish)


def person_id_of(session: Session, team_id: str, user_id: str) -> int | None:
    return session.scalar(
        select(SlackAccount.person_id).where(
            SlackAccount.team_id == team_id,
            SlackAccount.user_id == user_id,
            SlackAccount.unlinked_at.is_(None),
        )
    )


def person_id_of_user(session: Session, user_id: str) -> int | None:
    """Whoever uses a Slack user id now, in whichever workspace."""
    return session.scalar(
        select(SlackAccount.person_id)
        .where(SlackAccount.user_id == user_id, SlackAccount.unlinked_at.is_(None))
        .order_by(SlackAccount.id.desc())
        .limit(1)
    )


def person(session: Session, person_id: int) -> Person:
    """The person's row. Raises NoResultFound."""
    return session.get_one(Person, person_id)


def slack_user_of(session: Session, person_id: int) -> str | None:
    """The newest current Slack user id of a person."""
    return session.scalar(
        select(SlackAccount.user_id)
        .where(SlackAccount.person_id == person_id, SlackAccount.unlinked_at.is_(None))
        .order_by(SlackAccount.id.desc())
        .limit(1)
    )


def mentionable(session: Session, person_id: int) -> str:
    """How a message names a person: their Slack user id or, without an account, "=" and their name."""
    return slack_user_of(session, person_id) or f"={person(session, person_id).name or ''}"


def add_with_account(session: Session, team_id: str, user_id: str, now: datetime) -> int:
    """The person behind a Slack account, made and linked if we have not met them."""
    if (known := person_id_of(session, team_id, user_id)) is not None:
        return known
    newcomer = Person(created_at=now)
    session.add(newcomer)
    session.flush()
    session.add(SlackAccount(person_id=newcomer.id, team_id=team_id, user_id=user_id, linked_at=now))
    session.flush()
    return newcomer.id


def emails(session: Session) -> dict[int, str]:
    """The e-mail of everybody who has given one, by person."""
    rows = session.execute(select(Person.id, Person.email).where(Person.email.is_not(None)))
    return {person_id: email for person_id, email in rows if email}
