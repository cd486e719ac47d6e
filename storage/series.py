"""Series: what is announced again and again, who agreed to it, and what became of each of its days."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, exists, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage import offices
from storage.base import Base
from storage.inserting import insert_new
from storage.offices import Role
from storage.voiding import once_until_voided


class SeriesState(StrEnum):
    GOING = "going"
    ENDED = "ended"


class RunState(StrEnum):
    """`missed` is a day that passed while nothing was running that would have made its announcement."""

    MADE = "made"
    SKIPPED = "skipped"
    MISSED = "missed"


class Series(Base):
    """`template_id` is the announcement that holds its words and never leaves; `targets` where it goes.

    `rule` is RFC 5545 text in the local time of `zone`. `fixed` says that one approval is for all runs.
    `next_on` is the next day of the rule that nothing is decided about, `make_at` when that is done; both
    are None once there is none. `proposal_id` is its message in the steering channel.
    """

    __tablename__ = "series"
    __table_args__ = (Index("ix_series_state_make_at", "state", "make_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    template_id: Mapped[int] = mapped_column(ForeignKey("announcements.id"), unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    state: Mapped[str]
    targets: Mapped[dict[str, Any]]
    rule: Mapped[str]
    zone: Mapped[str]
    fold: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[str]
    fixed: Mapped[bool]
    content_hash: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    rehearsal: Mapped[bool]
    proposed_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    next_on: Mapped[date | None]
    make_at: Mapped[datetime | None]
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"))


class SeriesApproval(Base):
    """One person's yes to the exact content of a series, its rule included. A change voids it."""

    __tablename__ = "series_approvals"
    __table_args__ = (
        once_until_voided("uq_series_approvals_counting", "series_id", "content_hash", "approver_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), index=True)
    content_hash: Mapped[str]
    approver_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime]
    voided_at: Mapped[datetime | None]


class SeriesRun(Base):
    """One day of a series, decided once: its key is what keeps a run from being made twice.

    `content_hash` is the announcement's as it was made: another one means that it was changed by itself.
    """

    __tablename__ = "series_runs"

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"), primary_key=True)
    local_date: Mapped[date] = mapped_column(primary_key=True)
    state: Mapped[str]
    announcement_id: Mapped[int | None] = mapped_column(ForeignKey("announcements.id"), unique=True)
    content_hash: Mapped[str | None]
    at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


def series(session: Session, series_id: int) -> Series | None:
    return session.get(Series, series_id)


def series_of_template(session: Session, announcement_id: int) -> Series | None:
    return session.scalars(select(Series).where(Series.template_id == announcement_id)).first()


def going(session: Session) -> Sequence[Series]:
    """Those that have not been ended, by what comes next; those whose last run is made come last."""
    return session.scalars(
        select(Series)
        .where(Series.state == SeriesState.GOING)
        .order_by(Series.next_on.is_(None), Series.next_on, Series.id)
    ).all()


def next_to_make(session: Session, now: datetime) -> Series | None:
    return session.scalars(
        select(Series)
        .where(Series.state == SeriesState.GOING, Series.make_at <= now)
        .order_by(Series.make_at, Series.id)
        .limit(1)
    ).first()


def decide(
    session: Session, series_id: int, day: date, state: RunState, now: datetime, *, by: int | None = None
) -> bool:
    """False when something was decided about that day before."""
    return insert_new(
        session, SeriesRun, series_id=series_id, local_date=day, state=state, at=now, decided_by=by
    )


def run(session: Session, series_id: int, day: date) -> SeriesRun | None:
    return session.get(SeriesRun, (series_id, day))


def forget(session: Session, one: SeriesRun) -> None:
    """As if nothing had been decided about its day: only for one whose announcement can never leave."""
    session.delete(one)
    session.flush()


def run_of(session: Session, announcement_id: int) -> SeriesRun | None:
    return session.scalars(select(SeriesRun).where(SeriesRun.announcement_id == announcement_id)).first()


def runs_of(session: Session, series_id: int) -> Sequence[SeriesRun]:
    return session.scalars(
        select(SeriesRun).where(SeriesRun.series_id == series_id).order_by(SeriesRun.local_date)
    ).all()


def made_runs(session: Session) -> Mapping[int, tuple[SeriesRun, Series]]:
    """Each run that has an announcement, by that announcement's id."""
    found = session.execute(
        select(SeriesRun, Series)
        .join(Series, Series.id == SeriesRun.series_id)
        .where(SeriesRun.announcement_id.is_not(None))
    )
    return {run.announcement_id: (run, row) for run, row in found if run.announcement_id is not None}


def is_run(session: Session, announcement_id: int) -> bool:
    return bool(session.scalar(select(exists().where(SeriesRun.announcement_id == announcement_id))))


def add_approval(
    session: Session, series_id: int, content_hash: str, approver_id: int, now: datetime
) -> bool:
    """False when that person's yes to that content counts already."""
    return insert_new(
        session,
        SeriesApproval,
        series_id=series_id,
        content_hash=content_hash,
        approver_id=approver_id,
        approved_at=now,
    )


def void_approvals(session: Session, series_id: int, now: datetime) -> list[int]:
    """Whose approvals stop counting by this."""
    voided = session.scalars(
        update(SeriesApproval)
        .where(SeriesApproval.series_id == series_id, SeriesApproval.voided_at.is_(None))
        .values(voided_at=now)
        .returning(SeriesApproval.approver_id)
    ).all()
    return sorted(voided)


def approvers_counting(session: Session, series_id: int, day: date) -> Sequence[int]:
    """Whose approval of it as it stands counts on `day`: on the steering group then, and not its owner."""
    return session.scalars(
        select(SeriesApproval.approver_id)
        .join(Series, Series.id == SeriesApproval.series_id)
        .where(
            Series.id == series_id,
            Series.state == SeriesState.GOING,
            SeriesApproval.content_hash == Series.content_hash,
            SeriesApproval.voided_at.is_(None),
            SeriesApproval.approver_id != Series.owner_id,
            SeriesApproval.approver_id.in_(offices.holders(day, Role.STEERING)),
        )
        .order_by(SeriesApproval.id)
    ).all()
