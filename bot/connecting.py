"""Ask Slack who we are and where the steering group meets, before anything is taken in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError, SlackRequestError

from bot.door import Identity
from bot.networks import is_rehearsal
from bot.setting_checks import Wrong
from bot.settings import Environment, SettingsWrong
from bot.slack_clients import JOB_SECONDS, Client, client
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
        channel = steering_channel(reader, settings.steering_channel)
        settings = settings.model_copy(update={"steering_channel": channel})
    scopes = str(answer.headers.get("x-oauth-scopes") or answer.headers.get("X-OAuth-Scopes") or "")
    return Connected(
        identity=Identity(answer["team_id"], answer["user_id"], answer.get("bot_id") or ""),
        team_name=answer.get("team") or "",
        settings=settings,
        scopes=frozenset(part.strip() for part in scopes.split(",") if part.strip()),
        team_domain_url=answer.get("url") or "",
    )


def _wrong(name: str, sentence: str) -> SettingsWrong:
    return SettingsWrong([Wrong(name, f"{name}: {sentence}", frozenset({name.lower()}))])


def _asked(reader: Client) -> Any:
    try:
        return reader.auth_test()
    except SlackApiError as refused:
        code = refused.response.get("error", "")
        if code in FINAL:
            raise _wrong(
                "SLACK_BOT_TOKEN",
                f"Slack does not accept this token ({code}). Copy the “Bot User OAuth Token” again from your "
                "app's page, under “OAuth & Permissions”.",
            ) from None
        raise Unreachable(f"Slack answered {code} when asked who we are") from None
    except (SlackRequestError, OSError, ValueError) as trouble:
        raise Unreachable(f"Slack cannot be reached ({type(trouble).__name__}); is the network up?") from None


def steering_channel(reader: Client, wanted: str) -> str:
    """The id of a private channel the bot is in. Raises Unreachable or SettingsWrong."""
    name = wanted.lstrip("#")
    try:
        found = next((one for one in _channels(reader) if name in {one.get("id"), one.get("name")}), None)
    except SlackApiError as refused:
        raise Unreachable(
            f"Slack answered {refused.response.get('error')} when asked for our channels"
        ) from None
    except (SlackRequestError, OSError, ValueError) as trouble:
        raise Unreachable(f"Slack cannot be reached ({type(trouble).__name__})") from None
    if found is None:
        raise Unreachable(
            f"the steering channel “{wanted}” cannot be seen. Open it in Slack and type /invite followed by "
            "the bot's name; nothing else needs changing"
        )
    if not found.get("is_private"):
        raise _wrong(
            "STEERING_CHANNEL",
            f"“{wanted}” is a public channel. Applications and approvals are posted there, so it must be "
            "private: make it private in Slack, or name another channel.",
        )
    return str(found["id"])


def _channels(reader: Client) -> Iterator[dict[str, Any]]:
    """The channels the bot is in, and public ones, so that a public steering channel is refused by name."""
    for page in reader.conversations_list(
        types="private_channel,public_channel", exclude_archived=True, limit=200
    ):
        yield from page["channels"]
