"""Series: made ahead, once a day at most, approved for all or one by one, skipped, changed, ended."""

from datetime import date, timedelta

import pytest

from bot.jobs import series as job
from coop import offices
from coop.announcing import proposing, seeing, stopping, times
from coop.announcing.content import Agreed, Target
from coop.announcing.limits import blackouts
from coop.announcing.series import approving, changing, ending, recurrence, skipping
from coop.announcing.series import plan as series_plan
from coop.announcing.series import proposing as series
from coop.announcing.series.plan import Plan
from coop.announcing.series.recurrence import Rule
from coop.announcing.typed import series as typed_series
from coop.errors import NotAllowed, UserError
from storage import series as record
from storage.announcements import Announcement
from storage.deliveries import Delivery, DeliveryState
from storage.offices import Role
from storage.outbox import OutboxRow
from storage.series import SeriesRun
from tests import lanes
from tests.announcing import LONDON, MEETUP, ON_X, Clock, Group, utc, wall

MONDAYS = "every monday 9am for 4 times"


@pytest.fixture
def group(sqlite):
    return Group(sqlite, Clock(utc(27, 9, 30)))


@pytest.fixture
def on_both(database):
    return Group(database, Clock(utc(27, 9, 30)))


def rule(group, typed=MONDAYS):
    (found,) = typed_series.read(typed, now=group.clock.now, zone=LONDON).rules
    return found


def plan(group, typed=MONDAYS, *, text=MEETUP, fixed=False, targets=ON_X):
    return Plan(Agreed(text, tuple(targets)), rule(group, typed), fixed)


def propose(group, typed=MONDAYS, *, by=None, **facts):
    with group.acting() as (session, given):
        return series.propose(session, plan=plan(group, typed, **facts), by=by or group.asha, **given).id


def approve(group, series_id, *, by=None):
    with group.acting() as (session, given):
        shown = record.series(session, series_id).content_hash
        approving.approve(session, series_id=series_id, shown=shown, by=by or group.bryn, **given)


def skip(group, series_id, day, *, by=None):
    with group.acting() as (session, given):
        skipping.skip(session, series_id=series_id, day=day, by=by or group.carys, **given)


def take_back(group, series_id, day, *, by=None):
    with group.acting() as (session, given):
        skipping.take_back(session, series_id=series_id, day=day, by=by or group.bryn, **given)


def change(group, series_id, to, *, by=None):
    with group.acting() as (session, given):
        return changing.change(session, series_id=series_id, plan=to, by=by or group.carys, **given)


def made(group):
    """Each run's day, its state, and where it is made, how its announcement stands."""
    job.make_runs(group.deps, group.clock.now)
    with group.database.read() as session:
        runs = session.query(SeriesRun).order_by(SeriesRun.series_id, SeriesRun.local_date).all()
        return [(run.local_date.isoformat(), str(run.state), run.announcement_id) for run in runs]


def days(group):
    return [day for day, _, _ in made(group)]


def announcement(group, day):
    return next(number for made_on, _, number in made(group) if made_on == day)


def kinds(group):
    with group.database.read() as session:
        return [row.kind for row in session.query(OutboxRow).order_by(OutboxRow.id)]


def test_each_run_is_made_a_week_ahead_as_an_announcement_of_its_own(on_both):
    group = on_both
    propose(group)
    assert days(group) == ["2027-03-29"]
    group.clock.now = utc(29, 7, 59)
    assert days(group) == ["2027-03-29"]
    group.clock.now = utc(29, 8)
    assert days(group) == ["2027-03-29", "2027-04-05"]
    one = group.see(announcement(group, "2027-04-05"))
    assert (one.text, one.targets, one.approved) == (MEETUP, ON_X, False)
    assert one.due_at == utc(5, 8, month=4)


def test_what_is_made_goes_through_the_ordinary_approval_and_leaves_once(group):
    propose(group)
    run = announcement(group, "2027-03-29")
    group.approve(run)
    group.clock.now = utc(29, 8)
    for _ in range(3):
        made(group)
        lanes.tick(group.deps, group.clock.now)
    assert group.x.posts == [MEETUP]


def test_one_approval_lets_every_run_leave_with_the_fixed_text(group):
    number = propose(group, fixed=True)
    approve(group, number)
    assert days(group) == ["2027-03-29", "2027-04-05"]
    for day in (29, 29 + 7, 29 + 14, 29 + 21):
        group.clock.now = utc(1, 8) + timedelta(days=day - 1)
        made(group)
        lanes.tick(group.deps, group.clock.now)
    assert group.x.posts == [MEETUP] * 4


def test_until_its_one_approval_a_run_is_made_two_days_ahead_and_asked_about_by_itself(group):
    number = propose(group, fixed=True)
    assert days(group) == ["2027-03-29"]
    run = announcement(group, "2027-03-29")
    assert not group.see(run).approved
    assert kinds(group).count("announcement_to_approve") == 2
    approve(group, number)
    assert group.see(run).approved
    assert days(group) == ["2027-03-29", "2027-04-05"]
    assert kinds(group).count("announcement_to_approve") == 2


def test_nobody_approves_their_own_series(group):
    number = propose(group, fixed=True)
    with pytest.raises(NotAllowed, match="somebody else on the steering group"):
        approve(group, number, by=group.asha)
    with pytest.raises(NotAllowed, match="Only members of the steering group"):
        approve(group, number, by=group.dafydd)


def test_when_the_approvers_term_ends_the_runs_they_let_go_are_held_and_the_group_is_asked(group):
    number = propose(group, fixed=True)
    approve(group, number)
    run = announcement(group, "2027-03-29")
    with group.acting() as (session, given):
        today = date(2027, 3, 28)
        offices.end(session, person_id=group.bryn, role=Role.STEERING, by="x", today=today, now=given["now"])
    group.clock.now = utc(29, 8)
    lanes.tick(group.deps, group.clock.now)
    assert group.x.posts == []
    assert group.states(run) == ["held unapproved"]
    group.clock.now = utc(10, 8, month=4)  # two days before the third
    assert "2027-04-12" in days(group)
    assert not group.see(announcement(group, "2027-04-12")).approved


def test_a_change_voids_the_approval_and_brings_what_was_made_in_step(on_both):
    group = on_both
    number = propose(group, fixed=True)
    approve(group, number)
    first, second = (announcement(group, day) for day in ("2027-03-29", "2027-04-05"))
    change(group, number, plan(group, text="Other words.", fixed=True))
    assert [group.see(run).text for run in (first, second)] == ["Other words."] * 2
    assert [group.see(run).approved for run in (first, second)] == [False, False]
    with pytest.raises(NotAllowed, match="You wrote this one"):
        approve(group, number, by=group.carys)
    approve(group, number)
    assert [group.see(run).approved for run in (first, second)] == [True, True]


def test_a_change_of_days_withdraws_what_is_no_longer_in_it_and_makes_what_is(on_both):
    group = on_both
    number = propose(group)
    run = announcement(group, "2027-03-29")
    change(group, number, plan(group, "every tuesday 9am for 4 times"))
    assert group.see(run).state == "withdrawn"
    assert days(group) == ["2027-03-30"]
    change(group, number, plan(group))
    assert days(group) == ["2027-03-29"]
    assert announcement(group, "2027-03-29") != run


def test_a_run_changed_by_itself_stays_so_when_the_rest_changes(group):
    number = propose(group)
    run = announcement(group, "2027-03-29")
    with group.acting() as (session, given):
        agreed = Agreed("This once.", ON_X, seeing.agreed(session, seeing.named(session, run)).wall)
        proposing.edit(session, announcement_id=run, agreed=agreed, by=group.carys, **given)
    assert change(group, number, plan(group, text="Other words.")).kept == 1
    assert group.see(run).text == "This once."
    with pytest.raises(NotAllowed):
        group.approve(run, by=group.carys)
    group.approve(run, by=group.asha)
    assert group.see(run).approved


def test_a_skipped_day_is_left_out_whether_it_was_made_or_not(group):
    number = propose(group)
    run = announcement(group, "2027-03-29")
    skip(group, number, date(2027, 3, 29))
    skip(group, number, date(2027, 4, 5))
    group.clock.now = utc(5, 8, month=4)
    assert [(day, state) for day, state, _ in made(group)] == [
        ("2027-03-29", "skipped"),
        ("2027-04-05", "skipped"),
        ("2027-04-12", "made"),
    ]
    assert group.see(run).state == "withdrawn"
    group.clock.now = utc(28, 8)
    with pytest.raises(UserError, match="skipped already"):
        skip(group, number, date(2027, 3, 29))
    with pytest.raises(UserError, match="none on that day"):
        skip(group, number, date(2027, 3, 30))


def test_a_skip_is_taken_back_while_its_day_is_ahead_and_the_run_is_made_once_anew(on_both):
    group = on_both
    number = propose(group, fixed=True)
    approve(group, number)
    gone = announcement(group, "2027-03-29")
    for day in (date(2027, 3, 29), date(2027, 4, 12)):
        skip(group, number, day)
        take_back(group, number, day)
    run = announcement(group, "2027-03-29")
    assert (group.see(gone).state, group.see(run).approved) == ("withdrawn", True)
    with pytest.raises(UserError, match="not skipped"):
        take_back(group, number, date(2027, 4, 12))
    with pytest.raises(NotAllowed):
        take_back(group, number, date(2027, 4, 12), by=group.dafydd)
    with group.acting() as (session, given):
        stopping.withdraw(session, announcement_id=run, by=group.carys, **given)
    take_back(group, number, date(2027, 3, 29))  # given up by itself is skipped as well
    made(group)
    group.clock.now = utc(29, 8)
    made(group)
    lanes.tick(group.deps, group.clock.now)
    assert group.x.posts == [MEETUP]
    with pytest.raises(UserError, match="gone by"):
        take_back(group, number, date(2027, 3, 29))


def test_a_day_of_which_part_has_gone_out_is_not_made_again(group):
    number = propose(group, targets=(Target("x"), Target("slack", "C0NEWS")))
    run = announcement(group, "2027-03-29")
    group.approve(run)
    with group.database.write() as session:
        session.get_one(Delivery, group.see(run).deliveries[0].id).state = DeliveryState.DELIVERED
    skip(group, number, date(2027, 3, 29))
    with pytest.raises(UserError, match="Part of what was announced for that day has gone out"):
        take_back(group, number, date(2027, 3, 29))


@pytest.mark.parametrize("leaves_at_once", [False, True])
def test_ending_withdraws_what_is_made_and_makes_nothing_more(group, leaves_at_once):
    number = propose(group)
    run = announcement(group, "2027-03-29")
    with group.acting() as (session, given):
        if leaves_at_once:
            agreed = Agreed("Sooner.", ON_X)
            proposing.edit(session, announcement_id=run, agreed=agreed, by=group.asha, **given)
        ending.end(session, series_id=number, by=group.bryn, **given)
    assert group.see(run).state == "withdrawn"
    group.clock.now = utc(30, 8)
    assert days(group) == ["2027-03-29"]
    with pytest.raises(UserError, match="has ended"):
        skip(group, number, date(2027, 4, 5))


def test_days_that_passed_while_nothing_ran_are_written_down_and_told_of_once(on_both):
    group = on_both
    number = propose(group)
    group.clock.now = utc(6, 9, month=4)
    assert [(day, state) for day, state, _ in made(group)] == [
        ("2027-03-29", "missed"),
        ("2027-04-05", "missed"),
        ("2027-04-12", "made"),
    ]
    assert kinds(group).count("series_missed") == 1
    lanes.tick(group.deps, group.clock.now)
    assert group.x.posts == []
    assert number == 1


def test_a_run_is_made_once_however_often_it_is_asked_for(on_both):
    group = on_both
    number = propose(group)
    with group.acting() as (session, given):
        early = [
            changing.make_early(session, series_id=number, day=date(2027, 4, 19), by=group.bryn, **given)
            for _ in range(2)
        ]
    assert early[0] == early[1]
    assert days(group) == ["2027-03-29", "2027-04-19"]
    group.clock.now = utc(18, 8, month=4)
    assert len(set(days(group))) == len(days(group))


def test_its_words_alone_are_no_announcement_that_anybody_could_send(group):
    propose(group)
    with group.database.read() as session:
        template = session.query(Announcement).filter_by(state="template").one().id
        with pytest.raises(seeing.NoSuchAnnouncement):
            seeing.named(session, template)
    with pytest.raises(seeing.NoSuchAnnouncement):
        group.approve(template)
    assert group.see(announcement(group, "2027-03-29")).id != template


def test_a_series_has_an_end_and_is_never_longer_than_five_years(group):
    forever = Rule("DTSTART:20270329T090000\nRRULE:FREQ=DAILY;COUNT=261", LONDON)
    gone = Rule("DTSTART:20260329T090000\nRRULE:FREQ=DAILY;COUNT=2", LONDON)
    for bad, why in ((forever, "at most 260 runs"), (gone, "No run of it is ahead")):
        with pytest.raises(UserError, match=why):
            series_plan.check(Plan(Agreed(MEETUP, ON_X), bad, fixed=False), group.clock.now)


def test_the_hash_of_a_series_is_about_its_words_its_places_its_rule_and_how_it_is_approved(group):
    base = plan(group)
    others = [
        plan(group, text="Other words."),
        plan(group, "every monday 10am for 4 times"),
        plan(group, fixed=True),
        plan(group, targets=(Target("x"), Target("mastodon"))),
        Plan(base.agreed, Rule(base.rule.text, LONDON, fold=1), fixed=False),
    ]
    assert len({series_plan.plan_hash(each) for each in [base, *others]}) == 6


def test_nine_stays_nine_across_the_clock_change(group):
    propose(group, "every day 9am for 3 times")
    group.clock.now = utc(27, 9, 31)
    assert days(group) == ["2027-03-28", "2027-03-29", "2027-03-30"]
    walls = [run.wall for run in recurrence.runs(rule(group, "every day 9am for 3 times"))]
    assert [times.instant(wall).hour for wall in walls] == [8, 8, 8]


def sent_in_april(group):
    """The second and the third run come due; how each stands."""
    made(group)
    for day in (5, 12):
        group.clock.now = utc(day, 8, month=4)
        made(group)
        lanes.tick(group.deps, group.clock.now)
    return [group.states(announcement(group, day)) for day in ("2027-04-05", "2027-04-12")]


def approved_series(group, **facts):
    approve(group, propose(group, "every monday 9am from 5 april for 2 times", fixed=True, **facts))


def test_a_blackout_holds_the_run_it_covers_and_no_other(group):
    approved_series(group)
    day = date(2027, 4, 5)
    with group.acting() as (session, given):
        facts = {"first_day": day, "last_day": day, "reason": "Mourning", "by": group.bryn}
        blackouts.enter(session, **facts, **given)
    assert sent_in_april(group) == [["held blackout"], ["delivered"]]
    assert "announcement_held" in kinds(group)


def test_a_cap_holds_the_run_that_goes_over_it_and_no_other(group):
    group.settings = group.settings.model_copy(update={"most_per_day": 1})
    approved_series(group)
    other = group.propose("Something else.", wall=wall(5, 8, month=4)).id
    group.approve(other)
    made(group)
    group.clock.now = utc(5, 7, month=4)
    lanes.tick(group.deps, group.clock.now)
    held, sent = sent_in_april(group)
    assert (held[0].split()[0], sent) == ("held", ["delivered"])
    assert "announcement_held" in kinds(group)


def test_a_network_that_is_no_longer_set_up_holds_its_own_part_of_each_run_alone(group):
    approved_series(group, targets=(Target("x"), Target("mastodon")))
    assert sent_in_april(group) == [["delivered", "held network_gone"]] * 2
    assert "announcement_held" in kinds(group)


def test_when_its_owner_is_no_longer_on_the_steering_group_what_others_agreed_to_still_leaves(group):
    approved_series(group)
    with group.acting() as (session, given):
        facts = {"by": "x", "today": date(2027, 3, 27), "now": given["now"]}
        offices.end(session, person_id=group.asha, role=Role.STEERING, **facts)
    assert sent_in_april(group) == [["delivered"], ["delivered"]]
