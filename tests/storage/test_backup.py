"""A backup of either database restores into either, complete, checked and with nothing sent twice."""

import sqlite3
import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from storage import backup, heartbeats, log, migrating, outbox, people, restoring, revisions
from storage.base import Base
from storage.copying import content_digest, tables_of
from storage.database import Busy, Database, address
from tests.storage.filling import contents, fill

LEFT_TO_RESTORING = {
    "calendar_addresses",
    "log",
    "log_details",
    "log_salts",
    "outbox",
    "deliveries",
    "heartbeats",
    "job_runs",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def either_url(request):
    return request.getfixturevalue(f"new_{request.param}_url")()


@pytest.fixture
def record(migrated_url):
    made = Database(migrated_url)
    yield made
    made.dispose()


@pytest.fixture
def other_url(request, record):
    """An empty database of the other kind than the record's."""
    return request.getfixturevalue(f"new_{'postgresql' if record.is_sqlite else 'sqlite'}_url")()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "countmein.backup"


def enter_somebody(database, now, name="Asha"):
    with database.write() as session:
        person = people.add_with_account(session, "T1", f"U{hash(name)}", now)
        people.person(session, person).name = name
        log.record(
            session, act="joined", by="countmein", about=f"person:{person}", now=now, facts={"name": name}
        )
        return person


def everything(url):
    engine = create_engine(address(url))
    with engine.connect() as connection:
        found = contents(connection, Base.metadata)
    engine.dispose()
    return found


def test_every_row_comes_back_in_either_database(record, migrated_url, either_url, path, now):
    with record.writer.begin() as connection:
        fill(connection, Base.metadata, 300)
    before = everything(migrated_url)
    backup.write(record, path, now)
    restoring.restore(either_url, path, now)
    after = everything(either_url)
    untouched = set(before) - LEFT_TO_RESTORING
    assert {name: after[name] for name in untouched} == {name: before[name] for name in untouched}
    assert after["log"][:-1] == before["log"]
    assert len(after["outbox"]) == len(before["outbox"]) == 300
    assert after["calendar_addresses"] == []


def test_numbering_goes_on_where_it_was(record, other_url, path, now):
    assert [enter_somebody(record, now, name) for name in ("Asha", "Bryn")] == [1, 2]
    backup.write(record, path, now)
    restoring.restore(other_url, path, now)
    restored = Database(other_url)
    assert enter_somebody(restored, now, "Ceri") == 3
    restored.dispose()


def test_the_log_still_verifies_after_a_restore_and_names_it(record, other_url, path, now):
    for name in ("Asha", "Bryn", "Ceri"):
        enter_somebody(record, now, name)
    backup.write(record, path, now)
    assert restoring.restore(other_url, path, now + timedelta(days=1)).broken == ()
    restored = Database(other_url)
    with restored.read() as session:
        assert list(log.broken_links(session)) == []
        last = session.get(log.LogEntry, 4)
        assert (last.act, last.about) == ("restored", "record")
    restored.dispose()


def test_a_backup_shows_one_instant_while_others_write(record, other_url, path, now):
    done = threading.Event()

    def keep_entering():
        while not done.is_set():
            with suppress(Busy):
                enter_somebody(record, now, f"N{threading.get_ident()}")

    writers = [threading.Thread(target=keep_entering) for _ in range(2)]
    for writer in writers:
        writer.start()
    taken = backup.write(record, path, now)
    done.set()
    for writer in writers:
        writer.join()
    assert taken.rows["log"] == taken.rows["log_details"]
    assert restoring.restore(other_url, path, now).broken == ()


def test_a_restore_refuses_a_database_that_holds_anything(record, other_url, path, now):
    enter_somebody(record, now)
    backup.write(record, path, now)
    restoring.restore(other_url, path, now)
    before = everything(other_url)
    with pytest.raises(restoring.CannotRestore, match=r"not empty \(.*people: 1.*\).*Nothing was changed"):
        restoring.restore(other_url, path, now)
    assert everything(other_url) == before


def test_a_restore_refuses_while_the_bot_runs(record, other_url, path, now):
    enter_somebody(record, now)
    backup.write(record, path, now)
    migrating.upgrade(other_url)
    running = Database(other_url)
    with running.write() as session:
        heartbeats.beat(session, heartbeats.WORKER, now)
    with pytest.raises(restoring.CannotRestore, match="running on this database"):
        restoring.restore(other_url, path, now + timedelta(seconds=90))
    restoring.restore(other_url, path, now + timedelta(minutes=3))
    running.dispose()


def test_rows_that_do_not_arrive_as_they_were_are_taken_back(record, new_sqlite_url, path, now):
    enter_somebody(record, now)
    backup.write(record, path, now)
    target = new_sqlite_url()
    migrating.upgrade(target)
    altering = (
        "create trigger t after insert on people begin update people set name = 'X' where id = new.id; end"
    )
    with create_engine(target).begin() as connection:
        connection.exec_driver_sql(altering)
    with pytest.raises(restoring.CannotRestore, match="taken back"):
        restoring.restore(target, path, now)
    assert set(map(len, everything(target).values())) == {0}


def test_what_waited_to_be_sent_is_looked_for_before_it_is_sent_again(record, other_url, path, now):
    with record.write() as session:
        outbox.put(session, kind="receipt", to="U1", facts={"name": "Asha"}, now=now)
    backup.write(record, path, now)
    restoring.restore(other_url, path, now)
    restored = Database(other_url)
    with restored.read() as session:
        row = session.get(outbox.OutboxRow, 1)
        assert (row.state, row.facts) == (outbox.OutboxState.SENDING, {"name": "Asha"})
    restored.dispose()


@pytest.mark.parametrize(
    "damage",
    [
        "update people set name = 'Mallory' where id = 1",
        "delete from log where seq = 1",
        "insert into people (id, approval_digest, created_at) values (99, 0, '2027-01-01 00:00:00')",
        "update backup_note set value = '0' where name = 'sha256'",
    ],
)
def test_a_changed_backup_is_refused_and_nothing_restored(record, new_sqlite_url, path, now, damage):
    enter_somebody(record, now)
    backup.write(record, path, now)
    with sqlite3.connect(path) as file:
        file.execute(damage)
    file.close()
    target = new_sqlite_url()
    with pytest.raises(backup.NotABackup, match="damaged"):
        restoring.restore(target, path, now)
    assert revisions.at(target) is None


def test_a_file_that_is_no_backup_is_refused(path, new_sqlite_url, now):
    path.write_bytes(b"name,number\nAsha,1\n" * 50)
    with pytest.raises(backup.NotABackup, match="cannot be read as a backup"):
        restoring.restore(new_sqlite_url(), path, now)


def test_a_backup_never_overwrites_a_file(record, path, now):
    path.write_text("last week's")
    with pytest.raises(backup.CannotBackUp, match="is there already"):
        backup.write(record, path, now)
    assert path.read_text() == "last week's"


def test_a_backup_is_for_its_owner_alone_and_is_one_file(record, path, now):
    backup.write(record, path, now)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in path.parent.iterdir() if found.name.startswith("countmein")] == [
        path.name
    ]


def test_what_was_erased_does_not_travel_in_a_backup(record, path, now):
    person = enter_somebody(record, now, "Zebedee Quillfeather")
    with record.write() as session:
        log.forget(session, f"person:{person}")
        people.person(session, person).name = None
    backup.write(record, path, now)
    assert b"Quillfeather" not in path.read_bytes()


def test_when_the_last_backup_was_made_can_be_asked(record, path, now):
    backup.write(record, path, now)
    with record.read() as session:
        assert heartbeats.last(session, heartbeats.BACKUP) == now


def test_an_empty_place_cannot_be_backed_up(empty_database_url, path, now):
    nothing = Database(empty_database_url)
    with pytest.raises(backup.CannotBackUp, match="nothing to back up"):
        backup.write(nothing, path, now)
    nothing.dispose()
    assert not path.exists()


def test_the_digest_of_the_content_tells_a_changed_value(record, now):
    enter_somebody(record, now)
    with record.writer.begin() as connection:
        before = content_digest(connection, tables_of(connection))
        connection.execute(text("update people set name = 'Asha ' where id = 1"))
        assert content_digest(connection, tables_of(connection)) != before
