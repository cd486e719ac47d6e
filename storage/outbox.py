"""Messages waiting to be sent to Slack, written in the transaction of the act they tell of."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base


class OutboxState(StrEnum):
    """`sending` is committed before the first byte leaves: found later, its outcome is not known."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    FORGOTTEN = "forgotten"  # given up long ago, or not so any more: what it said is erased


class OutboxRow(Base):
    """`facts` are what the message is drawn from; `to` is a Slack user or channel id."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_state_not_before", "state", "not_before"),
        Index("ix_outbox_to_tried_at", "to", "tried_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    to: Mapped[str]
    facts: Mapped[dict[str, Any]]
    after_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"))
    replaces: Mapped[bool] = mapped_column(default=False)
    bulk: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(default=OutboxState.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    resent: Mapped[bool] = mapped_column(default=False)
    not_before: Mapped[datetime]
    created_at: Mapped[datetime]
    tried_at: Mapped[datetime | None] = mapped_column(index=True)
    sent_at: Mapped[datetime | None]
    channel: Mapped[str | None]
    ts: Mapped[str | None]
    file_id: Mapped[str | None]
    trouble: Mapped[str | None]

    @property
    def is_direct(self) -> bool:
        return self.to.startswith(("U", "W"))

    @property
    def key(self) -> str:
        """What a message carries in its metadata; the instant tells it from another database's."""
        return f"{self.id}@{self.created_at.astimezone(UTC).isoformat()}"


def put(
    session: Session,
    *,
    kind: str,
    to: str,
    facts: dict[str, Any],
    now: datetime,
    after_id: int | None = None,
    replaces: bool = False,
    bulk: bool = False,
) -> int:
    """Queue a message; returns its row's id.

    With `after_id` it waits for that message; it then replies in its thread, in a direct message simply comes
    next, or with `replaces` takes its place. `bulk` messages, one of hundreds alike, let all others go first.
    """
    row = OutboxRow(
        kind=kind,
        to=to,
        facts=facts,
        after_id=after_id,
        replaces=replaces,
        bulk=bulk,
        state=OutboxState.WAITING,
        not_before=now,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def failed(session: Session, since: datetime | None = None) -> Sequence[OutboxRow]:
    """Messages that were given up, all or those given up after `since`: a person has to see them."""
    question = select(OutboxRow).where(OutboxRow.state == OutboxState.FAILED).order_by(OutboxRow.id)
    if since is not None:
        question = question.where(OutboxRow.not_before > since)  # the end of the last claim's lease
    return session.scalars(question).all()


def try_again(session: Session, row_id: int, now: datetime) -> bool:
    """Give up on giving up; a message that may have arrived is looked for before it is sent."""
    again = (
        update(OutboxRow)
        .where(OutboxRow.id == row_id, OutboxRow.state == OutboxState.FAILED)
        .values(state=OutboxState.SENDING, tries=0, resent=False, not_before=now, trouble=None)
    )
    return session.connection().execute(again).rowcount == 1


def forget_facts(session: Session, before: datetime) -> None:
    """What a message said is not kept for ever; that it was sent, and where, is."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.state == OutboxState.SENT, OutboxRow.sent_at < before)
        .values(facts={})
    )
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.state == OutboxState.FAILED, OutboxRow.created_at < before)
        .values(facts={}, state=OutboxState.FORGOTTEN)
    )


def doubt_all_waiting(session: Session) -> None:
    """After a restore: what waits here may have been sent since the backup, so look before sending."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.state == OutboxState.WAITING)
        .values(state=OutboxState.SENDING, resent=False)
    )
