"""A thread on X, from the window to the practice X, and what is told where it stops half-way."""

import pytest

from tests.handlers.announcing.acts import (
    approve,
    labels,
    open_window,
    proposal,
    propose,
    said,
    steering,
    thread,
    tweeted,
    words,
)

PLACE = "As @FenmarchDigital on X"
TEXT = "Leeds meetup on Tuesday.\n---\nDoors open at 6pm.\n---\nEverybody is welcome."
PARTS = ["Leeds meetup on Tuesday.", "Doors open at 6pm.", "Everybody is welcome."]
pytestmark = pytest.mark.settings(x_threads=True)


@pytest.fixture
def practice(practice):
    practice.workspace.asked("x/switches", own_replies=True)
    return practice


def going(practice, text=TEXT):
    propose(practice, text, more=["thread"])
    approve(practice)
    practice.forward(minutes=10)


def link(practice, part):
    return f"https://x.com/FenmarchDigital/status/{practice.tweets()[part - 1]['id']}"


@pytest.mark.settings(x_threads=False)
def test_nobody_is_offered_a_thread_unless_it_was_switched_on(practice):
    assert "thread" not in str(open_window(practice, text=TEXT)["blocks"])


def test_a_thread_goes_out_part_by_part_each_answering_the_one_before(practice):
    going(practice)
    practice.tick()
    first, second, third = practice.tweets()
    assert tweeted(practice) == PARTS
    assert [post["reply_to"] for post in (first, second, third)] == [None, first["id"], second["id"]]
    assert thread(practice)[-1].startswith(
        f"{PLACE}, parts 1 to 3 of 3: they went out, the last on Sat 27 March"
    )
    assert thread(practice)[-1].endswith(link(practice, 1))
    assert "X does not say" not in proposal(practice)["text"]
    listed = said(practice.command("asha", "/announce", "list"))
    assert f"{PLACE}, parts 1 to 3 of 3: they went out" in listed


def test_the_proposal_shows_each_part_its_count_its_price_and_the_sum(practice):
    propose(practice, f"{TEXT} https://fenmarch.example", more=["thread"])
    told = proposal(practice)
    drawn = "\n".join(words(block) for block in told["blocks"])
    assert f"{PLACE}, part 1 of 3, 24 of 280 characters, costs $0.015:\nLeeds meetup on Tuesday." in drawn
    assert f"{PLACE}, part 3 of 3, 46 of 280 characters, costs $0.20:\nEverybody is welcome. https" in drawn
    assert "In all $0.23 (X's price in 2026): a reply costs what a post does." in drawn
    assert "X does not say whether it lets an account answer its own post." in drawn
    assert f"{PLACE}, part 2 of 3, 18 of 280 characters" in told["text"]


def test_lines_that_look_like_a_thread_and_leave_as_they_stand_are_pointed_out(practice):
    note = "Note: Lines with only --- leave as they stand."
    propose(practice, TEXT)
    assert f"{note} For a thread on X, edit it and tick that." in proposal(practice)["text"]
    propose(practice, TEXT, where=["x", "by_hand"], more=["thread"])
    assert f"{note} Only X gets a thread" in proposal(practice)["text"]
    propose(practice, TEXT, where=["by_hand"])
    assert note not in proposal(practice)["text"]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("Only one.", "A thread has at least 2 posts"),
        ("One.\n---\n---\nThree.", "Part 2 of the thread is empty"),
        (f"One.\n---\n{'a' * 292}", "Part 2 is 12 too many for X: 292 of 280."),
    ],
)
def test_what_is_no_thread_is_refused_and_the_part_is_named(practice, text, refusal):
    answer = propose(practice, text, more=["thread"], settle=False)
    assert answer["field_errors"]["text"].startswith(refusal)
    assert "Nothing was proposed; your words are kept." in answer["field_errors"]["text"]


def refused(practice):
    """Its first part is out, and X refuses the second."""
    going(practice)
    practice.workspace.asked("x/switches", own_replies=False)
    practice.tick()
    return next(each for each in reversed(steering(practice)) if "Part 2 is not" in each["text"])


def test_where_x_refuses_an_answer_one_note_says_which_parts_are_out_and_offers_to_go_on(practice):
    note = refused(practice)
    assert note["text"] == (
        f"{PLACE}: part 1 of 3 is out: {link(practice, 1)} Part 2 is not: refused. X does not let us answer our "
        "own post: “You are not permitted to perform this action.” If X refuses it again, take down what is "
        "out, or leave it at that; then have X_THREADS set to no. Press “Go on” to send the rest, or “Take "
        "down what is out”."
    )
    assert labels(note) == [
        "Go on: Leeds meetup on Tuesday., X, part 2 of 3",
        "Withdraw: Leeds meetup on Tuesday., Sat 27 March",
        "Take down what is out: Leeds meetup on Tuesday., Sat 27 March",
    ]
    assert f"{PLACE}, part 3 of 3: waits for the part before it." in proposal(practice)["text"]
    assert "What is out or on its way stays; nothing more of it goes out." in str(note["blocks"])
    practice.workspace.asked("x/switches", own_replies=True)
    assert said(practice.press("carys", "announcing.try_again", note)).startswith("I try again now.")
    practice.tick()
    assert tweeted(practice) == PARTS


def test_a_thread_its_network_holds_up_is_one_announcement_and_who_approves_the_rest_reads_what_is_out(
    practice,
):
    going(practice)
    practice.workspace.asked("x/faults", kind="drip", seconds=0.001)
    practice.workspace.asked("x/faults", kind="no_credits", when="before")
    practice.tick()
    notice = next(each["text"] for each in steering(practice) if "Nothing goes out on X" in each["text"])
    assert "1 announcement waits: “Leeds meetup on Tuesday.”, due" in notice
    assert "Add credits in X's developer console. Then press “Go on”." in thread(practice)[-1]
    practice.press("carys", "announcing.stop", proposal(practice))
    practice.settle()
    practice.press("bryn", "announcing.approve", proposal(practice))
    drawn = "\n".join(words(block) for block in practice.modal("bryn")["blocks"])
    assert f"*This is not sent again:*\n{PLACE}, part 1 of 3: it went out on" in drawn
    assert "Add credits" not in drawn


def test_what_is_out_of_a_thread_is_taken_down_from_that_note(practice):
    note = refused(practice)
    practice.press("carys", "announcing.take_down", note)
    practice.submit("carys", practice.modal("carys"), reason="X takes no threads")
    practice.tick()
    assert [post["deleted"] for post in practice.tweets()] == [True]
    assert thread(practice)[-1].startswith(f"{PLACE}, part 1 of 3: taken down on Sat 27 March 2027")
    practice.forward(minutes=1)
    practice.tick()
    assert len(practice.tweets()) == 1


def test_an_answer_lost_in_the_middle_is_looked_for_before_the_next_part_leaves(practice):
    going(practice, "One.\n---\nTwo.")
    practice.workspace.asked("x/faults", kind="drop", when="after", on="POST /2/tweets")
    practice.tick()
    assert tweeted(practice) == ["One."]
    practice.forward(seconds=5)
    practice.tick()
    practice.tick()
    first, second = practice.tweets()
    assert (second["text"], second["reply_to"]) == ("Two.", first["id"])


def test_the_link_of_a_part_that_only_a_person_has_seen_is_asked_for(practice):
    going(practice, "One.\n---\nTwo.")
    practice.workspace.asked("x/lag", seconds=86_400)
    practice.workspace.asked("x/faults", kind="drop", when="after", on="POST /2/tweets")
    practice.tick()
    for seconds in (5, 10, 25, 50, 90, 120):
        practice.forward(seconds=seconds)
        practice.tick()
    question = next(each for each in reversed(steering(practice)) if "I can't tell" in each["text"])
    assert question["text"].startswith(f"{PLACE}, part 1 of 2: I can't tell whether it went out.")
    practice.press("bryn", "announcing.went_out", question)
    practice.settle()
    note = steering(practice)[-1]
    assert "Part 2 is not: held. It has to answer part 1, which somebody has seen" in note["text"]
    assert labels(note)[0] == "Give its link: One., X, part 2 of 2"
    practice.press("bryn", "announcing.give_link", note)
    answer = practice.submit("bryn", practice.modal("bryn"), link="https://x.com/Neighbour/status/1")
    assert answer["field_errors"]["link"].startswith("That is a post of @Neighbour, and ours are of")
    practice.submit("bryn", practice.modal("bryn"), link=link(practice, 1))
    practice.tick()
    assert [post["reply_to"] for post in practice.tweets()] == [None, practice.tweets()[0]["id"]]
