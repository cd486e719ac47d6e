from datetime import date, time

import pytest

from coop.announcing import times
from coop.announcing.times import Wall
from tests.announcing import LONDON, utc


def test_a_time_is_said_with_its_day_its_clock_and_how_far_off_it_is(now):
    assert times.said(utc(30, 8), LONDON, now) == "Tue 30 March 2027, 9:00am UK time (BST), in 3 days"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (utc(27, 9, 30, 20), "now"),
        (utc(27, 9, 40), "in 10 minutes"),
        (utc(27, 9, 31), "in 1 minute"),
        (utc(27, 12, 0), "in 2 hours"),
        (utc(27, 9, 0), "30 minutes ago"),
        (utc(28, 8), "tomorrow"),
        (utc(26, 8), "yesterday"),
        (utc(20, 8), "7 days ago"),
    ],
)
def test_how_far_off_is_counted_by_the_calendar_once_it_is_another_day(now, moment, words):
    assert times.away(moment, LONDON, now) == words


def test_beyond_sixty_days_the_date_says_enough(now):
    assert times.said(utc(26, 8, month=5), LONDON, now) == "Wed 26 May 2027, 9:00am UK time (BST), in 60 days"
    assert times.said(utc(27, 8, month=5), LONDON, now) == "Thu 27 May 2027, 9:00am UK time (BST)"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (utc(27, 9, 29), "now"),
        (utc(27, 9, 30, 20), "now"),
        (utc(27, 9, 40), "in 10 minutes, at 9:40am UK time (GMT)"),
        (utc(27, 12, 0), "on Sat 27 March 2027, midday UK time (GMT), in 2 hours"),
        (utc(30, 8), "on Tue 30 March 2027, 9:00am UK time (BST), in 3 days"),
    ],
)
def test_when_it_goes_out_is_said_by_how_soon_that_is(now, moment, words):
    assert times.going_out(moment, LONDON, now) == words


def test_half_past_eleven_at_night_in_utc_is_tomorrow_in_london_in_summer():
    now = utc(30, 20)
    assert times.said(utc(30, 23, 30), LONDON, now) == "Wed 31 March 2027, 12:30am UK time (BST), tomorrow"


def test_other_zones_are_named_by_their_city():
    assert times.clock_of(utc(30, 8), "America/New_York") == "New York time (EDT)"
    assert times.clock_of(utc(30, 8), "America/Sao_Paulo") == "Sao Paulo time"


def test_an_ordinary_time_has_one_meaning():
    assert times.choices(date(2027, 3, 30), time(9), LONDON) == (Wall(date(2027, 3, 30), time(9), LONDON),)


def test_a_time_the_clocks_skip_offers_the_moments_counted_from_before_and_after():
    day = date(2027, 3, 28)
    early, late = times.choices(day, time(1, 30), LONDON)
    assert (early.clock, late.clock) == (time(0, 30), time(2, 30))
    assert (times.instant(early), times.instant(late)) == (utc(28, 0, 30), utc(28, 1, 30))
    assert times.is_skipped(day, time(1, 30), LONDON)


def test_a_time_that_happens_twice_offers_both():
    day = date(2027, 10, 31)
    first, second = times.choices(day, time(1, 30), LONDON)
    assert (first.clock, first.fold) == (time(1, 30), 0)
    assert (second.clock, second.fold) == (time(1, 30), 1)
    assert times.instant(first) == utc(31, 0, 30, month=10)
    assert times.instant(second) == utc(31, 1, 30, month=10)
    assert not times.is_skipped(day, time(1, 30), LONDON)


def test_nine_in_the_morning_stays_nine_across_both_clock_changes():
    for day in (date(2027, 3, 27), date(2027, 3, 29), date(2027, 10, 30), date(2027, 11, 1)):
        assert times.wall_at(times.instant(Wall(day, time(9), LONDON)), LONDON).clock == time(9)


def test_the_readers_own_clock_is_named_only_where_it_differs():
    moment = utc(30, 8)
    assert times.on_own_clock(moment, LONDON, "Europe/Jersey") == ""
    assert times.on_own_clock(moment, LONDON, "Europe/Madrid") == "10:00am on your own clock (Madrid time)"
    assert (
        times.on_own_clock(moment, LONDON, "Pacific/Honolulu")
        == "10:00pm on Mon 29 on your own clock (Honolulu time)"
    )
