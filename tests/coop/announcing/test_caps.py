"""How much may go out in an hour, a day and a month, and what counts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.jobs import sending
from coop.announcing.content import Target
from coop.announcing.limits import caps
from coop.announcing.limits.caps import Cap, Reached, Used
from coop.announcing.moment import Moment
from coop.publishing import AskPerson, Refused, TryLater, Unknown
from coop.settings import Settings
from storage.attempts import Attempt
from tests import lanes
from tests.announcing import Clock, Group, Listed, utc

BOTH = (Target("x"), Target("slack", "C0NEWS"))
ONE = Settings(most_per_hour=3, most_per_day=5, most_cents_per_month=100)


@pytest.mark.parametrize(
    ("used", "price", "found"),
    [
        (Used(2, 4, 985), 15, ()),
        (Used(3, 4, 0), 15, (Reached(Cap.PER_HOUR, 3, 3),)),
        (Used(2, 5, 0), 15, (Reached(Cap.PER_DAY, 5, 5),)),
        (Used(2, 4, 986), 15, (Reached(Cap.PER_MONTH, 986, 1000),)),
        (Used(2, 4, 5000), 0, ()),
        (
            Used(9, 9, 1000),
            200,
            (Reached(Cap.PER_HOUR, 9, 3), Reached(Cap.PER_DAY, 9, 5), Reached(Cap.PER_MONTH, 1000, 1000)),
        ),
    ],
)
def test_what_is_over_a_cap(used, price, found):
    assert caps.over(used, price, ONE) == found


def test_without_caps_nothing_is_over_one():
    assert caps.over(Used(10_000, 10_000, 10**9), 10**9, Settings()) == ()


@pytest.fixture
def group(sqlite, now):
    return Group(sqlite, Clock(now))


@pytest.fixture
def group_on_both(database, now):
    return Group(database, Clock(now))


@pytest.fixture
def capped(group):
    """A group with room for one announcement in an hour."""
    return allow(group, most_per_hour=1)


def allow(group, **chosen):
    group.settings = group.settings.model_copy(update=chosen)
    return group


def approved(group, text, *targets):
    proposed = group.propose(text, targets=targets or (Target("x"),))
    group.approve(proposed.id)
    return proposed.id


def sent(group, text, *targets, **later):
    announcement = approved(group, text, *targets)
    lanes.tick(group.deps, group.clock.forward(**(later or {"minutes": 10})))
    return group.states(announcement)


def test_what_is_over_the_cap_is_held_with_the_cap_how_much_and_who_can_lift_it(capped):
    assert sent(capped, "First.") == ["delivered"]
    over = approved(capped, "Second.")
    lanes.tick(capped.deps, capped.clock.forward(minutes=10))
    (to,) = capped.see(over).deliveries
    assert (to.state, to.hold, to.reason, capped.x.posts) == (
        "held",
        "over_cap",
        "1 has gone out as @FenmarchDigital on X in the last hour, and at most 1 may (MOST_PER_HOUR)",
        ["First."],
    )


def test_an_hour_is_the_last_sixty_minutes(capped):
    assert sent(capped, "First.") == ["delivered"]
    assert sent(capped, "Second.", minutes=60) == ["held over_cap"]
    assert sent(capped, "Third.") == ["delivered"]


def test_each_account_has_its_own_count(capped):
    assert sent(capped, "First.", *BOTH) == ["delivered", "delivered"]
    assert sent(capped, "Second.", Target("slack", "C0OTHER")) == ["delivered"]
    assert sent(capped, "Third.", *BOTH) == ["held over_cap", "held over_cap"]


def test_what_people_post_themselves_has_no_cap(capped):
    capped.x = Listed("by_hand", answers=[AskPerson("copy it")] * 2)
    assert [sent(capped, text, Target("by_hand")) for text in ("One.", "Two.")] == [["held by_hand"]] * 2


def test_a_day_ends_at_the_networks_own_midnight(group_on_both):
    group = allow(group_on_both, most_per_day=1)
    group.clock.now = utc(30, 22, 30)  # 11:30pm in London
    assert sent(group, "On Tuesday.") == ["delivered"]
    assert sent(group, "On Tuesday too.") == ["held over_cap"]
    assert sent(group, "On Wednesday.") == ["delivered"]


@pytest.mark.parametrize("outcome", [TryLater(utc(27, 12), "later"), Refused("no", "fix")])
def test_what_certainly_did_not_go_out_does_not_count(capped, outcome):
    capped.x.answers = [outcome]
    sent(capped, "Not out.")
    assert sent(capped, "Out.", minutes=11)[0] == "delivered"


def test_what_may_have_gone_out_counts(capped):
    capped.x.answers = [Unknown("timed out")]
    assert sent(capped, "In doubt.") == ["uncertain"]
    assert sent(capped, "After it.") == ["held over_cap"]


def test_a_month_is_capped_by_what_it_cost_and_a_free_post_still_goes(group_on_both):
    group = allow(group_on_both, most_per_hour=10, most_cents_per_month=22)
    assert sent(group, "See https://fenmarch.example") == ["delivered"]  # 20 cents
    assert sent(group, "One and a half cents.") == ["delivered"]
    assert sent(group, "One and a half more.") == ["held over_cap"]
    group.x.price = lambda content: 0
    assert sent(group, "Free.") == ["delivered"]
    with group.database.read() as session:
        moment = Moment(group.clock.now, group.settings)
        assert caps.spent_this_month(session, moment) == 215


def test_a_month_begins_with_the_networks_own_first_midnight(group):
    allow(group, most_cents_per_month=20)
    group.clock.now = utc(31, 22, 40)  # 11:40pm in London, on the last of March
    assert sent(group, "See https://fenmarch.example in March") == ["delivered"]
    assert sent(group, "See https://fenmarch.example in April") == ["delivered"]
    assert sent(group, "Nothing is left of April.") == ["held over_cap"]


def test_the_price_is_frozen_as_it_was_when_it_left(group):
    assert sent(group, "See https://fenmarch.example") == ["delivered"]
    group.x.price = lambda content: 999
    with group.database.read() as session:
        moment = Moment(group.clock.now, group.settings)
        assert caps.spent_this_month(session, moment) == 200
        assert [(row.price, row.rehearsal) for row in session.query(Attempt)] == [(200, False)]


def test_what_was_rehearsed_counts_in_a_rehearsal_only(capped):
    allow(capped, rehearsal=True)
    assert sent(capped, "A rehearsal.") == ["delivered"]
    assert sent(capped, "Another.") == ["held over_cap"]
    allow(capped, rehearsal=False)
    assert sent(capped, "In earnest.") == ["delivered"]


def test_two_workers_at_once_never_send_more_than_the_cap(group_on_both):
    """On one account, and on two that share the month's spend: whoever comes second sees the first."""
    group = allow(group_on_both, most_per_hour=1, most_cents_per_month=2)
    group.slack.price = group.x.price
    for number in range(4):
        approved(group, f"Number {number}", *BOTH)
    now, deps = group.clock.forward(minutes=10), group.deps
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda lane: sending.send(deps, lane, now), ["x", "slack", "x", "slack"]))
    assert len(group.x.posts + group.slack.posts) == 1
    lanes.tick(deps, now + timedelta(minutes=1))
    assert len(group.x.posts + group.slack.posts) == 1
