"""The worker as a whole: a commit is followed by its message within two seconds, whatever else hangs."""

import threading
import time
from dataclasses import replace

import pytest

from bot.jobs.worker import timetable
from bot.slack.clients import client
from handlers.blocks.message import Message
from storage import heartbeats, outbox
from tests.bot.test_timetable import until
from tests.practice import user

RENDERS = {"note": lambda facts, _deps: Message(facts["text"])}


@pytest.fixture
def worker(practice_on_both):
    """Start the jobs beside given steps; returns the deps whose commits wake them."""
    practice, started = practice_on_both, []

    def start(**steps):
        environment = practice.house.environment
        token = environment.slack_bot_token.get_secret_value()
        slack = client(token, environment.slack_api_url, seconds=10)
        deps = replace(practice.deps, wake=lambda: started[-1].wake())  # noqa: PLW0108 -- made below
        jobs = timetable(deps, renders=RENDERS, slack=slack, steps=steps, daily=())
        started.append(jobs)
        jobs.start()
        return deps

    yield start
    for jobs in started:
        jobs.stop(5)


def say(deps, text):
    with deps.write() as session:
        outbox.put(session, kind="note", to=user("asha"), facts={"text": text}, now=deps.now())


def test_a_receipt_arrives_within_two_seconds_of_its_commit(worker, practice_on_both):
    deps = worker()
    committed = time.monotonic()
    say(deps, "You're a member.")
    until(lambda: practice_on_both.texts("asha") == ["You're a member."])
    assert time.monotonic() - committed < 2


def test_a_network_that_hangs_delays_no_receipt(worker, practice_on_both):
    let_go = threading.Event()
    deps = worker(sending=lambda _now: let_go.wait(20), reconciling=lambda _now: let_go.wait(20))
    committed = time.monotonic()
    say(deps, "You're a member.")
    until(lambda: practice_on_both.texts("asha") == ["You're a member."])
    assert time.monotonic() - committed < 2
    let_go.set()


def test_a_step_is_given_the_bots_time_and_its_commits_are_followed_by_their_messages(
    worker, practice_on_both
):
    moments, woken = [], []

    def step(now):
        if woken and not moments:
            say(woken[0], "It is out.")
            moments.append(now)

    woken.append(worker(sending=step))
    until(lambda: practice_on_both.texts("asha") == ["It is out."])
    assert moments == [practice_on_both.clock.now]


def test_a_worker_shows_that_it_is_alive_for_two_minutes(worker, practice_on_both):
    deps = worker()

    def is_alive(**later):
        practice_on_both.clock.forward(**later)
        with deps.read() as session:
            return heartbeats.worker_is_alive(session, practice_on_both.clock.now)

    until(is_alive)
    assert is_alive(seconds=100)
    assert not is_alive(minutes=30)
