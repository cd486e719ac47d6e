"""Typed times, asked on Saturday 27 March 2027 at 9:30am, the day before the clocks go forward."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coop.announcing import times
from coop.announcing.typed import times as typed_times
from coop.announcing.typed.words import NotUnderstood
from tests.announcing import LONDON, utc

NOW = utc(27, 9, 30)


def read(typed, now=NOW, zone=LONDON):
    """What it can mean, in the absolute words in which people see it."""
    walls = typed_times.read(typed, now=now, zone=zone).walls
    return [times.dated(times.instant(wall), zone).replace(" UK time", "") for wall in walls]


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("tomorrow 9am", "Sun 28 March 2027, 9:00am (BST)"),
        ("Tomorrow at 9:30 a.m.", "Sun 28 March 2027, 9:30am (BST)"),
        ("tomorrow morning at 9", "Sun 28 March 2027, 9:00am (BST)"),
        ("friday 14:30", "Fri 2 April 2027, 2:30pm (BST)"),
        ("9.15pm on Thurs", "Thu 1 April 2027, 9:15pm (BST)"),
        ("next tuesday at noon", "Tue 30 March 2027, midday (BST)"),
        ("30 march 9am", "Tue 30 March 2027, 9:00am (BST)"),
        ("Tuesday the 30th of March, 9am", "Tue 30 March 2027, 9:00am (BST)"),
        ("march 30 9am", "Tue 30 March 2027, 9:00am (BST)"),
        ("30/3/2027 09:00", "Tue 30 March 2027, 9:00am (BST)"),
        ("30/3 2pm", "Tue 30 March 2027, 2:00pm (BST)"),
        ("2027-03-30 09:00", "Tue 30 March 2027, 9:00am (BST)"),
        ("in 2 hours", "Sat 27 March 2027, 11:30am (GMT)"),
        ("in half an hour", "Sat 27 March 2027, 10:00am (GMT)"),
        ("in 24 hours", "Sun 28 March 2027, 10:30am (BST)"),
        ("in 3 days at 9am", "Tue 30 March 2027, 9:00am (BST)"),
        ("in a fortnight at noon", "Sat 10 April 2027, midday (BST)"),
        ("tonight at 8", "Sat 27 March 2027, 8:00pm (GMT)"),
        ("tonight at midnight", "Sun 28 March 2027, midnight (GMT)"),
        ("9am", "Sun 28 March 2027, 9:00am (BST)"),
        ("10am", "Sat 27 March 2027, 10:00am (GMT)"),
        ("saturday 9am", "Sat 3 April 2027, 9:00am (BST)"),
        ("friday week 9am", "Fri 9 April 2027, 9:00am (BST)"),
        ("a week on friday at 9am", "Fri 9 April 2027, 9:00am (BST)"),
        ("friday next week 9am", "Fri 2 April 2027, 9:00am (BST)"),
        ("1 jan noon", "Sat 1 January 2028, midday (GMT)"),
        ("29 feb noon", "Tue 29 February 2028, midday (GMT)"),
        ("03/04/2027 9am", "Sat 3 April 2027, 9:00am (BST)"),  # 4 March has gone by
        ("tomorrow 09.30", "Sun 28 March 2027, 9:30am (BST)"),
        ("3 april at 0900", "Sat 3 April 2027, 9:00am (BST)"),
        ("3 april 2027 1930 hrs", "Sat 3 April 2027, 7:30pm (BST)"),
        ("on the 3rd at noon", "Sat 3 April 2027, midday (BST)"),
        ("saturday the 3rd 9am", "Sat 3 April 2027, 9:00am (BST)"),
        ("5pm tomorrow", "Sun 28 March 2027, 5:00pm (BST)"),
        ("tomorrow at quarter to ten in the evening", "Sun 28 March 2027, 9:45pm (BST)"),
        ("ten past nine am tomorrow", "Sun 28 March 2027, 9:10am (BST)"),
        ("friday night at 9 o’clock", "Fri 2 April 2027, 9:00pm (BST)"),
        ("in two weeks at half past twelve pm", "Sat 10 April 2027, 12:30pm (BST)"),
    ],
)
def test_what_means_one_time_is_read_as_that(typed, meaning):
    assert read(typed) == [meaning]


@pytest.mark.parametrize(
    ("typed", "meanings"),
    [
        ("tomorrow at 9", ["Sun 28 March 2027, 9:00am (BST)", "Sun 28 March 2027, 9:00pm (BST)"]),
        ("tomorrow 9.30", ["Sun 28 March 2027, 9:30am (BST)", "Sun 28 March 2027, 9:30pm (BST)"]),
        ("friday 9", ["Fri 2 April 2027, 9:00am (BST)", "Fri 2 April 2027, 9:00pm (BST)"]),
        ("half past nine", ["Sat 27 March 2027, 9:30pm (GMT)", "Sun 28 March 2027, 9:30am (BST)"]),
        ("the 27th 10am", ["Sat 27 March 2027, 10:00am (GMT)", "Tue 27 April 2027, 10:00am (BST)"]),
        ("9:45", ["Sat 27 March 2027, 9:45am (GMT)", "Sat 27 March 2027, 9:45pm (GMT)"]),
        ("03/04 9am", ["Sat 3 April 2027, 9:00am (BST)", "Sat 4 March 2028, 9:00am (GMT)"]),
        ("saturday 10am", ["Sat 27 March 2027, 10:00am (GMT)", "Sat 3 April 2027, 10:00am (BST)"]),
        ("friday midnight", ["Fri 2 April 2027, midnight (BST)", "Sat 3 April 2027, midnight (BST)"]),
        ("friday 12am", ["Fri 2 April 2027, midnight (BST)", "Sat 3 April 2027, midnight (BST)"]),
        ("tomorrow 1:30am", ["Sun 28 March 2027, 12:30am (GMT)", "Sun 28 March 2027, 2:30am (BST)"]),
        ("31 october 1:30am", ["Sun 31 October 2027, 1:30am (BST)", "Sun 31 October 2027, 1:30am (GMT)"]),
    ],
)
def test_what_can_mean_two_times_is_asked_about(typed, meanings):
    assert read(typed) == meanings


def test_next_friday_said_on_a_wednesday_is_this_weeks_or_next_weeks():
    wednesday = NOW + timedelta(days=4)
    assert read("next friday 9am", wednesday) == [
        "Fri 2 April 2027, 9:00am (BST)",
        "Fri 9 April 2027, 9:00am (BST)",
    ]
    assert read("this friday 9am", wednesday) == ["Fri 2 April 2027, 9:00am (BST)"]


def test_the_night_the_clocks_change_is_told_with_the_choices():
    (skipped,) = typed_times.read("tomorrow 1:30am", now=NOW, zone=LONDON).changes
    assert times.is_skipped(skipped.day, skipped.clock, skipped.zone)
    assert typed_times.read("tomorrow 9am", now=NOW, zone=LONDON).changes == ()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Soon", "I can't read “Soon” as a time."),
        ("monday or tuesday 9am", "I don't know “or tuesday” in “monday or tuesday 9am”."),
        ("30 march 9am EST", "I don't know “est” in “30 march 9am EST”."),
        ("tomorrow morning", "At what time? “tomorrow morning” names no hour."),
        ("", "I can't read “” as a time."),
        ("13:75", "I can't read “13:75”: no clock shows 13:75."),
        ("friday at 25", "I can't read “friday at 25”: no clock shows 25."),
        ("tonight at 9am", "I can't read “tonight at 9am”: 9:00am is not in the evening."),
        ("next week 9am", "On which day? “next week 9am” does not name one."),
        ("ASAP", "“ASAP” is no time: to have it sent as soon as it is approved, empty this field and choose “As soon as it is approved” above."),
        ("now please", "“now please” is no time: to have it sent as soon as it is approved, empty this field and choose “As soon as it is approved” above."),
        ("29/3/2026 1:30", "“29/3/2026 1:30” is in the past: Sunday 29 March 2026 has gone by."),
        ("yesterday 9am", "“yesterday 9am” is in the past: Friday 26 March 2027 has gone by."),
        ("today 9am", "“today 9am” is in the past: it is 9:30am now, UK time."),
        ("27/3 09:30", "“27/3 09:30” is in the past: it is 9:30am now, UK time."),
        ("3 march 2020 9am", "I can't read “3 march 2020 9am”: 2020 is in the past."),
        ("mon 30 march 9am", "I can't read “mon 30 march 9am”: 30 March 2027 is a Tuesday."),
        ("31/11 9am", "I can't read “31/11 9am”: there is no such date."),
        ("29/2/2027 9am", "I can't read “29/2/2027 9am”: there is no such date."),
        ("the 45th 9am", "I can't read “the 45th 9am”: there is no such date."),
        ("1 june 2040 9am", "I can't read “1 june 2040 9am”: I plan at most 5 years ahead."),
        ("in 9999 days 9am", "I can't read “in 9999 days 9am”: I plan at most 5 years ahead."),
        ("9" * 201, "That is longer than 200 characters."),
        ("30 march 2027, 9am UK time (GMT)", "I can't read “30 march 2027, 9am UK time (GMT)”: “uk time (gmt)” does not fit the rest of it."),
    ],
)  # fmt: skip
def test_what_it_does_not_know_is_refused_with_three_examples_of_what_it_does(typed, why):
    assert refusal(typed) == (
        f"{why} Nothing was proposed. Write it like “tomorrow 9am”, “friday 14:30” or “30 march at noon”."
    )


def test_a_day_alone_is_shown_with_times():
    assert refusal("on the 3rd") == (
        "At what time? “on the 3rd” names no hour. Nothing was proposed. "
        "Write it like “on the 3rd 9am”, “on the 3rd 14:30” or “on the 3rd at noon”."
    )


def test_several_times_are_led_to_a_series():
    assert refusal("monday and friday 9am") == (
        "“monday and friday 9am” is more than one time: for a series, say how often and until when. Nothing was "
        "proposed. Write it like “every weekday 9am for 10 times”, “every 2 weeks on Thursday 18:00 until "
        "30 June” or “monthly on the last Friday at noon for 6 times”."
    )


def refusal(typed):
    with pytest.raises(NotUnderstood) as refused:
        typed_times.read(typed, now=NOW, zone=LONDON)
    return refused.value.text


@given(st.integers(min_value=1, max_value=3 * 366 * 24 * 60), st.booleans())
@settings(max_examples=80, deadline=None)
def test_our_own_words_typed_back_are_the_same_instant(minutes, short):
    moment = NOW + timedelta(minutes=minutes)
    said = times.dated(moment, LONDON) if short else times.said(moment, LONDON, NOW)
    (wall,) = typed_times.read(said, now=NOW, zone=LONDON).walls
    assert times.instant(wall) == moment


PIECES = (
    "next friday|tomorrow|at 9|9am|14:30|30 march|03/04|in|2|hours|noon|every|UK time|(BST)|,|/|:|€|\uff11"
)
LONG = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(PIECES.split("|")), max_size=30).map(" ".join),
    st.sampled_from("1 a:./,").map(lambda sign: sign * 100_000),
)


@given(LONG)
@settings(max_examples=80, deadline=2_000)
def test_whatever_is_typed_is_soon_read_as_times_ahead_or_refused_in_words(typed):
    try:
        walls = typed_times.read(typed, now=NOW, zone=LONDON).walls
    except NotUnderstood:
        return
    assert all(times.instant(wall) > NOW for wall in walls)
    assert 1 <= len(walls) <= 10
