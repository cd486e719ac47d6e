"""Fill an empty database from a backup."""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, MetaData, NullPool, create_engine, delete, select, update
from sqlalchemy.orm import Session

from storage import backup, heartbeats, log, migrating, outbox
from storage.backup import Backup
from storage.calendar_addresses import CalendarAddress
from storage.copying import content_digest, copy_rows, row_counts, tables_of
from storage.database import Database
from storage.deliveries import Delivery, DeliveryState, Hold
from storage.heartbeats import Heartbeat
from storage.inserting import insert_new
from storage.job_runs import JobRun
from storage.migrations.running import migration_connection


class CannotRestore(Exception):
    """Nothing was changed; says why and what to do."""


@dataclass(frozen=True)
class Restored:
    """`broken` names the entries of the log that do not fit the chain: they did not when it was backed up."""

    backup: Backup
    broken: tuple[tuple[int, str], ...]
    held: int


def restore(url: str, path: Path, now: datetime) -> Restored:
    """Fill the empty database at `url` in one transaction.

    Raises NotABackup, CannotRestore, or MadeByNewerVersion when the backup is ahead of this program.
    """
    taken = backup.check(path)
    _refuse_unless_empty(url, now)
    with tempfile.TemporaryDirectory(prefix="countmein-") as folder:
        copied = Path(folder) / "backup.db"
        shutil.copyfile(path, copied)
        migrating.upgrade(f"sqlite:///{copied}")
        migrating.upgrade(url)
        source = create_engine(f"sqlite:///{copied}", poolclass=NullPool)
        with source.connect() as reading, migration_connection(url) as writing:
            _fill(reading, writing)
            restored = _settle(writing, taken, now)
        source.dispose()
    return restored


def _refuse_unless_empty(url: str, now: datetime) -> None:
    database = Database(url, readers=1)
    with database.read() as session:
        connection = session.connection()
        counts = row_counts(connection, tables_of(connection))
        running = counts.pop(Heartbeat.__tablename__, 0) and heartbeats.worker_is_alive(session, now)
    database.dispose()
    if running:
        raise CannotRestore("Count Me In is running on this database. Stop it first; nothing was changed.")
    _refuse_rows(counts)


def _refuse_rows(counts: dict[str, int]) -> None:
    if held := {table: count for table, count in counts.items() if count}:
        some = ", ".join(f"{table}: {count}" for table, count in sorted(held.items()))
        raise CannotRestore(
            f"The database is not empty ({some}), and restoring never overwrites. Nothing was changed. "
            f"Point DATABASE_URL at a new database, restore into that, and start with it."
        )


def _fill(source: Connection, target: Connection) -> None:
    tables = _tables(target)
    target.execute(delete(Heartbeat))
    _refuse_rows(row_counts(target, tables))
    copy_rows(source, target, tables)
    if content_digest(source, tables) != content_digest(target, tables):
        raise CannotRestore("What arrived is not what the backup holds, so it was taken back.")


def _tables(connection: Connection) -> MetaData:
    tables = tables_of(connection)
    if backup.NOTE in tables.tables:
        tables.remove(tables.tables[backup.NOTE])
    return tables


def _settle(connection: Connection, taken: Backup, now: datetime) -> Restored:
    """What was due may have gone out since the backup was made: nothing is sent before somebody looked."""
    with Session(connection, join_transaction_mode="create_savepoint") as session:
        outbox.doubt_all_waiting(session)
        # An address that was given up since the backup was made must not open the calendar again.
        session.execute(delete(CalendarAddress))
        held = session.connection().execute(
            update(Delivery)
            .where(
                Delivery.state.in_((DeliveryState.SCHEDULED, DeliveryState.CLAIMED)),
                Delivery.not_before <= now,
            )
            .values(state=DeliveryState.HELD, hold=Hold.LATE, lease_until=None)
        )
        for job in session.scalars(select(JobRun.job).distinct()).all():
            insert_new(session, JobRun, job=job, local_date=now.date(), at=now)
        broken = tuple(log.broken_links(session))
        log.record(
            session,
            act="restored",
            by="command line",
            about="record",
            now=now,
            facts={"backup taken at": taken.taken_at.isoformat()},
        )
        session.commit()
        return Restored(taken, broken, held.rowcount)
