"""What becomes of an answer that Slack does not take: an event comes again, a person hears what they can."""

import pytest

from handlers.answering import NOT_OPENED

YES_OR_NO = "You're in our Slack. You're not a member yet"


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "rate_limited"},
        {"kind": "error", "error": "internal_error"},
        {"kind": "status"},
        {"kind": "html"},
        {"kind": "reset_before"},
    ],
    ids=lambda fault: fault["kind"],
)
def test_a_question_slack_could_not_take_the_answer_to_comes_again_and_is_answered_once(practice, fault):
    practice.workspace.asked("faults", method="chat.postMessage", times=1, **fault)
    practice.say("dev", "am I a member?")
    practice.forward(seconds=1)
    answers = [text for text in practice.texts("dev") if text.startswith(YES_OR_NO)]
    assert len(answers) == 1


def test_an_answer_that_slack_will_never_take_is_not_tried_for_ever(practice):
    practice.workspace.asked(
        "faults", method="chat.postMessage", kind="error", error="channel_not_found", times=1
    )
    said = practice.say("dev", "am I a member?")
    practice.forward(minutes=10)
    assert [delivery["outcome"] for delivery in said["deliveries"]] == ["ok"]
    assert len(practice.calls("chat.postMessage")) == 1


@pytest.mark.parametrize("kind", ["html", "status", "reset_before", "rate_limited"])
def test_a_window_slack_did_not_open_is_owned_up_to(practice, kind):
    practice.workspace.asked("faults", method="views.open", kind=kind, times=1)
    assert practice.command("dev", "/countmein")["response"]["text"] == NOT_OPENED
    assert practice.modal("dev") is None
