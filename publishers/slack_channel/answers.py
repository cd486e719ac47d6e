"""What an answer of Slack's Web API means for a message that was to be posted, or deleted."""

import json
from datetime import datetime, timedelta
from typing import Any

from coop.publishing import (
    CannotTakeDown,
    GoneAlready,
    Outcome,
    Published,
    Refused,
    Removal,
    Removed,
    TakenDown,
    TryLater,
    Unknown,
)
from publishers.transport import Answer

_INVITE = "Invite the bot to the channel, then set a new time."
_KEYS = "Install the app again and give the bot its new token."
# Errors after which certainly nothing was posted. All others may hide a post.
_NOES = {
    "channel_not_found": ("The channel is gone, or the bot cannot see it", _INVITE),
    "not_in_channel": ("The bot is not in the channel", _INVITE),
    "is_archived": ("The channel is archived", "Choose another channel, or bring this one back."),
    "restricted_action": (
        "This workspace lets only some people post there",
        "Ask an admin, or post it by hand.",
    ),
    "restricted_action_read_only_channel": ("Nobody may post in that channel", "Choose another channel."),
    "msg_too_long": ("It is too long for Slack", "Shorten it, then have it approved again."),
    "no_text": ("There are no words in it", "Write some, then have it approved again."),
    "invalid_blocks": (
        "Slack could not read the message",
        "Post it by hand, and tell whoever looks after the bot.",
    ),
    "missing_scope": ("The bot may not post", "Add `chat:write` to the app and install it again."),
    "not_authed": ("Slack does not accept the bot's token", _KEYS),
    "invalid_auth": ("Slack does not accept the bot's token", _KEYS),
    "token_revoked": ("The bot's token was taken back", _KEYS),
    "token_expired": ("The bot's token has run out", _KEYS),
    "account_inactive": ("The bot has been removed from the workspace", _KEYS),
}
# Those that no channel is spared; the others are a matter of one channel or one message.
_OF_THE_BOT = {
    "missing_scope",
    "not_authed",
    "invalid_auth",
    "token_revoked",
    "token_expired",
    "account_inactive",
}
_ABSENT = {"message_not_found", "file_not_found"}
_FORBIDDEN = {
    "cant_delete_message": "Slack does not let me delete it",
    "cant_delete_file": "Slack does not let me delete its pictures",
    "compliance_exports_prevent_deletion": "This workspace keeps every message",
    "is_archived": "The channel is archived",
}
_REMOVAL_NOES = {
    "channel_not_found": ("The channel is gone, or the bot cannot see it", "Invite the bot to the channel."),
    "not_in_channel": ("The bot is not in the channel", "Invite the bot to the channel."),
}
# A file is there for messages once Slack has read it, some moments after it has taken it.
_FILE_WAIT, FILE_TRIES = timedelta(seconds=5), 6


def outcome(answer: Answer, asked_at: datetime) -> Outcome:
    if answer.status == 429:
        return TryLater(_free_again(answer, asked_at), "Slack asks us to wait")
    read = readable(answer)
    ts, error = read.get("ts"), read.get("error")
    if answer.status == 200 and read.get("ok") is True and isinstance(ts, str):
        return Published(ts)
    if answer.status == 200 and isinstance(error, str) and error in _NOES:
        return Refused(*_NOES[error], account=error in _OF_THE_BOT)
    said = error if answer.status == 200 and error else answer.status
    return Unknown(f"Slack answered with {said}, which does not say whether it is out")


def file_not_read_yet(answer: Answer, asked_at: datetime, number: int) -> TryLater | Refused | None:
    """Whether a message was refused because of a picture in it; `number` is the attempt's."""
    read = readable(answer)
    if read.get("error") != "invalid_blocks" or "invalid slack file" not in str(read.get("errors")):
        return None
    if number >= FILE_TRIES:
        return Refused("Slack could not read a picture", "Use another, then have it approved again.")
    return TryLater(asked_at + _FILE_WAIT, "Slack has not read the pictures yet")


def removed(answer: Answer, removal: Removal) -> Removed:
    if answer.status == 429:
        return TryLater(_free_again(answer, removal.asked_at), "Slack asks us to wait")
    read = readable(answer)
    error = read.get("error") if answer.status == 200 else None
    if answer.status == 200 and read.get("ok") is True:
        return TakenDown()
    if error in _ABSENT:
        return GoneAlready()
    if error in _FORBIDDEN:
        return CannotTakeDown(_FORBIDDEN[error], removal.url)
    if error in _REMOVAL_NOES or error in _NOES:
        return Refused(*(_REMOVAL_NOES.get(error) or _NOES[error]))
    return Unknown(f"Slack answered with {error or answer.status}, which does not say whether it is gone")


def _free_again(answer: Answer, asked_at: datetime) -> datetime:
    wait = answer.headers.get("retry-after", "")
    return asked_at + timedelta(seconds=int(wait) if wait.isdecimal() else 60)


def readable(answer: Answer) -> dict[str, Any]:
    try:
        read = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}
