"""Several workers and several networks at once: one post each, and none waits for another's trouble."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.jobs import sending
from coop.announcing.content import Target
from coop.publishing import Unknown
from storage import claims
from storage.database import Busy
from storage.log import LogEntry
from tests import lanes
from tests.announcing import Clock, Group

WORKERS = 4
POSTS = 12


@pytest.fixture
def group(database, now):
    return Group(database, Clock(now))


def approved(group, text, *targets):
    proposed = group.propose(text, targets=targets or (Target("x"),))
    group.approve(proposed.id)
    return proposed.id


def test_four_workers_send_each_of_twelve_once_and_never_two_at_a_time(group):
    for number in range(POSTS):
        approved(group, f"Number {number}")
    now = group.clock.forward(minutes=10)
    busy = threading.Semaphore(1)
    together = []

    def alone(_attempt):
        together.append(not busy.acquire(blocking=False))
        busy.release()

    group.x.answers = [alone] * POSTS
    deps = group.deps
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda _: sending.send(deps, "x", now), range(WORKERS)))
    lanes.tick(deps, now)
    assert sorted(group.x.posts) == sorted(f"Number {number}" for number in range(POSTS))
    assert together == [False] * POSTS


def test_four_workers_look_for_one_uncertain_delivery_one_at_a_time(group):
    announcement = approved(group, "Once")
    group.x.answers = [Unknown("timed out")]
    lanes.tick(group.deps, group.clock.forward(minutes=10))
    now = group.clock.forward(seconds=5)
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda _: sending.look(group.deps, "x", now), range(WORKERS)))
    assert (group.x.looked, group.states(announcement)) == (1, ["uncertain"])


def test_a_network_that_hangs_does_not_hold_up_another(group):
    announcement = approved(group, "For both", Target("x"), Target("slack", "C0NEWS"))
    now = group.clock.forward(minutes=10)
    let_go, reached = threading.Event(), threading.Event()

    def hangs(_attempt):
        reached.set()
        let_go.wait(20)

    group.x.answers = [hangs]
    lanes = sending.steps(group.deps)
    with ThreadPoolExecutor(1) as pool:
        stuck = pool.submit(lanes["sending to x"], now)
        assert reached.wait(20)
        lanes["sending to slack"](now)
        lanes["leases"](now)
        assert (group.x.posts, group.slack.posts) == ([], ["For both"])
        assert group.states(announcement) == ["attempting", "delivered"]
        let_go.set()
        stuck.result(20)
    assert group.states(announcement) == ["delivered", "delivered"]


def test_a_lane_that_outlives_its_lease_is_looked_for_and_its_late_answer_still_counts(group):
    announcement = approved(group, "Slowly")
    now = group.clock.forward(minutes=10)

    def slow(_attempt):
        lanes.tick(group.deps, now + timedelta(seconds=121))
        assert group.states(announcement) == ["uncertain"]

    group.x.answers = [slow]
    sending.send(group.deps, "x", now)
    assert (group.x.posts, group.states(announcement)) == (["Slowly"], ["delivered"])


class BusyOnce:
    """A record that somebody else is writing to, once, when it is asked to."""

    def __init__(self, database):
        self.real = database
        self.read = database.read
        self.is_busy = False

    @contextmanager
    def write(self):
        if self.is_busy:
            self.is_busy = False
            raise Busy
        with self.real.write() as session:
            yield session


def test_an_answer_that_finds_the_record_busy_is_written_afterwards(group):
    announcement = approved(group, "Busy")
    now = group.clock.forward(minutes=10)
    record = BusyOnce(group.database)

    def somebody_writes(_attempt):
        record.is_busy = True

    group.x.answers = [somebody_writes]
    sending.send(replace(group.deps, database=record), "x", now)
    assert (record.is_busy, group.states(announcement)) == (False, ["delivered"])


def test_idle_lanes_write_nothing(group):
    before = _log_length(group)
    for lane in sending.steps(group.deps).values():
        lane(group.clock.now)
    assert _log_length(group) == before
    with group.database.read() as session:
        assert claims.networks_due(session, group.clock.now) == []


def _log_length(group):
    with group.database.read() as session:
        return session.query(LogEntry).count()
