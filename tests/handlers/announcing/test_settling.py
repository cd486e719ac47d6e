"""What became of it: the ten ways an answer of X can fail, and the questions people are asked."""

import pytest

from storage.log import LogEntry
from tests.handlers.announcing.acts import (
    MEETUP,
    approve,
    labels,
    proposal,
    propose,
    said,
    steering,
    thread,
    tweeted,
)

LOOKS = (5, 10, 25, 50, 90, 120)


@pytest.fixture
def due(practice):
    """An announcement for X that is approved and due."""
    propose(practice)
    approve(practice)
    practice.forward(minutes=10)
    return practice


def x_does(practice, kind, when="after", **more):
    practice.workspace.asked("x/faults", kind=kind, when=when, **more)


def look_to_the_end(practice):
    for seconds in LOOKS:
        practice.forward(seconds=seconds)
        practice.tick()


def last(practice, beginning):
    return next(
        message for message in reversed(steering(practice, "carys")) if message["text"].startswith(beginning)
    )


UNSURE = "As @FenmarchDigital on X: I can't tell whether it went out."


def left_in_doubt(practice):
    """X took it and dropped the line; nobody can see it on the timeline yet."""
    practice.workspace.asked("x/lag", seconds=100_000)
    x_does(practice, "drop")
    practice.tick()
    look_to_the_end(practice)
    return last(practice, UNSURE)


def test_what_x_took_without_an_answer_is_found_and_told_with_its_link(due):
    x_does(due, "drop")
    due.tick()
    assert thread(due)[-1].startswith("<@U000000BRYN> approved it.")
    due.forward(seconds=5)
    due.tick()
    (post,) = due.tweets()
    assert thread(due)[-1].endswith(f"https://x.com/FenmarchDigital/status/{post['id']}")


def test_what_cannot_be_found_is_asked_about_with_two_buttons(due):
    question = left_in_doubt(due)
    assert question["text"] == (
        f"{UNSURE} The post left for X, but the connection was closed without an answer. I have looked for it "
        f"and not found it. Please look on https://x.com/FenmarchDigital yourself for “{MEETUP}” Then say which it is. "
        "I do nothing until then, so it can't go out twice."
    )
    assert labels(question) == [
        "It did go out: Leeds meetup on Tuesday at 6pm…, X",
        "It did not: send it again: Leeds meetup on Tuesday at 6pm…, X",
    ]
    due.forward(days=2)
    due.tick()
    assert tweeted(due) == [MEETUP]


def test_it_did_go_out(due):
    question = left_in_doubt(due)
    answer = due.press("carys", "announcing.went_out", question)
    assert said(answer) == (f"Thank you: I have written down that you saw it. It is about “{MEETUP}”")
    due.settle()
    assert "out, as <@U00000CARYS> said on Sat 27 March 2027" in thread(due)[-1]
    answer = due.press("bryn", "announcing.send_again", question)
    assert said(answer).startswith("That question is settled, so nothing changed.")
    due.tick()
    assert tweeted(due) == [MEETUP]


def test_send_it_again_looks_once_more_and_finds_it(due):
    question = left_in_doubt(due)
    due.workspace.asked("x/clock", advance=200_000)
    due.press("carys", "announcing.send_again", question)
    due.tick()
    due.tick()
    assert tweeted(due) == [MEETUP]
    assert "it went out" in thread(due)[-1]


def test_send_it_again_sends_what_really_is_not_there(due):
    x_does(due, "drop", when="before")
    due.tick()
    look_to_the_end(due)
    due.press("carys", "announcing.send_again", last(due, UNSURE))
    due.settle()
    for _ in range(2):
        due.tick()
    assert tweeted(due) == [MEETUP]


def test_what_was_withdrawn_meanwhile_is_asked_about_but_never_sent_again(practice):
    propose(practice, where=["x", "by_hand"])
    approve(practice)
    practice.forward(minutes=10)
    x_does(practice, "drop", when="before")
    practice.tick()
    practice.press("asha", "announcing.withdraw", proposal(practice, "asha"))
    look_to_the_end(practice)
    question = last(practice, UNSURE)
    assert labels(question) == [
        "It did go out: Leeds meetup on Tuesday at 6pm…, X",
        "It did not: Leeds meetup on Tuesday at 6pm…, X",
    ]
    answer = practice.press("carys", "announcing.send_again", question)
    assert said(answer).startswith("I look once more; it was withdrawn, so I do not send it again.")
    practice.settle()
    assert thread(practice)[-1] == (
        "<@U00000CARYS> has looked and not found it. I look once more myself; it was withdrawn, so I do not "
        "send it again."
    )
    for _ in range(3):
        practice.tick()
    assert tweeted(practice) == []
    assert labels(proposal(practice)) == []
    with practice.deps.read() as session:
        assert session.query(LogEntry).filter_by(act="delivery cancelled").count() == 1


def test_with_all_messages_gone_the_question_is_answered_from_the_list(due):
    left_in_doubt(due)
    due.workspace.asked("forget")
    answer = due.command("carys", "/announce", "list")
    assert "It may have gone out:" in said(answer)
    due.press("carys", "announcing.open", answer["response"])
    due.press("carys", "announcing.went_out", due.modal("carys"))
    due.settle()
    assert "Out, as <@U00000CARYS> said on Sat 27 March 2027" in said(
        due.command("carys", "/announce", "list")
    )
