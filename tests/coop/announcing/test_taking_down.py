"""Taking down: who may wish it, what each answer leads to, and that a wish is worked off or left to a person."""

from datetime import timedelta

import pytest

from coop.announcing import listing, proof, removing, taking_down, telling
from coop.announcing.content import Target
from coop.announcing.limits import caps
from coop.announcing.moment import Moment
from coop.announcing.removing import MOST_TRIES, Again, Gone, Leave, after
from coop.announcing.taking_down import AskedAlready, NothingToTakeDown, OnlyRehearsed, SettledAlready
from coop.errors import UserError
from coop.publishing import (
    CannotTakeDown,
    GoneAlready,
    NotSent,
    Refused,
    Removal,
    TakenDown,
    TryLater,
    Unknown,
)
from storage.takedowns import TakedownState
from tests import lanes
from tests.announcing import MEETUP, utc
from tests.coop.people import queued

NOW = utc(27, 9, 30)
BOTH = (Target("x"), Target("slack", "C0NEWS"))


@pytest.mark.parametrize(
    ("outcome", "tries", "step"),
    [
        (TakenDown(), 1, Gone(was=False)),
        (GoneAlready(), MOST_TRIES, Gone(was=True)),
        (CannotTakeDown("no", "https://there"), 1, Leave("no", "Delete it there by hand.", "https://there")),
        (Refused("keys", "new keys"), 1, Leave("keys", "new keys")),
        (Unknown("cut"), 1, Again(NOW + timedelta(seconds=5), "cut")),
        (NotSent("refused"), 3, Again(NOW + timedelta(seconds=60), "refused")),
        (Unknown("cut"), 9, Again(NOW + timedelta(seconds=600), "cut")),
        (TryLater(NOW + timedelta(hours=1), "busy"), 1, Again(NOW + timedelta(hours=1), "busy")),
        (TryLater(NOW, "busy"), 1, Again(NOW + timedelta(seconds=5), "busy")),
        (Unknown("cut"), MOST_TRIES, Leave("I have tried 12 times. cut", "Delete it there by hand.")),
        (TryLater(NOW, "busy"), MOST_TRIES, Leave("I have tried 12 times. busy", "Delete it there by hand.")),
    ],
)
def test_what_each_answer_leads_to(outcome, tries, step):
    assert after(outcome, tries=tries, now=NOW) == step


@pytest.fixture
def out(group):
    """The id of an announcement that is out on X and in a channel."""
    proposed = group.propose(targets=BOTH)
    group.approve(proposed.id)
    lanes.tick(group.deps, group.clock.forward(minutes=10))
    return proposed.id


def ask(group, announcement_id, *, by=None, where=None, settings=None, reason="wrong day"):
    with group.acting() as (session, facts):
        given = {**facts, **({"settings": settings} if settings else {})}
        wish = {"where": where, "reason": reason, "by": by or group.carys}
        return taking_down.ask(session, announcement_id=announcement_id, **wish, **given)


def work(group, **forward):
    lanes.take_down(group.deps, group.clock.forward(**forward))


def states(group, announcement_id):
    return [to.takedown.state if to.takedown else "up" for to in group.see(announcement_id).deliveries]


def spent(group):
    with group.database.read() as session:
        return caps.spent_this_month(session, Moment(group.clock.now, group.settings))


def told(group):
    with group.database.read() as session:
        kinds = [kind for kind, _ in queued(session, to="C0STEERING") if kind != telling.PROPOSAL]
    return kinds[kinds.index(telling.TAKE_DOWN_ASKED) :]


def test_a_wish_deletes_nothing_and_a_worker_everything_once(group, out):
    ask(group, out)
    assert group.x.removals == []
    work(group, seconds=1)
    work(group, seconds=200)
    (removal,) = group.x.removals
    assert removal == Removal(1, "", "x-1", "https://x.example/1", group.clock.now - timedelta(seconds=200))
    assert [to.target for to in group.slack.removals] == ["C0NEWS"]
    (x, slack) = group.see(out).deliveries
    assert (x.state, x.takedown.state, slack.takedown.state) == ("delivered", "done", "done")
    assert (x.takedown.by, x.takedown.reason) == ("U0CARYS", "wrong day")
    assert group.see(out).text == MEETUP
    assert told(group) == [telling.TAKE_DOWN_ASKED, telling.TAKEN_DOWN, telling.TAKEN_DOWN]


def test_one_place_may_be_taken_down_and_the_other_left_up(group, out):
    ask(group, out, where={2})
    assert states(group, out) == ["up", "wanted"]
    ask(group, out)
    assert states(group, out) == ["wanted", "wanted"]


def test_only_the_steering_group_takes_down_and_only_what_is_out(group, out):
    with pytest.raises(UserError, match="steering"):
        ask(group, out, by=group.dafydd)
    with pytest.raises(NothingToTakeDown):
        ask(group, group.propose("Not out yet").id)
    ask(group, out)
    with pytest.raises(AskedAlready) as already:
        ask(group, out, by=group.bryn)
    assert [to.takedown.by for to in already.value.one.deliveries] == ["U0CARYS"] * 2
    assert states(group, out) == ["wanted", "wanted"]


def test_what_was_sent_in_earnest_is_not_taken_down_in_a_rehearsal(group, out):
    rehearsing = group.settings.model_copy(update={"rehearsal": True})
    with pytest.raises(OnlyRehearsed):
        ask(group, out, settings=rehearsing)
    ask(group, out)
    group.settings = rehearsing
    work(group, seconds=1)
    assert (group.x.removals, group.slack.removals) == ([], [])
    assert states(group, out) == ["left", "left"]


def test_a_failed_deletion_is_tried_again_until_it_is_left_to_a_person(group, out):
    group.x.removed = [Unknown("the answer was cut short")] * MOST_TRIES
    ask(group, out, where={1})
    work(group)
    work(group, seconds=4)
    assert len(group.x.removals) == 1
    for _ in range(MOST_TRIES - 1):
        assert states(group, out) == ["wanted", "up"]
        work(group, minutes=11)
    assert (len(group.x.removals), states(group, out)) == (MOST_TRIES, ["left", "up"])
    assert spent(group) == 15 + 15 + MOST_TRIES * 10  # each may have cost
    assert told(group) == [telling.TAKE_DOWN_ASKED, telling.TAKE_DOWN_LEFT]


@pytest.mark.parametrize("act", [taking_down.deleted_by_hand, taking_down.try_again])
def test_what_is_left_to_a_person_is_said_to_be_gone_or_tried_again_once(group, out, act):
    group.x.removed = [CannotTakeDown("no", "https://there")]
    ask(group, out, where={1})
    work(group)
    assert spent(group) == 15 + 15
    seen = group.see(out).deliveries[0].takedown
    assert (seen.said, seen.fix, seen.url) == ("no", "Delete it there by hand.", "https://there")
    with group.acting() as (session, facts):
        act(session, delivery_id=1, by=group.bryn, **facts)
    with group.acting() as (session, facts), pytest.raises(SettledAlready):
        act(session, delivery_id=1, by=group.bryn, **facts)
    work(group)
    seen = group.see(out).deliveries[0].takedown
    by_hand = act is taking_down.deleted_by_hand
    assert spent(group) == 15 + 15 + (0 if by_hand else 10)
    assert (seen.state, seen.done_by) == (TakedownState.DONE, "U0BRYN" if by_hand else None)
    assert len(group.x.removals) == (1 if by_hand else 2)


def test_a_network_that_is_not_set_up_any_more_is_left_to_a_person(group, out):
    ask(group, out)
    group.x.network = "elsewhere"
    work(group)
    assert (states(group, out), group.x.removals) == (["left", "done"], [])
    assert group.see(out).deliveries[0].takedown.said == "X is not set up any more"


def test_whoever_dies_is_followed_and_late_proof_counts(group, out):
    ask(group, out, where={1})
    with group.acting() as (session, facts):
        first = removing.begin(session, network="x", **facts)
    work(group, seconds=119)
    assert group.x.removals == []
    group.x.removed = [Refused("keys", "new keys")]
    work(group, seconds=2)
    assert states(group, out) == ["left", "up"]
    with group.acting() as (session, facts):
        removing.finish(session, removal=first, outcome=TakenDown(), **facts)
    with group.acting() as (session, facts):
        removing.finish(session, removal=first, outcome=Refused("keys", "new keys"), **facts)
    assert states(group, out) == ["done", "up"]


def test_what_is_left_to_a_person_is_listed_until_it_is_gone_and_the_proof_tells_both(group, out):
    group.x.removed = [CannotTakeDown("no")]
    ask(group, out)
    work(group)
    assert listed(group) == ([out], [])
    with group.acting() as (session, facts):
        taking_down.deleted_by_hand(session, delivery_id=1, by=group.bryn, **facts)
    assert listed(group) == ([], [out])
    with group.database.read() as session:
        shown = proof.deliveries(session, first=None, last=None, zone="Europe/London")
    assert [(one.take_down, one.taken_down_at, one.taken_down_because) for one in shown] == [
        ("done", group.clock.now, "wrong day")
    ] * 2


def listed(group):
    with group.database.read() as session:
        found = listing.listing(session, Moment(group.clock.now, group.settings))
    return [one.id for one in found.to_delete], [one.id for one in found.sent]
