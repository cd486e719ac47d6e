from datetime import timedelta

import pytest

from coop.announcing import proposing, telling
from coop.announcing.content import Agreed, Target, content_hash
from coop.announcing.scheduling import TimePassed
from coop.errors import NotAllowed, UserError
from storage import log
from tests.announcing import MEETUP, ON_X, utc, wall
from tests.coop.people import queued


def kinds(session, to):
    return [kind for kind, _ in queued(session, to=to)]


def test_a_proposal_goes_to_the_channel_and_once_to_each_who_can_approve_it(group, now):
    proposed = group.propose(wall=wall(), targets=(Target("x"), Target("slack", "C0NEWS")))
    one = group.see(proposed.id)
    assert (one.text, one.owner, one.approved_by, one.due_at) == (MEETUP, "U0ASHA", (), utc(30, 8))
    assert group.states(proposed.id) == ["scheduled", "scheduled"]
    assert (proposed.approvers, proposed.nothing_running, proposed.stopped) == (2, False, False)
    with group.database.read() as session:
        assert kinds(session, "C0STEERING") == [telling.PROPOSAL]
        assert kinds(session, "U0BRYN") == kinds(session, "U0CARYS") == [telling.TO_APPROVE]
        assert kinds(session, "U0ASHA") == kinds(session, "U0DAFYDD") == []
        assert list(log.broken_links(session)) == []


def test_as_soon_as_approved_has_no_time_until_it_is_approved(group):
    proposed = group.propose()
    assert proposed.due_at is None
    assert group.see(proposed.id).due_at is None


def test_only_the_steering_group_proposes(group):
    with pytest.raises(NotAllowed):
        group.propose(by=group.dafydd)
    with group.acting() as (session, facts), pytest.raises(NotAllowed):
        proposing.propose(session, agreed=Agreed(MEETUP, (Target("x"),)), by=None, **facts)


def test_a_role_that_ran_out_proposes_nothing(group):
    group.clock.now = utc(1, 12, month=4).replace(year=2028)
    with pytest.raises(NotAllowed):
        group.propose()


def test_a_time_that_has_passed_is_refused(group, now):
    with pytest.raises(TimePassed) as refused:
        group.propose(wall=wall(day=27, hour=9, minute=30))
    assert str(refused.value) == (
        "Sat 27 March 2027, 9:30am UK time (GMT), now, has passed. Choose a later time, or “as soon as "
        "approved”. Nothing changed."
    )


def test_it_says_when_nothing_is_running_that_would_send_it(group):
    group.clock.forward(minutes=3)
    assert group.propose().nothing_running


def edit(group, announcement_id, text, *, by=None, wall=None, targets=ON_X):
    with group.acting() as (session, facts):
        return proposing.edit(
            session,
            announcement_id=announcement_id,
            agreed=Agreed(text, targets, wall),
            by=by or group.asha,
            **facts,
        )


def test_an_edit_of_one_character_voids_every_approval(group):
    proposed = group.propose(wall=wall())
    group.approve(proposed.id)
    edited = edit(group, proposed.id, MEETUP.replace("6pm", "7pm"), wall=wall())
    one = group.see(proposed.id)
    assert (one.approved_by, one.revision) == ((), 2)
    assert edited.voided == ("U0BRYN",)
    assert one.content_hash != proposed.content_hash
    with group.database.read() as session:
        assert kinds(session, "U0BRYN") == [telling.TO_APPROVE, telling.VOIDED]
        assert kinds(session, "U0CARYS") == [telling.TO_APPROVE]


def test_editing_back_to_what_was_approved_does_not_bring_the_approval_back(group):
    proposed = group.propose()
    group.approve(proposed.id)
    edit(group, proposed.id, "Something else")
    edit(group, proposed.id, MEETUP)
    one = group.see(proposed.id)
    assert one.content_hash == proposed.content_hash
    assert one.approved_by == ()


def test_an_edited_announcement_that_was_counting_down_waits_for_approval_again(group):
    proposed = group.propose()
    group.approve(proposed.id)
    edit(group, proposed.id, "Something else")
    assert group.see(proposed.id).due_at is None


def test_an_edit_can_change_where_it_goes(group):
    proposed = group.propose(targets=(Target("x"), Target("slack", "C0NEWS")))
    edit(group, proposed.id, MEETUP, targets=(Target("slack", "C0NEWS"), Target("by_hand")))
    assert [(to.network, to.state) for to in group.see(proposed.id).deliveries] == [
        ("x", "cancelled"),
        ("slack", "scheduled"),
        ("by_hand", "scheduled"),
    ]
    assert group.see(proposed.id).content_hash == content_hash(
        Agreed(MEETUP, (Target("slack", "C0NEWS"), Target("by_hand")))
    )
    edit(group, proposed.id, MEETUP)
    assert group.states(proposed.id) == ["scheduled", "cancelled", "cancelled"]


def test_only_its_owner_edits_it(group):
    proposed = group.propose()
    with pytest.raises(NotAllowed, match="Only U0Asha, who wrote it, can edit"):
        edit(group, proposed.id, "Mine now", by=group.bryn)


def test_what_never_was_cannot_be_edited(group):
    with pytest.raises(UserError, match="can't find that announcement"):
        edit(group, 404, "Boo")


def test_the_same_words_may_be_proposed_by_two_people(group):
    first, second = group.propose(), group.propose(by=group.bryn)
    assert first.id != second.id
    assert first.content_hash == second.content_hash


def test_an_owner_without_anybody_else_on_steering_is_told_that_nobody_can_approve(group):
    group.clock.now += timedelta(days=1)
    from coop import offices  # noqa: PLC0415
    from storage.offices import Role  # noqa: PLC0415

    with group.database.write() as session:
        for person in (group.bryn, group.carys):
            offices.end(
                session,
                person_id=person,
                role=Role.STEERING,
                by="command line",
                today=group.clock.now.date(),
                now=group.clock.now,
            )
    assert group.propose().approvers == 0
