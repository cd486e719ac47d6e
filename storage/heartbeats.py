"""When each part of the bot last showed that it works."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import Base
from storage.inserting import insert_new

WORKER = "worker"
BACKUP = "backup"
ALIVE_FOR = timedelta(minutes=2)


class Heartbeat(Base):
    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


def beat(session: Session, name: str, now: datetime) -> None:
    if not insert_new(session, Heartbeat, name=name, at=now):
        session.get_one(Heartbeat, name).at = now


def last(session: Session, name: str) -> datetime | None:
    row = session.get(Heartbeat, name)
    return row.at if row else None


def worker_is_alive(session: Session, now: datetime) -> bool:
    """Whether something is running that would send what is due."""
    beaten = last(session, WORKER)
    return beaten is not None and now - beaten < ALIVE_FOR
