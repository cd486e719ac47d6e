"""After an outage: what is too late is asked about, once for each writer; the rest leaves one by one.

And a network that turns our account away: one delivery goes first, and what it proves counts for all.
"""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.doctor import announcements as doctor
from coop.announcing import stopping, telling
from coop.announcing.content import Target
from coop.announcing.moment import Moment
from coop.announcing.sending import settling, troubles, trying_again
from coop.announcing.sending.settling import Question
from coop.announcing.times import wall_at
from coop.errors import UserError
from coop.publishing import NotSent, Refused, Unknown
from tests import lanes
from tests.announcing import LONDON, Clock, Group, Listed, utc
from tests.coop.people import queued

THREE = (Target("x"), Target("slack", "C0NEWS"), Target("mastodon"))
NO = Refused("X does not accept our keys", "Get new ones.", account=True)
MORNING = utc(27, 9, 30)


class OnThree(Group):
    """Announcing on three networks."""

    @property
    def deps(self):
        deps = super().deps
        return replace(deps, publishers={**deps.publishers, "mastodon": self.mastodon})


def made(database):
    group = OnThree(database, Clock(MORNING))
    group.mastodon = Listed("mastodon")
    return group


@pytest.fixture
def group(sqlite):
    return made(sqlite)


@pytest.fixture
def group_on_both(database):
    return made(database)


def approved(group, text, minutes, *, by=None, targets=THREE[:1]):
    at = wall_at(group.clock.now + timedelta(minutes=minutes), LONDON)
    proposed = group.propose(text, wall=at, by=by, targets=targets)
    group.approve(proposed.id, by=group.carys if by == group.bryn else group.bryn)
    return proposed.id


def tick(group, **forward):
    lanes.tick(group.deps, group.clock.forward(**forward))


def said(group, to, *kinds):
    with group.database.read() as session:
        return [facts for kind, facts in queued(session, to=to) if kind in kinds]


def act(group, rule, **facts):
    with group.acting() as (session, given):
        return rule(session, by=group.carys, **facts, **given)


def current(group):
    with group.database.read() as session:
        return troubles.current(session)


def test_after_a_day_forty_announcements_do_not_burst_out_and_each_writer_is_asked_once(group):
    """34 are more than six hours late; six are within them, on three networks."""
    owners = (group.asha, group.bryn, group.carys)
    late = {
        owner: [approved(group, f"Late {n} of {owner}", 30 + n, by=owner, targets=THREE) for n in range(9)]
        for owner in owners
    }
    late[group.asha] += [approved(group, f"More {n}", 300 + n) for n in range(7)]
    within = [approved(group, f"Within {n}", 18 * 60 + 60 + n, targets=THREE) for n in range(6)]
    group.clock.forward(hours=24)
    lanes.tick(group.deps, group.clock.now)
    lanes.tick(group.deps, group.clock.now)
    for owner, user in zip(owners, ("U0ASHA", "U0BRYN", "U0CARYS"), strict=True):
        (asked,) = said(group, user, telling.HELD_BACK, telling.OWNER)
        assert asked["announcements"] == late[owner]
    networks = (group.x, group.slack, group.mastodon)
    assert [network.posts for network in networks] == [["Within 0"]] * 3
    threads = Counter(facts["announcement"] for facts in said(group, "C0STEERING", telling.HELD))
    assert threads == {one: 3 if one in late[owner][:9] else 1 for owner in owners for one in late[owner]}
    for count in range(2, 7):
        tick(group, seconds=59)
        assert [len(network.posts) for network in networks] == [count - 1] * 3
        tick(group, seconds=1)
        assert [len(network.posts) for network in networks] == [count] * 3
    assert [group.states(one) for one in within] == [["delivered"] * 3] * 6
    tick(group, minutes=30)
    assert sum(len(network.posts) for network in networks) == 18
    assert [len(said(group, user, telling.HELD_BACK)) for user in ("U0ASHA", "U0BRYN", "U0CARYS")] == [1] * 3


def test_what_is_on_time_or_a_few_minutes_behind_waits_for_nobody(group):
    for n in range(3):
        approved(group, f"At once {n}", 20)
    group.clock.forward(minutes=30)
    tick(group)
    assert len(group.x.posts) == 3


def test_resuming_asks_each_writer_once(group):
    for n in range(3):
        approved(group, f"Stopped {n}", 20)
    act(group, stopping.stop_all)
    tick(group, minutes=30)
    act(group, stopping.resume_all)
    assert [len(asked["announcements"]) for asked in said(group, "U0ASHA", telling.HELD_BACK)] == [3]


def turned_away(group, *texts, targets=THREE[:1]):
    """Announcements that came due together while the network turned the first away."""
    ids = [approved(group, text, 20, targets=targets) for text in texts]
    group.x.answers.append(NO)
    tick(group, minutes=20)
    return ids


def test_one_request_is_turned_away_and_the_others_wait_and_other_networks_go_on(group_on_both):
    group = group_on_both
    ids = turned_away(group, "One", "Two", targets=THREE)
    later = approved(group, "Three", 5)
    assert [group.states(one)[0] for one in ids] == ["held network_trouble"] * 2
    assert (group.x.posts, group.slack.posts, group.mastodon.posts) == ([], ["One", "Two"], ["One", "Two"])
    (trouble,) = current(group)
    assert (trouble.network, trouble.reason, trouble.fix) == ("x", NO.reason, NO.fix)
    assert [(each.title, each.is_due) for each in trouble.waiting] == [
        ("One", True),
        ("Two", True),
        ("Three", False),
    ]
    tick(group, minutes=5)
    assert group.states(later) == ["held network_trouble"]
    assert len(said(group, "C0STEERING", telling.NETWORK_TROUBLE)) == 1


def test_what_became_too_late_meanwhile_is_asked_about_and_the_rest_goes(group_on_both):
    group = group_on_both
    old, recent = turned_away(group, "Old")[0], approved(group, "Recent", 400)
    tick(group, minutes=401)
    act(group, trying_again.try_again, trouble_id=current(group)[0].id)
    tick(group)
    assert (group.x.posts, group.states(old)) == (["Recent"], ["held network_trouble"])
    tick(group, seconds=1)
    assert (group.states(recent), group.states(old), current(group)) == (["delivered"], ["held late"], ())
    asked = [facts["announcements"] for facts in said(group, "U0ASHA", telling.HELD_BACK)]
    assert asked == [[recent], [old]]  # the one when it came due, the other once it was too late
    with group.database.read() as session:
        (found,) = doctor.examine(session, Moment(group.clock.now, group.settings))
    assert found.sentence == "1 delivery waits because the time has gone by; each writer has been asked."


def test_with_nothing_that_could_go_the_next_one_due_goes_first(group):
    (one,) = turned_away(group, "One")
    act(group, stopping.withdraw, announcement_id=one)
    result = act(group, trying_again.try_again, trouble_id=current(group)[0].id)
    assert result.title is None
    approved(group, "Next", 5)
    tick(group, minutes=5)
    assert group.x.posts == ["Next"]
    tick(group, seconds=1)
    assert current(group) == ()


def test_one_that_comes_to_nothing_for_a_reason_of_its_own_lets_the_next_try(group):
    turned_away(group, "One", "Two")
    act(group, trying_again.try_again, trouble_id=current(group)[0].id)
    group.x.answers.append(Refused("X does not permit these words", "Change them."))
    tick(group)
    assert (group.x.posts, len(current(group))) == ([], 1)
    tick(group, seconds=1)
    assert group.x.posts == ["Two"]


def test_while_one_is_tried_nobody_can_start_another_try(group):
    turned_away(group, "One", "Two")
    number = current(group)[0].id
    act(group, trying_again.try_again, trouble_id=number)
    with pytest.raises(trying_again.BeingTried):
        act(group, trying_again.try_again, trouble_id=number)
    group.x.answers.append(NotSent("no route"))
    tick(group)
    with pytest.raises(trying_again.BeingTried):
        act(group, trying_again.try_again, trouble_id=number)
    tick(group, seconds=15)
    tick(group, seconds=1)
    with pytest.raises(trying_again.OverAlready):
        act(group, trying_again.try_again, trouble_id=number)
    assert group.x.posts == ["One", "Two"]


def test_what_was_sent_before_the_trouble_proves_nothing_when_it_is_found_out(group):
    before = approved(group, "Before", 5)
    group.x.answers.append(Unknown("timed out"))
    tick(group, minutes=5)
    turned_away(group, "One")
    (to,) = group.see(before).deliveries
    for _ in range(8):
        lanes.reconcile(group.deps, group.clock.forward(minutes=6))
    act(group, settling.went_out, question=Question(to.id, to.attempt_no))
    tick(group, seconds=1)
    assert (group.states(before), len(current(group))) == (["delivered"], 1)


def test_a_late_one_is_not_let_go_where_nothing_goes(group):
    one = approved(group, "Late", 5)
    tick(group, minutes=600)
    assert group.states(one) == ["held late"]
    turned_away(group, "Another")
    with pytest.raises(UserError, match="Nothing goes out on X at the moment, so I did not send it"):
        act(group, settling.send_now, announcement_id=one)
    assert group.states(one) == ["held late"]


def test_the_doctor_names_the_network_the_fix_and_what_waits(group):
    with group.database.read() as session:
        assert list(doctor.examine(session, Moment(group.clock.now, group.settings))) == []
    turned_away(group, "One", "Two")
    with group.database.read() as session:
        (found,) = doctor.examine(session, Moment(group.clock.now, group.settings))
    assert found.sentence == (
        "Nothing goes out on X, since Sat 27 March 2027, 9:50am UK time (GMT): X does not accept our keys. "
        "2 announcements wait: “One” and “Two”."
    )
    assert (
        found.fix == "Get new ones. Then press “Try again” in the steering channel, or in `/announce list`."
    )


def test_a_rehearsal_is_kept_back_by_no_trouble(group):
    turned_away(group, "One")
    group.settings = group.settings.model_copy(update={"rehearsal": True})
    approved(group, "Rehearsed", 5)
    tick(group, minutes=5)
    assert "Rehearsed" in group.x.posts
