"""The append-only log: each entry holds the hash of the one before it.

An entry carries opaque ids, the act, the instant and, for every fact, an HMAC digest under a salt that
belongs to the person it is about. The facts themselves lie beside it in `log_details`. Erasing a person's
salt and details leaves every hash verifiable and says nothing about them any more.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from sqlalchemy import ForeignKey, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base

Fact = str | int | bool | None
START = "0" * 64
IN_PARTS = {"yield_per": 1000}


class LogEntry(Base):
    __tablename__ = "log"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    act: Mapped[str]
    by: Mapped[str]
    about: Mapped[str]
    digests: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)


class LogDetail(Base):
    __tablename__ = "log_details"

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(ForeignKey("log.seq"), index=True)
    about: Mapped[str] = mapped_column(index=True)
    digest: Mapped[str]
    field: Mapped[str]
    value: Mapped[str]


class LogSalt(Base):
    """`since` is the first entry under it: somebody who was forgotten and comes back gets another salt."""

    __tablename__ = "log_salts"

    about: Mapped[str] = mapped_column(primary_key=True)
    salt: Mapped[bytes]
    since: Mapped[int]


def record(
    session: Session, *, act: str, by: str, about: str, now: datetime, facts: Mapping[str, Fact] | None = None
) -> int:
    """Append one act and return its number.

    `by` and `about` are opaque: "person:12", "announcement:3", "command line", "countmein".
    """
    newest, previous = last_entry(session) or (0, START)
    seq = newest + 1
    values = {field: json.dumps(value, ensure_ascii=False) for field, value in (facts or {}).items()}
    salt = _salt(session, about, seq) if values else b""
    digests = {field: _digest(salt, field, value) for field, value in values.items()}
    content = canonical(
        {
            "seq": seq,
            "at": now,
            "act": act,
            "by": by,
            "about": about,
            "digests": digests,
            "previous": previous,
        }
    )
    session.add(
        LogEntry(
            seq=seq,
            at=now,
            act=act,
            by=by,
            about=about,
            digests=canonical(digests),
            previous=previous,
            hash=hashlib.sha256(content.encode()).hexdigest(),
        )
    )
    session.flush()
    session.add_all(
        LogDetail(seq=seq, about=about, digest=digests[field], field=field, value=value)
        for field, value in values.items()
    )
    return seq


def canonical(value: Mapping[str, object]) -> str:
    """One spelling of one value on both databases: sorted keys, no spaces, UTC microseconds."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_instant)


def broken_links(session: Session) -> Iterator[tuple[int, str]]:
    """Each entry whose place, hash or details do not fit, with the reason in words.

    Details that are missing are in order only where the salt is missing too: somebody was forgotten.
    """
    expected, previous = 1, START
    for entry in session.scalars(select(LogEntry).order_by(LogEntry.seq), execution_options=IN_PARTS):
        if entry.seq != expected:
            yield entry.seq, f"entry {expected} is missing"
        if entry.previous != previous or entry.hash != _hash_of(entry):
            yield entry.seq, "its content was changed after it was written"
        expected, previous = entry.seq + 1, entry.hash
    yield from _missing_details(session)
    yield from _altered_details(session)


def last_entry(session: Session) -> tuple[int, str] | None:
    """Number and hash of the newest entry. Whoever notes them elsewhere can prove later what came before."""
    found = session.execute(
        select(LogEntry.seq, LogEntry.hash).order_by(LogEntry.seq.desc()).limit(1)
    ).first()
    return (found.seq, found.hash) if found else None


def forget(session: Session, about: str) -> None:
    """Erase what the log knows in words about somebody; the chain stays verifiable."""
    session.execute(delete(LogDetail).where(LogDetail.about == about))
    session.execute(delete(LogSalt).where(LogSalt.about == about))


def _missing_details(session: Session) -> Iterator[tuple[int, str]]:
    kept = func.count(LogDetail.id)
    rows = session.execute(
        select(LogEntry.seq, LogEntry.digests, kept)
        .join(LogSalt, (LogSalt.about == LogEntry.about) & (LogSalt.since <= LogEntry.seq))
        .outerjoin(LogDetail, LogDetail.seq == LogEntry.seq)
        .group_by(LogEntry.seq, LogEntry.digests)
        .order_by(LogEntry.seq),
        execution_options=IN_PARTS,
    )
    for seq, digests, details in rows:
        if (missing := len(_read(digests)) - details) > 0:
            yield seq, f"{missing} of its details were taken away"


def _altered_details(session: Session) -> Iterator[tuple[int, str]]:
    rows = session.execute(
        select(LogDetail, LogSalt.salt, LogEntry.digests)
        .join(LogSalt, LogSalt.about == LogDetail.about)
        .join(LogEntry, LogEntry.seq == LogDetail.seq),
        execution_options=IN_PARTS,
    )
    for detail, salt, digests in rows:
        held = _read(digests).get(detail.field)
        if not held == detail.digest == _digest(salt, detail.field, detail.value):
            yield detail.seq, f"the value of {detail.field} was changed after it was written"


def _read(digests: str) -> dict[str, str]:
    """What an entry says its digests are; nothing if somebody made it unreadable."""
    try:
        read = json.loads(digests)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _hash_of(entry: LogEntry) -> str:
    content = canonical(
        {
            "seq": entry.seq,
            "at": entry.at,
            "act": entry.act,
            "by": entry.by,
            "about": entry.about,
            "digests": _read(entry.digests),
            "previous": entry.previous,
        }
    )
    return hashlib.sha256(content.encode()).hexdigest()


def _salt(session: Session, about: str, seq: int) -> bytes:
    if (row := session.get(LogSalt, about)) is None:
        row = LogSalt(about=about, salt=secrets.token_bytes(32), since=seq)
        session.add(row)
        session.flush()
    return row.salt


def _digest(salt: bytes, field: str, value: str) -> str:
    return hmac.new(salt, f"{field}\0{value}".encode(), "sha256").hexdigest()


def _instant(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    raise TypeError(f"{type(value).__name__} has no canonical spelling")
