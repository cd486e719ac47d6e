"""The log: whatever is altered, removed or added afterwards is found; whoever is erased leaves it whole."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import delete, update

from storage import log
from storage.log import LogDetail, LogEntry, LogSalt


@pytest.fixture
def three_entries(database, now):
    with database.write() as session:
        for number, name in enumerate(("Asha", "Bryn", "Ceri"), start=1):
            log.record(
                session,
                act="joined",
                by="countmein",
                about=f"person:{number}",
                now=now,
                facts={"name": name, "number": number},
            )
    return database


def broken(database):
    with database.read() as session:
        return list(log.broken_links(session))


def altered(database, statement):
    with database.write() as session:
        session.execute(statement)
    return broken(database)


def test_an_untouched_log_has_no_broken_link(three_entries):
    assert broken(three_entries) == []


@pytest.mark.parametrize(
    "change",
    [
        {"act": "left"},
        {"by": "person:9"},
        {"about": "person:9"},
        {"digests": "{}"},
        {"digests": "not json"},
        {"at": datetime(2027, 1, 1, tzinfo=UTC)},
        {"previous": "0" * 64},
        {"hash": "f" * 64},
    ],
)
def test_an_altered_entry_is_found(three_entries, change):
    found = altered(three_entries, update(LogEntry).where(LogEntry.seq == 2).values(**change))
    assert (2, "its content was changed after it was written") in found


def test_an_entry_rewritten_with_a_fitting_hash_is_found_by_the_next(three_entries):
    with three_entries.write() as session:
        entry = session.get(LogEntry, 2)
        entry.act = "left"
        entry.hash = log._hash_of(entry)
    assert broken(three_entries) == [(3, "its content was changed after it was written")]


def test_a_removed_entry_is_found(three_entries):
    with three_entries.write() as session:
        session.execute(delete(LogDetail).where(LogDetail.seq == 2))
        session.execute(delete(LogEntry).where(LogEntry.seq == 2))
    assert broken(three_entries)[0] == (3, "entry 2 is missing")


def test_an_altered_detail_is_found(three_entries):
    changed = update(LogDetail).where(LogDetail.seq == 2, LogDetail.field == "name").values(value='"Mallory"')
    assert altered(three_entries, changed) == [(2, "the value of name was changed after it was written")]


def test_a_detail_taken_away_is_found(three_entries):
    gone = delete(LogDetail).where(LogDetail.seq == 2, LogDetail.field == "name")
    assert altered(three_entries, gone) == [(2, "1 of its details were taken away")]


def test_forgetting_a_person_leaves_the_chain_verifiable_and_nothing_of_them(three_entries):
    with three_entries.write() as session:
        log.forget(session, "person:2")
    assert broken(three_entries) == []
    with three_entries.read() as session:
        assert session.get(LogSalt, "person:2") is None
        assert {detail.about for detail in session.query(LogDetail)} == {"person:1", "person:3"}


def test_somebody_forgotten_who_comes_back_breaks_nothing(three_entries, now):
    with three_entries.write() as session:
        log.forget(session, "person:2")
        log.record(session, act="joined", by="countmein", about="person:2", now=now, facts={"name": "Bryn"})
    assert broken(three_entries) == []


def test_the_same_fact_of_two_people_has_two_digests(database, now):
    with database.write() as session:
        for about in ("person:1", "person:2"):
            log.record(session, act="joined", by="countmein", about=about, now=now, facts={"name": "Asha"})
    with database.read() as session:
        assert session.get(LogEntry, 1).digests != session.get(LogEntry, 2).digests


def test_the_canonical_spelling_never_changes():
    london_in_summer = timezone(timedelta(hours=1))
    spelled = log.canonical(
        {
            "name": "Siân O'Connor 🎉",
            "at": datetime(2027, 6, 4, 10, 30, 0, 5, tzinfo=london_in_summer),
            "age": None,
            "of_age": True,
            "pence": 100,
            "nested": {"b": 2, "a": 1},
        }
    )
    assert spelled == (
        '{"age":null,"at":"2027-06-04T09:30:00.000005Z","name":"Siân O\'Connor 🎉",'
        '"nested":{"a":1,"b":2},"of_age":true,"pence":100}'
    )


# Computed once by other code from the description in storage/log.py; it may never change.
GOLDEN = "96585fd9cc75926891a2f0d9c3df5dbb9cb01ef132a31b30658954ff85b76f80"


def test_the_golden_entry_has_the_same_hash_on_both_databases(database):
    with database.write() as session:
        session.add(LogSalt(about="person:1", salt=bytes(range(32)), since=1))
        session.flush()
        log.record(
            session,
            act="joined",
            by="person:2",
            about="person:1",
            now=datetime(2027, 3, 27, 9, 30, 0, 123456, tzinfo=UTC),
            facts={"name": "Siân", "number": 1, "of_age": True, "reason": None},
        )
        log.record(session, act="left", by="person:1", about="person:1", now=datetime(2027, 6, 4, tzinfo=UTC))
    with database.read() as session:
        assert log.last_entry(session) == (2, GOLDEN)
