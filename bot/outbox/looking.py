"""Look in a channel's history for a message that may have arrived."""

from datetime import datetime, timedelta
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.outbox.troubles import Proof, trouble_of

CLOCKS_DIFFER = timedelta(minutes=2)
PAGE = 200
PAGES = 10


class CannotLook(Exception):
    """Slack does not let us read there, or there is too much to read."""


def look_for(
    slack: WebClient, key: str, *, channel: str, thread: str | None, since: datetime, file_id: str | None
) -> str | None:
    """The ts of the message that carries `key`, or that shares the file; None when it is not there.

    Raises CannotLook; any other error means: try again.
    """
    cursor: str | None = None
    for _ in range(PAGES):
        page = _page(slack, channel, thread, str((since - CLOCKS_DIFFER).timestamp()), cursor)
        for message in page["messages"]:
            if _carries(message, key, file_id):
                return str(message["ts"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return None
    raise CannotLook(f"more than {PAGES * PAGE} messages have been written there since")


def _page(slack: WebClient, channel: str, thread: str | None, oldest: str, cursor: str | None) -> Any:
    asked: dict[str, Any] = {
        "channel": channel,
        "oldest": oldest,
        "limit": PAGE,
        "include_all_metadata": True,
        "cursor": cursor,
    }
    try:
        return (
            slack.conversations_replies(ts=thread, **asked)
            if thread
            else slack.conversations_history(**asked)
        )
    except SlackApiError as error:
        trouble = trouble_of(error)
        if trouble.proof is Proof.REFUSED:
            raise CannotLook(trouble.words) from None
        raise


def _carries(message: dict[str, Any], key: str, file_id: str | None) -> bool:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    shared = {file.get("id") for file in message.get("files") or []}
    return payload.get("id") == key or file_id in shared
