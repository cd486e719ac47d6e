"""Ten minutes before a chosen time its thread says what is about to leave; the time itself stays as it is."""

from datetime import timedelta

import pytest

from coop import offices
from coop.announcing import proposing, stopping, telling
from coop.announcing.content import Agreed, Target
from coop.announcing.sending import counting_down
from coop.settings import Settings
from storage.offices import Role
from tests import lanes
from tests.announcing import ON_X, SETTINGS, Clock, Group, utc, wall
from tests.coop.people import queued

NINE = utc(30, 8)  # 9:00am in London
TEN_TO_NINE = utc(30, 7, 50)


@pytest.fixture
def on_sqlite(sqlite, now):
    return Group(sqlite, Clock(now))


def approved(group, **chosen):
    proposed = group.propose(**{"wall": wall(), **chosen})
    group.approve(proposed.id)
    return proposed.id


def count_down(group, at):
    """What has been said of it by then, as (announcement, deliveries, time)."""
    group.clock.now = at
    with group.acting() as (session, facts):
        counting_down.tell(session, **facts)
    return said(group)


def said(group):
    with group.database.read() as session:
        return [
            (facts["announcement"], facts["going"], facts["due_at"])
            for kind, facts in queued(session, to="C0STEERING")
            if kind == telling.COUNTDOWN
        ]


def test_it_is_said_once_from_the_very_second_and_it_leaves_at_nine(group):
    one = approved(group)
    (to,) = group.see(one).deliveries
    assert count_down(group, TEN_TO_NINE - timedelta(seconds=1)) == []
    expected = [(one, [to.id], NINE.isoformat())]
    assert count_down(group, TEN_TO_NINE) == expected
    assert count_down(group, TEN_TO_NINE + timedelta(seconds=1)) == expected
    lanes.tick(group.deps, NINE - timedelta(seconds=1))
    assert group.x.posts == []
    group.clock.now = NINE
    lanes.tick(group.deps, NINE)
    assert group.states(one) == ["delivered"]


def test_it_is_said_in_the_thread_and_to_nobody_else(on_sqlite):
    group = on_sqlite
    approved(group)
    with group.database.read() as session:
        before = {user: queued(session, to=user) for user in ("U0ASHA", "U0BRYN", "U0CARYS")}
    assert len(count_down(group, TEN_TO_NINE)) == 1
    with group.database.read() as session:
        assert {user: queued(session, to=user) for user in before} == before


def unapproved(group):
    group.propose(wall=wall())


def as_soon_as_approved(group):
    group.clock.now = TEN_TO_NINE - timedelta(minutes=5)
    approved(group, wall=None)


def approved_late(group):
    group.clock.now = TEN_TO_NINE
    approved(group)


def stopped(group):
    one = approved(group)
    with group.acting() as (session, facts):
        stopping.stop_one(session, announcement_id=one, by=group.carys, **facts)


def all_stopped(group):
    approved(group)
    with group.acting() as (session, facts):
        stopping.stop_all(session, by=group.carys, **facts)


def withdrawn(group):
    one = approved(group)
    with group.acting() as (session, facts):
        stopping.withdraw(session, announcement_id=one, by=group.asha, **facts)


def term_ended(group):
    """The approver's, between now and its time."""
    approved(group)
    today = group.clock.now.date()
    with group.database.write() as session:
        facts = {"by": "command line", "today": today, "now": group.clock.now}
        offices.end(session, person_id=group.bryn, role=Role.STEERING, **facts)


def no_countdown(group):
    group.settings = Settings(**{**SETTINGS.model_dump(), "countdown_minutes": 0})
    approved(group)


@pytest.mark.parametrize(
    "so",
    [
        unapproved,
        as_soon_as_approved,
        approved_late,
        stopped,
        all_stopped,
        withdrawn,
        term_ended,
        no_countdown,
    ],
)
def test_nothing_is_said_of_what_does_not_leave_then_or_was_approved_within_those_minutes(on_sqlite, so):
    so(on_sqlite)
    assert count_down(on_sqlite, TEN_TO_NINE + timedelta(minutes=1)) == []


def test_a_worker_that_was_down_until_its_time_says_nothing_and_one_back_before_it_does(on_sqlite):
    one = approved(on_sqlite)
    assert count_down(on_sqlite, NINE) == []
    (told,) = count_down(on_sqlite, NINE - timedelta(seconds=1))
    assert told[0] == one


def test_a_new_time_is_counted_down_to_anew(on_sqlite):
    group = on_sqlite
    one = approved(group)
    assert len(count_down(group, TEN_TO_NINE)) == 1
    with group.acting() as (session, facts):
        later = Agreed("Later", ON_X, wall(hour=12))
        proposing.edit(session, announcement_id=one, agreed=later, by=group.asha, **facts)
    group.approve(one)
    assert len(count_down(group, NINE - timedelta(seconds=1))) == 1
    assert [at for _, _, at in count_down(group, utc(30, 10, 50))] == [
        NINE.isoformat(),
        utc(30, 11).isoformat(),
    ]


def test_all_its_places_are_named_in_one_note(on_sqlite):
    one = approved(on_sqlite, targets=(Target("x"), Target("slack", "C0NEWS")))
    ids = [to.id for to in on_sqlite.see(one).deliveries]
    assert count_down(on_sqlite, TEN_TO_NINE) == [(one, ids, NINE.isoformat())]


def test_a_note_that_waited_too_long_or_was_overtaken_is_moot(on_sqlite):
    group = on_sqlite
    one = approved(group)
    ((_, going, due_at),) = count_down(group, TEN_TO_NINE)
    facts = {"going": going, "due_at": due_at}
    assert not counting_down.is_moot(group.see(one), facts, NINE - timedelta(seconds=1))
    assert counting_down.is_moot(group.see(one), facts, NINE)
    with group.acting() as (session, given):
        stopping.stop_one(session, announcement_id=one, by=group.carys, **given)
    assert counting_down.is_moot(group.see(one), facts, TEN_TO_NINE)
