from datetime import timedelta

import pytest

from bot.jobs import sending
from coop import offices
from coop.announcing import approving, telling
from coop.announcing.approving import ContentChanged, NewTime, NewTimeNeeded
from coop.announcing.moment import Moment
from coop.announcing.scheduling import TimePassed
from coop.errors import NotAllowed, UserError
from coop.publishing import AskPerson, Refused
from storage.announcements import Approval
from storage.offices import Role
from tests.announcing import MEETUP, utc, wall
from tests.coop.people import queued


def ask_for_changes(group, announcement_id, *, by=None, comment="Say where it is."):
    with group.acting() as (session, facts):
        approving.ask_for_changes(
            session, announcement_id=announcement_id, comment=comment, by=by or group.bryn, **facts
        )


def end_steering(group, person_id):
    with group.database.write() as session:
        offices.end(
            session,
            person_id=person_id,
            role=Role.STEERING,
            by="command line",
            today=group.clock.now.date(),
            now=group.clock.now,
        )


def approvals(group):
    with group.database.read() as session:
        return [(row.approver_id, row.voided_at is None) for row in session.query(Approval)]


def test_a_different_steering_member_approves_the_exact_content(group):
    proposed = group.propose(wall=wall())
    approved = group.approve(proposed.id, content_hash=proposed.content_hash)
    assert (approved.due_at, approved.counts_down) == (utc(30, 8), False)
    assert group.see(proposed.id).approved_by == ("U0BRYN",)


def test_as_soon_as_approved_waits_for_the_countdown(group, now):
    proposed = group.propose()
    approved = group.approve(proposed.id)
    assert (approved.due_at, approved.counts_down) == (now + timedelta(minutes=10), True)
    assert group.see(proposed.id).due_at == now + timedelta(minutes=10)


def test_a_second_approval_does_not_begin_the_countdown_again(group, now):
    proposed = group.propose()
    group.approve(proposed.id)
    group.clock.forward(minutes=5)
    assert group.approve(proposed.id, by=group.carys).due_at == now + timedelta(minutes=10)
    assert group.see(proposed.id).approved_by == ("U0BRYN", "U0CARYS")


def worker_runs(group, **later):
    now = group.clock.forward(**later)
    for lane in sending.steps(group.deps).values():
        lane(now)


def test_a_second_approval_sends_what_was_refused_once_more(group):
    proposed = group.propose()
    group.approve(proposed.id)
    group.x.answers = [Refused("X refused it", "Shorten it.")]
    worker_runs(group, minutes=10)
    assert group.states(proposed.id) == ["refused"]
    approved = group.approve(proposed.id, by=group.carys)
    assert approved.due_at == group.clock.now + timedelta(minutes=10)
    worker_runs(group, minutes=10)
    assert (group.states(proposed.id), group.x.posts) == (["delivered"], [MEETUP])
    with pytest.raises(UserError, match="It is out already or on its way, so there is nothing left to"):
        group.approve(proposed.id, by=group.carys)


def test_what_is_only_posted_by_hand_still_is_not_approved_again(group):
    proposed = group.propose()
    group.approve(proposed.id)
    group.x.answers = [AskPerson("Copy it to the noticeboard.")]
    worker_runs(group, minutes=10)
    with pytest.raises(UserError, match="nothing left of it that I could send"):
        group.approve(proposed.id, by=group.carys)
    assert approvals(group) == [(group.bryn, True)]


def test_nobody_approves_their_own(group):
    proposed = group.propose()
    with pytest.raises(NotAllowed, match="You wrote this one"):
        group.approve(proposed.id, by=group.asha)
    assert approvals(group) == []


def test_only_the_steering_group_of_this_moment_approves(group):
    proposed = group.propose()
    with pytest.raises(NotAllowed):
        group.approve(proposed.id, by=group.dafydd)
    end_steering(group, group.bryn)
    with pytest.raises(NotAllowed):
        group.approve(proposed.id, by=group.bryn)
    assert approvals(group) == []


def test_what_was_edited_since_it_was_shown_is_not_approved(group):
    proposed = group.propose()
    with pytest.raises(ContentChanged):
        group.approve(proposed.id, content_hash="0" * 64)
    assert approvals(group) == []


def test_an_approval_counts_once(group):
    proposed = group.propose()
    group.approve(proposed.id)
    with pytest.raises(UserError, match="approved this one already"):
        group.approve(proposed.id)
    assert approvals(group) == [(group.bryn, True)]


def test_an_approver_who_left_the_group_no_longer_counts(group):
    proposed = group.propose(wall=wall())
    group.approve(proposed.id)
    end_steering(group, group.bryn)
    group.clock.forward(days=1)
    assert group.see(proposed.id).approved_by == ()


def test_a_time_gone_by_needs_a_new_one(group):
    proposed = group.propose(wall=wall())
    group.clock.now = utc(30, 8)
    with pytest.raises(NewTimeNeeded):
        group.approve(proposed.id)
    with pytest.raises(TimePassed):
        group.approve(proposed.id, new_time=NewTime(wall()))
    approved = group.approve(proposed.id, new_time=NewTime(wall(day=31)))
    assert (approved.due_at, approved.counts_down) == (utc(31, 8), False)
    assert group.see(proposed.id).approved_by == ("U0BRYN",)
    assert group.see(proposed.id).content_hash != proposed.content_hash


def test_the_new_time_may_be_as_soon_as_approved(group):
    proposed = group.propose(wall=wall())
    group.clock.now = utc(30, 9)
    approved = group.approve(proposed.id, new_time=NewTime(None))
    assert (approved.due_at, approved.counts_down) == (utc(30, 9, 10), True)


def test_a_time_still_ahead_is_kept_whatever_new_time_comes_along(group):
    proposed = group.propose(wall=wall())
    approved = group.approve(proposed.id, new_time=NewTime(None))
    assert approved.due_at == utc(30, 8)


def test_what_was_sent_back_waits_for_its_owner(group):
    proposed = group.propose(wall=wall())
    group.approve(proposed.id, by=group.carys)
    ask_for_changes(group, proposed.id)
    one = group.see(proposed.id)
    assert (one.approved_by, one.sent_back_by, one.comment) == ((), "U0BRYN", "Say where it is.")
    with pytest.raises(UserError, match="can be approved once U0Asha has edited it"):
        group.approve(proposed.id)
    with group.database.read() as session:
        assert queued(session, to="U0ASHA")[-1] == (
            telling.CHANGES_ASKED,
            {"announcement": proposed.id, "to": "U0ASHA", "by": "U0BRYN", "comment": "Say where it is."},
        )


def test_nobody_asks_themselves_for_changes(group):
    proposed = group.propose()
    with pytest.raises(UserError, match="press “Edit”"):
        ask_for_changes(group, proposed.id, by=group.asha)


def test_it_says_when_nothing_is_running_or_everything_is_stopped(group):
    from coop.announcing import stopping  # noqa: PLC0415

    proposed = group.propose()
    with group.acting() as (session, facts):
        stopping.stop_all(session, by=group.carys, **facts)
    group.clock.forward(minutes=5)
    approved = group.approve(proposed.id)
    assert (approved.nothing_running, approved.stopped) == (True, True)


@pytest.fixture
def both(group):
    """A group in which two have to agree."""
    group.settings = group.settings.model_copy(update={"approvals_needed": 2})
    return group


def test_where_two_have_to_agree_the_first_yes_lets_nothing_go(both, now):
    proposed = both.propose()
    first = both.approve(proposed.id)
    assert (first.missing, first.due_at, both.see(proposed.id).approved) == (1, None, False)
    worker_runs(both, minutes=20)
    assert (both.states(proposed.id), both.x.posts) == (["scheduled"], [])
    second = both.approve(proposed.id, by=both.carys)
    assert (second.missing, second.due_at) == (0, now + timedelta(minutes=30))
    worker_runs(both, minutes=10)
    assert (both.see(proposed.id).approved_by, both.x.posts) == (("U0BRYN", "U0CARYS"), [MEETUP])


def test_two_yeses_are_of_two_people_and_never_the_writers(both):
    proposed = both.propose()
    both.approve(proposed.id)
    with pytest.raises(UserError, match="approved this one already"):
        both.approve(proposed.id)
    with both.acting() as (session, facts), pytest.raises(UserError, match="approved this one already"):
        approving.to_approve(session, announcement_id=proposed.id, by=both.bryn, moment=Moment(**facts))
    with pytest.raises(NotAllowed, match="You wrote this one"):
        both.approve(proposed.id, by=both.asha)
    assert both.see(proposed.id).approvals_missing == 1


@pytest.mark.parametrize("yeses", [("bryn",), ("bryn", "carys")])
def test_what_fewer_than_two_agree_to_at_its_time_is_held(both, yeses):
    proposed = both.propose(wall=wall())
    for name in yeses:
        both.approve(proposed.id, by=getattr(both, name))
    end_steering(both, both.bryn)
    worker_runs(both, days=3)
    assert (both.states(proposed.id), both.x.posts) == (["held unapproved"], [])


def test_the_second_to_agree_agrees_to_the_time_the_first_one_chose(both):
    proposed = both.propose(wall=wall())
    worker_runs(both, days=3)
    assert both.states(proposed.id) == ["held unapproved"]
    first = both.approve(proposed.id, new_time=NewTime(wall(day=31)))
    assert (first.due_at, both.states(proposed.id)) == (utc(31, 8), ["scheduled"])
    assert both.approve(proposed.id, by=both.carys).due_at == utc(31, 8)
    worker_runs(both, days=1)
    assert both.x.posts == [MEETUP]


def test_one_more_yes_is_asked_for_where_the_setting_has_become_two(group):
    proposed = group.propose(wall=wall())
    group.approve(proposed.id)
    group.settings = group.settings.model_copy(update={"approvals_needed": 2})
    assert group.see(proposed.id).approved is False
    group.approve(proposed.id, by=group.carys)
    worker_runs(group, days=3)
    assert group.x.posts == [MEETUP]
