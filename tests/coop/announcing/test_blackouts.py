"""Days on which nothing goes out: what falls into them waits for a word, never to leave by itself."""

from datetime import date

import pytest

from bot.jobs import duties
from coop.announcing import telling
from coop.announcing.content import Agreed
from coop.announcing.limits import blackouts
from coop.announcing.limits.blackouts import Backwards, PeriodOver
from coop.errors import NotAllowed, UserError
from storage.log import LogEntry
from tests.announcing import MEETUP, ON_X, Clock, Group, utc, wall
from tests.coop.people import queued


@pytest.fixture
def group(sqlite, now):
    return Group(sqlite, Clock(now))


@pytest.fixture
def group_on_both(database, now):
    return Group(database, Clock(now))


def enter(group, first=30, last=31, *, reason="Local elections", by=None):
    with group.acting() as (session, facts):
        days = {"first_day": date(2027, 3, first), "last_day": date(2027, 3, last)}
        return blackouts.enter(session, **days, reason=reason, by=by or group.carys, **facts)


def end(group, changed, *, by=None):
    with group.acting() as (session, facts):
        return blackouts.end(session, blackout_id=changed.period.id, by=by or group.bryn, **facts)


def shorten(group, changed, last, *, by=None):
    with group.acting() as (session, facts):
        return blackouts.shorten(
            session,
            blackout_id=changed.period.id,
            last_day=date(2027, 3, last),
            by=by or group.bryn,
            **facts,
        )


def approved(group, at=None, text=MEETUP):
    proposed = group.propose(text, wall=at or wall())
    group.approve(proposed.id)
    return proposed.id


def runs(group, now):
    group.clock.now = now
    for step in duties.every_second(group.deps).values():
        step(now)


def asked(group):
    with group.database.read() as session:
        told = queued(session, to="U0ASHA")
        return [facts.get("hold", kind) for kind, facts in told if kind in {telling.OWNER, telling.HELD_BACK}]


def test_what_falls_into_a_period_is_held_at_its_time_and_its_writer_asked_once_when_it_is_over(
    group_on_both,
):
    group = group_on_both
    announcement = approved(group)
    enter(group)
    runs(group, utc(30, 8))
    (to,) = group.see(announcement).deliveries
    assert (to.hold, to.reason) == (
        "blackout",
        "a blackout period, from 30 March 2027 to 31 March 2027 (Local elections)",
    )
    runs(group, utc(31, 22, 59))  # one minute to midnight in London
    assert (group.states(announcement), asked(group)) == (["held blackout"], ["blackout"])
    for minute in (0, 1):
        runs(group, utc(31, 23, minute))
        assert (group.states(announcement), asked(group)) == (["held late"], ["blackout", telling.HELD_BACK])
    assert group.x.posts == []


def test_a_period_ends_with_its_last_day_by_the_networks_clock(group):
    enter(group)
    inside = approved(group, wall(31, 23, 55))
    after = approved(group, wall(1, 0, 5, month=4), "On the first of April.")
    runs(group, utc(31, 22, 55))
    runs(group, utc(31, 23, 5))
    assert (group.states(inside), group.states(after)) == (["held late"], ["delivered"])


def test_a_period_entered_now_covers_what_is_planned_and_says_which(group):
    planned = approved(group)
    approved(group, wall(29), "The day before.")
    changed = enter(group)
    assert ([one.id for one in changed.inside], changed.period.entered_by) == ([planned], "U0CARYS")
    with group.database.read() as session:
        told = queued(session, to="C0STEERING")
    entered = {
        "by": "U0CARYS",
        "first_day": "2027-03-30",
        "last_day": "2027-03-31",
        "reason": "Local elections",
        "inside": 1,
    }
    assert (telling.BLACKOUT_ENTERED, entered) in told


def test_ended_early_it_frees_what_is_still_to_come_and_asks_about_what_it_held(group):
    held, coming = approved(group), approved(group, wall(31), "The next day.")
    changed = enter(group)
    runs(group, utc(30, 8))
    assert [one.id for one in end(group, changed).freed] == [coming]
    runs(group, utc(30, 8, 1))
    assert group.states(held) == ["held late"]
    runs(group, utc(31, 8))
    assert (group.states(coming), group.x.posts) == (["delivered"], ["The next day."])


def test_shortened_it_ends_on_an_earlier_day(group):
    coming = approved(group, wall(31))
    assert [one.id for one in shorten(group, enter(group), 30).freed] == [coming]
    runs(group, utc(31, 8))
    assert group.states(coming) == ["delivered"]


def test_what_another_period_covers_as_well_is_not_freed(group):
    approved(group, wall(31))
    enter(group, 31, 31, reason="Mourning")
    assert end(group, enter(group)).freed == ()


def test_each_change_is_in_the_log_with_who_made_it(group):
    changed = enter(group)
    shorten(group, changed, 30)
    end(group, changed)
    with group.database.read() as session:
        rows = session.query(LogEntry).filter_by(about=f"blackout:{changed.period.id}").order_by(LogEntry.seq)
        assert [(row.act, row.by) for row in rows] == [
            ("blackout entered", f"person:{group.carys}"),
            ("blackout shortened", f"person:{group.bryn}"),
            ("blackout ended", f"person:{group.bryn}"),
        ]


def test_only_the_steering_group_enters_and_ends_periods(group):
    with pytest.raises(NotAllowed):
        enter(group, by=group.dafydd)
    changed = enter(group)
    for act in (
        lambda: end(group, changed, by=group.dafydd),
        lambda: shorten(group, changed, 30, by=group.dafydd),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize(
    ("first", "last", "refusal"), [(31, 30, "can't be before the first"), (25, 26, "has passed")]
)
def test_days_that_make_no_period_are_refused(group, first, last, refusal):
    with pytest.raises(UserError, match=refusal):
        enter(group, first, last)


def test_a_period_is_only_ever_shortened(group):
    changed = enter(group)
    with pytest.raises(UserError, match="For more days, add another period"):
        shorten(group, changed, 31)
    with pytest.raises(Backwards):
        shorten(group, changed, 29)
    end(group, changed)
    with pytest.raises(PeriodOver):
        end(group, changed)


def test_an_edit_moves_it_out_of_the_period(group):
    from coop.announcing import proposing  # noqa: PLC0415

    announcement = approved(group)
    enter(group)
    with group.acting() as (session, facts):
        agreed = Agreed(MEETUP, ON_X, wall(1, month=4))
        proposing.edit(session, announcement_id=announcement, agreed=agreed, by=group.asha, **facts)
    group.approve(announcement)
    runs(group, utc(1, 8, month=4))
    assert group.states(announcement) == ["delivered"]
