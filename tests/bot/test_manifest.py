"""The manifest asks Slack for exactly what the code listens to and calls."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from slack_sdk import WebClient
from typer.testing import CliRunner

from bot.command_line import app
from bot.slack import manifest, scopes
from bot.wiring import listens
from coop.settings import Settings
from handlers.answers import Reply
from handlers.blocks.message import Message
from handlers.listening import Listen

ROOT = Path(__file__).parents[2]
QUIET = Settings(listen_in_channels=False)


def built(settings=None, url=""):
    return manifest.build(listens(), settings or Settings(), url=url)


def bot_scopes(settings=None):
    return built(settings)["oauth_config"]["scopes"]["bot"]


def test_the_file_at_the_root_is_what_the_command_prints():
    printed = CliRunner().invoke(app, ["manifest"], env={"LISTEN_IN_CHANNELS": "", "NETWORK_COLOUR": ""})
    assert printed.exit_code == 0
    assert (ROOT / "manifest.yaml").read_text(encoding="utf-8") == printed.output


def test_the_yaml_says_what_was_built():
    assert yaml.safe_load(manifest.as_yaml(built())) == built()


def test_commands_are_those_the_code_answers_less_the_reserved_ones():
    table = listens().commands
    listed = {entry["command"] for entry in built()["features"]["slash_commands"]}
    assert listed == {"/countmein", "/member", "/announce"}
    assert listed == {name for name, command in table.items() if not command.reserved}
    assert {name for name, command in table.items() if command.reserved} == {"/join", "/leave"}


def test_what_stands_in_the_menu_of_a_message_is_what_the_code_listens_to():
    assert built()["features"]["shortcuts"] == [
        {
            "name": "Announce this",
            "type": "message",
            "callback_id": "announcing.from_message",
            "description": "Write an announcement with the words of this message.",
        }
    ]
    assert list(listens().shortcuts) == ["announcing.from_message"]


def test_a_command_is_described_by_what_it_does_alone_and_hints_at_its_words():
    listen = Listen()

    def answer(_request, _deps):
        return Reply(Message("yes"))

    listen.command("/tea", answer, usage="[kind]", help="order tea", takes_text=True)
    listen.command("/tea list", answer, help="who drinks tea")
    listen.command("/tea refill", answer, help="officers: fill the urn", officers=True)
    (tea,) = manifest.build(listen, Settings())["features"]["slash_commands"]
    assert tea == {
        "command": "/tea",
        "description": "Order tea",
        "should_escape": False,
        "usage_hint": "[kind] | list",
    }


def test_events_are_those_the_code_listens_to():
    listen = listens()
    assert listen.messages
    assert set(built()["settings"]["event_subscriptions"]["bot_events"]) == {
        *listen.happenings,
        *("app_mention", "message.im", "message.channels", "message.groups"),
    }


def test_every_event_has_the_scope_it_needs_and_every_scope_its_use():
    asked = scopes.asked_for(Settings())
    events = set(built()["settings"]["event_subscriptions"]["bot_events"])
    assert events <= set().union(*(scope.events for scope in asked)) | scopes.SCOPELESS_EVENTS
    called = set(methods_called())
    idle = [scope.name for scope in asked if not scope.methods & called and not scope.events & events]
    assert idle == ["commands"]


def test_every_web_api_method_the_code_calls_is_covered_by_a_scope():
    granted = set().union(*(scope.methods for scope in scopes.asked_for(Settings())))
    assert set(methods_called()) <= granted | scopes.SCOPELESS_METHODS
    assert {"chat.postMessage", "views.open", "auth.test"} <= set(methods_called())


def test_without_listening_in_channels_no_channel_history_is_asked_for():
    assert set(bot_scopes()) - set(bot_scopes(QUIET)) == {"channels:history", "groups:history"}
    heard = set(built()["settings"]["event_subscriptions"]["bot_events"])
    quiet = set(built(QUIET)["settings"]["event_subscriptions"]["bot_events"])
    assert heard - quiet == {"message.channels", "message.groups"}


def test_socket_mode_needs_no_address():
    assert built()["settings"]["socket_mode_enabled"] is True
    assert "url" not in manifest.as_yaml(built())


@pytest.mark.parametrize(
    "given", ["https://bot.example", "https://bot.example/", "https://bot.example/slack/events"]
)
def test_over_http_everything_goes_to_one_address(given):
    filled = built(url=given)
    address = "https://bot.example/slack/events"
    assert filled["settings"]["socket_mode_enabled"] is False
    assert filled["settings"]["event_subscriptions"]["request_url"] == address
    assert filled["settings"]["interactivity"]["request_url"] == address
    assert {entry["url"] for entry in filled["features"]["slash_commands"]} == {address}


def test_an_address_that_is_none_is_refused_with_an_example():
    refused = CliRunner().invoke(app, ["manifest", "--url", "bot.example"])
    assert refused.exit_code == 2
    assert refused.stderr == "“bot.example” is not an address. It looks like https://countmein.example.\n"


@pytest.mark.parametrize(
    ("name", "help_line", "why"),
    [
        ("/status", "x", "/status is one of Slack's own commands"),
        ("/count_me", "x", "/count_me must begin with a slash and have neither capitals nor underscores"),
        ("/" + "a" * 32, "x", f"the name of /{'a' * 32} has 33 characters, not 2 to 32"),
        ("/long", "x" * 2001, "the description of /long has 2001 characters, not 1 to 2000"),
    ],
)
def test_what_slack_would_refuse_is_refused_here(name, help_line, why):
    listen = Listen()
    listen.command(name, lambda _request, _deps: Reply(Message("yes")), help=help_line)
    with pytest.raises(ValueError, match="Slack would refuse this manifest") as refused:
        manifest.build(listen, Settings())
    assert why in str(refused.value)


def test_a_permission_that_is_missing_is_told_with_what_is_lost():
    granted = {scope.name for scope in scopes.SCOPES} - {"files:write", "channels:history"}
    assert list(scopes.lost(granted, QUIET)) == [
        "Slack has not granted files:write. Cards, lists and announcements with pictures are not sent; everything else works."
    ]


def test_the_readme_gives_the_reason_of_every_scope():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    missing = [one.name for one in scopes.SCOPES if f"| `{one.name}` | {one.reason} |" not in readme]
    assert missing == []


def methods_called() -> Iterator[str]:
    """Every Web API method our code names: as a method of slack_sdk's client, or by Slack's own name."""
    known = {name: name.replace("_", ".") for name in dir(WebClient) if re.fullmatch(r"[a-z]+(_\w+)+", name)}
    del known["api_call"]
    files = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]
    for file in (*files, *(ROOT / "publishers" / "slack_channel").glob("*.py")):
        if file.name == "scopes.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in known:
                yield known[node.attr]
            elif isinstance(node, ast.Constant) and node.value in known.values():
                yield str(node.value)
