"""Events over HTTP: signed, once each, tried again on Slack's timetable."""

import json

import pytest
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

from sandbox.delivery.signing import signature
from tests.sandbox.driving import (
    ASHA,
    BRYN,
    DEV,
    EMPTY,
    GENERAL,
    NEWS,
    STEERING,
    Bot,
    Practice,
    eventually,
    json_reply,
)

PUBLISHED_BODY = (
    "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
    "&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
    "&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)


def test_signing_gives_slacks_published_signature():
    expected = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert signature("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", PUBLISHED_BODY.encode()) == expected


@pytest.fixture
def web(practice: Practice, bot: Bot) -> WebClient:
    return practice.client(practice.app["bot_token"])


def test_everything_sent_is_signed(practice, bot):
    practice.post("say", user=ASHA, channel="bot", text="is it my turn? 🫖")
    practice.post("command", user=ASHA, channel=GENERAL, command="/tea", text="crème")
    verifier = SignatureVerifier(practice.app["signing_secret"])
    assert [verifier.is_valid_request(each.body, each.headers) for each in bot.received] == [True, True]
    assert bot.received[0].headers["user-agent"].startswith("Slackbot 1.0")


def test_a_direct_message_is_an_event(practice, bot):
    said = practice.post("say", user=ASHA, channel="bot", text="hi")
    envelope = bot.received[-1].json
    app = practice.app
    assert (envelope["type"], envelope["team_id"], envelope["api_app_id"]) == (
        "event_callback",
        "T0FENMARCH",
        app["app_id"],
    )
    assert envelope["authorizations"][0]["user_id"] == app["bot_user_id"]
    event = envelope["event"]
    assert (event["type"], event["channel_type"], event["user"], event["text"]) == (
        "message",
        "im",
        ASHA,
        "hi",
    )
    assert event["ts"] == said["message"]["ts"]
    assert event["blocks"][0]["elements"][0]["elements"] == [{"type": "text", "text": "hi"}]


def test_only_subscribed_events_of_ones_own_conversations_arrive(practice):
    bot = Bot()
    practice.install(request_url=bot.url, events=["message.channels"], channels=[GENERAL, STEERING])
    practice.post("say", user=ASHA, channel=GENERAL, text="public")
    practice.post("say", user=ASHA, channel=STEERING, text="private, not subscribed")
    practice.post("say", user=ASHA, channel=NEWS, text="public, not a member")
    practice.post("say", user=ASHA, channel="bot", text="direct, not subscribed")
    assert [each.json["event"]["text"] for each in bot.received] == ["public"]
    bot.stop()


def test_an_event_without_its_scope_does_not_arrive(practice):
    bot = Bot()
    practice.install(request_url=bot.url, scopes=["chat:write"], channels=[GENERAL])
    practice.post("say", user=ASHA, channel=GENERAL, text="public")
    assert bot.received == []
    bot.stop()


def test_a_mention_arrives_as_message_and_as_mention(practice, bot):
    mention = f"<@{practice.app['bot_user_id']}> whose turn?"
    practice.post("say", user=ASHA, channel=GENERAL, text=mention)
    message, mentioned = bot.of_type("message")[0], bot.of_type("app_mention")[0]
    assert message["event_id"] != mentioned["event_id"]
    assert mentioned["event"]["text"] == message["event"]["text"] == mention
    assert "channel_type" not in mentioned["event"]
    assert (message["event"]["ts"], message["event"]["channel_type"]) == (mentioned["event"]["ts"], "channel")


def test_the_apps_own_messages_come_back_to_it(practice, bot, web):
    web.chat_postMessage(channel=GENERAL, text="mine")
    (echo,) = eventually(lambda: bot.of_type("message"))
    assert (echo["event"]["bot_id"], echo["event"]["user"]) == (
        practice.app["bot_id"],
        practice.app["bot_user_id"],
    )


def test_an_ephemeral_message_is_nobodys_event(practice, bot, web):
    web.chat_postEphemeral(channel=GENERAL, user=ASHA, text="psst")
    practice.post("say", user=ASHA, channel=GENERAL, text="after")
    assert [each["event"]["text"] for each in bot.of_type("message")] == ["after"]


def test_replies_edits_and_deletions_are_events(practice, bot):
    ts = practice.post("say", user=ASHA, channel=GENERAL, text="tea?")["message"]["ts"]
    practice.post("say", user=BRYN, channel=GENERAL, text="yes", thread_ts=ts)
    practice.post("edit", user=ASHA, channel=GENERAL, ts=ts, text="coffee?")
    practice.post("delete", user=ASHA, channel=GENERAL, ts=ts)
    _, reply, edit, deletion = [each["event"] for each in bot.of_type("message")]
    assert (reply["thread_ts"], reply["parent_user_id"]) == (ts, ASHA)
    assert (edit["subtype"], edit["message"]["text"], edit["previous_message"]["text"]) == (
        "message_changed",
        "coffee?",
        "tea?",
    )
    assert (deletion["subtype"], deletion["deleted_ts"]) == ("message_deleted", ts)


def test_coming_and_going_are_events(practice, bot):
    practice.post("join-workspace", user={"real_name": "Tam Underhill"})
    joined = bot.of_type("team_join")[0]["event"]["user"]
    assert joined["real_name"] == "Tam Underhill"
    assert bot.of_type("member_joined_channel")[0]["event"]["user"] == joined["id"]
    practice.post("change-person", user=DEV, profile={"deleted": True})
    changed = eventually(lambda: bot.of_type("user_change"))[0]["event"]["user"]
    assert (changed["id"], changed["deleted"]) == (DEV, True)
    practice.post("leave", channel=GENERAL, user=BRYN)
    assert bot.of_type("member_left_channel")[0]["event"]["user"] == BRYN


def test_a_bot_hears_of_its_own_invitation(practice, bot):
    practice.post("invite", channel=STEERING, user="bot", inviter=ASHA)
    event = bot.of_type("member_joined_channel")[0]["event"]
    assert (event["user"], event["inviter"], event["channel_type"]) == (
        practice.app["bot_user_id"],
        ASHA,
        "G",
    )


def test_reactions_are_events(practice, bot, web):
    ts = web.chat_postMessage(channel=GENERAL, text="tea?")["ts"]
    practice.post("react", user=ASHA, channel=GENERAL, ts=ts, name="tea")
    event = bot.of_type("reaction_added")[0]["event"]
    assert (event["reaction"], event["item"]["ts"], event["item_user"]) == (
        "tea",
        ts,
        practice.app["bot_user_id"],
    )


def failing(times, reply=(500, {}, b"")):
    """Fails so many times, then answers."""
    left = iter([reply] * times)
    return lambda _: next(left, EMPTY)


def tries(practice):
    delivery = practice.get("deliveries", kind="event")["deliveries"][-1]
    return [(each["number"], each["outcome"]) for each in delivery["attempts"]]


def test_a_failed_event_is_tried_again_at_once_after_a_minute_and_after_five(practice, bot):
    practice.post("clock", set=1_800_000_000)
    bot.answer = failing(9)
    practice.post("say", user=ASHA, channel="bot", text="hi")
    assert eventually(lambda: len(bot.received) == 2)
    practice.post("clock", advance=59)
    assert len(bot.received) == 2
    practice.post("clock", advance=1)
    assert len(bot.received) == 3
    practice.post("clock", advance=300)
    assert len(bot.received) == 4
    practice.post("clock", advance=9000)
    assert tries(practice) == [(number, "http_error") for number in range(4)]
    numbers = [each.headers.get("x-slack-retry-num") for each in bot.received]
    reasons = [each.headers.get("x-slack-retry-reason") for each in bot.received]
    assert (numbers, reasons) == ([None, "1", "2", "3"], [None, *["http_error"] * 3])
    assert len({each.body for each in bot.received}) == 1


def test_an_acknowledged_retry_is_the_last(practice, bot):
    bot.answer = failing(1)
    practice.post("say", user=ASHA, channel="bot", text="hi")
    eventually(lambda: len(bot.received) == 2)
    practice.post("clock", advance=400)
    assert tries(practice) == [(0, "http_error"), (1, "ok")]


def test_a_bot_can_decline_retries(practice, bot):
    bot.answer = lambda _: (500, {"X-Slack-No-Retry": "1"}, b"")
    practice.post("say", user=ASHA, channel="bot", text="hi")
    practice.post("clock", advance=400)
    assert tries(practice) == [(0, "http_error")]


def test_a_bot_that_is_away_gets_the_event_when_it_is_back(practice):
    practice.install(request_url="http://127.0.0.1:9/slack/events")
    practice.post("clock", set=1_800_000_000)
    practice.post("say", user=ASHA, channel="bot", text="hi")
    practice.post("clock", advance=1)
    assert tries(practice) == [(0, "connection_failed"), (1, "connection_failed")]
    bot = Bot()
    practice.post("request-url", request_url=bot.url)
    practice.post("clock", advance=60)
    assert [each["event"]["text"] for each in bot.of_type("message")] == ["hi"]
    bot.stop()


def test_three_redirects_are_too_many(practice, bot):
    bot.answer = lambda _: (307, {"Location": bot.url}, b"")
    practice.post("say", user=ASHA, channel="bot", text="hi")
    assert tries(practice)[0] == (0, "too_many_redirects")


def test_the_request_url_is_proved_by_a_challenge(practice, bot):
    assert practice.post("verify")["verified"] is False
    bot.answer = lambda received: json_reply({"challenge": received.json["challenge"]})
    assert practice.post("verify")["verified"] is True
    assert bot.received[-1].json["type"] == "url_verification"


def test_any_delivery_can_be_replayed_byte_for_byte(practice, bot):
    practice.post("say", user=ASHA, channel="bot", text="hi")
    again = practice.post("redeliver", times=3, concurrently=True)
    assert [outcome["ok"] for outcome in again["outcomes"]] == [True] * 3
    assert len({each.body for each in bot.received}) == 1
    assert bot.received[-1].headers["x-slack-retry-num"] == "1"
    practice.post("redeliver", id=again["id"], same_timestamp=True, retry_num=0)
    first, last = bot.received[0].headers, bot.received[-1].headers
    assert last["x-slack-signature"] == first["x-slack-signature"]
    assert "x-slack-retry-num" not in last


def test_a_replayed_command_is_shown_again(practice, bot):
    bot.answer = lambda _: json_reply({"text": f"Answer {len(bot.received)}"})
    practice.post("command", user=ASHA, channel=GENERAL, command="/tea")
    (again,) = practice.post("redeliver", kind="command")["outcomes"]
    assert again["response"]["text"] == "Answer 2"
    assert bot.received[0].body == bot.received[1].body


def test_revoking_the_token_is_told(practice, bot):
    practice.post("revoke")
    eventually(lambda: len(bot.received) == 2)
    kinds = {each.json["event"]["type"] for each in bot.received}
    assert kinds == {"tokens_revoked", "app_uninstalled"}


def test_an_event_can_be_lost_doubled_or_late_on_request(practice, bot):
    practice.post("faults", delivery="event", kind="drop")
    practice.post("say", user=ASHA, channel="bot", text="lost")
    practice.post("faults", delivery="event", kind="duplicate")
    practice.post("say", user=ASHA, channel="bot", text="twice")
    practice.post("faults", delivery="event", kind="slow", seconds=0.1)
    practice.post("say", user=ASHA, channel="bot", text="late")
    assert [each["event"]["text"] for each in bot.of_type("message")] == ["twice", "twice", "late"]
    outcomes = [each["outcome"] for each in practice.get("deliveries", kind="event")["deliveries"]]
    assert outcomes == ["dropped", "ok", "ok"]


def test_deliveries_show_what_travelled(practice, bot):
    practice.post("say", user=ASHA, channel="bot", text="hi")
    (delivery,) = practice.get("deliveries")["deliveries"]
    assert (delivery["kind"], delivery["user"], delivery["outcome"]) == ("event", ASHA, "ok")
    assert json.loads(delivery["body"]) == delivery["payload"] == bot.received[0].json
    assert practice.get("deliveries", after=delivery["id"])["deliveries"] == []
