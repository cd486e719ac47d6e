"""What the two doors of the record promise, on both databases."""

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError, StatementError

from storage import outbox, people, seen
from storage.database import WRITER_LOCK, Busy, Database, is_writing
from storage.inserting import insert_new
from storage.outbox import OutboxRow
from storage.people import Person

INCREMENTS = """
import sys
from storage import outbox
from storage.database import Busy, Database
from storage.outbox import OutboxRow

database = Database(sys.argv[1])
done = 0
while done < 100:
    try:
        with database.write() as session:
            row = session.get(OutboxRow, 1)
            row.tries = row.tries + 1
        done += 1
    except Busy:
        pass
"""


def put_one(database, now):
    with database.write() as session:
        outbox.put(session, kind="receipt", to="U1", facts={}, now=now)


def test_four_processes_that_read_change_and_write_lose_nothing(database, now):
    put_one(database, now)
    url = database.url.render_as_string(hide_password=False)
    four = [subprocess.Popen([sys.executable, "-c", INCREMENTS, url]) for _ in range(4)]
    assert [one.wait(100) for one in four] == [0, 0, 0, 0]
    with database.read() as session:
        assert session.get(OutboxRow, 1).tries == 400


def test_threads_that_read_change_and_write_lose_nothing(database, now):
    put_one(database, now)

    def increase():
        for _ in range(25):
            with database.write() as session:
                session.get(OutboxRow, 1).tries += 1

    threads = [threading.Thread(target=increase) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        assert session.get(OutboxRow, 1).tries == 100


def test_the_reading_door_cannot_write(database, now):
    with pytest.raises(DBAPIError, match=r"readonly|read-only"), database.read() as session:
        seen.claim(session, "event:1", now)
    with database.read() as session:
        assert session.query(seen.Seen).count() == 0


def test_whatever_is_raised_inside_a_write_undoes_all_of_it(database, now):
    def fail_half_way():
        with database.write() as session:
            seen.claim(session, "event:1", now)
            raise LookupError

    with pytest.raises(LookupError):
        fail_half_way()
    with database.read() as session:
        assert session.query(seen.Seen).count() == 0


def test_a_reader_never_waits_for_a_writer(database, now):
    with database.write() as writing:
        seen.claim(writing, "event:1", now)
        with database.read() as reading:
            assert reading.query(seen.Seen).count() == 0


def test_a_thread_knows_that_it_has_a_write_session_open_and_others_do_not(database):
    elsewhere = []
    assert not is_writing()
    with database.write():
        assert is_writing()
        other = threading.Thread(target=lambda: elsewhere.append(is_writing()))
        other.start()
        other.join()
    assert not is_writing()
    assert elsewhere == [False]


def test_a_writer_of_another_process_is_waited_for_and_then_named_busy(database, now):
    impatient = Database(database.url.render_as_string(hide_password=False), patience=50)
    other = create_engine(database.url)
    with other.connect() as connection:
        if database.is_sqlite:
            connection.connection.dbapi_connection.isolation_level = None
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("select pg_advisory_xact_lock(:n)"), {"n": WRITER_LOCK})
        with pytest.raises(Busy), impatient.write():
            pytest.fail("two writers at once")
        connection.rollback()
    with impatient.write() as session:
        assert seen.claim(session, "event:1", now)
    impatient.dispose()
    other.dispose()


def test_a_writer_of_this_process_is_waited_for_and_then_named_busy(database):
    impatient = Database(database.url.render_as_string(hide_password=False), patience=50)
    refused = []

    def try_to_write():
        try:
            with impatient.write():
                pass
        except Busy:
            refused.append(True)

    with impatient.write():
        other = threading.Thread(target=try_to_write)
        other.start()
        other.join()
    assert refused == [True]
    impatient.dispose()


def test_writers_are_served_in_the_order_they_came(database, now):
    order, at_the_door = [], []

    def write(number):
        at_the_door.append(number)
        with database.write():
            order.append(number)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    with database.write():
        for number, writer in enumerate(writers):
            writer.start()
            while len(database._turns._waiting) <= number:
                pass
    for writer in writers:
        writer.join()
    assert order == list(range(8))


def test_an_instant_comes_back_in_utc_to_the_microsecond(database):
    in_new_york = datetime(2027, 6, 4, 5, 30, 0, 123456, tzinfo=timezone(timedelta(hours=-4)))
    with database.write() as session:
        session.add(Person(created_at=in_new_york))
    with database.read() as session:
        found = session.get(Person, 1).created_at
    assert (found, found.tzinfo) == (datetime(2027, 6, 4, 9, 30, 0, 123456, tzinfo=UTC), UTC)


def test_an_instant_without_a_time_zone_is_refused(database):
    with pytest.raises(StatementError, match="an instant needs its time zone"), database.write() as session:
        session.add(Person(created_at=datetime(2027, 6, 4, 9, 30)))  # noqa: DTZ001 -- what is refused


def test_instants_compare_across_time_zones(database, now):
    with database.write() as session:
        seen.claim(session, "event:1", now)
        later = (now + timedelta(seconds=1)).astimezone(timezone(timedelta(hours=9)))
        assert seen.purge(session, later) == 1


def test_the_first_insert_of_a_key_wins_and_the_second_says_so(database, now):
    with database.write() as session:
        assert insert_new(session, seen.Seen, key="event:1", at=now)
        assert not insert_new(session, seen.Seen, key="event:1", at=now + timedelta(days=1))
    with database.read() as session:
        assert session.get(seen.Seen, "event:1").at == now


def test_one_current_account_per_slack_user_is_a_constraint(database, now):
    with database.write() as session:
        first = people.add_with_account(session, "T1", "U1", now)
        assert not insert_new(
            session, people.SlackAccount, person_id=first, team_id="T1", user_id="U1", linked_at=now
        )


def test_a_row_cannot_point_at_nothing(database, now):
    with pytest.raises(DBAPIError, match=r"(?i)foreign key"), database.write() as session:
        session.add(people.SlackAccount(person_id=99, team_id="T1", user_id="U1", linked_at=now))
