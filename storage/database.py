"""Two doors to the record: `read()` cannot change it, `write()` lets one writer in at a time."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session

BUSY_MILLISECONDS = 2_000
# The advisory lock's number means nothing; it only has to be the same in every process of a network.
WRITER_LOCK = 7_234_501

_open_here = threading.local()


class Busy(Exception):
    """Another writer held the record for longer than two seconds; nothing changed."""


def is_writing() -> bool:
    """True while this thread has a write session open: the network must wait until it is closed."""
    return getattr(_open_here, "writes", 0) > 0


class Database:
    """`url` is SQLAlchemy's; `postgres://` is accepted for hosts that still hand that out."""

    def __init__(self, url: str, *, pool_size: int = 20) -> None:
        self.url = make_url(url.replace("postgres://", "postgresql://", 1))
        if self.url.drivername == "postgresql":
            self.url = self.url.set(drivername="postgresql+psycopg")
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._turn = threading.Lock()
        make = _sqlite_engine if self.is_sqlite else _postgresql_engine
        self.reader: Engine = make(self.url, pool_size, read_only=True)
        self.writer: Engine = make(self.url, pool_size, read_only=False)

    @contextmanager
    def read(self) -> Iterator[Session]:
        with Session(self.reader, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back when anything is raised. Raises Busy."""
        with self._one_at_a_time():
            _open_here.writes = getattr(_open_here, "writes", 0) + 1
            try:
                with Session(self.writer, expire_on_commit=False) as session, session.begin():
                    if not self.is_sqlite:
                        session.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": WRITER_LOCK})
                    yield session
            finally:
                _open_here.writes -= 1

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        # SQLite's busy_timeout sleeps and retries in no order; a lock of our own queues fairly.
        if not self.is_sqlite:
            yield
            return
        if not self._turn.acquire(timeout=BUSY_MILLISECONDS / 1000):
            raise Busy
        try:
            yield
        finally:
            self._turn.release()

    def dispose(self) -> None:
        self.reader.dispose()
        self.writer.dispose()


ReadDoor = Callable[[], AbstractContextManager[Session]]


def _sqlite_engine(url: Any, pool_size: int, *, read_only: bool) -> Engine:
    engine = create_engine(url, pool_size=pool_size, max_overflow=pool_size, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late to hold the lock
        for pragma in (
            f"busy_timeout={BUSY_MILLISECONDS}",
            "journal_mode=WAL",
            "foreign_keys=ON",
            "synchronous=FULL",  # `attempting` must survive a power cut, not only a crash
            f"query_only={'ON' if read_only else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")

    return engine


def _postgresql_engine(url: Any, pool_size: int, *, read_only: bool) -> Engine:
    options = f"-c timezone=UTC -c lock_timeout={BUSY_MILLISECONDS}"
    if read_only:
        options += " -c default_transaction_read_only=on"
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        connect_args={"options": options, "connect_timeout": 5},
    )
