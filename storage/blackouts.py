"""Periods in which nothing goes out: before an election, in mourning."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base


class Blackout(Base):
    """Both days are part of it, by the network's calendar. One that was ended covers nothing any more."""

    __tablename__ = "blackouts"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_day: Mapped[date]
    last_day: Mapped[date] = mapped_column(index=True)
    reason: Mapped[str]
    entered_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime]
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]


def blackout(session: Session, blackout_id: int) -> Blackout | None:
    return session.get(Blackout, blackout_id)


def covering(session: Session, day: date) -> Sequence[Blackout]:
    """The periods that `day` falls into, the one that lasts longest first."""
    return session.scalars(
        select(Blackout)
        .where(Blackout.first_day <= day, Blackout.last_day >= day, Blackout.ended_at.is_(None))
        .order_by(Blackout.last_day.desc(), Blackout.id)
    ).all()


def not_over(session: Session, day: date) -> Sequence[Blackout]:
    """Those that have begun or are still to come, the next first."""
    return session.scalars(
        select(Blackout)
        .where(Blackout.last_day >= day, Blackout.ended_at.is_(None))
        .order_by(Blackout.first_day, Blackout.id)
    ).all()
