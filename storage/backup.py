"""One file with everything the record holds, the same for both databases: an SQLite database of its own.

It carries its schema's revision and a digest of every row: a damaged file is known before it is needed.
"""

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import NullPool, create_engine, text

from storage import heartbeats, migrating, revisions
from storage.copying import copy_rows, tables_of
from storage.database import Database

NOTE = "backup_note"


class CannotBackUp(Exception):
    """No backup was made; says why and what to do."""


class NotABackup(Exception):
    """The file is not a backup of ours, or is damaged; says what was found."""


@dataclass(frozen=True)
class Backup:
    """`rows` is how many rows each table holds."""

    path: Path
    taken_at: datetime
    revision: str
    rows: dict[str, int]


def write(database: Database, path: Path, now: datetime) -> Backup:
    """Write a backup while the bot runs; it shows one instant. Raises CannotBackUp."""
    if path.exists():
        raise CannotBackUp(f"{path} is there already and was not touched. Name a new file.")
    revision = _revision(database)
    half = path.with_name(f"{path.name}.partial")
    with _private(half):
        if database.is_sqlite:
            _copy_sqlite(Path(str(database.url.database)), half)
        else:
            _copy_postgresql(database, half, revision)
        _sign(half, revision, now)
        _sync(half)
        half.rename(path)
    with database.write() as session:
        heartbeats.beat(session, heartbeats.BACKUP, now)
    return check(path)


def check(path: Path) -> Backup:
    """Read a backup's note and compare every row with its digest. Raises NotABackup."""
    if not path.is_file():
        raise NotABackup(f"There is no file {path}.")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            note = dict(file.execute(f"SELECT name, value FROM {NOTE}"))  # noqa: S608 -- our own constant
            found, rows = _digest(file)
    except sqlite3.DatabaseError as error:
        raise NotABackup(f"{path} cannot be read as a backup ({error}).") from None
    if found != note.get("sha256"):
        raise NotABackup(
            f"{path} is damaged: its rows are not those that were written on {note['taken_at']}."
        )
    return Backup(path, datetime.fromisoformat(note["taken_at"]), note["revision"], rows)


def _revision(database: Database) -> str:
    with database.read() as session:
        revision = revisions.current(session)
    if revision is None:
        raise CannotBackUp("The database has no tables yet: there is nothing to back up.")
    return revision


@contextmanager
def _private(path: Path) -> Iterator[None]:
    """An empty file that only its owner can read, gone again if what follows fails."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _copy_sqlite(source: Path, target: Path) -> None:
    # VACUUM INTO shows one instant, as SQLite's backup interface does, but leaves the free pages behind:
    # what a person had erased does not travel.
    with closing(sqlite3.connect(source, timeout=30)) as connection:
        connection.execute("VACUUM INTO ?", [str(target)])


def _copy_postgresql(database: Database, target: Path, revision: str) -> None:
    url = f"sqlite:///{target}"
    migrating.upgrade(url, revision)
    file = create_engine(url, poolclass=NullPool)
    source = create_engine(database.url, poolclass=NullPool, isolation_level="REPEATABLE READ")
    with source.connect() as reading, file.begin() as writing:
        reading.execute(text("SET TRANSACTION READ ONLY"))
        copy_rows(reading, writing, tables_of(reading))
    source.dispose()
    file.dispose()


def _sign(path: Path, revision: str, now: datetime) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA journal_mode=DELETE")  # a backup is one file, without a log beside it
        digest, _ = _digest(file)
        note = {"taken_at": now.astimezone(UTC).isoformat(), "revision": revision, "sha256": digest}
        file.execute(f"CREATE TABLE {NOTE} (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        file.executemany(f"INSERT INTO {NOTE} VALUES (?, ?)", note.items())  # noqa: S608 -- our own constant
        file.commit()


def _digest(file: sqlite3.Connection) -> tuple[str, dict[str, int]]:
    digest, rows = hashlib.sha256(), {}
    named = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT IN (?, 'sqlite_sequence')"
    for name, sql in sorted(file.execute(named, [NOTE])):
        digest.update(f"{name}\n{sql}\n".encode())
        rows[name] = 0
        for row in file.execute(f'SELECT * FROM "{name}" ORDER BY rowid'):  # noqa: S608 -- a name from the schema
            digest.update(json.dumps(row, default=bytes.hex).encode())
            rows[name] += 1
    rows.pop("alembic_version", None)
    return digest.hexdigest(), rows


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
