"""Apps come in by their manifest."""

import pytest

from tests.sandbox.driving import ASHA, GENERAL, Practice, Refused, manifest


def refusal(practice, **asked):
    with pytest.raises(Refused) as caught:
        practice.post("install", **asked)
    return caught.value.args[0]


@pytest.mark.parametrize(
    "name", ["/join", "/leave", "/status", "/remind", "/Tea", "/tea_rota", "tea", "/" + "x" * 32]
)
def test_slack_refuses_a_manifest_with_such_a_command(practice: Practice, name):
    commands = [{"command": name, "description": "d"}]
    assert refusal(practice, manifest=manifest(commands=commands)) == {
        "ok": False,
        "error": "invalid_manifest",
        "errors": [
            {
                "message": "the slash command has an invalid name",
                "pointer": "/features/slash_commands/0/command",
            }
        ],
    }


OF_A_SHORTCUT = {"callback_id": "tea", "description": "Offer tea"}


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"display_information": {}}, "/display_information"),
        ({"display_information": {"name": "x" * 36}}, "/display_information/name"),
        ({"colour": "red"}, "/"),
        (
            {"settings": {"event_subscriptions": {"bot_events": ["team_join"]}}},
            "/settings/event_subscriptions",
        ),
        ({"features": {"slash_commands": [{"command": "/tea"}]}}, "/features/slash_commands/0/description"),
        (
            {"features": {"shortcuts": [{"name": "x" * 25, "type": "message", **OF_A_SHORTCUT}]}},
            "/features/shortcuts/0/name",
        ),
        ({"features": {"shortcuts": [{"name": "Tea", **OF_A_SHORTCUT}]}}, "/features/shortcuts/0/type"),
    ],
)
def test_other_faults_of_a_manifest_are_named(practice: Practice, change, pointer):
    answer = refusal(practice, manifest=manifest() | change)
    assert (answer["error"], [fault["pointer"] for fault in answer["errors"]]) == (
        "invalid_manifest",
        [pointer],
    )


def test_a_request_url_completes_a_manifest_without_socket_mode(practice: Practice):
    given = manifest()
    given["settings"]["socket_mode_enabled"] = False
    assert refusal(practice, manifest=given)["error"] == "invalid_manifest"
    assert practice.post("install", manifest=given, request_url="http://127.0.0.1:9/")["ok"] is True


def test_installing_again_keeps_ids_and_tokens_and_takes_new_scopes(practice: Practice):
    practice.install(scopes=["chat:write"], channels=[GENERAL])
    first = practice.app
    web = practice.install(scopes=["chat:write", "users:read"])
    assert {key: practice.app[key] for key in ("app_id", "bot_user_id", "bot_token", "signing_secret")} == {
        key: first[key] for key in ("app_id", "bot_user_id", "bot_token", "signing_secret")
    }
    assert web.users_info(user=ASHA)["ok"] is True
    assert web.chat_postMessage(channel=GENERAL, text="still a member")["ok"] is True


def test_tokens_can_be_chosen(practice: Practice):
    app = practice.post(
        "install", manifest=manifest(), bot_token="xoxb-chosen", app_token="xapp-chosen", signing_secret="s"
    )
    assert (app["bot_token"], app["app_token"], app["signing_secret"]) == ("xoxb-chosen", "xapp-chosen", "s")
    assert practice.client("xoxb-chosen").auth_test()["user_id"] == app["bot_user_id"]


def test_an_app_can_be_taken_out(practice: Practice):
    web = practice.install()
    practice.post("uninstall")
    assert practice.get("apps")["apps"] == []
    with pytest.raises(Exception, match="invalid_auth"):
        web.auth_test()


def test_a_reset_takes_everything_back_to_the_start(practice: Practice):
    web = practice.install(channels=[GENERAL])
    web.chat_postMessage(channel=GENERAL, text="a")
    practice.post("people", count=5)
    practice.post("reset", keep_apps=True)
    assert practice.texts(ASHA, GENERAL) == []
    assert web.chat_postMessage(channel=GENERAL, text="b")["ok"] is True
    practice.post("reset")
    assert practice.get("apps")["apps"] == []
    assert len(practice.get("people")["people"]) == 12
