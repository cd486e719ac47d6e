"""Who may send which message, decided in the database: any number of workers may ask."""

import threading
from datetime import timedelta

import pytest

from storage import outbox, outbox_claims
from storage.outbox import OutboxRow, OutboxState

TO_EACH = [f"U{number}" for number in range(40)]


@pytest.fixture
def put(database, now):
    def put_one(to="U1", **more):
        with database.write() as session:
            return outbox.put(session, kind="note", to=to, facts={}, now=more.pop("now", now), **more)

    return put_one


def claimed(database, at):
    with database.write() as session:
        return outbox_claims.claim(session, at)


def row(database, row_id):
    with database.read() as session:
        return session.get(OutboxRow, row_id)


def test_many_workers_never_get_the_same_message(database, now, put):
    for to in TO_EACH:
        put(to)
    got = []

    def work():
        while (one := claimed(database, now)) is not None:
            got.append(one.id)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(got) == sorted(set(got))
    assert len(got) == len(TO_EACH)


def test_a_message_waits_for_the_one_before_it_and_for_its_time(database, now, put):
    first = put("C1")
    second = put("C1", after_id=first)
    put("U2", now=now + timedelta(minutes=1))
    one = claimed(database, now)
    assert (one.id, one.earlier) == (first, None)
    assert claimed(database, now + timedelta(seconds=2)) is None
    with database.write() as session:
        outbox_claims.sent(session, one, channel="C1", ts="1.1", now=now)
    two = claimed(database, now + timedelta(seconds=4))
    assert (two.id, two.earlier) == (second, ("C1", "1.1"))


def test_what_follows_a_message_that_was_given_up_goes_out_on_its_own(database, now, put):
    first = put("C1")
    put("C1", after_id=first)
    with database.write() as session:
        outbox_claims.give_up(session, outbox_claims.claim(session, now), "Slack said is_archived")
    assert claimed(database, now + timedelta(seconds=2)).earlier is None


def test_a_worker_whose_lease_is_over_changes_nothing_any_more(database, now, put):
    put()
    slow = claimed(database, now)
    later = now + outbox_claims.LEASE + timedelta(seconds=1)
    second = claimed(database, later)
    assert (second.id, second.doubted) == (slow.id, True)
    with database.write() as session:
        outbox_claims.not_sent(session, slow, again_at=later, trouble="too late to say")
        outbox_claims.give_up(session, slow, "too late to say")
    found = row(database, slow.id)
    assert (found.state, found.trouble, found.not_before) == (OutboxState.SENDING, None, second.lease)


def test_proof_of_arrival_counts_however_late_it_comes(database, now, put):
    put()
    slow = claimed(database, now)
    with database.write() as session:
        second = outbox_claims.claim(session, now + outbox_claims.LEASE + timedelta(seconds=1))
        outbox_claims.give_up(session, second, "not found")
        outbox_claims.sent(session, slow, channel="D1", ts="1.1", now=now)
    assert row(database, slow.id).state == OutboxState.SENT


def test_a_message_in_hand_is_nobody_elses_until_its_lease_is_over(database, now, put):
    put()
    assert claimed(database, now) is not None
    assert claimed(database, now + outbox_claims.LEASE - timedelta(seconds=1)) is None


def test_the_longest_pause_counts(database, now, put):
    put()
    with database.write() as session:
        outbox_claims.pause(session, now + timedelta(seconds=60), "Slack asked to wait")
        outbox_claims.pause(session, now + timedelta(seconds=5), "Slack could not be reached")
    assert claimed(database, now + timedelta(seconds=59)) is None
    assert claimed(database, now + timedelta(seconds=61)) is not None


def test_receipts_go_before_bulk_that_waited_longer(database, now, put):
    put("U1", bulk=True)
    receipt = put("U2")
    assert claimed(database, now).id == receipt


def test_what_old_messages_said_is_forgotten_and_where_they_are_is_kept(database, now, put):
    with database.write() as session:
        outbox.put(session, kind="receipt", to="U1", facts={"name": "Asha"}, now=now)
        outbox_claims.sent(session, outbox_claims.claim(session, now), channel="D1", ts="1.1", now=now)
        outbox.put(session, kind="receipt", to="U2", facts={"name": "Bryn"}, now=now)
        outbox.forget_facts(session, now + timedelta(days=30))
    assert (row(database, 1).facts, row(database, 1).ts) == ({}, "1.1")
    assert row(database, 2).facts == {"name": "Bryn"}
