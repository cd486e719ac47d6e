"""Slack: the tokens, the permissions, the commands, the steering channel, other copies of the bot."""

from collections.abc import Callable, Iterator
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.doctor import connections, machine
from bot.doctor.findings import Finding, ok, unknown, wrong
from bot.settings.environment import Environment
from bot.settings.loading import SettingsWrong
from bot.slack import connecting, manifest, scopes
from bot.slack.clients import JOB_SECONDS, UNANSWERED, Client, client
from bot.slack.connecting import Unreachable
from bot.wiring import Clock
from coop.settings import Settings
from handlers.listening import Listen

REINSTALL = (
    "Copy `countmein manifest` into “App Manifest” on your app's page at api.slack.com/apps, then press "
    "“Reinstall to Workspace” under “Install App”."
)
BOT_AGAIN = "Copy the “Bot User OAuth Token” again, from “OAuth & Permissions” on your app's page."
APP_AGAIN = "Make an app-level token with the scope connections:write, under “Basic Information”."


def examine(
    environment: Environment, listen: Listen, now: Clock, works_here: Callable[[], bool | None]
) -> Iterator[Finding]:
    """Sends nothing and changes nothing, but see `connections` for the one connection it opens."""
    token = environment.slack_bot_token.get_secret_value()
    slack = client(token, environment.slack_api_url, seconds=JOB_SECONDS, rereads=True)
    yield commands(listen, environment.network)
    yield from way_in(environment, slack, works_here)
    if not token:
        yield unknown("The bot token could not be tried: there is none yet.")
        return
    try:
        answer = slack.auth_test()
    except SlackApiError as refused:
        yield wrong(f"Slack does not accept SLACK_BOT_TOKEN ({_code(refused)}).", BOT_AGAIN)
        return
    except UNANSWERED as trouble:
        yield unreachable(trouble)
        return
    arrived = now()
    yield ok(f"SLACK_BOT_TOKEN works: the bot is @{answer.get('user')} in {answer.get('team')}.")
    yield machine.clock(_header(answer, "date"), arrived)
    yield from permissions(_header(answer, "x-oauth-scopes"), environment.network)
    yield steering_channel(slack, environment.steering_channel)


def commands(listen: Listen, settings: Settings) -> Finding:
    """Slack refuses a whole manifest that lists one of its own names."""
    names = ", ".join(command.name for command in manifest.offered(listen))
    try:
        manifest.build(listen, settings)
    except ValueError as refused:
        return wrong(str(refused), "Give the command another name in its handler's register().")
    return ok(f"None of {names} is a name Slack keeps for itself; another app with the same name would win.")


def permissions(header: str, settings: Settings) -> Iterator[Finding]:
    granted = {scope.strip() for scope in header.split(",") if scope.strip()}
    asked = {scope.name for scope in scopes.asked_for(settings)}
    for sentence in scopes.lost(granted, settings):
        yield wrong(sentence, REINSTALL)
    if extra := sorted(granted - asked):
        yield unknown(f"Slack has granted more than the bot needs: {', '.join(extra)}.", REINSTALL)
    if granted == asked:
        yield ok(f"All {len(asked)} permissions of the manifest are granted, and no other.")


def steering_channel(slack: Client, wanted: str) -> Finding:
    if not wanted:
        return unknown(
            "STEERING_CHANNEL is not set, so announcements and applications have nowhere to be decided.",
            "Make a private channel, invite the bot with /invite, and set STEERING_CHANNEL to its name.",
        )
    try:
        channel = connecting.steering_channel(slack, wanted)
        shown = slack.conversations_info(channel=channel)["channel"]
    except SettingsWrong as refused:
        return wrong(refused.sentences[0], "Use “Edit settings” in Slack to make it private.")
    except Unreachable as missing:
        return wrong(
            f"{missing}."[:1].upper() + f"{missing}."[1:], "Type /invite @countmein in that channel."
        )
    except UNANSWERED as trouble:
        return unknown(f"The steering channel could not be looked at ({type(trouble).__name__}).")
    if shown.get("is_ext_shared") or shown.get("is_org_shared"):
        return wrong(
            f"The steering channel “{wanted}” is shared with another organisation.",
            "Use a channel of your own: applications and proposals are read there.",
        )
    return ok(f"The steering channel “{wanted}” is private, and the bot is in it.")


def way_in(
    environment: Environment, slack: Client, works_here: Callable[[], bool | None]
) -> Iterator[Finding]:
    if not environment.socket_mode:
        yield signing_secret(environment.slack_signing_secret.get_secret_value())
        return
    token = environment.slack_app_token.get_secret_value()
    try:
        address = slack.apps_connections_open(app_token=token)["url"]
    except SlackApiError as refused:
        yield wrong(f"Slack does not accept SLACK_APP_TOKEN ({_code(refused)}).", APP_AGAIN)
        return
    except UNANSWERED as trouble:
        yield unreachable(trouble)
        return
    yield ok("SLACK_APP_TOKEN works: Socket Mode can be opened.")
    yield connections.examine(address, works_here)


def signing_secret(secret: str) -> Finding:
    if not secret:
        return unknown("There is no way in yet: neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set.")
    if len(secret) == 32 and all(character in "0123456789abcdef" for character in secret):
        return ok("SLACK_SIGNING_SECRET has the right shape; only a request from Slack can prove it.")
    return unknown(
        "SLACK_SIGNING_SECRET does not look like Slack's: 32 characters, 0 to 9 and a to f.",
        "Copy the “Signing Secret” again, from “Basic Information” on your app's page.",
    )


def unreachable(trouble: Exception) -> Finding:
    return unknown(f"Slack cannot be reached ({type(trouble).__name__}).", "Is this machine on the network?")


def _code(refused: SlackApiError) -> str:
    return str(refused.response.get("error", "no reason given"))


def _header(answer: Any, name: str) -> str:
    """Headers keep the spelling of the server that sent them."""
    return next((str(value) for key, value in answer.headers.items() if key.lower() == name), "")
