"""Messages leave once and in order, whatever the wire does. Slack is the practice workspace."""

import pytest

from bot.outbox.posting import Outbox
from bot.slack.clients import client
from storage import outbox, outbox_claims
from storage.outbox import OutboxState
from tests.bot.posting import STEERING


def test_a_message_arrives_at_once_in_the_direct_message_and_its_place_is_kept(post_on_both):
    row = post_on_both.put("You're a member.")
    assert post_on_both.run() == 1
    (message,) = post_on_both.practice.messages("asha")
    assert message["text"] == "You're a member."
    kept = post_on_both.row(row)
    assert (kept.state, kept.channel, kept.ts) == (OutboxState.SENT, message["channel"], message["ts"])


def test_a_message_carries_its_rows_key_and_unfurls_nothing(post):
    row = post.put("See https://fenmarch.example")
    post.run()
    (call,) = post.practice.calls("chat.postMessage")
    asked = call["arguments"]
    assert post.row(row).key in str(asked["metadata"])
    assert {str(asked[name]).lower() for name in ("unfurl_links", "unfurl_media")} <= {"0", "false"}


def test_a_reply_waits_for_its_message_and_lands_in_its_thread_and_so_does_a_reply_to_the_reply(post):
    first = post.put("Approve this?", STEERING)
    second = post.put("It is out.", STEERING, after_id=first)
    post.put("Here is the link.", STEERING, after_id=second)
    post.settle(4)
    one, two, three = post.practice.messages("bryn", "steering")[-3:]
    assert [message["text"] for message in (one, two, three)] == [
        "Approve this?",
        "It is out.",
        "Here is the link.",
    ]
    assert (two["thread_ts"], three["thread_ts"]) == (one["ts"], one["ts"])


def test_a_message_that_takes_anothers_place_changes_it(post):
    first = post.put("Approve this?", STEERING, facts={"sections": ["with a button"]})
    post.put("Approved by Bryn.", STEERING, after_id=first, replaces=True)
    before = len(post.practice.messages("bryn", "steering"))
    post.settle(3)
    messages = post.practice.messages("bryn", "steering")
    assert len(messages) == before + 1
    assert (messages[-1]["text"], messages[-1].get("blocks") or []) == ("Approved by Bryn.", [])


def test_a_message_with_nothing_left_to_say_is_not_posted_and_holds_up_nothing(post):
    post.renders["moot"] = lambda _facts, _deps: None
    row = post.put("It goes out in ten minutes.", STEERING, kind="moot")
    post.put("It is out.", STEERING, after_id=row)
    post.settle(4)
    assert post.states() == [OutboxState.FORGOTTEN, OutboxState.SENT]
    assert post.practice.texts("bryn", "steering")[-1] == "It is out."
    assert (post.row(row).facts, post.failed()) == ({}, [])


def test_what_follows_in_a_direct_message_comes_after_it_and_not_in_a_thread(post):
    first = post.put("Welcome.")
    post.put("Your card.", after_id=first)
    post.settle(3)
    assert [(one["text"], one.get("thread_ts")) for one in post.practice.messages("asha")] == [
        ("Welcome.", None),
        ("Your card.", None),
    ]


@pytest.mark.parametrize(
    "kind", ["drop_after", "reset_after", "cut", "status_after", "html_after", "hang_after"]
)
def test_a_message_that_arrived_without_an_answer_is_found_and_not_sent_again(post, kind):
    row = post.put("You're a member.")
    post.fault("chat.postMessage", kind)
    post.run(seconds=1)
    assert post.row(row).state == OutboxState.SENDING
    post.settle(10)
    (message,) = post.practice.messages("asha")
    assert (post.row(row).state, post.row(row).ts) == (OutboxState.SENT, message["ts"])
    assert len(post.practice.calls("chat.postMessage")) == 1


@pytest.mark.parametrize("kind", ["reset_before", "status", "html", "hang"])
def test_a_message_that_did_not_arrive_is_looked_for_and_sent_once_more(post, kind):
    row = post.put("You're a member.")
    post.fault("chat.postMessage", kind)
    post.run(seconds=1)
    assert post.row(row).state == OutboxState.SENDING
    post.settle(10)
    assert post.practice.texts("asha") == ["You're a member."]
    assert post.row(row).state == OutboxState.SENT


def test_a_reply_without_an_answer_is_looked_for_in_its_thread(post):
    first = post.put("Approve this?", STEERING)
    post.run()
    post.practice.forward(seconds=2)
    post.put("It is out.", STEERING, after_id=first)
    post.fault("chat.postMessage", "drop_after")
    post.settle(10)
    assert post.practice.texts("bryn", "steering").count("It is out.") == 1
    assert post.states() == [OutboxState.SENT, OutboxState.SENT]


def test_a_change_without_an_answer_is_simply_made_again(post):
    first = post.put("Approve this?", STEERING)
    post.put("Approved.", STEERING, after_id=first, replaces=True)
    post.fault("chat.update", "drop_after")
    post.settle(10)
    assert post.states() == [OutboxState.SENT, OutboxState.SENT]
    assert post.practice.calls("conversations.replies") == []


def test_a_message_lost_twice_is_given_up_and_shown(post):
    row = post.put("You're a member.")
    post.fault("chat.postMessage", "status", times=5)
    post.settle(40)
    assert post.practice.texts("asha") == []
    assert len(post.practice.calls("chat.postMessage")) == 2
    assert post.failed() == [(row, "it was sent twice and neither is in the channel's history")]


def test_without_permission_to_look_nothing_is_sent_blindly(post):
    row = post.put("You're a member.")
    post.fault("chat.postMessage", "status")
    post.fault("conversations.history", "error", error="missing_scope")
    post.settle(10)
    assert len(post.practice.calls("chat.postMessage")) == 1
    assert post.failed() == [(row, "it may have arrived, and the bot cannot look: Slack said missing_scope")]


def test_a_look_that_fails_is_made_again_before_anything_is_sent(post):
    post.put("You're a member.")
    post.fault("chat.postMessage", "drop_after")
    post.fault("conversations.history", "status", times=2)
    post.settle(60)
    assert post.practice.texts("asha") == ["You're a member."]
    assert len(post.practice.calls("chat.postMessage")) == 1


def test_somebody_killed_while_sending_is_followed_by_a_look(post):
    row = post.put("You're a member.")
    with post.practice.deps.write() as session:
        outbox_claims.claim(session, post.practice.clock.now)
    post.settle(100)
    assert post.practice.texts("asha") == []
    post.settle(40)
    assert post.practice.texts("asha") == ["You're a member."]
    assert len(post.practice.calls("conversations.history")) == 1
    assert post.row(row).state == OutboxState.SENT


def test_a_refusal_is_tried_ten_times_ever_more_slowly_and_then_shown(post):
    row = post.put("You're a member.")
    post.fault("chat.postMessage", "error", error="restricted_action", times=20)
    for _ in range(40):
        post.run()
        post.practice.forward(minutes=10)
    assert len(post.practice.calls("chat.postMessage")) == 10
    assert post.failed() == [(row, "Slack said restricted_action")]


def test_what_only_a_person_can_put_right_is_shown_at_once(post):
    row = post.put("You're a member.")
    post.fault("chat.postMessage", "error", error="user_disabled", times=20)
    post.settle(3)
    assert post.failed() == [(row, "Slack said user_disabled")]


def test_a_message_that_cannot_be_drawn_holds_up_no_other(post):
    post.put("never drawn", kind="unheard_of")
    post.put("You're a member.")
    post.settle(3)
    assert post.practice.texts("asha") == ["You're a member."]
    assert post.states() == [OutboxState.WAITING, OutboxState.SENT]


def test_a_wrong_token_costs_no_message_its_tries(post):
    row = post.put("You're a member.")
    post.fault("conversations.open", "error", error="invalid_auth", times=3)
    post.settle(300, step=10)
    assert post.practice.texts("asha") == ["You're a member."]
    assert post.row(row).tries == 1


def test_an_unreachable_slack_costs_no_message_its_tries(post):
    row = post.put("You're a member.")
    nobody = client("xoxb-1", "http://127.0.0.1:1/api/", seconds=1)
    for _ in range(20):
        Outbox(post.practice.deps, post.renders, nobody).run()
        post.practice.forward(seconds=6)
    assert (post.row(row).state, post.row(row).tries) == (OutboxState.WAITING, 0)
    post.settle(10)
    assert post.practice.texts("asha") == ["You're a member."]


def test_a_message_given_up_can_be_tried_again_and_is_looked_for_first(post):
    row = post.put("You're a member.")
    post.fault("chat.postMessage", "drop_after")
    post.fault("conversations.history", "error", error="missing_scope")
    post.settle(10)
    assert len(post.failed()) == 1
    with post.practice.deps.write() as session:
        assert outbox.try_again(session, row, post.practice.clock.now)
    post.settle(3)
    assert (post.states(), post.practice.texts("asha")) == ([OutboxState.SENT], ["You're a member."])


def test_a_stopping_worker_begins_no_message(post):
    post.put("You're a member.")
    environment = post.practice.house.environment
    slack = client("xoxb-1", environment.slack_api_url, seconds=1)
    assert Outbox(post.practice.deps, post.renders, slack, is_stopping=lambda: True).run() == 0
    assert post.states() == [OutboxState.WAITING]
