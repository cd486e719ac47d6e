"""Which announcements are on which day: weeks from Monday, months, local days, and where each stands."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from coop.announcing import calendar, stopping
from coop.announcing.calendar import Standing
from coop.announcing.content import Target
from coop.announcing.moment import Moment
from coop.announcing.spans import Length, NoSuchDays, Span
from coop.errors import NotAllowed
from storage.announcements import AnnouncementState
from storage.calendar import Planned
from storage.deliveries import Delivery, DeliveryState, Hold
from tests import lanes
from tests.announcing import LONDON, utc, wall

ROW = Planned(
    announcement_id=1, state=AnnouncementState.PROPOSED, text="Hello", revision=1, rehearsal=False,
    proposed_at=utc(27, 9), changed_at=utc(27, 9), approved=True, network="x", target="", delivery_state=DeliveryState.SCHEDULED,
    hold=None, at=utc(30, 8), delivered_at=None, taken_down=False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "length", "first", "last"),
    [
        ("2027-03-27", "week", "2027-03-22", "2027-03-28"),
        ("2027-03-22", "week", "2027-03-22", "2027-03-28"),
        ("2027-01-01", "week", "2026-12-28", "2027-01-03"),
        ("2027-12-31", "month", "2027-12-01", "2027-12-31"),
        ("2028-02-29", "month", "2028-02-01", "2028-02-29"),
    ],
)
def test_a_week_begins_on_monday_and_a_month_on_its_first(day, length, first, last):
    span = Span.around(date.fromisoformat(day), Length(length))
    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)
    assert (span.after.before, Span.read(str(span))) == (span, span)


def test_days_are_those_of_the_networks_clock_also_when_it_changes():
    week = Span.around(date(2027, 3, 28), Length.WEEK)
    assert week.instants(LONDON) == (
        datetime(2027, 3, 22, tzinfo=UTC),
        datetime(2027, 3, 28, 23, tzinfo=UTC),  # 167 hours: the clocks went forward on Sunday
    )


@pytest.mark.parametrize(
    "value",
    ["", "week", "year:2027-01-01", "week:", "week:2027-02-30", "month:0001-01-01", "week:9999-12-31"],
)
def test_days_nobody_plans_for_are_refused(value):
    with pytest.raises(NoSuchDays):
        Span.read(value)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, Standing.COMING),
        ({"approved": False}, Standing.WAITING),
        ({"approved": False, "state": AnnouncementState.SENT_BACK}, Standing.SENT_BACK),
        ({"delivery_state": DeliveryState.ATTEMPTING}, Standing.COMING),
        ({"delivery_state": DeliveryState.DELIVERED}, Standing.SENT),
        ({"delivery_state": DeliveryState.DELIVERED, "rehearsal": True}, Standing.REHEARSED),
        ({"delivery_state": DeliveryState.DELIVERED, "taken_down": True}, Standing.TAKEN_DOWN),
        ({"delivery_state": DeliveryState.HELD, "hold": Hold.LATE}, Standing.HELD),
        ({"delivery_state": DeliveryState.HELD, "hold": Hold.BY_HAND}, Standing.BY_HAND),
        ({"delivery_state": DeliveryState.REFUSED}, Standing.REFUSED),
        ({"delivery_state": DeliveryState.UNCERTAIN, "approved": False}, Standing.IN_DOUBT),
        ({"delivery_state": DeliveryState.CANCELLED}, Standing.WITHDRAWN),
    ],
)
def test_where_a_delivery_stands(facts, expected):
    assert calendar.standing(replace(ROW, **facts)) is expected


def found(group, length=Length.MONTH, by=None):
    with group.database.read() as session:
        moment = Moment(group.clock.now, group.settings)
        span = Span.around(moment.today, length)
        return calendar.days(session, span=span, by=by or group.carys, moment=moment)


def told(entries):
    return [
        (entry.title, entry.at, [(part.target.network, part.standing.name) for part in entry.parts])
        for entry in entries
    ]


def test_each_announcement_is_on_the_day_it_went_out_or_is_promised_for(group):
    both = (Target("x"), Target("slack", "C0NEWS"))
    out = group.propose("Out.", targets=both).id
    group.approve(out)
    lanes.tick(group.deps, group.clock.forward(minutes=10))
    group.propose("Just after midnight.", wall=wall(1, 0, 5, month=4), targets=both)
    group.propose("Just before.", wall=wall(31, 23, 55), targets=both)
    gone = group.propose("Withdrawn.", wall=wall(30)).id
    with group.acting() as (session, facts):
        stopping.withdraw(session, announcement_id=gone, by=group.asha, **facts)
    group.propose("As soon as somebody agrees.")
    month = found(group)
    assert told(month.entries) == [
        ("Out.", utc(27, 9, 40), [("x", "SENT"), ("slack", "SENT")]),
        ("Just before.", utc(31, 22, 55), [("x", "WAITING"), ("slack", "WAITING")]),
    ]
    assert told(month.undated) == [("As soon as somebody agrees.", None, [("x", "WAITING")])]
    assert [month.day_of(entry) for entry in month.entries] == [date(2027, 3, 27), date(2027, 3, 31)]


def test_one_that_left_on_two_days_is_on_both(group):
    both = (Target("x"), Target("slack", "C0NEWS"))
    split = group.propose("In two parts.", targets=both).id
    group.approve(split)
    lanes.tick(group.deps, group.clock.forward(minutes=10))
    with group.database.write() as session:
        late = group.see(split).deliveries[1].id
        session.get_one(Delivery, late).delivered_at = utc(29, 8)
    assert told(found(group).entries) == [
        ("In two parts.", utc(27, 9, 40), [("x", "SENT")]),
        ("In two parts.", utc(29, 8), [("slack", "SENT")]),
    ]


def test_only_the_steering_group_sees_it(group):
    with pytest.raises(NotAllowed):
        found(group, by=group.dafydd)
