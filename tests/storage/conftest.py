"""Databases with nothing in them, not even a schema, and one that was migrated."""

import shutil
import uuid

import pytest
from sqlalchemy import create_engine, text

from storage import migrating
from storage.database import address


@pytest.fixture
def new_sqlite_url(tmp_path, request):
    """Call it for the URL of another SQLite file, which does not exist yet or is migrated."""

    def create(*, migrated=False):
        file = tmp_path / f"{uuid.uuid4().hex}.db"
        if migrated:
            shutil.copy(request.getfixturevalue("migrated_sqlite"), file)
        return f"sqlite:///{file}"

    return create


@pytest.fixture
def new_postgresql_url(request):
    """Call it for the URL of another PostgreSQL database, empty or migrated, dropped after the test."""
    made = []
    admin = None

    def create(*, migrated=False):
        nonlocal admin
        template = request.getfixturevalue("migrated_postgresql") if migrated else "template0"
        admin = admin or create_engine(
            address(request.getfixturevalue("postgres_url")), isolation_level="AUTOCOMMIT"
        )
        made.append(f"e{uuid.uuid4().hex}")
        with admin.connect() as connection:
            connection.execute(text(f"create database {made[-1]} template {template}"))
        return admin.url.set(database=made[-1]).render_as_string(hide_password=False)

    yield create
    if admin is not None:
        with admin.connect() as connection:
            for name in made:
                connection.execute(text(f"drop database {name} with (force)"))
        admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request):
    """Call it for the URL of another database; every test that takes it runs on both kinds."""
    return request.getfixturevalue(f"new_{request.param}_url")


@pytest.fixture
def empty_database_url(new_url):
    return new_url()


@pytest.fixture
def migrated_url(new_url):
    return new_url(migrated=True)


@pytest.fixture
def second_empty_database_url(new_url):
    return new_url()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory):
    """A file to be copied: to climb the whole history for each test would take longer than the tests."""
    file = tmp_path_factory.mktemp("migrated") / "record.db"
    migrating.upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def migrated_postgresql(postgres_url):
    """The name of a database to be copied."""
    admin = create_engine(address(postgres_url), isolation_level="AUTOCOMMIT")
    name = f"m{uuid.uuid4().hex}"
    with admin.connect() as connection:
        connection.execute(text(f"create database {name} template template0"))
    migrating.upgrade(admin.url.set(database=name).render_as_string(hide_password=False))
    yield name
    with admin.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))
    admin.dispose()
