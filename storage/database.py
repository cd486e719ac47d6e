"""Two doors to the record: `read()` cannot change it, `write()` lets one writer in at a time."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from storage.turns import Turns

BUSY_MILLISECONDS = 2_000
IDLE_CONNECTIONS = 5  # kept open to PostgreSQL while nothing happens; small hosts allow 20 in all
# The advisory lock's number means nothing; it only has to be the same in every process of a network.
WRITER_LOCK = 7_234_501

_open_here = threading.local()


class Busy(Exception):
    """Another writer held the record for longer than one may wait; nothing changed."""


def is_writing() -> bool:
    """True while this thread has a write session open: the network must wait until it is closed."""
    return getattr(_open_here, "writes", 0) > 0


def address(url: str) -> URL:
    """SQLAlchemy's URL; `postgres://` is accepted for hosts that still hand that out."""
    made = make_url(url.replace("postgres://", "postgresql://", 1))
    return made.set(drivername="postgresql+psycopg") if made.drivername == "postgresql" else made


class Database:
    """`readers` is how many may read at once; of writers a process needs one connection. `patience` is how
    many milliseconds a writer waits for its turn.
    """

    def __init__(self, url: str, *, readers: int = 20, patience: int = BUSY_MILLISECONDS) -> None:
        self.url = address(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._turns = Turns()
        self._patience = patience
        make = _sqlite_engine if self.is_sqlite else _postgresql_engine
        self.reader: Engine = make(self.url, readers, patience, read_only=True)
        self.writer: Engine = make(self.url, 1, patience, read_only=False)

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
                    self._lock_out_others(session)
                    yield session
            finally:
                _open_here.writes -= 1

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        # SQLite's busy_timeout sleeps and retries in no order: a lock of our own queues fairly. On PostgreSQL
        # it keeps those who wait from each holding one of the few connections that small hosts allow.
        if not self._turns.acquire(timeout=self._patience / 1000):
            raise Busy
        try:
            yield
        finally:
            self._turns.release()

    def _lock_out_others(self, session: Session) -> None:
        """From here to the commit nobody else writes, in this process or in another."""
        try:
            connection = session.connection()  # on SQLite this is BEGIN IMMEDIATE
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": WRITER_LOCK})
        except OperationalError as error:
            if _waited_too_long(error.orig):
                raise Busy from None
            raise

    def dispose(self) -> None:
        self.reader.dispose()
        self.writer.dispose()


ReadDoor = Callable[[], AbstractContextManager[Session]]


def _waited_too_long(error: Any) -> bool:
    busy_sqlite = getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY
    return busy_sqlite or getattr(error, "sqlstate", None) == "55P03"  # lock_not_available


def _sqlite_engine(url: URL, connections: int, patience: int, *, read_only: bool) -> Engine:
    engine = create_engine(url, pool_size=connections, max_overflow=5, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN comes too late to hold the lock
        for pragma in (
            f"busy_timeout={patience}",
            "journal_mode=WAL",
            "foreign_keys=ON",
            "synchronous=FULL",  # `attempting` must survive a power cut, not only a crash
            "secure_delete=ON",  # what a person had erased must not stay readable in free pages
            f"query_only={'ON' if read_only else 'OFF'}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if read_only:
            # Past SQLAlchemy's own execute, a fifth of what it costs to ask the record anything.
            connection.connection.cursor().execute("BEGIN")
        else:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _postgresql_engine(url: URL, connections: int, patience: int, *, read_only: bool) -> Engine:
    options = f"-c timezone=UTC -c lock_timeout={patience}"
    if read_only:
        options += " -c default_transaction_read_only=on"
    return create_engine(
        url,
        pool_size=min(connections, IDLE_CONNECTIONS),
        max_overflow=connections,
        pool_pre_ping=True,
        hide_parameters=True,
        isolation_level="READ COMMITTED",
        connect_args={"options": options, "connect_timeout": 5},
    )
