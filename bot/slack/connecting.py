"""Ask Slack who we are and where the steering group meets, before anything is taken in."""

from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError

from bot.entrance.door import Identity
from bot.networks import is_rehearsal
from bot.settings.checks import Wrong
from bot.settings.environment import Environment
from bot.settings.loading import SettingsWrong
from bot.slack.clients import JOB_SECONDS, UNANSWERED, Client, client
from coop.settings import Settings

FINAL = {
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "org_login_required",
}


class Unreachable(Exception):
    """Slack cannot be asked just now; the text says why and what to do if it stays so."""


class NotPermitted(Unreachable):
    """Slack has not granted the permission to ask."""


@dataclass(frozen=True)
class Connected:
    """`settings` has the steering channel's id in it; `scopes` are those Slack says the token holds."""

    identity: Identity
    team_name: str
    settings: Settings
    scopes: frozenset[str]
    team_domain_url: str


def connect(environment: Environment) -> Connected:
    """Raises Unreachable for what may pass, SettingsWrong for what a person must put right."""
    reader = client(
        environment.slack_bot_token.get_secret_value(),
        environment.slack_api_url,
        seconds=JOB_SECONDS,
        rereads=True,
    )
    answer = _asked(reader)
    settings = environment.network.model_copy(update={"rehearsal": is_rehearsal(environment)})
    if settings.steering_channel:
        try:
            channel = steering_channel(reader, settings.steering_channel)
        except NotPermitted:
            channel = ""  # it may be public for all we can tell, so nothing is posted there
        settings = settings.model_copy(update={"steering_channel": channel})
    scopes = str(answer.headers.get("x-oauth-scopes") or answer.headers.get("X-OAuth-Scopes") or "")
    return Connected(
        identity=Identity(answer["team_id"], answer["user_id"], answer.get("bot_id") or ""),
        team_name=answer.get("team") or "",
        settings=settings,
        scopes=frozenset(part.strip() for part in scopes.split(",") if part.strip()),
        team_domain_url=answer.get("url") or "",
    )


def refusal(environment: Environment) -> str:
    """Why Slack no longer accepts the bot's token; "" while it does. Raises Unreachable."""
    token = environment.slack_bot_token.get_secret_value()
    try:
        _asked(client(token, environment.slack_api_url, seconds=JOB_SECONDS))
    except SettingsWrong as wrong:
        return wrong.sentences[0]
    return ""


def socket_address(reader: Client, app_token: str) -> str:
    """Where to connect for Socket Mode, once. Raises Unreachable or SettingsWrong."""
    try:
        return str(reader.apps_connections_open(app_token=app_token)["url"])
    except SlackApiError as refused:
        code = refused.response.get("error", "")
        if code in FINAL | {"not_allowed_token_type", "missing_scope"}:
            raise _wrong(
                "SLACK_APP_TOKEN",
                f"Slack does not accept SLACK_APP_TOKEN ({code}). Make an app-level token with the scope "
                "connections:write, under “Basic Information” on your app's page.",
            ) from None
        raise Unreachable(f"Slack answered {code} when asked for Socket Mode") from None
    except UNANSWERED as trouble:
        raise Unreachable(f"Slack cannot be reached ({type(trouble).__name__})") from None


def _wrong(name: str, sentence: str) -> SettingsWrong:
    """The sentence names the setting."""
    return SettingsWrong([Wrong(name, sentence, frozenset({name.lower()}))])


def _asked(reader: Client) -> Any:
    try:
        return reader.auth_test()
    except SlackApiError as refused:
        code = refused.response.get("error", "")
        if code in FINAL:
            raise _wrong(
                "SLACK_BOT_TOKEN",
                f"Slack does not accept SLACK_BOT_TOKEN ({code}). Copy the “Bot User OAuth Token” again from "
                "your app's page, under “OAuth & Permissions”.",
            ) from None
        raise Unreachable(f"Slack answered {code} when asked who we are") from None
    except UNANSWERED as trouble:
        raise Unreachable(f"Slack cannot be reached ({type(trouble).__name__}); is the network up?") from None


def steering_channel(reader: Client, wanted: str) -> str:
    """The id of a private channel the bot is in. Raises Unreachable, NotPermitted or SettingsWrong."""
    try:
        found = _channel(reader, wanted, "private_channel,public_channel")
    except NotPermitted:
        found = _channel(reader, wanted, "private_channel")
    if found is None:
        raise Unreachable(
            f"the steering channel “{wanted}” cannot be seen. Open it in Slack and type /invite followed by "
            "the bot's name; nothing else needs changing"
        )
    if not found.get("is_private"):
        raise _wrong(
            "STEERING_CHANNEL",
            f"STEERING_CHANNEL: “{wanted}” is a public channel. Applications and approvals are posted there, "
            "so it must be private: make it private in Slack, or name another channel.",
        )
    return str(found["id"])


def _channel(reader: Client, wanted: str, types: str) -> Any:
    """By id or name. Public ones are looked through too, so that a public steering channel can be refused."""
    name = wanted.lstrip("#")
    try:
        for page in reader.conversations_list(types=types, exclude_archived=True, limit=200):
            for one in page["channels"]:
                if name in {one.get("id"), one.get("name")}:
                    return one
    except SlackApiError as refused:
        code = refused.response.get("error", "")
        kind = NotPermitted if code == "missing_scope" else Unreachable
        raise kind(f"Slack answered {code} when asked for our channels") from None
    except UNANSWERED as trouble:
        raise Unreachable(f"Slack cannot be reached ({type(trouble).__name__})") from None
    return None
