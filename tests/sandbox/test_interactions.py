"""Commands, buttons, shortcuts: what the app is sent and what the person is shown."""

import json
import threading

import pytest

from tests.sandbox.driving import (
    ASHA,
    BRYN,
    DEV,
    EMPTY,
    GENERAL,
    STEERING,
    Bot,
    Practice,
    Refused,
    fetch,
    json_reply,
)
from tests.sandbox.test_views import words

BUTTON = {"type": "button", "action_id": "brew", "text": words("Brew"), "value": "7", "style": "primary"}


def answered(url, **body):
    status, _, content = fetch(url, json.dumps(body).encode(), content_type="application/json")
    return status, content.decode() if status == 200 else json.loads(content)["error"]


@pytest.fixture
def web(practice: Practice, bot: Bot):
    return practice.client(practice.app["bot_token"])


@pytest.fixture
def pressed(practice, bot, web):
    """The payload of a press on a button in #general."""
    ts = web.chat_postMessage(
        channel=GENERAL, text="Tea?", blocks=[{"type": "actions", "elements": [BUTTON]}]
    )["ts"]
    practice.post("press", user=ASHA, channel=GENERAL, ts=ts, action_id="brew")
    return bot.interaction()


def test_a_command_is_a_form(practice, bot):
    practice.post("command", user=ASHA, channel=GENERAL, command="/tea", text="green for @Bryn & me")
    fields = bot.interaction()
    app = practice.app
    assert {name: fields[name] for name in fields if name not in ("token", "trigger_id", "response_url")} == {
        "team_id": "T0FENMARCH",
        "team_domain": "fenmarch-digital",
        "channel_id": GENERAL,
        "channel_name": "general",
        "user_id": ASHA,
        "user_name": "asha.pennington",
        "command": "/tea",
        "text": "green for @Bryn & me",
        "api_app_id": app["app_id"],
        "is_enterprise_install": "false",
    }


def test_a_command_may_ask_for_escaped_text(practice):
    bot = Bot()
    command = {"command": "/tea", "description": "d", "should_escape": True}
    practice.install(request_url=bot.url, commands=[command])
    practice.post(
        "command", user=ASHA, channel=GENERAL, command="/tea", text="@Bryn <3 https://tea.example/a"
    )
    assert bot.interaction()["text"] == f"<@{BRYN}> &lt;3 <https://tea.example/a>"
    bot.stop()


def test_a_command_names_the_kind_of_private_place(practice, bot):
    practice.post("command", user=ASHA, channel="bot", command="/tea")
    assert bot.interaction()["channel_name"] == "directmessage"
    practice.post("command", user=ASHA, channel=STEERING, command="/tea")
    assert bot.interaction()["channel_name"] == "privategroup"


@pytest.mark.parametrize(
    ("answer", "shown", "to_others"),
    [
        (EMPTY, None, []),
        ((200, {"Content-Type": "text/plain"}, b"Dev's turn"), "Dev's turn", []),
        (json_reply({"text": "Dev's turn"}), "Dev's turn", []),
        (
            json_reply({"text": "Dev's turn", "response_type": "in_channel"}),
            "Dev's turn",
            ["/tea", "Dev's turn"],
        ),
    ],
)
def test_the_acknowledgement_is_the_answer(practice, bot, answer, shown, to_others):
    bot.answer = lambda _: answer
    outcome = practice.post("command", user=ASHA, channel=GENERAL, command="/tea")
    assert outcome["ok"] is True
    assert (outcome["response"] or {}).get("text") == shown
    assert practice.texts(BRYN, GENERAL) == to_others


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ((500, {}, b""), "dispatch_failed"),
        ((404, {}, b""), "dispatch_failed"),
        (json_reply({"blocks": [{"type": "section"}]}), "invalid_blocks"),
    ],
)
def test_a_bad_answer_is_shown_as_an_error(practice, bot, answer, code):
    bot.answer = lambda _: answer
    outcome = practice.post("command", user=ASHA, channel=GENERAL, command="/tea")
    assert (outcome["ok"], outcome["error"], outcome["response"]) == (False, code, None)


def test_a_slow_answer_is_a_timeout_and_is_not_sent_again(practice, bot):
    practice.post("clock", answer_within=0.05)
    bot.answer = lambda _: practice_is_slow()
    outcome = practice.post("command", user=ASHA, channel=GENERAL, command="/tea")
    assert outcome["error"] == "operation_timeout"
    practice.post("clock", advance=400)
    assert len(bot.received) == 1


def practice_is_slow():
    threading.Event().wait(0.2)
    return EMPTY


def test_a_bot_that_is_not_there_is_an_error(practice):
    practice.install(request_url="http://127.0.0.1:9/slack/events")
    outcome = practice.post("command", user=ASHA, channel=GENERAL, command="/tea")
    assert outcome["error"] == "dispatch_failed"
    assert outcome["deliveries"][0]["outcome"] == "connection_failed"


def test_commands_are_refused_where_slack_refuses_them(practice, bot):
    ts = practice.post("say", user=ASHA, channel=GENERAL, text="hi")["message"]["ts"]
    threaded = practice.post("command", user=ASHA, channel=GENERAL, command="/tea", thread_ts=ts)
    unknown = practice.post("command", user=ASHA, channel=GENERAL, command="/coffee")
    assert (threaded["error"], unknown["error"]) == ("not_supported_in_threads", "invalid_command")
    with pytest.raises(Refused, match="not_in_channel"):
        practice.post("command", user=DEV, channel=STEERING, command="/tea")


def test_the_app_installed_last_answers(practice, bot):
    later = Bot()
    practice.install(request_url=later.url, name="Other")
    practice.post("command", user=ASHA, channel=GENERAL, command="/tea")
    assert (len(bot.received), len(later.received)) == (0, 1)
    later.stop()


def test_names_slack_keeps_are_delivered_here_with_a_note(practice):
    bot = Bot()
    practice.install(
        request_url=bot.url, extra_commands=["/join", {"command": "/leave", "note": "type /tea"}]
    )
    practice.post("command", user=ASHA, channel=GENERAL, command="/join")
    assert bot.interaction()["command"] == "/join"
    notes = {each["name"]: each["note"] for each in practice.get("commands")["commands"]}
    assert notes == {
        "/join": "works here; Slack keeps this name to itself",
        "/leave": "type /tea",
        "/tea": "",
    }
    bot.stop()


def test_a_press_says_where_and_what(practice, pressed):
    assert pressed["type"] == "block_actions"
    assert pressed["user"]["id"] == ASHA
    assert pressed["channel"] == {"id": GENERAL, "name": "general"}
    assert pressed["message"]["text"] == "Tea?"
    assert pressed["container"]["is_ephemeral"] is False
    (action,) = pressed["actions"]
    assert (action["type"], action["value"], action["style"]) == ("button", "7", "primary")
    assert action["text"] == words("Brew")
    assert action["action_ts"]


def test_buttons_of_one_name_are_told_apart_by_value(practice, bot, web):
    rows = [{"type": "actions", "elements": [BUTTON | {"value": value}]} for value in ("7", "8")]
    ts = web.chat_postMessage(channel=GENERAL, text="Tea?", blocks=rows)["ts"]
    practice.post("press", user=ASHA, channel=GENERAL, ts=ts, action_id="brew", value="8")
    assert bot.interaction()["actions"][0]["value"] == "8"
    with pytest.raises(Refused, match="action_not_found"):
        practice.post("press", user=ASHA, channel=GENERAL, ts=ts, action_id="brew", value="9")


def test_a_press_in_an_ephemeral_message_carries_no_message(practice, bot, web):
    blocks = [{"type": "actions", "elements": [BUTTON]}]
    ts = web.chat_postEphemeral(channel=GENERAL, user=ASHA, text="Tea?", blocks=blocks)["message_ts"]
    practice.post("press", user=ASHA, channel=GENERAL, ts=ts, action_id="brew")
    payload = bot.interaction()
    assert payload["container"]["is_ephemeral"] is True
    assert "message" not in payload
    assert answered(payload["response_url"], replace_original=True, text="Done")[0] == 200
    assert practice.texts(ASHA, GENERAL) == ["Done"]
    with pytest.raises(Refused, match="message_not_found"):
        practice.post("press", user=BRYN, channel=GENERAL, ts=ts, action_id="brew")


def test_menus_in_messages_send_their_choice_and_the_state(practice, bot, web):
    options = [{"text": words(value), "value": value} for value in ("tea", "coffee")]
    elements = [
        {"type": "overflow", "action_id": "o", "options": options},
        {"type": "static_select", "action_id": "s", "options": options},
        {"type": "users_select", "action_id": "u"},
        {"type": "datepicker", "action_id": "d"},
    ]
    blocks = [{"type": "actions", "block_id": "b", "elements": elements}]
    ts = web.chat_postMessage(channel=GENERAL, text="Tea?", blocks=blocks)["ts"]
    for action_id, chosen, key, sent in (
        ("o", "coffee", "selected_option", options[1]),
        ("s", "tea", "selected_option", options[0]),
        ("u", BRYN, "selected_user", BRYN),
        ("d", "2027-03-30", "selected_date", "2027-03-30"),
    ):
        practice.post("press", user=ASHA, channel=GENERAL, ts=ts, action_id=action_id, chosen=chosen)
        assert bot.interaction()["actions"][0][key] == sent
    state = bot.interaction()["state"]["values"]["b"]
    assert state["s"]["selected_option"] == options[0]
    assert state["u"] == {"type": "users_select", "selected_user": BRYN}
    assert "o" not in state


def test_a_response_url_replaces_posts_and_deletes(practice, pressed):
    url = pressed["response_url"]
    assert answered(url, replace_original=True, text="Brewing") == (200, "ok")
    assert practice.texts(BRYN, GENERAL) == ["Brewing"]
    answered(url, text="Only you", replace_original=False)
    assert practice.texts(ASHA, GENERAL) == ["Brewing", "Only you"]
    answered(url, text="All", response_type="in_channel", replace_original=False)
    assert practice.texts(BRYN, GENERAL) == ["Brewing", "All"]
    answered(url, delete_original=True)
    assert practice.texts(BRYN, GENERAL) == ["All"]


def test_a_response_url_works_five_times(practice, pressed):
    outcomes = [answered(pressed["response_url"], text=str(number)) for number in range(6)]
    assert outcomes == [(200, "ok")] * 5 + [(404, "used_url")]
    assert practice.calls("response_url")[0]["arguments"] == {"text": "0"}


def test_a_response_url_works_for_half_an_hour(practice, pressed):
    practice.post("clock", advance=1790)
    assert answered(pressed["response_url"], text="in time")[0] == 200
    practice.post("clock", advance=20)
    assert answered(pressed["response_url"], text="late") == (404, "expired_url")


def test_an_answer_in_a_thread_names_it(practice, pressed):
    ts = pressed["message"]["ts"]
    answered(
        pressed["response_url"], text="a", response_type="in_channel", thread_ts=ts, replace_original=False
    )
    assert practice.messages(BRYN, GENERAL)[-1]["thread_ts"] == ts


def test_answers_to_nothing_are_refused(practice, pressed):
    assert answered(pressed["response_url"]) == (400, "no_text")
    assert answered(pressed["response_url"], blocks=[{"type": "section"}]) == (400, "invalid_blocks")
    assert answered(f"{practice.url}/actions/T0/NOBODY/x", text="a") == (404, "expired_url")


def test_an_answer_after_the_acknowledgement_can_be_waited_for(practice, bot, web):
    def later(received):
        url = received.json["response_url"]
        threading.Timer(0.05, answered, [url], {"text": "Brewed"}).start()
        return EMPTY

    bot.answer = later
    outcome = practice.post("command", user=ASHA, channel=GENERAL, command="/tea", within=2)
    assert outcome["response"]["text"] == "Brewed"


def test_shortcuts_come_from_anywhere_and_from_messages(practice, bot, web):
    practice.post("shortcut", user=ASHA, callback_id="brew")
    payload = bot.interaction()
    assert (payload["type"], payload["callback_id"], "response_url" in payload) == ("shortcut", "brew", False)
    ts = practice.post("say", user=BRYN, channel=GENERAL, text="I'll brew")["message"]["ts"]
    practice.post("shortcut", user=ASHA, callback_id="thank", channel=GENERAL, ts=ts)
    payload = bot.interaction()
    assert (payload["type"], payload["message"]["text"]) == ("message_action", "I'll brew")
    assert (payload["message_ts"], payload["channel"]["id"]) == (ts, GENERAL)
