"""Rules of series: what people type, what it comes to, and ten years of clock changes."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coop.announcing import times
from coop.announcing.series import recurrence
from coop.announcing.series.recurrence import Rule, Skipped
from coop.announcing.typed import series
from coop.announcing.typed.words import NotUnderstood
from tests.announcing import LONDON, utc

NOW = utc(27, 9, 30)
# When clocks skip a time and when they show it twice, in each zone all these years.
ZONES = {
    "Europe/London": (time(1, 30), time(1, 30)),
    "America/New_York": (time(2, 30), time(1, 30)),
    "Australia/Sydney": (time(2, 30), time(2, 30)),
}


def read(typed):
    rules = series.read(typed, now=NOW, zone=LONDON).rules
    return [(recurrence.said(rule).replace(" UK time", ""), *_days(rule)) for rule in rules]


def _days(rule):
    every = recurrence.runs(rule)
    return len(every), every[0].day.isoformat(), every[-1].day.isoformat()


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("every weekday 9am for 10 times", ("every weekday, 9:00am", 10, "2027-03-29", "2027-04-09")),
        ("every 2 weeks on Thursday 18:00 until 30 June 2027",
         ("every 2 weeks on Thursday, 6:00pm", 7, "2027-04-01", "2027-06-24")),
        ("monthly on the last Friday at noon for 6 times",
         ("every month on the last Friday, midday", 6, "2027-04-30", "2027-09-24")),
        ("every first Monday at 12:30 until the end of June",
         ("every month on the first Monday, 12:30pm", 3, "2027-04-05", "2027-06-07")),
        ("every other tuesday 9am for 3 times", ("every 2 weeks on Tuesday, 9:00am", 3, "2027-03-30", "2027-04-27")),
        ("fortnightly on friday at 9am, 3 times", ("every 2 weeks on Friday, 9:00am", 3, "2027-04-02", "2027-04-30")),
        ("mondays and thursdays 9am until 1 may",
         ("every Monday and Thursday, 9:00am", 10, "2027-03-29", "2027-04-29")),
        ("every monday, wednesday and friday at 9am from 1 may until 1 june",
         ("every Monday, Wednesday and Friday, 9:00am", 13, "2027-05-03", "2027-05-31")),
        ("on the 15th of every month at noon for 5 times",
         ("every month on the 15th, midday", 5, "2027-04-15", "2027-08-15")),
        ("monthly on the last day at noon for 2 times",
         ("every month on the last day, midday", 2, "2027-03-31", "2027-04-30")),
        ("every 3 days 10am for 4 times", ("every 3 days, 10:00am", 4, "2027-03-27", "2027-04-05")),
        ("daily 9am for 2 times", ("every day, 9:00am", 2, "2027-03-28", "2027-03-29")),
        ("every monday 9am until friday", ("every Monday, 9:00am", 1, "2027-03-29", "2027-03-29")),
    ],
)  # fmt: skip
def test_what_means_one_series_is_read_as_that(typed, meaning):
    assert read(typed) == [meaning]


@pytest.mark.parametrize(
    ("typed", "meanings"),
    [
        ("every first Monday at 12:30 until June", [
            ("every month on the first Monday, 12:30pm", 2, "2027-04-05", "2027-05-03"),
            ("every month on the first Monday, 12:30pm", 3, "2027-04-05", "2027-06-07"),
        ]),
        ("every second monday 9am until the end of june", [
            ("every month on the second Monday, 9:00am", 3, "2027-04-12", "2027-06-14"),
            ("every 2 weeks on Monday, 9:00am", 7, "2027-03-29", "2027-06-21"),
        ]),
        ("every day at 9 for 3 times", [
            ("every day, 9:00am", 3, "2027-03-28", "2027-03-30"),
            ("every day, 9:00pm", 3, "2027-03-27", "2027-03-29"),
        ]),
    ],
)  # fmt: skip
def test_what_can_mean_two_series_is_asked_about(typed, meanings):
    assert read(typed) == meanings


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("every monday at noon", "it does not say when it ends. Add “until” and a date, or “for 10 times”"),
        ("every monday until 30 june", "it does not say at what time of day"),
        ("every now and then at 9am until 30 june", "I don't know “every now and then” in “every now and then at 9am until 30 june”"),
        ("daily at midnight for 3 times", "midnight begins a day and ends one. Type 00:00 for the beginning of each day"),
        ("monthly on the 31st at noon for 5 times", "not every month has a 31st. Write “on the last day”"),
        ("every monday 9am until 30 june for 3 times", "it says both how many times and until when"),
        ("every monday 9am until 1 jan 2027", "no run of it is ahead"),
        ("every day 9am for 261 times", "a series has at most 260 runs, within 5 years"),
        ("every 52 weeks on monday 9am for 12 times", "a series has at most 260 runs, within 5 years"),
        ("every " * 40, "That is longer than 200 characters"),
    ],
)  # fmt: skip
def test_what_is_no_series_is_refused_with_three_examples(typed, why):
    with pytest.raises(NotUnderstood) as refused:
        series.read(typed, now=NOW, zone=LONDON)
    assert refused.value.text.endswith(
        f"{why}. Nothing was proposed. Write it like “every weekday 9am for 10 times”, “every 2 weeks on "
        "Thursday 18:00 until 30 June” or “monthly on the last Friday at noon for 6 times”."
    )


@pytest.mark.parametrize(
    ("typed", "recurs"), [("every monday", True), ("Mondays 9am", True), ("monday 9am", False), ("", False)]
)
def test_a_series_is_told_from_a_single_time(typed, recurs):
    assert series.is_recurring(typed) is recurs


PIECES = (
    "every",
    "first",
    "2 weeks",
    "monday",
    "on",
    "until",
    "june",
    "9am",
    "3 times",
    "15th",
    "month",
    ",",
)
FORMS = (
    "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=TU,SU",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYDAY=2MO",
    "FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=MONTHLY;BYMONTHDAY=-1",
)  # fmt: skip


@given(st.sampled_from(FORMS), st.integers(0, 24 * 60 - 1), st.integers(1, 20), st.booleans())
@settings(max_examples=40, deadline=None)
def test_our_own_words_typed_back_are_the_same_series(form, minutes, count, counted):
    begin = utc(28, 0).replace(tzinfo=None) + timedelta(minutes=minutes)
    plain = Rule(f"DTSTART:{begin:%Y%m%dT%H%M%S}\nRRULE:{form};COUNT={count}", LONDON)
    every = recurrence.runs(plain)
    end = f"COUNT={count}" if counted else f"UNTIL={every[-1].day:%Y%m%d}T235959"
    first = f"DTSTART:{every[0].day:%Y%m%d}{begin:T%H%M%S}"
    rule = Rule(f"{first}\nRRULE:{form};{end}", LONDON)
    assert series.read(recurrence.spelled(rule), now=NOW, zone=LONDON).rules == (rule,)


@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=20,
    )
)
@settings(max_examples=40, deadline=None)
def test_whatever_is_typed_is_read_as_a_bounded_series_or_refused_in_words(pieces):
    try:
        rules = series.read(" ".join(pieces), now=NOW, zone=LONDON).rules
    except NotUnderstood:
        return
    assert all(1 <= len(recurrence.runs(rule)) <= recurrence.MOST_RUNS for rule in rules)


def nightly(zone, clock, **facts):
    """Every night of ten years."""
    text = f"DTSTART:20260101T{clock:%H%M%S}\nRRULE:FREQ=DAILY;UNTIL=20351231T235959"
    return recurrence.runs(Rule(text, zone, **facts))


TEN_YEARS = (date(2035, 12, 31) - date(2026, 1, 1)).days + 1


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("skipped", "fold"), [(Skipped.EARLIER, 0), (Skipped.LATER, 1)])
def test_in_ten_years_of_clock_changes_each_run_happens_once(zone, skipped, fold):
    for clock in {time(9), *ZONES[zone]}:
        every = nightly(zone, clock, skipped=skipped, fold=fold)
        moments = [times.instant(run.wall) for run in every]
        assert len({run.day for run in every}) == len(every) == len(set(moments)) == TEN_YEARS
        assert moments == sorted(moments)
        shown = [times.wall_at(moment, zone) for moment in moments]
        odd = [
            run.day
            for run, wall in zip(every, shown, strict=True)
            if (wall.day, wall.clock) != (run.day, clock)
        ]
        assert len(odd) == (10 if clock == ZONES[zone][0] else 0)
        if clock == time(9):
            assert {wall.clock for wall in shown} == {time(9)}


@pytest.mark.parametrize("zone", ZONES)
def test_a_run_whose_time_is_skipped_can_be_left_out_and_of_a_doubled_one_the_second_is_an_hour_later(zone):
    gap, doubled = ZONES[zone]
    assert len(nightly(zone, gap, skipped=Skipped.LEFT_OUT)) == TEN_YEARS - 10
    pairs = zip(nightly(zone, doubled, fold=0), nightly(zone, doubled, fold=1), strict=True)
    later = {times.instant(second.wall) - times.instant(first.wall) for first, second in pairs}
    assert later == {timedelta(0), timedelta(hours=1)}
