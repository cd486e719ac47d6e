"""Series through the front door: written in the window, confirmed, approved, skipped, changed, ended."""

import pytest

from tests.handlers.announcing.acts import (
    MEETUP,
    MONDAYS,
    act_on_run,
    approve,
    approve_series,
    labels,
    opened_series,
    plan_series,
    planned_series,
    proposal,
    said,
    thread,
    tweeted,
    type_series,
)


def listed(practice, who="asha"):
    return practice.command(who, "/announce", "series")["response"]


def test_a_series_is_shown_as_it_was_read_and_planned_once_that_is_confirmed(practice):
    answer = type_series(practice)
    assert said(answer).startswith(
        "I think “every monday 9am for 4 times” means the series below. Nothing was proposed yet. If this is "
        "wrong, close the window and open it again: what you wrote is kept.\nIt runs\n"
    )
    (option,) = practice.modal("asha")["blocks"][1]["element"]["options"]
    assert [option[part]["text"] for part in ("text", "description")] == [
        "Every Monday, 9:00am UK time",
        "4 runs, Mon 29 March 2027 to Mon 19 April 2027",
    ]
    answer = practice.submit("asha", practice.modal("asha"))
    practice.settle()
    assert said(answer) == (
        "The series is planned: 4 runs ahead. Each run is proposed a week before, and approved by itself.\n"
        "Type `/announce series` to skip a day, change it or end it."
    )
    assert planned_series(practice)["text"] == (
        "<@U000000ASHA> plans a series of announcements, as @FenmarchDigital on X, every Monday, 9:00am UK "
        f"time: 4 runs, Mon 29 March 2027 to Mon 19 April 2027. The exact text: “{MEETUP}” X: 53 of 280 "
        "characters, costs $0.015 (X's price in 2026). Each run is proposed a week before, and approved by "
        "itself."
    )


def test_each_run_is_an_announcement_that_is_approved_and_leaves_at_its_time(practice):
    plan_series(practice)
    practice.tick()
    assert "Mon 29 March 2027, 9:00am UK time (BST), in 2 days" in proposal(practice)["text"]
    assert "It is one run of a series: `/announce series` shows the others." in proposal(practice)["text"]
    approve(practice)
    practice.forward(days=1, hours=22, minutes=30)
    practice.tick()
    assert tweeted(practice) == [MEETUP]


def test_of_two_meanings_somebody_has_to_choose(practice):
    answer = type_series(practice, "every first monday at 12:30 until june")
    assert "can mean 2 series." in said(answer)
    view = practice.modal("asha")
    assert practice.submit("asha", view)["error"] == "incomplete"
    practice.submit("asha", view, rule="1")
    practice.settle()
    assert "3 runs, Mon 5 April 2027 to Mon 7 June 2027" in planned_series(practice)["text"]


def test_what_then_is_asked_where_a_run_falls_into_a_night_the_clocks_change(practice):
    type_series(practice, "every day at 01:30 for 250 times")
    view = practice.modal("asha")
    assert practice.submit("asha", view)["error"] == "incomplete"
    hints = [block["hint"]["text"] for block in view["blocks"] if "hint" in block][1:]
    assert hints == [
        "On Sunday 28 March 2027 the clocks go forward, and 1:30am is skipped. Likewise on other such nights.",
        "On Sunday 31 October 2027 the clocks go back, and 1:30am happens twice. Likewise on other such nights.",
    ]
    practice.submit("asha", view, skipped="later", fold="1")
    practice.settle()
    practice.tick()
    assert "Sun 28 March 2027, 2:30am UK time (BST), tomorrow" in "".join(practice.texts("bryn", "steering"))


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("every monday 9am", "it does not say when it ends. Add “until” and a date, or “for 10 times”"),
        ("every monday until 30 june", "it does not say at what time of day"),
        ("every day 9am until 30 june 2029", "a series has at most 260 runs, within 5 years"),
        (
            "every <channel> 9am for 3 times",
            "I don't know “every <channel>” in “every <channel> 9am for 3 times”",
        ),
    ],
)
def test_what_is_no_series_is_said_beside_the_field(practice, typed, why):
    error = type_series(practice, typed)["field_errors"]["typed_time"]
    assert typed in error
    assert f"{why}. Nothing was proposed. Write it like “every weekday" in error


def test_one_approval_by_somebody_else_lets_every_run_leave(practice):
    plan_series(practice, how="fixed", entered={"where": ["slack"], "channel": "C00ANNOUNCE"})
    assert labels(planned_series(practice))[0] == "Approve them all: series Leeds meetup on Tuesday at 6pm…"
    refused = practice.press("asha", "announcing.series_approve", planned_series(practice, "asha"))
    assert "You wrote this one" in said(refused)
    assert said(approve_series(practice)).startswith("You have approved all of it, 4 runs ahead.")
    assert "All of it is approved, by <@U000000BRYN>" in planned_series(practice)["text"]
    assert "<@U000000BRYN> approved the whole series." in thread(practice)[-1]
    practice.tick()
    for hours in (46.5, 168, 168, 168):
        practice.forward(hours=hours)
        practice.tick()
    out = practice.texts("asha", "announcements")
    assert [text for text in out if MEETUP in text] == [MEETUP] * 4


def test_a_day_is_skipped_and_the_others_stay(practice):
    plan_series(practice)
    answer = act_on_run(practice, "announcing.series_skip", 1)
    assert said(answer) == (
        "Skipped: nothing of it goes out on Mon 5 April 2027, 9:00am UK time (BST). All other runs stay."
    )
    assert thread(practice)[-1] == ("<@U000000BRYN> skipped Monday 5 April 2027. All other runs stay.")
    text = "\n".join(
        block["text"]["text"] for block in opened_series(practice)["blocks"] if block["type"] == "section"
    )
    assert "Mon 5 April 2027, 9:00am UK time (BST), in 9 days: skipped." in text


def test_a_skip_is_taken_back_and_the_steering_group_is_told(practice):
    plan_series(practice)
    act_on_run(practice, "announcing.series_skip", 1)
    assert "Don't skip it: Mon 5 April, Leeds meetup on Tuesday at 6pm…" in labels(opened_series(practice))
    answer = practice.press(
        "carys", "announcing.series_take_back", opened_series(practice, "carys"), value="1 2027-04-05"
    )
    practice.settle()
    assert said(answer) == (
        "Not skipped any more: it goes out on Mon 5 April 2027, 9:00am UK time (BST) after all; it is approved "
        "like any other."
    )
    assert thread(practice)[-1] == (
        "<@U00000CARYS> took back the skip: it goes out on Monday 5 April 2027 after all."
    )


def test_one_run_is_changed_by_whoever_presses_and_is_theirs_from_then_on(practice):
    plan_series(practice)
    act_on_run(practice, "announcing.series_change_one", 1)
    view = practice.modal("bryn")
    assert view["title"]["text"] == "Edit announcement"
    practice.submit("bryn", view, text="This once at the library.")
    practice.settle()
    assert "This once at the library." in "".join(practice.texts("asha", "steering"))
    text = "\n".join(
        block["text"]["text"] for block in opened_series(practice)["blocks"] if block["type"] == "section"
    )
    assert "Mon 5 April 2027, 9:00am UK time (BST), in 9 days: changed by itself." in text


def test_all_to_come_is_changed_in_the_same_window(practice):
    plan_series(practice, how="fixed")
    approve_series(practice)
    practice.press("carys", "announcing.series_change", planned_series(practice, "carys"))
    view = practice.modal("carys")
    block = next(block for block in view["blocks"] if block.get("block_id") == "typed_time")
    assert block["element"]["initial_value"] == "every Monday at 09:00 from 29 March 2027 for 4 times"
    practice.submit("carys", view, text="Other words.")
    answer = practice.submit("carys", practice.modal("carys"))
    practice.settle()
    assert said(answer).startswith(
        "Everything to come is changed: 4 runs ahead. One approval is for all runs"
    )
    assert "“Other words.”" in planned_series(practice)["text"]
    assert "The approval of <@U000000BRYN> no longer counts" in thread(practice)[-1]


def test_a_series_window_takes_no_single_time_and_an_announcement_no_series(practice):
    plan_series(practice)
    practice.press("asha", "announcing.series_change", planned_series(practice, "asha"))
    answer = practice.submit("asha", practice.modal("asha"), typed_time="tomorrow 9am")
    assert answer["field_errors"]["typed_time"].startswith("This changes a whole series")
    practice.close("asha", practice.modal("asha"))
    practice.tick()
    practice.press("asha", "announcing.edit", proposal(practice, "asha"))
    answer = practice.submit("asha", practice.modal("asha"), typed_time=MONDAYS)
    assert answer["field_errors"]["typed_time"].startswith("That repeats, and this edits one announcement")


def test_anybody_on_the_steering_group_ends_it(practice):
    plan_series(practice)
    practice.tick()
    answer = practice.press("carys", "announcing.series_end", planned_series(practice, "carys"))
    practice.settle()
    assert said(answer).startswith("The series has ended: 4 runs that had not gone out will not.")
    assert labels(planned_series(practice)) == []
    assert listed(practice)["text"].startswith("No series is planned.")
    assert "It was withdrawn." in proposal(practice)["text"]


def test_the_list_shows_what_comes_next_and_opens_the_window_for_a_new_one(practice):
    plan_series(practice)
    response = listed(practice)
    assert "Next: Mon 29 March 2027, 9:00am UK time (BST), in 2 days." in response["text"]
    practice.press("asha", "announcing.series_new", response)
    assert "Type how often it repeats" in practice.modal("asha")["blocks"][0]["text"]["text"]


def test_days_missed_while_nothing_ran_are_told_of_once_and_nothing_bursts_out(practice):
    plan_series(practice, how="fixed")
    approve_series(practice)
    practice.forward(days=10)
    practice.tick()
    practice.tick()
    (told,) = [text for text in thread(practice) if "not made" in text]
    assert told == (
        "2 runs were not made, because nothing was running in time: Monday 29 March 2027 and Monday 5 April "
        "2027. Nothing of it went out, and nothing will by itself. To announce it all the same, type "
        f"`/announce`. It reads: “{MEETUP}”"
    )
    assert tweeted(practice) == []
