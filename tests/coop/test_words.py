from datetime import UTC, date, datetime, time

import pytest

from coop import words


def test_dates_read_as_people_say_them():
    assert words.on(date(2027, 6, 4)) == "4 June 2027"
    assert words.weekday(date(2027, 6, 4)) == "Friday"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (time(9, 30), "9:30am"),
        (time(9, 0), "9:00am"),
        (time(0, 0), "midnight"),
        (time(0, 5), "12:05am"),
        (time(12, 0), "midday"),
        (time(12, 1), "12:01pm"),
        (time(17, 45), "5:45pm"),
    ],
)
def test_times_read_as_people_say_them(moment, said):
    assert words.at(moment) == said


@pytest.mark.parametrize(
    ("pence", "said"),
    [
        (100, "£1"),
        (150, "£1.50"),
        (5, "£0.05"),
        (0, "£0"),
        (120_000, "£1,200"),
        (-100, "-£1"),
        (-150, "-£1.50"),
    ],
)
def test_money_reads_as_people_write_it(pence, said):
    assert words.pounds(pence) == said


def test_a_day_begins_at_midnight_where_the_network_lives():
    late = datetime(2027, 3, 31, 23, 30, tzinfo=UTC)
    assert words.today_in(late, "Europe/London") == date(2027, 4, 1)
    assert words.moment_in(late, "Europe/London") == "12:30am on 1 April 2027"
    assert words.today_in(late, "UTC") == date(2027, 3, 31)


@pytest.mark.parametrize("whole", ["It is out.", "“Come along!”", "“Is it?”", "and so on…"])
def test_a_sentence_that_ends_gets_no_second_stop(whole):
    assert words.ended(whole) == whole
    assert words.ended("It reads “Come along”") == "It reads “Come along”."


def test_a_single_day_is_not_said_twice():
    assert words.during(date(2027, 6, 4), date(2028, 3, 30)) == "from 4 June 2027 to 30 March 2028"
    assert words.during(date(2027, 6, 4), date(2027, 6, 4)) == "on 4 June 2027"


def test_lists_and_counts_read_as_people_say_them():
    assert words.listed([]) == ""
    assert words.listed(["Asha"]) == "Asha"
    assert words.listed(["Asha", "Bryn", "Carys"]) == "Asha, Bryn and Carys"
    assert words.listed(["Asha", "Bryn"], last="or") == "Asha or Bryn"
    assert [words.counted(n, "member") for n in (0, 1, 2)] == ["no members", "1 member", "2 members"]
    assert words.counted(2, "person", "people") == "2 people"
