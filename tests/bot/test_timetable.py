"""The clock of the jobs: on time, at once when woken, never twice at a time, and it stops when told."""

import threading
import time

import pytest

from bot.jobs.timetable import Tick, Timetable
from storage.database import Busy


def until(holds, seconds=5.0):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.005)


@pytest.fixture
def running():
    started = []

    def start(*ticks):
        jobs = Timetable()
        jobs.add(*ticks)
        jobs.start()
        started.append(jobs)
        return jobs

    yield start
    for jobs in started:
        jobs.stop(5)


def test_a_job_comes_round_again_and_again(running):
    rounds = []
    running(Tick("outbox", lambda: rounds.append(1), every=0.05))
    until(lambda: len(rounds) >= 3)


def test_a_wake_runs_a_job_long_before_its_time(running):
    rounds = []
    jobs = running(Tick("outbox", lambda: rounds.append(1), every=3600, woken=True))
    until(lambda: len(rounds) == 1)
    woken_at = time.monotonic()
    jobs.wake()
    until(lambda: len(rounds) == 2)
    assert time.monotonic() - woken_at < 1


def test_a_wake_during_a_round_brings_one_more_round_and_none_at_the_same_time(running):
    entered, leave, together, rounds = threading.Event(), threading.Event(), [], []

    def work():
        together.append(1)
        assert len(together) == 1
        rounds.append(1)
        entered.set()
        leave.wait(5)
        together.pop()

    jobs = running(Tick("outbox", work, every=3600, woken=True))
    entered.wait(5)
    for _ in range(20):
        jobs.wake()
    leave.set()
    until(lambda: len(rounds) == 2 and jobs.is_idle())
    assert rounds == [1, 1]


def test_a_hung_job_delays_no_other(running):
    let_go, rounds = threading.Event(), []
    running(
        Tick("sending", lambda: let_go.wait(10), every=0.05),
        Tick("outbox", lambda: rounds.append(1), every=0.05),
    )
    until(lambda: len(rounds) >= 3)
    let_go.set()


def test_a_job_that_fails_comes_round_again(running):
    rounds = []

    def fail():
        rounds.append(1)
        raise Busy if len(rounds) % 2 else LookupError("of the test")

    running(Tick("outbox", fail, every=0.05))
    until(lambda: len(rounds) >= 4)


def test_jobs_that_commit_wake_the_outbox_and_nothing_else(running):
    rounds = []
    jobs = Timetable()
    jobs.add(
        Tick("sending", lambda: (rounds.append("sending"), jobs.wake()), every=3600, woken=True),
        Tick("outbox", lambda: (rounds.append("outbox"), jobs.wake()), every=3600, woken=True, by_jobs=True),
    )
    jobs.start()
    until(lambda: {"sending", "outbox"} <= set(rounds) and jobs.is_idle())
    before = rounds.count("outbox")
    jobs.wake()
    until(lambda: rounds.count("sending") == 2 and rounds.count("outbox") > before and jobs.is_idle())
    assert jobs.stop(5)
    assert rounds.count("sending") == 2
    assert rounds.count("outbox") <= before + 2


def test_stopping_waits_for_the_round_in_hand_and_begins_no_other(running):
    entered, leave, ended = threading.Event(), threading.Event(), []

    def work():
        entered.set()
        leave.wait(5)
        ended.append(1)

    jobs = running(Tick("outbox", work, every=0.05, woken=True))
    entered.wait(5)
    threading.Timer(0.2, leave.set).start()
    assert jobs.stop(5)
    assert ended == [1]
    jobs.wake()
    assert ended == [1]


def test_stopping_does_not_wait_for_ever(running):
    entered, leave = threading.Event(), threading.Event()
    jobs = running(Tick("sending", lambda: (entered.set(), leave.wait(10)), every=0.05))
    entered.wait(5)
    began = time.monotonic()
    assert not jobs.stop(0.3)
    assert time.monotonic() - began < 2
    leave.set()


def test_how_far_behind_the_slowest_job_is_can_be_asked(running):
    let_go = threading.Event()
    jobs = running(
        Tick("sending", lambda: let_go.wait(10), every=0.05), Tick("outbox", lambda: None, every=0.05)
    )
    until(lambda: jobs.seconds_since_round() > 0.4)
    let_go.set()
    until(lambda: jobs.seconds_since_round() < 0.3)
