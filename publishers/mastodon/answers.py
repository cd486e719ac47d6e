"""What an answer of a Mastodon server means for the post it answers."""

import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from coop.publishing import Outcome, Published, Refused, TryLater, Unknown
from publishers import json_api
from publishers.transport import Answer

_UNSTATED_WAIT = timedelta(minutes=5)
_WORDS = "Change the words, then have it approved again."
_SIGN_IN = "Sign in there as the account and see what it says."
_NEW_KEY = (
    "Make a new access token in Mastodon (Preferences, Development), set MASTODON_ACCESS_TOKEN and start "
    "the bot again."
)
MORE_RIGHTS = (
    "Give the application write:statuses, write:media and read in Mastodon, then set its new "
    "MASTODON_ACCESS_TOKEN."
)
# By status, and by a part of the server's own wording where one status means several things. In the end
# whether it turns away the account, not this post alone.
_NOES = (
    (400, "", "Mastodon could not take this post", _WORDS, False),
    (401, "", "Mastodon does not accept our access token", _NEW_KEY, True),
    (
        403,
        "scope",
        "Our Mastodon token may not post",
        MORE_RIGHTS,
        True,
    ),
    (403, "", "Mastodon does not let the account post", _SIGN_IN, True),
    (
        404,
        "record not found",
        "Mastodon has had this post, and somebody deleted it there",
        "If it should be out, propose it anew.",
        False,
    ),
    (
        404,
        "",
        "There is no Mastodon at MASTODON_URL",
        "Correct MASTODON_URL and start the bot again.",
        True,
    ),
    (410, "", "The Mastodon account is gone", _SIGN_IN, True),
    (413, "", "It is too large for this Mastodon server", "Shorten it, then have it approved again.", False),
    (422, "", "Mastodon does not take these words", _WORDS, False),
)


def outcome(answer: Answer, asked_at: datetime) -> Outcome:
    if answer.status == 200:
        return _published(answer)
    why = said(answer)
    if answer.status == 429:
        return TryLater(free_again(answer, asked_at), "Mastodon takes no more posts from us for now")
    for status, sign, reason, fix, account in _NOES:
        if status == answer.status and sign in why.lower():
            return Refused(f"{reason}: “{why}”" if why else reason, fix, account)
    return Unknown(f"Mastodon answered with {answer.status}, which does not say whether it is out")


def free_again(answer: Answer, asked_at: datetime) -> datetime:
    """The reset the server names, at least a minute away; five minutes when it names none."""
    with contextlib.suppress(ValueError):
        reset = datetime.fromisoformat(answer.headers.get("x-ratelimit-reset", ""))
        if reset.tzinfo is not None:
            return max(reset.astimezone(UTC), asked_at + timedelta(minutes=1))
    return asked_at + _UNSTATED_WAIT


def said(answer: Answer) -> str:
    """The server's own sentence, or nothing when there is none to read."""
    return json_api.brief(json_api.read_object(answer).get("error"))


def address(status: dict[str, Any]) -> str | None:
    """Where people read it; nothing but a web address is passed on."""
    url = status.get("url")
    return url if isinstance(url, str) and urlsplit(url).scheme in {"http", "https"} else None


def _published(answer: Answer) -> Outcome:
    status = json_api.read_object(answer)
    made = status.get("id")
    if not isinstance(made, str) or not made or "created_at" not in status:
        return Unknown("Mastodon said yes, but its answer does not name the post")
    return Published(made, address(status))
