"""What makes a setting wrong, and the sentence that says so. Secret values are never repeated."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.settings import lasting_disk
from bot.settings.environment import X_KEYS, Environment
from coop.settings import FeePeriod, JoinApproval

SECRETS = frozenset(
    {
        *X_KEYS,
        "slack_bot_token",
        "slack_app_token",
        "slack_signing_secret",
        "mastodon_access_token",
        "bluesky_app_password",
        "database_url",
    }
)
# The kinds of token by their beginning: https://docs.slack.dev/authentication/tokens
TOKEN_KINDS = {
    "xoxb-": "a bot token",
    "xapp-": "an app-level token",
    "xoxp-": "a user token",
    "xoxe": "a token that expires (token rotation is on: it has to be off for this bot)",
}

APP_PASSWORD = re.compile(r"[a-z0-9]{4}(-[a-z0-9]{4}){3}")


@dataclass(frozen=True)
class Wrong:
    """`name` is the setting to change; `about` are all the settings the sentence was concluded from."""

    name: str
    sentence: str
    about: frozenset[str]


Check = Callable[[Environment, Mapping[str, str]], Iterator[Wrong]]


def wrong(name: str, sentence: str, *also: str) -> Wrong:
    return Wrong(name, f"{name.upper()} {sentence}", frozenset({name, *also}))


def unreadable(name: str, value: str, error: dict[str, Any]) -> Wrong:
    """The sentence for one of pydantic's errors."""
    limits = error.get("ctx", {})
    match error["type"]:
        case "value_error":
            return wrong(name, str(limits["error"]))
        case "enum" | "literal_error":
            expected = f"must be {limits['expected'].replace(chr(39), '')}"
        case "bool_parsing":
            expected = "must be yes or no"
        case "int_parsing" | "int_from_float":
            expected = "must be a whole number"
        case "greater_than_equal":
            expected = f"must be {limits['ge']} or more"
        case "less_than_equal":
            expected = f"must be {limits['le']} or less"
        case "string_pattern_mismatch":
            expected = f"must look like {limits['pattern']}"
        case _:
            expected = "cannot be read"
    return wrong(name, f"{expected}." if name in SECRETS else f"{expected}, but is “{value}”.")


def slack_tokens(given: Environment, _variables: Mapping[str, str]) -> Iterator[Wrong]:
    bot = given.slack_bot_token.get_secret_value()
    app = given.slack_app_token.get_secret_value()
    if not bot:
        yield wrong(
            "slack_bot_token", "is missing: copy the Bot User OAuth Token, xoxb-…, from OAuth & Permissions."
        )
    if bot and not bot.startswith("xoxb-"):
        yield wrong("slack_bot_token", f"must begin with xoxb-, but this is {_kind(bot)}.")
    if app and not app.startswith("xapp-"):
        yield wrong("slack_app_token", f"must begin with xapp-, but this is {_kind(app)}.")


def way_in(given: Environment, _variables: Mapping[str, str]) -> Iterator[Wrong]:
    secret = given.slack_signing_secret.get_secret_value()
    if not secret and not given.socket_mode:
        yield wrong(
            "slack_app_token",
            "is missing: make an app-level token, xapp-…, with the scope connections:write under Basic "
            "Information. (Or set SLACK_SIGNING_SECRET, if Slack is to reach you over HTTP.)",
            "slack_signing_secret",
        )
    if secret.startswith("xoxe") or re.match(r"x(ox[a-z]|app)-", secret):
        yield wrong(
            "slack_signing_secret", f"is the Signing Secret of Basic Information, not {_kind(secret)}."
        )


def fee(given: Environment, _variables: Mapping[str, str]) -> Iterator[Wrong]:
    if given.fee_period is FeePeriod.NONE:
        return
    if given.fee_pence == 0:
        yield wrong(
            "fee_pence", f"is missing: FEE_PERIOD is {given.fee_period}, so say how many pence.", "fee_period"
        )
    if not given.pay_to:
        yield wrong(
            "pay_to",
            "is missing: a fee is due, so say where to pay it, as members will read it.",
            "fee_period",
        )
    if not given.official_page:
        yield wrong(
            "official_page",
            "is missing: a fee is due, so name the page where people can check that it is really you.",
            "fee_period",
        )


def steering_channel(given: Environment, _variables: Mapping[str, str]) -> Iterator[Wrong]:
    reasons = [
        (given.join_approval is JoinApproval.STEERING, "JOIN_APPROVAL is steering"),
        (given.has_x_keys, "there are X keys"),
        (given.has_mastodon, "there is a Mastodon account"),
        (given.has_bluesky, "there is a Bluesky account"),
        (given.rehearsal, "REHEARSAL is yes"),
    ]
    if not given.steering_channel and (because := [reason for holds, reason in reasons if holds]):
        yield wrong(
            "steering_channel",
            f"is missing: {because[0]}, so name its private channel.",
            "join_approval",
            "rehearsal",
        )


def x_keys(given: Environment, _variables: Mapping[str, str]) -> Iterator[Wrong]:
    held = [name for name in X_KEYS if getattr(given, name).get_secret_value()]
    if not held:
        return
    if missing := [name.upper() for name in X_KEYS if name not in held]:
        verb = "is" if len(missing) == 1 else "are"
        yield Wrong(
            missing[0].lower(),
            f"{' and '.join(missing)} {verb} missing: X needs all four keys or none of them. "
            "`countmein x-login` gets the two access tokens.",
            frozenset(X_KEYS),
        )
    if not given.x_handle:
        yield wrong(
            "x_handle", "is missing: name the account the X keys belong to, so that no other is posted as."
        )


def mastodon(given: Environment, _variables: Mapping[str, str]) -> Iterator[Wrong]:
    token = bool(given.mastodon_access_token.get_secret_value())
    if given.mastodon_url and not token:
        yield wrong(
            "mastodon_access_token",
            "is missing: in Mastodon, under Preferences, Development, make an application and copy its "
            "access token.",
            "mastodon_url",
        )
    if token and not given.mastodon_url:
        yield wrong(
            "mastodon_url",
            "is missing: name the account's server, such as https://social.example.",
            "mastodon_access_token",
        )


def bluesky(given: Environment, _variables: Mapping[str, str]) -> Iterator[Wrong]:
    password = given.bluesky_app_password.get_secret_value()
    if given.bluesky_handle and not password:
        yield wrong(
            "bluesky_app_password",
            "is missing: in Bluesky, under Settings, Privacy and security, make an app password.",
            "bluesky_handle",
        )
    if password and not given.bluesky_handle:
        yield wrong(
            "bluesky_handle",
            "is missing: name the account the app password belongs to, such as fenmarch.bsky.social.",
            "bluesky_app_password",
        )
    if password and not APP_PASSWORD.fullmatch(password):
        yield wrong(
            "bluesky_app_password",
            "must be an app password, four times four letters or digits: never the account's own, which "
            "could take the account away.",
        )


def disk(given: Environment, variables: Mapping[str, str]) -> Iterator[Wrong]:
    trouble = lasting_disk.trouble(given.database_url, variables, lasting_disk.mounts())
    if trouble:
        yield wrong("database_url", trouble)


def _kind(token: str) -> str:
    kinds = (kind for beginning, kind in TOKEN_KINDS.items() if token.startswith(beginning))
    return next(kinds, "something else")


ALWAYS: tuple[Check, ...] = (fee, disk)
SPEAKING: tuple[Check, ...] = (slack_tokens, way_in, steering_channel, x_keys, mastodon, bluesky)
