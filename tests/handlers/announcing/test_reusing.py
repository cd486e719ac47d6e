"""Beginning with words that are there already: another announcement's, or those of a message."""

import pytest

from tests.handlers.announcing.acts import IN_THREE_DAYS, MEETUP, proposal, propose, said, words
from tests.handlers.announcing.test_writing import SHORT, propose_both, standing
from tests.practice import channel, user


def written_again(practice, who="bryn"):
    """Press it where every announcement can be opened, whatever has become of it."""
    listed = practice.command(who, "/announce", "list")["response"]
    practice.press(who, "announcing.open", listed)
    practice.press(who, "announcing.write_again", practice.modal(who))
    return practice.modal(who)


def announce_this(practice, text, who="asha"):
    """Choose it in the menu of a message somebody wrote."""
    practice.say("dev", text, where="general")
    message = practice.messages("dev", "general")[-1]
    answer = practice.workspace.asked(
        "shortcut",
        user=user(who),
        callback_id="announcing.from_message",
        channel=channel("general"),
        ts=message["ts"],
    )
    assert answer["error"] is None
    return answer


def test_anybody_on_steering_writes_an_announcement_again_with_all_its_words_and_without_its_time(practice):
    propose_both(practice, **IN_THREE_DAYS)
    view = written_again(practice)
    assert view["title"]["text"] == "New announcement"
    assert words(view["blocks"][0]) == (
        "The words and places of “Leeds meetup on Tuesday at 6pm…”, for a new announcement. "
        "Choose when it goes out."
    )
    assert (standing(view, "text"), standing(view, "text_x")) == (MEETUP, SHORT)
    state = view["state"]["values"]
    assert [option["value"] for option in state["where"]["entered"]["selected_options"]] == ["x", "slack"]
    assert state["channel"]["entered"]["selected_conversation"] == "C00ANNOUNCE"
    assert state["when"]["entered"]["selected_option"]["value"] == "asap"
    assert state["date"]["entered"]["selected_date"] is None
    practice.submit("bryn", view)
    practice.settle()
    assert f"<@{user('bryn')}> proposes an announcement" in proposal(practice)["text"]


def test_what_was_withdrawn_can_still_be_written_again_and_is_kept_as_a_draft(practice):
    propose(practice)
    practice.press("bryn", "announcing.open", practice.command("bryn", "/announce", "list")["response"])
    opened = practice.modal("bryn")
    practice.press("asha", "announcing.withdraw", proposal(practice, "asha"))
    practice.press("bryn", "announcing.write_again", opened)
    view = practice.modal("bryn")
    assert standing(view, "text") == MEETUP
    practice.close("bryn", view)
    assert f"“{MEETUP[:20]}" in said(practice.command("bryn", "/announce", "list"))


@pytest.mark.parametrize(
    ("written", "leaves"),
    [
        ("Tea at nine :tada: & cake", "Tea at nine 🎉 & cake"),
        ("Read https://fenmarch.example/tea first", "Read https://fenmarch.example/tea first"),
    ],
)
def test_a_message_is_announced_with_its_words_as_they_would_leave(practice, written, leaves):
    announce_this(practice, written)
    view = practice.modal("asha")
    assert (view["title"]["text"], standing(view, "text")) == ("New announcement", leaves)
    practice.submit("asha", view)
    practice.settle()
    assert proposal(practice)["blocks"][1]["text"]["text"] == leaves


def test_a_message_longer_than_the_window_says_that_its_end_is_missing(practice):
    announce_this(practice, "word " * 700 + "end")
    view = practice.modal("asha")
    assert words(view["blocks"][0]) == (
        "That message has 3,503 characters, and there is room for 3,000: its end is missing here."
    )
    assert len(standing(view, "text")) == 3_000


def test_everybody_else_is_refused_kindly_and_for_their_eyes_only(practice):
    announce_this(practice, "Tea at nine", who="ebele")
    assert practice.modal("ebele") is None
    assert practice.texts("ebele", "general")[-1] == (
        "Only members of the steering group can do this, so nothing changed."
    )
    assert "steering group" not in practice.texts("dev", "general")[-1]
