"""Which message goes next, and what became of it. Several workers may ask: the writer lock lets one in."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, bindparam, exists, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from storage.base import Base
from storage.inserting import insert_new
from storage.outbox import OutboxRow, OutboxState

# docs.slack.dev/apis/web-api/rate-limits: one message a second in each channel, several hundred a minute.
CHANNEL_PAUSE = timedelta(seconds=1)
A_MINUTE = 60
BULK_A_MINUTE = 50
LEASE = timedelta(minutes=2)  # longer than the slowest message: four calls of ten seconds and an upload
SLACK = "slack"

# What waits for an earlier message waits no longer: there is nothing more to come of it.
ENDED = (OutboxState.SENT, OutboxState.FAILED, OutboxState.FORGOTTEN)


class Pause(Base):
    """Slack asked us to wait; it means the whole workspace and every process."""

    __tablename__ = "pauses"

    name: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[datetime]
    reason: Mapped[str]


@dataclass(frozen=True)
class Claim:
    """One message this worker alone may send until `lease`.

    With `doubted` an earlier try may have arrived: look from `since` on before sending. `earlier` is channel
    and ts of the message whose place it takes, or of the one that begins the thread it replies in.
    """

    id: int
    key: str
    kind: str
    to: str
    facts: dict[str, Any]
    lease: datetime
    since: datetime
    doubted: bool
    resent: bool
    tries: int
    channel: str | None
    file_id: str | None
    earlier: tuple[str, str] | None
    replaces: bool


def is_due(session: Session, now: datetime) -> bool:
    return _next(session, now) is not None


def claim(session: Session, now: datetime) -> Claim | None:
    """The next message to send at `now`, its state `sending` once this transaction is committed."""
    if (row := _next(session, now)) is None:
        return None
    claimed = Claim(
        id=row.id,
        key=row.key,
        kind=row.kind,
        to=row.to,
        facts=row.facts,
        lease=now + LEASE,
        since=row.created_at,
        doubted=row.state == OutboxState.SENDING,
        resent=row.resent,
        tries=row.tries + 1,
        channel=row.channel or _known_channel(session, row.to),
        file_id=row.file_id,
        earlier=_followed(session, row),
        replaces=row.replaces,
    )
    row.state, row.tries, row.not_before = OutboxState.SENDING, claimed.tries, claimed.lease
    if not claimed.doubted:
        row.tried_at = now
    return claimed


def sent(session: Session, claimed: Claim, *, channel: str, ts: str | None, now: datetime) -> None:
    """Proof of arrival always counts, also when the lease is over."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == claimed.id)
        .values(state=OutboxState.SENT, channel=channel, ts=ts, sent_at=now, trouble=None)
    )


def not_sent(
    session: Session, claimed: Claim, *, again_at: datetime, trouble: str, counts: bool = True
) -> None:
    """Slack certainly did not take it. Without `counts` the try was not the message's own fault."""
    tries = claimed.tries if counts else claimed.tries - 1
    _settle(session, claimed, state=OutboxState.WAITING, not_before=again_at, trouble=trouble, tries=tries)


def unknown(session: Session, claimed: Claim, *, look_at: datetime, trouble: str) -> None:
    """It may have arrived: nobody sends it before somebody has looked."""
    _settle(session, claimed, state=OutboxState.SENDING, not_before=look_at, trouble=trouble)


def give_up(session: Session, claimed: Claim, trouble: str) -> None:
    _settle(session, claimed, state=OutboxState.FAILED, trouble=trouble)


def let_go(session: Session, claimed: Claim) -> None:
    """What it was to say is not so any more."""
    _settle(session, claimed, state=OutboxState.FORGOTTEN, facts={}, trouble=None)


def absent(session: Session, claimed: Claim, now: datetime) -> None:
    """Looked for and not there: from here on it may be sent once more."""
    _settle(session, claimed, resent=True, tried_at=now, file_id=None)


def uploaded(session: Session, claimed: Claim, *, channel: str, file_id: str) -> None:
    _settle(session, claimed, channel=channel, file_id=file_id)


def pause(session: Session, until: datetime, reason: str) -> None:
    if not insert_new(session, Pause, name=SLACK, until=until, reason=reason):
        row = session.get_one(Pause, SLACK)
        row.until, row.reason = max(row.until, until), reason


def paused(session: Session, now: datetime) -> Pause | None:
    """Why and until when nothing is sent, if so."""
    row = session.get(Pause, SLACK)
    return row if row and row.until > now else None


def _next(session: Session, now: datetime) -> OutboxRow | None:
    gone_out = session.scalar(_GONE_OUT, {"now": now, "a_minute_ago": now - timedelta(minutes=1)}) or 0
    if gone_out >= A_MINUTE:
        return None
    first = _FIRST if gone_out < BULK_A_MINUTE else _FIRST.where(OutboxRow.bulk.is_(False))
    return session.scalar(first, {"now": now, "a_pause_ago": now - CHANNEL_PAUSE})


# Asked every second: built once, as building them costs several times what the database takes to answer.
_earlier, _other = aliased(OutboxRow), aliased(OutboxRow)
_now: BindParameter[datetime] = bindparam("now")
_a_minute_ago: BindParameter[datetime] = bindparam("a_minute_ago")
_a_pause_ago: BindParameter[datetime] = bindparam("a_pause_ago")
_GONE_OUT = select(func.count()).where(OutboxRow.tried_at > _a_minute_ago, OutboxRow.tried_at <= _now)
_FIRST = (
    select(OutboxRow)
    .outerjoin(_earlier, OutboxRow.after_id == _earlier.id)
    .where(
        OutboxRow.state.in_((OutboxState.WAITING, OutboxState.SENDING)),
        OutboxRow.not_before <= _now,
        or_(OutboxRow.after_id.is_(None), _earlier.state.in_(ENDED)),
        ~exists().where(Pause.name == SLACK, Pause.until > _now),
        ~exists().where(_other.to == OutboxRow.to, _other.tried_at > _a_pause_ago, _other.tried_at <= _now),
    )
    .order_by(OutboxRow.bulk, OutboxRow.id)
    .limit(1)
)


def _followed(session: Session, row: OutboxRow) -> tuple[str, str] | None:
    earlier = session.get(OutboxRow, row.after_id) if row.after_id else None
    if not row.replaces:
        if row.is_direct:
            return None  # a thread in a direct message would hide it
        while earlier and earlier.after_id:  # Slack wants the first message of a thread, not a reply
            earlier = session.get(OutboxRow, earlier.after_id)
    return (earlier.channel, earlier.ts) if earlier and earlier.channel and earlier.ts else None


def _known_channel(session: Session, to: str) -> str | None:
    return session.scalar(
        select(OutboxRow.channel)
        .where(OutboxRow.to == to, OutboxRow.state == OutboxState.SENT, OutboxRow.after_id.is_(None))
        .order_by(OutboxRow.tried_at.desc())
        .limit(1)
    )


def _settle(session: Session, claimed: Claim, **values: Any) -> None:
    # not_before is the lease while a message is being sent: another worker's claim has another one.
    session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.id == claimed.id,
            OutboxRow.state == OutboxState.SENDING,
            OutboxRow.not_before == claimed.lease,
        )
        .values(**values)
    )
