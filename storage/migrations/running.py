"""Run Alembic without its configuration file: on a connection of its own, in one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine, event, text

from storage import revisions
from storage.database import WRITER_LOCK, address

VERSIONS = Path(__file__).parent / "versions"
WAIT_MILLISECONDS = 30_000


class BrokenReference(Exception):
    """A migration left rows that point at nothing; it was rolled back."""


def scripts(versions: Path = VERSIONS) -> ScriptDirectory:
    return ScriptDirectory(str(versions.parent), version_locations=[str(versions)])


def upgrade(url: str, to: str, versions: Path = VERSIONS) -> None:
    _run(url, versions, lambda directory, at: directory._upgrade_revs(to, at))  # noqa: SLF001 -- as Alembic's own command does


def downgrade(url: str, to: str, versions: Path = VERSIONS) -> None:
    _run(url, versions, lambda directory, at: directory._downgrade_revs(to, at))  # noqa: SLF001 -- as above


def _run(url: str, versions: Path, steps: Callable[[ScriptDirectory, Any], Any]) -> None:
    directory = scripts(versions)
    with migration_connection(url) as connection:
        at = revisions.on(connection)
        if at and at not in {script.revision for script in directory.walk_revisions()}:
            raise revisions.MadeByNewerVersion(at)
        environment = EnvironmentContext(
            Config(), directory, fn=lambda now_at, _context: steps(directory, now_at)
        )
        environment.configure(connection=connection, transactional_ddl=True, render_as_batch=True)
        environment.run_migrations()


@contextmanager
def migration_connection(url: str) -> Iterator[Connection]:
    """One transaction with foreign keys off, checked before it is committed.

    SQLite ignores `foreign_keys` inside a transaction, and rebuilding a table with them on empties the
    tables that refer to it.
    """
    engine = create_engine(address(url), poolclass=NullPool, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL lock_timeout = {WAIT_MILLISECONDS}"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": WRITER_LOCK})
            yield connection
            if engine.dialect.name == "sqlite":
                _refuse_broken_references(connection)
    finally:
        engine.dispose()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={WAIT_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("PRAGMA synchronous=FULL")


def _refuse_broken_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = ", ".join(sorted({f"{row[0]} → {row[2]}" for row in broken}))
        raise BrokenReference(
            f"{len(broken)} rows would point at nothing ({tables}), so nothing was changed."
        )
