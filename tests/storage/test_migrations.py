"""The schema's history: equal to what the code declares, in one transaction, up and down."""

import itertools
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, MetaData, create_engine, inspect, text

from storage import migrating, revisions
from storage.base import Base
from storage.database import address
from storage.migrations import drawing, running
from tests.storage.filling import contents, fill, fill_what_is_new


@pytest.fixture
def url(empty_database_url):
    return empty_database_url


@pytest.fixture
def engine(url):
    made = create_engine(address(url))
    yield made
    made.dispose()


def schema(engine: Engine) -> object:
    """Everything the database itself says about its tables, the version table left out."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            columns = text(
                "select table_name, column_name, data_type, is_nullable, column_default"
                " from information_schema.columns where table_schema = 'public' and table_name <> :v"
            )
            keys = text(
                "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint"
                " where connamespace = 'public'::regnamespace and conrelid::regclass::text <> :v"
            )
            indexes = text(
                "select indexname, indexdef from pg_indexes where schemaname = 'public' and tablename <> :v"
            )
            found = [
                connection.execute(asked, {"v": "alembic_version"}).all()
                for asked in (columns, keys, indexes)
            ]
            return [sorted(map(str, rows)) for rows in found]
        made = connection.execute(text("select name, sql from sqlite_master where name <> 'alembic_version'"))
        return {name: sorted(normal(sql)) for name, sql in made if sql}


def normal(sql: str) -> list[str]:
    """Its columns and constraints. On SQLite a column that was added stands behind the last, on one line, and
    whoever rebuilds a table quotes its name.
    """
    lines = re.split(r"\n|,(?![^()]*\))", sql.replace('"', ""))
    return [" ".join(line.strip(" ,").split()) for line in lines if line.strip()]


def test_the_migrated_schema_is_the_one_the_code_declares(url, engine, second_empty_database_url):
    migrating.upgrade(url)
    declared = create_engine(address(second_empty_database_url))
    Base.metadata.create_all(declared)
    assert schema(engine) == schema(declared)
    declared.dispose()


def test_the_head_the_bot_checks_is_the_newest_revision():
    assert running.scripts().get_heads() == [revisions.HEAD]


def test_up_down_and_up_again_leaves_the_same_schema_and_takes_the_same_thousand_rows(url, engine):
    migrating.upgrade(url)
    first = schema(engine)
    with engine.begin() as connection:
        fill(connection, Base.metadata)
        rows = contents(connection, Base.metadata)
    migrating.downgrade(url, "base")
    assert revisions.at(url) is None
    assert inspect(engine).get_table_names() == ["alembic_version"]
    migrating.upgrade(url)
    assert revisions.at(url) == revisions.HEAD
    assert schema(engine) == first
    with engine.begin() as connection:
        assert set(map(len, contents(connection, Base.metadata).values())) == {0}
        fill(connection, Base.metadata)
        assert contents(connection, Base.metadata) == rows
    assert set(map(len, rows.values())) == {1_000}


def test_every_revision_keeps_a_thousand_rows_of_the_one_before_down_and_up(url, engine):
    filled = MetaData()
    for before, after in itertools.pairwise([None, *history(), None]):
        with engine.begin() as connection:
            tables = MetaData()
            tables.reflect(connection, only=lambda name, _: name != "alembic_version")
            fill_what_is_new(connection, tables, filled)
            rows, filled = contents(connection, tables), tables
        assert {len(found) for found in rows.values()} <= {1_000}
        if before and after:
            migrating.upgrade(url, after)
            migrating.downgrade(url, before)
            with engine.connect() as connection:
                assert contents(connection, tables) == rows
        if after:
            migrating.upgrade(url, after)
    assert set(tables.tables) == set(Base.metadata.tables)


def history() -> list[str]:
    """Every revision, the oldest first."""
    return [script.revision for script in running.scripts().walk_revisions()][::-1]


REBUILD = """
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "{head}"

def upgrade():
    with op.batch_alter_table("people", recreate="{recreate}") as people:
        people.add_column(sa.Column("pronouns", sa.Text()))
    {then}

def downgrade():
    with op.batch_alter_table("people", recreate="{recreate}") as people:
        people.drop_column("pronouns")
"""


@pytest.fixture
def one_more(tmp_path, engine):
    """Writes a revision after the newest, in a copy of the history."""

    def write(then: str = "pass") -> Path:
        folder = tmp_path / "versions"
        folder.mkdir()
        for page in running.VERSIONS.glob("*.py"):
            (folder / page.name).write_text(page.read_text())
        recreate = "always" if engine.dialect.name == "sqlite" else "auto"
        (folder / "9999.py").write_text(REBUILD.format(head=revisions.HEAD, recreate=recreate, then=then))
        return folder

    return write


def test_rebuilding_a_table_keeps_the_rows_that_point_at_it(url, engine, one_more):
    folder = one_more()
    migrating.upgrade(url)
    with engine.begin() as connection:
        fill(connection, Base.metadata)
        rows = contents(connection, Base.metadata)
    running.upgrade(url, "9999", folder)
    with engine.connect() as connection:
        assert contents(connection, Base.metadata) == rows
    running.downgrade(url, revisions.HEAD, folder)
    with engine.connect() as connection:
        assert contents(connection, Base.metadata) == rows


def test_a_revision_that_fails_half_way_changes_nothing(url, engine, one_more):
    migrating.upgrade(url)
    before = schema(engine)
    with pytest.raises(ZeroDivisionError):
        running.upgrade(url, "9999", one_more("1 / 0"))
    assert revisions.at(url) == revisions.HEAD
    assert schema(engine) == before


def test_a_revision_that_leaves_rows_pointing_at_nothing_is_rolled_back(url, engine, one_more):
    migrating.upgrade(url)
    with engine.begin() as connection:
        fill(connection, Base.metadata, 3)
        rows = contents(connection, Base.metadata)
    with pytest.raises(Exception) as refusal:  # noqa: PT011 -- each database says it in its own way
        running.upgrade(url, "9999", one_more('op.execute("delete from people where id = 1")'))
    assert type(refusal.value).__name__ in {"BrokenReference", "IntegrityError"}
    with engine.connect() as connection:
        assert contents(connection, Base.metadata) == rows
    assert revisions.at(url) == revisions.HEAD


def test_a_database_of_a_newer_version_is_refused_untouched(url, one_more):
    running.upgrade(url, "9999", one_more())
    with pytest.raises(revisions.MadeByNewerVersion, match="revision 9999"):
        migrating.upgrade(url)
    assert revisions.at(url) == "9999"


def test_two_processes_may_migrate_at_once(url):
    starting = f"from storage import migrating; migrating.upgrade({url!r})"
    both = [subprocess.Popen([sys.executable, "-c", starting], stderr=subprocess.PIPE) for _ in range(2)]
    assert [(one.communicate()[1], one.returncode) for one in both] == [(b"", 0), (b"", 0)]
    assert revisions.at(url) == revisions.HEAD


def test_the_schema_check_at_start_does_not_import_alembic(url):
    asking = f"from storage import revisions; revisions.at({url!r}); print('alembic' in sys.modules)"
    asking = f"import sys; {asking}"
    shown = subprocess.run([sys.executable, "-c", asking], capture_output=True, text=True, check=True)
    assert shown.stdout == "False\n"


def test_no_key_deletes_rows_of_another_table():
    rules = {key.ondelete for table in Base.metadata.tables.values() for key in table.foreign_keys}
    assert rules <= {None, "RESTRICT", "NO ACTION"}


def test_the_next_revision_is_drafted_empty_while_nothing_has_changed(tmp_path):
    page = drawing.following("Nothing yet.", f"sqlite:///{tmp_path}/draft.db", folder=tmp_path)
    number = f"{int(revisions.HEAD) + 1:04}"
    assert page.name == f"{number}.py"
    assert "def upgrade() -> None:\n    pass\n" in page.read_text()
