"""Messages waiting to be sent to Slack, written in the transaction of the act they tell of."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, or_, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from storage.base import Base


class OutboxState(StrEnum):
    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class OutboxRow(Base):
    """`facts` are what the message is drawn from; `to` is a Slack user or channel id."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_state_not_before", "state", "not_before"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    to: Mapped[str]
    facts: Mapped[dict[str, Any]]
    after_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"))
    state: Mapped[str] = mapped_column(default=OutboxState.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    channel: Mapped[str | None]
    ts: Mapped[str | None]
    trouble: Mapped[str | None]


def put(
    session: Session,
    *,
    kind: str,
    to: str,
    facts: dict[str, Any],
    now: datetime,
    after_id: int | None = None,
) -> int:
    """Queue a message; returns its row's id. With `after_id` it replies to, or updates, that message."""
    row = OutboxRow(
        kind=kind,
        to=to,
        facts=facts,
        after_id=after_id,
        state=OutboxState.WAITING,
        not_before=now,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def due(session: Session, now: datetime, limit: int = 50) -> Sequence[OutboxRow]:
    """Rows to send now, oldest first; one that waits for another comes only once that one is sent."""
    earlier = aliased(OutboxRow)
    return session.scalars(
        select(OutboxRow)
        .outerjoin(earlier, OutboxRow.after_id == earlier.id)
        .where(
            OutboxRow.state == OutboxState.WAITING,
            OutboxRow.not_before <= now,
            or_(OutboxRow.after_id.is_(None), earlier.state == OutboxState.SENT),
        )
        .order_by(OutboxRow.id)
        .limit(limit)
    ).all()
