"""`/announce list week` and `month`: day by day, turned over with buttons, whoever may see it."""

import pytest

from coop.announcing import proposing
from coop.announcing.content import Agreed, Target
from storage import people
from tests.announcing import wall
from tests.handlers.announcing.acts import (
    DAY_BY_DAY,
    IN_THREE_DAYS,
    act_on_run,
    approve,
    approve_series,
    labels,
    plan_series,
    propose,
    said,
)
from tests.practice import user


def shown(practice, text, who="carys"):
    return practice.command(who, "/announce", text)["response"]


def replaced(practice, who="carys"):
    return practice.messages(who, "general")[-1]


def test_the_week_says_what_is_sent_coming_and_waiting_by_day(practice):
    propose(practice)
    approve(practice)
    practice.forward(minutes=10)
    practice.tick()
    propose(practice, "Newsletter is out.", who="bryn", **IN_THREE_DAYS)
    propose(practice, "Any time.", who="bryn")
    assert shown(practice, "list week")["text"] == (
        "*Announcements, 22 to 28 March 2027: 2.* Times are UK time. Days with nothing are left out.\n"
        "Saturday 27 March 2027, today:\n"
        "- *9:40am* “Leeds meetup on Tuesday at 6pm. Everybody is welcome.”, as @FenmarchDigital on X: sent.\n"
        "No time yet: as soon as approved:\n"
        "- “Any time.”, as @FenmarchDigital on X: waiting for approval."
    )
    assert shown(practice, "List  next WEEK")["text"] == (
        "*Announcements, 29 March to 4 April 2027: 1.* Times are UK time. Days with nothing are left out.\n"
        "Tuesday 30 March 2027:\n"
        "- *9:00am* “Newsletter is out.”, as @FenmarchDigital on X: waiting for approval."
    )
    assert shown(practice, "list last month")["text"] == "Nothing is announced in February 2027."


def test_runs_of_a_series_are_in_it_before_they_are_made_and_once_when_they_are(practice):
    plan_series(practice, "every wednesday 9am for 5 times", how="fixed")
    act_on_run(practice, "announcing.series_skip", 3)
    practice.tick()
    april = shown(practice, "list next month")
    words = "“Leeds meetup on Tuesday at 6pm. Everybody is welcome.”, as @FenmarchDigital on X"
    assert [line for line in april["text"].splitlines() if line.startswith("- ")] == [
        f"- *9:00am* {words}: one of a series, {standing}."
        for standing in ("not approved yet", "not approved yet", "skipped", "not approved yet")
    ]
    assert "Wednesday 7 April 2027:" in april["text"]
    assert labels(april)[0] == "Open: series, Wed 7 April: Leeds meetup on Tuesday at 6pm. Everybody is we…"
    opened = practice.press("carys", "announcing.series_open", april)["opened_view"]
    assert opened["title"]["text"] == "Series"
    approve_series(practice)
    practice.forward(days=2)
    practice.tick()
    text = shown(practice, "list next month")["text"]
    assert [line.rsplit(": ", 1)[1] for line in text.splitlines() if line.startswith("- ")] == [
        "coming.",
        "one of a series, approved with it.",
        "one of a series, skipped.",
        "one of a series, approved with it.",
    ]


def test_its_pages_are_turned_in_place_and_each_announcement_opens(practice):
    propose(practice, "Newsletter is out.", **IN_THREE_DAYS)
    month = shown(practice, "list month")
    assert labels(month) == [
        "Open: Newsletter is out., Tue 30 March",
        "Back: announcements, February 2027",
        "Next: announcements, April 2027",
        *DAY_BY_DAY,
        "As a picture: announcements, March 2027",
    ]
    practice.press("carys", "announcing.calendar.next", month)
    practice.press("carys", "announcing.calendar.back", replaced(practice))
    assert replaced(practice)["text"] == month["text"]
    view = practice.press("carys", "announcing.open", month)["opened_view"]
    assert "Newsletter is out." in str(view["blocks"])


def test_the_list_leads_to_the_week_and_the_month(practice):
    listed = shown(practice, "list")
    assert labels(listed) == DAY_BY_DAY
    practice.press("carys", "announcing.calendar.week", listed)
    assert replaced(practice)["text"] == "Nothing is announced in the week 22 to 28 March 2027."


def test_a_long_month_is_shown_in_parts(practice):
    with practice.deps.write() as session:
        owner = people.person_id_of(session, practice.team, user("asha"))
        for number in range(12):
            agreed = Agreed(f"Number {number}.", (Target("x"),), wall(30, 9, number))
            proposing.propose(
                session, agreed=agreed, by=owner, now=practice.clock.now, settings=practice.deps.settings
            )
    first = shown(practice, "list month")
    assert first["text"].endswith("\nThere are 4 more in March 2027.")
    practice.press("carys", "announcing.calendar.more", first)
    assert [line for line in replaced(practice)["text"].splitlines() if line.startswith("- ")] == [
        f"- *9:{number:02}am* “Number {number}.”, as @FenmarchDigital on X: waiting for approval."
        for number in range(8, 12)
    ]


def test_the_month_comes_as_a_picture_that_is_said_in_words(practice):
    propose(practice, "🎉 Newsletter 会議.", **IN_THREE_DAYS)
    practice.press("carys", "announcing.calendar.picture", shown(practice, "list month"))
    practice.settle()
    message = practice.messages("carys")[-1]
    said_of_it = "30 March, 9:00am: 🎉 Newsletter 会議. (waiting for approval)."
    assert message["text"] == f"*Announcements, March 2027, as a picture.* In words:\n{said_of_it}"
    assert message["blocks"][-1]["alt_text"] == (
        f"Calendar of announcements of Fenmarch Digital Network, March 2027. {said_of_it}"
    )


@pytest.mark.parametrize("text", ["List week by week of what is on", "List months, not weeks"])
def test_a_text_that_only_begins_like_it_is_an_announcement(practice, text):
    assert practice.command("asha", "/announce", text)["opened_view"] is not None


def test_nobody_else_sees_it(practice):
    assert said(practice.command("dev", "/announce", "list week")).startswith(
        "Only members of the steering group can do this, so nothing changed."
    )
