"""countmein migrate, backup, restore, verify, resend and register, as they are typed."""

import csv
import io
from contextlib import chdir
from datetime import UTC, datetime

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from bot.command_line import app
from storage import log, outbox, outbox_claims, people, revisions
from storage.database import Database
from storage.members import Membership

NOW = datetime(2027, 3, 27, 9, 30, tzinfo=UTC)


@pytest.fixture
def typed(tmp_path):
    """Type a command at a database of its own; nothing of this machine's settings is seen."""

    def run(*words, database="record"):
        surroundings = {"DATABASE_URL": f"sqlite:///{tmp_path}/{database}.db", "COLUMNS": "200"}
        return CliRunner(env=surroundings).invoke(app, [*words])

    with chdir(tmp_path):
        yield run


@pytest.fixture
def record(typed, tmp_path):
    """A migrated database with one member, and the door to it."""
    typed("migrate")
    made = Database(f"sqlite:///{tmp_path}/record.db")
    with made.write() as session:
        person = people.add_with_account(session, "T1", "U1", NOW)
        row = people.person(session, person)
        row.name, row.email, row.member_number = "=Asha", "asha@council.example", 1
        session.add(Membership(person_id=person, kind="individual", entered_on=NOW.date(), entered_at=NOW))
        log.record(session, act="joined", by="x", about="person:1", now=NOW, facts={"name": "=Asha"})
    yield made
    made.dispose()


def test_migrate_says_from_where_to_where_and_the_second_time_that_nothing_changed(typed):
    assert typed("migrate").output == f"The database went from revision none to {revisions.HEAD}.\n"
    assert typed("migrate").output == (
        f"The database is at revision {revisions.HEAD} already; nothing was changed.\n"
    )


@pytest.mark.parametrize("command", [["backup", "x"], ["verify"], ["resend"], ["register"]])
def test_a_database_that_is_not_migrated_is_refused_with_the_command_that_helps(typed, command):
    refused = typed(*command)
    assert (refused.exit_code, "Type `countmein migrate` first; nothing was changed." in refused.output) == (
        1,
        True,
    )


def test_a_backup_restores_into_an_empty_database_and_into_no_other(typed, record, tmp_path):
    made = typed("backup", "kept.backup")
    assert (made.exit_code, "1 people, 1 entries of the log" in made.output) == (0, True)
    assert typed("backup", "kept.backup").exit_code == 1
    restored = typed("restore", "kept.backup", database="other")
    assert (restored.exit_code, "Restored kept.backup, written on" in restored.output) == (0, True)
    refused = typed("restore", "kept.backup", database="other")
    assert (refused.exit_code, "restoring never overwrites. Nothing was changed." in refused.output) == (
        1,
        True,
    )
    assert typed("verify", database="other").exit_code == 0


def test_restoring_what_is_no_backup_is_refused(typed, tmp_path):
    assert typed("restore", "absent").output == "There is no file absent.\n"
    (tmp_path / "odd").write_text("not a backup" * 100)
    assert "cannot be read as a backup" in typed("restore", "odd").output


def test_verify_names_what_was_changed(typed, record):
    assert "The log's 1 entries are as they were written." in typed("verify").output
    with record.write() as session:
        session.execute(update(log.LogEntry).values(act="left"))
    found = typed("verify")
    assert found.exit_code == 1
    assert found.output == "Entry 1 of the log does not fit: its content was changed after it was written.\n"


def test_resend_tries_again_what_was_given_up(typed, record):
    assert typed("resend").output == "No message was given up.\n"
    with record.write() as session:
        outbox.put(session, kind="receipt", to="U1", facts={}, now=NOW)
        outbox_claims.give_up(session, outbox_claims.claim(session, NOW), "Slack said user_disabled")
    assert typed("resend").output == "1 to try again.\n"
    with record.read() as session:
        assert session.get(outbox.OutboxRow, 1).state == outbox.OutboxState.SENDING


def test_the_register_is_written_for_a_spreadsheet_and_its_taking_is_noted(typed, record):
    shown = typed("register", "--as-at", "2027-06-04", "--csv")
    assert shown.stderr == "1 member on that day.\n"
    header, line = csv.reader(io.StringIO(shown.stdout.removeprefix("\ufeff"), newline=""))
    assert dict(zip(header, line, strict=True)) == {
        "Member number": "1",
        "Name": "'=Asha",
        "Address for notices": "asha@council.example",
        "Notified for": "notices of meetings, votes and fees",
        "Entered on the register": "2027-03-27",
        "Ceased to be a member": "",
    }
    with record.read() as session:
        assert session.get(log.LogEntry, 2).act == "register taken"


def test_the_register_to_be_looked_into_shows_no_e_mail(typed, record):
    shown = typed("register", "--as-at", "2027-06-04", "--inspectable")
    assert ("=Asha" in shown.stdout, "council.example" in shown.stdout) == (True, False)


def test_a_day_that_is_none_is_refused(typed, record):
    refused = typed("register", "--as-at", "4 June")
    assert (refused.exit_code, refused.output) == (2, "4 June is not a day. Write it as 2027-06-04.\n")
