"""Stopping one, withdrawing one, stopping everything, and finding every button again."""

import pytest

from storage import people
from tests.handlers.announcing.acts import (
    DAY_BY_DAY,
    IN_THREE_DAYS,
    MEETUP,
    approve,
    end_term,
    labels,
    proposal,
    propose,
    said,
    steering,
    thread,
    tweeted,
    worker_runs,
)
from tests.practice import user


def stop_all(practice, who="carys"):
    practice.command(who, "/announce", "stop-all")
    answer = practice.submit(who, practice.modal(who))
    practice.settle()
    return answer


def resume_all(practice, who="carys"):
    practice.command(who, "/announce", "resume-all")
    answer = practice.submit(who, practice.modal(who))
    practice.settle()
    return answer


def listed(practice, who="carys"):
    worker_runs(practice)
    return practice.command(who, "/announce", "list")


def test_stop_this_one_holds_it_in_its_countdown(practice):
    propose(practice)
    approve(practice)
    note = steering(practice, "carys")[-1]
    assert note["text"] == (
        "<@U000000BRYN> approved it. It goes out as @FenmarchDigital on X in 10 minutes, at 9:40am UK time (GMT). "
        "Until then anybody on the steering group can press “Stop this one” above."
    )
    assert labels(note) == []
    stop = "Stop this one: Leeds meetup on Tuesday at 6pm…, Sat 27 March"
    assert stop in labels(proposal(practice))
    answer = practice.press("carys", "announcing.stop", proposal(practice))
    assert said(answer).startswith("Stopped. “Leeds meetup on Tuesday at 6pm…” goes nowhere")
    practice.settle()
    assert stop not in labels(proposal(practice))
    practice.forward(minutes=20)
    practice.tick()
    assert tweeted(practice) == []
    assert practice.texts("asha")[-1] == thread(practice)[-1]
    approve(practice, "carys")
    practice.forward(minutes=10)
    practice.tick()
    assert tweeted(practice) == [MEETUP]


def test_a_stopped_one_says_so_and_when_it_would_have_gone_out_nowhere(practice):
    propose(practice)
    approve(practice)
    practice.press("carys", "announcing.stop", proposal(practice))
    practice.settle()
    stopped = (
        "Stopped. It goes nowhere until somebody approves it again. Anybody on the steering group but "
        "<@U000000ASHA> can approve it."
    )
    assert proposal(practice)["text"] == (
        f"<@U000000ASHA> proposed an announcement, as @FenmarchDigital on X. The exact text: “{MEETUP}” "
        f"X: 53 of 280 characters, costs $0.015 (X's price in 2026). {stopped}"
    )
    assert said(listed(practice)).splitlines() == [
        "Held or stopped:",
        f"- “{MEETUP}” by <@U000000ASHA>, as @FenmarchDigital on X. {stopped}",
    ]
    practice.press("bryn", "announcing.approve", proposal(practice))
    assert practice.modal("bryn")["blocks"][0]["text"]["text"] == (
        "It goes out as @FenmarchDigital on X 10 minutes after you approve it."
    )


def test_a_held_one_says_why_and_nothing_of_its_old_time_but_there(practice):
    propose(practice, **IN_THREE_DAYS)
    practice.forward(days=3)
    practice.tick()
    assert said(listed(practice)).splitlines()[1] == (
        f"- “{MEETUP}” by <@U000000ASHA>, as @FenmarchDigital on X. Held. Nobody had approved it at its time, "
        "Tue 30 March 2027, 9:00am UK time (BST). Whoever approves it now chooses a new time. Anybody on the "
        "steering group but <@U000000ASHA> can approve it."
    )


@pytest.mark.parametrize(("typed", "shown"), [("a" * 100, "a" * 100), ("a" * 101, f"{'a' * 99}…")])
def test_the_list_shows_no_more_than_a_hundred_characters_of_what_should_be_different(practice, typed, shown):
    propose(practice)
    practice.press("bryn", "announcing.ask_for_changes", proposal(practice))
    practice.submit("bryn", practice.modal("bryn"), comment=typed)
    practice.settle()
    assert f" asked for changes: “{shown}”" in said(listed(practice))
    assert f" asked for changes: “{typed}”" in proposal(practice)["text"]


def test_while_everything_is_stopped_the_list_does_not_promise_what_is_coming(practice):
    propose(practice, **IN_THREE_DAYS)
    approve(practice)
    stop_all(practice)
    assert "Coming, unless everything is still stopped:" in said(listed(practice)).splitlines()


def test_what_went_out_stays_what_it_was_when_its_approvers_term_ends(practice):
    propose(practice)
    approve(practice)
    practice.forward(minutes=10)
    practice.tick()
    end_term(practice, "bryn")
    assert "approve" not in said(listed(practice)).lower()


def test_whoever_opens_one_is_offered_what_they_may_do_with_it(practice):
    propose(practice)
    for who, offered in (
        ("asha", ["Edit", "Withdraw", "Write it again"]),
        ("bryn", ["Approve", "Ask for changes", "Withdraw", "Write it again"]),
    ):
        practice.press(who, "announcing.open", listed(practice, who)["response"])
        assert [label.partition(":")[0] for label in labels(practice.modal(who))] == offered


def test_withdrawn_it_goes_nowhere_and_its_buttons_are_gone(practice):
    propose(practice, **IN_THREE_DAYS)
    approve(practice)
    practice.press("asha", "announcing.withdraw", proposal(practice, "asha"))
    practice.settle()
    assert "It was withdrawn." in proposal(practice)["text"]
    assert labels(proposal(practice)) == []
    practice.forward(days=4)
    practice.tick()
    assert tweeted(practice) == []
    assert "Leeds" not in said(listed(practice))


def test_stop_all_asks_first_then_holds_everything_and_says_who_it_was(practice):
    propose(practice)
    approve(practice)
    practice.command("carys", "/announce", "stop-all")
    assert "Nothing goes out from the moment" in practice.modal("carys")["blocks"][0]["text"]["text"]
    practice.submit("carys", practice.modal("carys"))
    practice.settle()
    assert practice.texts("asha", "steering")[-1].startswith("<@U00000CARYS> has stopped everything.")
    practice.forward(minutes=10)
    practice.tick()
    assert tweeted(practice) == []
    assert said(listed(practice)).startswith("*Everything is stopped*, by <@U00000CARYS>")
    assert "Everything is stopped at the moment" in said(propose(practice, "Another one"))


def test_resuming_asks_about_what_came_due_and_the_rest_goes_at_its_time(practice):
    propose(practice)
    approve(practice)
    propose(practice, "In three days", **IN_THREE_DAYS)
    approve(practice)
    stop_all(practice)
    practice.forward(hours=1)
    practice.tick()
    assert "1 delivery came due meanwhile" in said(resume_all(practice, "bryn"))
    practice.tick()
    assert tweeted(practice) == []
    late = next(message for message in reversed(steering(practice)) if "held. It was due" in message["text"])
    assert labels(late)[0] == "Send it now: Leeds meetup on Tuesday at 6pm…, Sat 27 March"
    practice.press("asha", "announcing.send_now", late)
    practice.tick()
    assert tweeted(practice) == [MEETUP]
    practice.forward(days=3)
    practice.tick()
    assert tweeted(practice) == [MEETUP, "In three days"]


def test_stopping_twice_and_resuming_nothing_change_nothing(practice):
    stop_all(practice)
    practice.command("carys", "/announce", "resume-all")
    resuming = practice.modal("carys")
    assert "Everything is stopped already, by Carys Whitlock." in said(
        practice.command("bryn", "/announce", "stop-all")
    )
    resume_all(practice, "bryn")
    for answer in (practice.command("bryn", "/announce", "resume-all"), practice.submit("carys", resuming)):
        assert "Announcements are not stopped, so nothing changed." in said(answer)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("stop", "Stop everything?"),
        ("STOP everything now", "Stop everything?"),
        ("stop all please", "Stop everything?"),
        ("stop wasting paper: read us here", "New announcement"),
        ("stop all now!", "Stop everything?"),
        ("Resume your reading groups on Tuesday", "New announcement"),
    ],
)
def test_what_is_typed_in_a_hurry_is_understood(practice, typed, title):
    practice.command("carys", "/announce", typed)
    assert practice.modal("carys")["title"]["text"] == title


def test_resume_typed_in_a_hurry_is_understood(practice):
    stop_all(practice)
    practice.command("carys", "/announce", "resume now please")
    assert practice.modal("carys")["title"]["text"] == "Let them go again?"


@pytest.mark.parametrize("typed", ["list", "List", "list please", "list all please"])
def test_the_list_is_shown_whatever_little_is_typed_after_it(practice, typed):
    assert said(practice.command("carys", "/announce", typed)).startswith("Nothing is being announced.")
    assert practice.modal("carys") is None


@pytest.mark.parametrize(
    "typed",
    [
        "List of speakers is out",
        "list: Asha, Bryn",
        "Help wanted!",
        "List closes tomorrow",
        "Help wanted today",
    ],
)
def test_a_text_that_begins_like_a_command_is_still_a_text(practice, typed):
    practice.command("carys", "/announce", typed)
    assert practice.modal("carys")["title"]["text"] == "New announcement"


def test_only_the_steering_group_stops_resumes_and_lists(practice):
    for word in ("stop-all", "resume-all", "list"):
        answer = practice.command("dev", "/announce", word)
        assert "Only members of the steering group can do this" in said(answer)
        assert practice.modal("dev") is None


def test_an_empty_list_says_so(practice):
    assert said(listed(practice)) == "Nothing is being announced. Type `/announce` to write something."


def test_the_list_shows_what_waits_what_comes_and_what_went_out(practice):
    propose(practice, "Sent already")
    approve(practice)
    practice.forward(minutes=10)
    practice.tick()
    propose(practice, "Coming soon", **IN_THREE_DAYS)
    approve(practice)
    propose(practice, "Waits & <waits>", who="bryn")
    lines = said(listed(practice)).splitlines()
    assert [line for line in lines if line.endswith(":")] == ["Waiting for approval:", "Coming:", "Sent:"]
    assert lines[1].startswith("- “Waits &amp; &lt;waits&gt;” by <@U000000BRYN>, as @FenmarchDigital on X")
    assert "Tue 30 March 2027, 9:00am UK time (BST), in 3 days" in lines[3]
    assert lines[5].startswith("- “Sent already” by <@U000000ASHA>, as @FenmarchDigital on X. Approved by")


def test_a_long_list_is_shown_page_by_page(practice):
    for number in range(8):
        propose(practice, f"Number {number}", settle=False)
    first = listed(practice)["response"]
    assert [label for label in labels(first) if label.startswith("Open")] == [
        f"Open: Number {number}, as soon as approved" for number in range(5)
    ]
    assert "There are 3 more." in first["text"]
    second = practice.press("carys", "announcing.more", first)["response"]
    assert labels(second) == [f"Open: Number {number}, as soon as approved" for number in (5, 6, 7)]


def test_to_ask_for_more_when_the_rest_has_gone_says_that_this_was_all(practice):
    for number in range(6):
        propose(practice, f"Number {number}")
    first = listed(practice)
    practice.press("asha", "announcing.withdraw", proposal(practice, "asha"))
    assert said(practice.press("carys", "announcing.more", first["response"])) == "That was all."


def test_whoever_has_no_slack_account_any_more_is_called_by_name(practice):
    propose(practice, **IN_THREE_DAYS)
    practice.command("asha", "/announce", "stop-all")
    practice.submit("asha", practice.modal("asha"))
    with practice.deps.write() as session:
        account = session.query(people.SlackAccount).filter_by(user_id=user("asha")).one()
        account.unlinked_at = practice.clock.now
    told = said(listed(practice))
    assert "*Everything is stopped*, by Asha Pennington on Sat 27 March 2027" in told
    assert f"- “{MEETUP}” by Asha Pennington, as @FenmarchDigital on X" in told
    assert "Anybody on the steering group but Asha Pennington can." in told
    practice.press("carys", "announcing.open", listed(practice)["response"])
    opened = practice.modal("carys")["blocks"][0]["text"]["text"]
    assert opened.startswith("Asha Pennington proposes an announcement, as @FenmarchDigital on X")


def test_with_all_messages_gone_every_button_is_reached_again_from_the_list(practice):
    propose(practice, **IN_THREE_DAYS)
    practice.workspace.asked("forget")
    assert practice.texts("bryn", "steering") == []
    answer = listed(practice, "bryn")
    opens = "Open: Leeds meetup on Tuesday at 6pm…, Tue 30 March"
    assert labels(answer["response"]) == [opens, *DAY_BY_DAY]
    practice.press("bryn", "announcing.open", answer["response"])
    opened = practice.modal("bryn")
    assert [label.partition(":")[0] for label in labels(opened)] == [
        "Approve",
        "Ask for changes",
        "Withdraw",
        "Write it again",
    ]
    practice.press("bryn", "announcing.approve", opened)
    practice.submit("bryn", practice.modal("bryn"))
    practice.settle()
    practice.forward(days=3)
    practice.tick()
    assert tweeted(practice) == [MEETUP]


def test_stop_all_may_be_typed_with_a_space(practice):
    spaced = practice.command("asha", "/announce", "stop all")["opened_view"]
    hyphened = practice.command("asha", "/announce", "stop-all")["opened_view"]
    assert spaced["title"] == hyphened["title"]
    assert spaced["blocks"][0]["text"] == hyphened["blocks"][0]["text"]
