"""Keys of requests whose effect is in the record: the truth behind "once"."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base
from storage.inserting import insert_new


class Seen(Base):
    __tablename__ = "seen"

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


def claim(session: Session, key: str, now: datetime) -> bool:
    """True for the first claim of `key`; the row goes with its transaction."""
    return insert_new(session, Seen, key=key, at=now)


def purge(session: Session, before: datetime) -> int:
    return session.connection().execute(delete(Seen).where(Seen.at < before)).rowcount
