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
    ],
)
def test_what_means_one_time_is_read_as_that(typed, meaning):
    assert read(typed) == [meaning]


@pytest.mark.parametrize(
    ("typed", "meanings"),
    [
        ("tomorrow at 9", ["Sun 28 March 2027, 9:00am (BST)", "Sun 28 March 2027, 9:00pm (BST)"]),
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
        ("soon", "I don't know “soon”"),
        ("monday or tuesday 9am", "I don't know “or tuesday”"),
        ("30 march 9am EST", "I don't know “est”"),
        ("tomorrow", "it names no time of day that I know"),
        ("", "it names no time of day that I know"),
        ("13:75", "it names no time of day that I know"),
        ("tonight at 9am", "it names no time of day that I know"),
        ("mon 30 march 9am", "30 March 2027 is a Tuesday"),
        ("31/11 9am", "there is no such date"),
        ("30 february 9am", "there is no such date"),
        ("29/2/2027 9am", "there is no such date"),
        ("1 june 2040 9am", "I plan at most 5 years ahead"),
        ("in 9999 days 9am", "I plan at most 5 years ahead"),
        ("9" * 201, "it is longer than 200 characters"),
        ("30 march 2027, 9am UK time (GMT)", "“uk time (gmt)” does not fit the rest of it"),
        ("30 march 2027, 9am UK time (BST), in 4 days", "“uk time (bst) in 4 days” does not fit the rest of it"),
    ],
)  # fmt: skip
def test_what_it_does_not_know_is_refused_with_three_examples_of_what_it_does(typed, why):
    with pytest.raises(NotUnderstood) as refused:
        typed_times.read(typed, now=NOW, zone=LONDON)
    assert refused.value.text.endswith(
        f"”: {why}. Nothing was proposed. Write it like “tomorrow 9am”, “friday 14:30” or “30 march at noon”."
    )


@pytest.mark.parametrize("typed", ["today 9am", "26 march 2027 9am", "27/3 09:30", "yesterday 9am"])
def test_what_has_passed_is_refused(typed):
    with pytest.raises((typed_times.Passed, NotUnderstood)) as refused:
        typed_times.read(typed, now=NOW, zone=LONDON)
    assert "Nothing was proposed." in refused.value.text


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
    except (NotUnderstood, typed_times.Passed):
        return
    assert all(times.instant(wall) > NOW for wall in walls)
    assert 1 <= len(walls) <= 10
