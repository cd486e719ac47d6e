"""Who is reminded of what: an approval that stopped counting leaves its announcement open again."""

from datetime import timedelta

import pytest

from bot.jobs import sending
from coop import leaving, offices
from coop.announcing import reminding, stopping, telling
from coop.announcing.content import Target
from coop.publishing import AskPerson
from storage.offices import Role
from tests.announcing import utc, wall
from tests.coop.people import TEAM, queued

A_DAY_BEFORE = utc(29, 8, 30)  # of 9:00am on 30 March in London


def ends_the_term(group, session):
    today = group.clock.now.date()
    facts = {"by": "command line", "today": today, "now": group.clock.now}
    offices.end(session, person_id=group.bryn, role=Role.STEERING, **facts)


def leaves(group, session):
    leaving.leave(session, team_id=TEAM, user_id="U0BRYN", settings=group.settings, now=group.clock.now)


@pytest.fixture(params=[ends_the_term, leaves])
def bryn_goes(request, group):
    """Call it: Bryn's approvals stop counting."""

    def goes():
        with group.database.write() as session:
            request.param(group, session)

    return goes


def approved(group, **chosen):
    proposed = group.propose(**chosen)
    group.approve(proposed.id, by=group.bryn)
    return proposed.id


def remind(group):
    with group.acting() as (session, facts):
        reminding.remind(session, **facts)


def told(group, user):
    """The reminders and digests queued for somebody, with the announcements they are about."""
    with group.database.read() as session:
        return [
            (kind, facts.get("announcements") or facts["announcement"])
            for kind, facts in queued(session, to=user)
            if kind in {telling.STILL_TO_APPROVE, telling.DIGEST}
        ]


def test_what_only_somebody_approved_whose_approval_stopped_counting_is_reminded_of(group, bryn_goes):
    announcement = approved(group, wall=wall())
    group.clock.now = A_DAY_BEFORE
    remind(group)
    assert told(group, "U0CARYS") == []
    bryn_goes()
    remind(group)
    remind(group)
    assert told(group, "U0CARYS") == [(telling.STILL_TO_APPROVE, announcement)]
    assert told(group, "U0BRYN") == told(group, "U0ASHA") == []
    group.approve(announcement, by=group.carys)
    group.clock.forward(hours=22)
    remind(group)
    assert len(told(group, "U0CARYS")) == 1


def test_its_message_in_the_steering_channel_is_drawn_anew_with_the_reminder(group, bryn_goes):
    approved(group, wall=wall())
    group.clock.now = A_DAY_BEFORE
    bryn_goes()
    with group.database.read() as session:
        before = queued(session, to="C0STEERING")
    remind(group)
    with group.database.read() as session:
        assert [kind for kind, _ in queued(session, to="C0STEERING")[len(before) :]] == [telling.PROPOSAL]


def test_the_daily_summary_has_it_too_until_somebody_else_approves_it(group, bryn_goes):
    announcement = approved(group, wall=wall())
    with group.acting() as (session, facts):
        reminding.choose_digest(session, wanted=True, by=group.carys, **facts)
        reminding.send_digest(session, **facts)
    assert told(group, "U0CARYS") == []
    bryn_goes()
    with group.acting() as (session, facts):
        reminding.send_digest(session, **facts)
    assert told(group, "U0CARYS") == [(telling.DIGEST, [announcement])]
    moment = reminding.Moment(group.clock.now, group.settings)
    with group.database.read() as session:
        assert [one.id for one in reminding.waiting_for(session, [announcement], moment)] == [announcement]
    group.approve(announcement, by=group.carys)
    with group.database.read() as session:
        assert reminding.waiting_for(session, [announcement], moment) == []


def test_what_has_no_time_and_is_open_again_after_two_days_is_told_to_approvers_and_writer(group, bryn_goes):
    proposed = group.propose()
    group.approve(proposed.id, by=group.bryn)
    with group.acting() as (session, facts):
        stopping.stop_all(session, by=group.carys, **facts)
    group.clock.forward(hours=49)
    bryn_goes()
    for _ in range(2):
        remind(group)
    assert told(group, "U0CARYS") == [(telling.STILL_TO_APPROVE, proposed.id)]
    with group.database.read() as session:
        owner = {"announcement": proposed.id, "to": "U0ASHA", "hold": "open"}
        assert [facts for kind, facts in queued(session, to="U0ASHA") if kind == telling.OWNER] == [owner]


@pytest.mark.parametrize("over", ["sent", "withdrawn", "handed over"])
def test_nobody_is_reminded_of_what_is_out_withdrawn_or_handed_over(group, bryn_goes, over):
    announcement = approved(group, targets=[Target("x")])
    if over == "handed over":
        group.x.answers = [AskPerson("Copy it to the noticeboard.")]
    if over == "withdrawn":
        with group.acting() as (session, facts):
            stopping.withdraw(session, announcement_id=announcement, by=group.asha, **facts)
    now = group.clock.forward(minutes=10)
    for lane in sending.steps(group.deps).values():
        lane(now)
    bryn_goes()
    group.clock.now += timedelta(days=3)
    with group.acting() as (session, facts):
        assert reminding.due(session, **facts) == []
        reminding.send_digest(session, **facts)
    assert told(group, "U0CARYS") == []
