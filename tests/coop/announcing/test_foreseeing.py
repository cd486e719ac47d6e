"""What people are warned of before they agree: cost, clashes, repetitions, blackout periods."""

import pytest

from coop.announcing.content import Target
from coop.announcing.limits import foreseeing
from coop.announcing.limits.foreseen import NOTHING, Alike, Clash, Spend
from coop.announcing.moment import Moment
from tests import lanes
from tests.announcing import MEETUP, Clock, Group, utc, wall
from tests.coop.announcing.test_blackouts import enter
from tests.coop.announcing.test_caps import BOTH, allow

X = Target("x")
LINKED = "Sign up by Friday at https://fenmarch.example/may for the May meetup in Leeds."


@pytest.fixture
def group(sqlite, now):
    return Group(sqlite, Clock(now))


@pytest.fixture
def group_on_both(database, now):
    return Group(database, Clock(now))


def foreseen(group, announcement_id):
    with group.database.read() as session:
        moment, publishers = Moment(group.clock.now, group.settings), group.deps.publishers
        one = group.see(announcement_id)
        return foreseeing.foresee(session, one, publishers=publishers, moment=moment)


def sent(group, text, targets=(X,)):
    announcement = group.propose(text, targets=targets).id
    group.approve(announcement)
    lanes.tick(group.deps, group.clock.forward(minutes=10))
    return announcement


def test_the_months_spend_is_told_with_this_one_against_the_cap(group_on_both):
    group = allow(group_on_both, most_cents_per_month=100)
    sent(group, LINKED)
    spend = foreseen(group, group.propose().id).spend
    assert spend == Spend(utc(1, 0).date(), this=15, before=200, cap=1_000)
    assert (spend.total, spend.is_over) == (215, False)


def test_another_month_begins_with_nothing_spent(group):
    sent(group, LINKED)
    spend = foreseen(group, group.propose(wall=wall(2, month=4)).id).spend
    assert spend == Spend(utc(1, 0, month=4).date(), this=15, before=0, cap=None)


def test_what_costs_nothing_is_not_priced(group):
    group.x.price = lambda content: 0
    assert foreseen(group, group.propose().id).spend is None


@pytest.mark.parametrize(
    ("hour", "minute", "close"), [(7, 0, True), (6, 59, False), (11, 0, True), (11, 1, False)]
)
def test_another_within_two_hours_on_the_same_account_is_named(group, hour, minute, close):
    group.propose("Elsewhere.", wall=wall(30, hour, minute), variants={"x": "Another."})
    found = foreseen(group, group.propose(wall=wall()).id).clashes
    assert found == ((Clash("Another.", X, utc(30, hour - 1, minute)),) if close else ())


def test_another_account_does_not_clash_and_what_was_withdrawn_neither(group_on_both):
    group = group_on_both
    group.propose("In Slack.", wall=wall(), targets=(Target("slack", "C0NEWS"),))
    given_up = group.propose("Given up.", wall=wall()).id
    with group.acting() as (session, facts):
        from coop.announcing import stopping  # noqa: PLC0415

        stopping.withdraw(session, announcement_id=given_up, by=group.asha, **facts)
    assert foreseen(group, group.propose(wall=wall()).id).clashes == ()


@pytest.mark.parametrize(
    ("text", "equal"),
    [
        (LINKED, True),
        (LINKED.replace("/may", "/may?from=x").upper().replace("HTTPS", "https"), True),
        (LINKED.replace("Friday", "Monday"), False),
        (f"  {LINKED.replace(' ', '   ')}  ", True),
    ],
)
def test_words_that_went_out_lately_are_known_again(group, text, equal):
    sent(group, LINKED)
    left_at = group.clock.now
    (alike,) = foreseen(group, group.propose(text).id).alike
    assert alike == Alike("Sign up by Friday at…", X, left_at, equal)


@pytest.mark.parametrize(
    "text", [MEETUP, "Sign up.", LINKED.replace("Sign up by Friday", "We are sorry to say no")]
)
def test_other_words_are_other_words(group, text):
    sent(group, LINKED)
    assert foreseen(group, group.propose(text).id).alike == ()


def test_the_words_of_each_network_are_what_is_compared(group):
    sent(group, LINKED)
    (alike,) = foreseen(group, group.propose(MEETUP, variants={"x": LINKED}).id).alike
    assert (alike.title, alike.equal) == ("Sign up by Friday at…", True)
    assert foreseen(group, group.propose(LINKED, variants={"x": MEETUP}).id).alike == ()
    threaded = group.propose(f"{MEETUP}\n---\n{LINKED}", thread=True)
    assert len(foreseen(group, threaded.id).alike) == 1


def test_after_thirty_days_nobody_minds(group):
    sent(group, LINKED)
    later = group.propose(LINKED).id
    group.clock.forward(days=30)
    assert len(foreseen(group, later).alike) == 1
    group.clock.forward(seconds=1)
    assert foreseen(group, later).alike == ()


def test_one_that_went_out_on_several_networks_is_named_once(group):
    sent(group, LINKED, BOTH)
    assert len(foreseen(group, group.propose(LINKED, targets=BOTH).id).alike) == 1


def test_long_texts_are_compared_by_their_beginnings_and_soon(group):
    long = "a." * 20_000
    assert foreseeing.likeness(long, long + "b") == 1.0
    assert foreseeing.is_equal(long, long + "b") is False


def test_a_period_that_covers_its_day_is_told_until_it_is_lifted(group):
    from tests.coop.announcing.test_overriding import lift  # noqa: PLC0415

    enter(group)
    announcement = group.propose(wall=wall()).id
    assert foreseen(group, announcement).blackouts == (
        "a blackout period, from 30 March 2027 to 31 March 2027 (Local elections)",
    )
    lift(group, announcement)
    assert foreseen(group, announcement).blackouts == ()


def test_of_what_has_gone_out_nothing_is_foreseen(group):
    assert foreseen(group, sent(group, LINKED)) == NOTHING
