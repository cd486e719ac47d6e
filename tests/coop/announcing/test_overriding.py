"""A second person's word lets one announcement out, exactly as it stands, and nothing else."""

import pytest

from coop.announcing import proposing
from coop.announcing.approving import ContentChanged
from coop.announcing.content import Agreed
from coop.announcing.limits import overriding
from coop.announcing.moment import Moment
from coop.announcing.sending.settling import AnsweredAlready
from coop.errors import NotAllowed, UserError
from storage.log import LogEntry
from storage.overrides import Override
from tests.announcing import MEETUP, ON_X, Clock, Group, utc, wall
from tests.coop.announcing.test_approving import end_steering
from tests.coop.announcing.test_blackouts import approved, end, enter, runs
from tests.coop.announcing.test_caps import allow


@pytest.fixture
def group(sqlite, now):
    """What it asks of the record is the same on both: see the tests of caps and blackouts."""
    return Group(sqlite, Clock(now))


def shown(group, announcement_id, *, by=None):
    with group.acting() as (session, facts):
        moment = Moment(**facts)
        return overriding.to_override(
            session,
            announcement_id=announcement_id,
            by=by or group.bryn,
            publishers=group.deps.publishers,
            moment=moment,
        )


def lift(group, announcement_id, *, by=None, barred=None):
    barred = barred or shown(group, announcement_id)
    with group.acting() as (session, facts):
        return overriding.override(
            session,
            announcement_id=announcement_id,
            content_hash=barred.one.content_hash,
            against=[bar.against for bar in barred.bars],
            by=by or group.bryn,
            **facts,
        )


def edit(group, announcement_id, text, at=None):
    with group.acting() as (session, facts):
        agreed = Agreed(text, ON_X, at or wall())
        proposing.edit(session, announcement_id=announcement_id, agreed=agreed, by=group.asha, **facts)


@pytest.fixture
def dark(group):
    """An announcement held in a blackout period, and one for the same day that is still to come."""
    group.ids = approved(group), approved(group, wall(30, 12), "At midday.")
    group.period = enter(group)
    runs(group, utc(30, 8))
    return group


def test_held_in_a_blackout_it_goes_out_at_once_and_all_else_waits(dark):
    held, coming = dark.ids
    assert [bar.said for bar in shown(dark, held).bars] == [
        "a blackout period, from 30 March 2027 to 31 March 2027 (Local elections)"
    ]
    lift(dark, held)
    runs(dark, utc(30, 8, 1))
    runs(dark, utc(30, 11))
    assert (dark.states(held), dark.states(coming)) == (["delivered"], ["held blackout"])


def test_lifted_before_its_time_it_goes_out_at_its_time(group):
    enter(group)
    announcement = approved(group)
    assert lift(group, announcement).approved
    runs(group, utc(30, 7, 59))
    assert group.x.posts == []
    runs(group, utc(30, 8))
    assert group.x.posts == [MEETUP]


def test_lifting_a_period_approves_nothing(group):
    enter(group)
    announcement = group.propose(wall=wall()).id
    lift(group, announcement)
    runs(group, utc(30, 8))
    assert group.states(announcement) == ["held unapproved"]


def test_an_edit_voids_it_even_when_it_is_undone(group):
    enter(group)
    announcement = approved(group)
    lift(group, announcement)
    for text in ("Another text.", MEETUP):
        edit(group, announcement, text)
    group.approve(announcement)
    runs(group, utc(30, 8))
    assert (group.states(announcement), group.x.posts) == (["held blackout"], [])


def test_it_is_about_the_content_that_was_shown(group):
    enter(group)
    announcement = approved(group)
    barred = shown(group, announcement)
    edit(group, announcement, "Another text.")
    with pytest.raises(ContentChanged):
        lift(group, announcement, barred=barred)


def test_nobody_lifts_anything_for_their_own(dark):
    for act in (shown, lift):
        with pytest.raises(NotAllowed, match="You wrote this one"):
            act(dark, dark.ids[0], by=dark.asha)
        with pytest.raises(NotAllowed):
            act(dark, dark.ids[0], by=dark.dafydd)


def test_it_counts_while_its_giver_is_on_the_steering_group(group):
    enter(group)
    proposed = group.propose(wall=wall()).id
    group.approve(proposed, by=group.carys)
    lift(group, proposed, by=group.bryn)
    end_steering(group, group.bryn)
    runs(group, utc(30, 8))
    assert group.states(proposed) == ["held blackout"]


def test_it_is_for_the_period_it_names_and_no_other(group):
    enter(group)
    announcement = approved(group)
    lift(group, announcement)
    enter(group, reason="Mourning")
    runs(group, utc(30, 8))
    (to,) = group.see(announcement).deliveries
    assert to.reason == "a blackout period, from 30 March 2027 to 31 March 2027 (Mourning)"


def test_over_a_cap_it_goes_out_and_the_cap_still_holds_the_next(group):
    allow(group, most_per_hour=1)
    first, second, third = (approved(group, wall(30, 9), text) for text in ("One.", "Two.", "Three."))
    runs(group, utc(30, 8))
    assert [bar.against for bar in shown(group, second).bars] == ["most_per_hour"]
    lift(group, second)
    runs(group, utc(30, 8, 1))
    assert [group.states(each) for each in (first, second, third)] == [
        ["delivered"],
        ["delivered"],
        ["held over_cap"],
    ]


def test_a_cap_that_was_not_named_is_not_lifted(group):
    allow(group, most_per_hour=1, most_per_day=2)
    ids = [approved(group, wall(30, 9), text) for text in ("One.", "Two.", "Three.")]
    runs(group, utc(30, 8))
    lift(group, ids[1])
    stale = shown(group, ids[2])
    assert [bar.against for bar in stale.bars] == ["most_per_hour"]
    runs(group, utc(30, 8, 1))
    lift(group, ids[2], barred=stale)
    runs(group, utc(30, 8, 2))
    (to,) = group.see(ids[2]).deliveries
    assert to.reason == "2 have gone out as @FenmarchDigital on X today, and at most 2 may (MOST_PER_DAY)"


def test_with_room_again_there_is_nothing_to_lift_and_it_goes(group):
    allow(group, most_per_hour=1)
    held = [approved(group, wall(30, 9), text) for text in ("One.", "Two.")][1]
    runs(group, utc(30, 8))
    runs(group, utc(30, 9, 1))
    assert (shown(group, held).bars, group.states(held)) == ((), ["held over_cap"])
    lift(group, held)
    runs(group, utc(30, 9, 2))
    with group.database.read() as session:
        assert (group.states(held), session.query(Override).count()) == (["delivered"], 0)


def test_what_nothing_keeps_back_has_nothing_to_lift(group):
    announcement = approved(group)
    with pytest.raises(AnsweredAlready):
        shown(group, announcement)


def test_a_period_that_has_ended_meanwhile_is_not_lifted(group):
    period = enter(group)
    announcement = approved(group)
    barred = shown(group, announcement)
    end(group, period)
    with pytest.raises(AnsweredAlready):
        lift(group, announcement, barred=barred)


def test_what_its_approver_no_longer_agrees_to_is_not_let_out(dark):
    end_steering(dark, dark.bryn)
    with pytest.raises(UserError, match="approval of it counts any more"):
        lift(dark, dark.ids[0], by=dark.carys, barred=shown(dark, dark.ids[0], by=dark.carys))


def test_who_lifted_what_is_in_the_log(dark):
    lift(dark, dark.ids[0])
    with dark.database.read() as session:
        entry = session.query(LogEntry).filter_by(act="let out all the same").one()
        assert (entry.by, entry.about) == (f"person:{dark.bryn}", f"announcement:{dark.ids[0]}")
