"""Somebody's word that one announcement, exactly as it stands, may go out against a cap or in a blackout."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ForeignKey, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage import offices
from storage.base import Base
from storage.inserting import insert_new
from storage.offices import Role
from storage.voiding import once_until_voided


class Override(Base):
    """`against` is a cap, or a period as `against_blackout` names it. What voids approvals voids it too."""

    __tablename__ = "overrides"
    __table_args__ = (
        once_until_voided("uq_overrides_counting", "announcement_id", "content_hash", "against", "given_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    announcement_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"), index=True)
    content_hash: Mapped[str]
    against: Mapped[str]
    given_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    given_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]


def against_blackout(blackout_id: int) -> str:
    return f"blackout:{blackout_id}"


def give(
    session: Session,
    *,
    announcement_id: int,
    content_hash: str,
    against: Iterable[str],
    by: int,
    now: datetime,
) -> None:
    """Once for each; one that counts already stays as it is."""
    for each in against:
        insert_new(
            session,
            Override,
            announcement_id=announcement_id,
            content_hash=content_hash,
            against=each,
            given_by=by,
            given_at=now,
        )


def counting(session: Session, announcement_id: int, content_hash: str, day: date) -> frozenset[str]:
    """What is lifted for this content on `day`, by people who are on the steering group that day."""
    return frozenset(
        session.scalars(
            select(Override.against).where(
                Override.announcement_id == announcement_id,
                Override.content_hash == content_hash,
                Override.voided_at.is_(None),
                Override.given_by.in_(offices.holders(day, Role.STEERING)),
            )
        )
    )


def void(session: Session, announcement_id: int, now: datetime) -> None:
    session.execute(
        update(Override)
        .where(Override.announcement_id == announcement_id, Override.voided_at.is_(None))
        .values(voided_at=now)
    )
