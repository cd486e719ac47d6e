"""What the house does once a day: on its day, once, in parts, and whatever becomes of the other jobs."""

import threading
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.jobs import house_jobs
from bot.jobs.house_jobs import HouseJob
from coop.deps import Deps
from coop.settings import Settings
from storage import job_runs, outbox, outbox_claims, seen
from storage.outbox import OutboxRow

NINE = time(9)


@pytest.fixture
def deps(database):
    return Deps(database, lambda: datetime.now(UTC), Settings(steering_channel="C1"), slack=None)


def at(text):
    return datetime.fromisoformat(text)


def note(name, ran, more=()):
    """A job that puts its name in the record as often as it runs, and goes on as long as `more` says."""
    left = list(more)

    def run(session, deps, now):
        ran.append(name)
        seen.claim(session, f"{name} {len(ran)}", now)
        return left.pop(0) if left else None

    return HouseJob(name, NINE, run)


def test_a_job_runs_once_on_its_day_at_its_time_in_the_networks_zone(deps):
    ran = []
    job = note("digest", ran)
    for moment in (
        "2027-06-04T07:59:59+00:00",
        "2027-06-04T08:00:00+00:00",
        "2027-06-04T08:00:30+00:00",
        "2027-06-04T22:59:59+00:00",
        "2027-06-05T07:00:00+00:00",
        "2027-06-05T09:30:00+00:00",
    ):
        house_jobs.run_due([job], deps, at(moment))
    assert ran == ["digest", "digest"]


@pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31"])
def test_a_change_of_the_clocks_neither_doubles_nor_skips_a_run(deps, day):
    ran = []
    job = HouseJob("tidy", time(1, 30), note("tidy", ran).run)
    moment = at(f"{day}T00:00:00+00:00")
    for _ in range(12):
        house_jobs.run_due([job], deps, moment)
        moment += timedelta(minutes=30)
    assert ran == ["tidy"]


def test_a_job_missed_while_nothing_ran_runs_later_that_day(deps):
    ran = []
    assert house_jobs.run_due([note("digest", ran)], deps, at("2027-06-04T20:00:00+00:00")) == ["digest"]


def test_a_monthly_job_runs_once_a_month_also_when_nothing_ran_on_its_first_day(deps):
    ran = []
    job = HouseJob("summary", NINE, note("summary", ran).run, monthly=True)
    done = [
        bool(house_jobs.run_due([job], deps, at(moment)))
        for moment in (
            "2027-06-01T07:59:59+00:00",
            "2027-06-01T08:00:00+00:00",
            "2027-06-01T08:00:30+00:00",
            "2027-06-30T22:59:59+00:00",
            "2027-07-03T00:00:00+00:00",
            "2027-07-03T09:00:00+00:00",
            "2027-10-01T07:59:00+00:00",
            "2027-10-01T08:00:00+00:00",
        )
    ]
    assert done == [False, True, False, False, True, False, False, True]


def test_four_workers_run_a_monthly_job_once(deps):
    ran, moment = [], at("2027-06-01T08:00:00+00:00")
    job = HouseJob("summary", NINE, note("summary", ran).run, monthly=True)
    workers = [threading.Thread(target=house_jobs.run_due, args=([job], deps, moment)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert ran == ["summary"]


def test_a_run_on_a_day_that_has_not_come_counts_for_nothing(deps):
    ran = []
    house_jobs.run_due([note("digest", ran)], deps, at("2030-06-04T09:00:00+00:00"))
    house_jobs.run_due([note("digest", ran)], deps, at("2027-06-04T09:00:00+00:00"))
    assert ran == ["digest", "digest"]


def test_a_job_in_parts_runs_until_it_is_done_and_then_not_again(deps):
    ran = []
    job = note("fees", ran, more=[True, True])
    for _ in range(2):
        house_jobs.run_due([job], deps, at("2027-06-04T12:00:00+00:00"))
    assert ran == ["fees", "fees", "fees"]


def test_a_job_that_died_between_two_parts_is_gone_on_with(deps):
    noon, ran = at("2027-06-04T12:00:00+00:00"), []

    def die_in_the_second_part(session, deps, now):
        ran.append("part")
        if len(ran) == 2:
            raise LookupError("of the test")
        return len(ran) < 4

    job = HouseJob("fees", NINE, die_in_the_second_part)
    assert house_jobs.run_due([job], deps, noon) == []
    assert house_jobs.run_due([job], deps, noon) == ["fees"]
    assert len(ran) == 4


def test_two_workers_at_the_same_moment_run_a_job_once(deps):
    noon, ran, others = at("2027-06-04T12:00:00+00:00"), [], []

    def run(session, deps, now):
        ran.append("digest")
        if len(ran) > 1:
            return
        other = threading.Thread(target=lambda: house_jobs.run_due([job], deps, noon))
        others.append(other)
        other.start()
        while not deps.database._turns._waiting:
            pass

    job = HouseJob("digest", NINE, run)
    assert house_jobs.run_due([job], deps, noon) == ["digest"]
    others[0].join()
    assert ran == ["digest"]


def test_a_job_that_fails_leaves_no_trace_and_holds_up_no_other(deps):
    noon, ran = at("2027-06-04T12:00:00+00:00"), []

    def fail(session, deps, now):
        seen.claim(session, "half of it", now)
        raise LookupError("of the test")

    jobs = [HouseJob("digest", NINE, fail), note("tidy", ran)]
    assert house_jobs.run_due(jobs, deps, noon) == ["tidy"]
    with deps.read() as session:
        assert session.get(seen.Seen, "half of it") is None
        assert job_runs.last_days(session, noon.date()) == {"tidy": noon.date()}


def test_old_keys_are_forgotten_after_seven_days(deps, now):
    with deps.write() as session:
        seen.claim(session, "old", now - timedelta(days=7, seconds=1))
        seen.claim(session, "young", now - timedelta(days=6))
        house_jobs.tidy(session, deps, now)
        assert [row.key for row in session.query(seen.Seen)] == ["young"]


def give_up_one(deps, to, now):
    with deps.write() as session:
        outbox.put(session, kind="receipt_joined", to=to, facts={"name": "Asha"}, now=now)
        outbox_claims.give_up(session, outbox_claims.claim(session, now), "Slack said user_disabled")


def told(deps):
    with deps.read() as session:
        return [row.facts for row in session.query(OutboxRow).where(OutboxRow.kind == "undelivered")]


def test_the_steering_group_is_told_once_of_what_was_given_up_and_not_what_it_said(deps, now):
    job = HouseJob(house_jobs.UNDELIVERED, NINE, house_jobs.tell_of_undelivered)
    house_jobs.run_due([job], deps, now)
    assert told(deps) == []
    give_up_one(deps, "U1", now + timedelta(hours=1))
    house_jobs.run_due([job], deps, now + timedelta(days=1))
    house_jobs.run_due([job], deps, now + timedelta(days=2))
    assert told(deps) == [
        {"messages": [{"to": "U1", "kind": "receipt_joined", "why": "Slack said user_disabled"}], "count": 1}
    ]


def test_nothing_is_said_when_everything_arrived(deps, now):
    with deps.write() as session:
        house_jobs.tell_of_undelivered(session, deps, now)
    assert told(deps) == []
