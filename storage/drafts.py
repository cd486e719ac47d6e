"""What is still being written in a window, kept until it is proposed or thrown away."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base
from storage.inserting import insert_new


class Draft(Base):
    """What stood in a window that was not sent, as typed; `window` is the window's own name.

    Once sent it stays, empty: a late word of what was being typed must not bring it back as a draft.
    """

    __tablename__ = "announcement_drafts"

    window: Mapped[str] = mapped_column(primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    announcement_id: Mapped[int | None] = mapped_column(ForeignKey("announcements.id"))
    entered: Mapped[dict[str, Any]]
    kept_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


def keep(
    session: Session,
    *,
    window: str,
    owner_id: int,
    announcement_id: int | None,
    entered: dict[str, Any],
    now: datetime,
) -> None:
    """The newest contents of a window; one that was sent, or is somebody else's, is left alone."""
    if insert_new(
        session,
        Draft,
        window=window,
        owner_id=owner_id,
        announcement_id=announcement_id,
        entered=entered,
        kept_at=now,
    ):
        return
    session.execute(
        update(Draft)
        .where(Draft.window == window, Draft.owner_id == owner_id, Draft.sent_at.is_(None))
        .values(entered=entered, kept_at=now)
    )


def mark_sent(session: Session, *, window: str, owner_id: int, now: datetime) -> None:
    """What stood in the window has been proposed: it is no draft any more, nor can it become one."""
    values = {"entered": {}, "sent_at": now}
    if not insert_new(session, Draft, window=window, owner_id=owner_id, kept_at=now, **values):
        session.execute(
            update(Draft).where(Draft.window == window, Draft.owner_id == owner_id).values(**values)
        )


def draft(session: Session, window: str, owner_id: int) -> Draft | None:
    row = session.get(Draft, window)
    return row if row is not None and row.owner_id == owner_id and row.sent_at is None else None


def drafts_of(session: Session, owner_id: int) -> Sequence[Draft]:
    """Windows kept for announcements not yet proposed, the newest first."""
    return session.scalars(
        select(Draft)
        .where(Draft.owner_id == owner_id, Draft.announcement_id.is_(None), Draft.sent_at.is_(None))
        .order_by(Draft.kept_at.desc(), Draft.window)
    ).all()


def draft_of_edit(session: Session, owner_id: int, announcement_id: int) -> Draft | None:
    return session.scalars(
        select(Draft)
        .where(
            Draft.owner_id == owner_id,
            Draft.announcement_id == announcement_id,
            Draft.sent_at.is_(None),
        )
        .order_by(Draft.kept_at.desc())
        .limit(1)
    ).first()


def drop(session: Session, window: str, owner_id: int) -> bool:
    """True when there was one."""
    statement = delete(Draft).where(Draft.window == window, Draft.owner_id == owner_id)
    return session.scalars(statement.returning(Draft.window)).first() is not None
