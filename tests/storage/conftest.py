"""Databases with nothing in them, not even a schema."""

import uuid

import pytest
from sqlalchemy import create_engine, text

from storage.database import address


@pytest.fixture
def new_sqlite_url(tmp_path):
    """Call it for the URL of another SQLite file that does not exist yet."""
    return lambda: f"sqlite:///{tmp_path}/{uuid.uuid4().hex}.db"


@pytest.fixture
def new_postgresql_url(request):
    """Call it for the URL of another empty PostgreSQL database, dropped after the test."""
    made = []
    admin = None

    def create():
        nonlocal admin
        admin = admin or create_engine(
            address(request.getfixturevalue("postgres_url")), isolation_level="AUTOCOMMIT"
        )
        made.append(f"e{uuid.uuid4().hex}")
        with admin.connect() as connection:
            connection.execute(text(f"create database {made[-1]} template template0"))
        return admin.url.set(database=made[-1]).render_as_string(hide_password=False)

    yield create
    if admin is not None:
        with admin.connect() as connection:
            for name in made:
                connection.execute(text(f"drop database {name} with (force)"))
        admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request):
    """Call it for the URL of another empty database; every test that takes it runs on both kinds."""
    return request.getfixturevalue(f"new_{request.param}_url")


@pytest.fixture
def empty_database_url(new_url):
    return new_url()


@pytest.fixture
def second_empty_database_url(new_url):
    return new_url()
