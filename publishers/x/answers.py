"""What an answer of X means for the post it answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from coop.publishing import Attempt, Outcome, Published, Refused, TryLater, Unknown
from publishers.transport import Answer

_UNSTATED_WAIT = timedelta(minutes=15)
_WINDOWS = ("x-rate-limit", "x-app-limit-24hour", "x-user-limit-24hour")
_LOOK_AGAIN = "Change the words or take out what X does not allow, then have it approved again."


@dataclass(frozen=True)
class _No:
    """`sign` is part of X's own wording, or of its problem's address: both vary in full.

    `account`: whatever we sent would get the same answer.
    """

    status: int
    sign: str
    reason: str
    fix: str
    account: bool = False


# The first that fits counts; an empty sign fits every answer of that status.
_NOES = (
    _No(400, "", "X could not take this post", _LOOK_AGAIN),
    _No(
        401,
        "",
        "X does not accept our keys",
        "Check the clock of the bot's machine; if it is right, run `countmein x-login` for new keys.",
        account=True,
    ),
    _No(
        402,
        "",
        "The credits of our X developer account are used up",
        "Add credits in X's developer console.",
        account=True,
    ),
    _No(
        403,
        "oauth1-permissions",
        "Our X keys may read but not write",
        "Set the app to “Read and write” in X's developer console, then run `countmein x-login` again.",
        account=True,
    ),
    _No(
        403,
        "suspended",
        "X has suspended the account",
        "Sign in on x.com as the account and see what X asks.",
        account=True,
    ),
    _No(
        403,
        "temporarily locked",
        "X has locked the account",
        "Sign in on x.com as the account and unlock it.",
        account=True,
    ),
    _No(403, "cashtag", "X takes one cashtag a post", "Leave one in, then have it approved again."),
    _No(
        403, "invalid url", "X does not accept a link in it", "Correct the link, then have it approved again."
    ),
    _No(
        403,
        "access this feature",
        "X does not offer this to our developer account",
        "Post this one by hand, or leave out what goes beyond a plain post.",
    ),
    _No(403, "", "X does not permit this post", _LOOK_AGAIN),
    _No(
        404,
        "",
        "There is nothing to post to at X_API_URL",
        "Correct X_API_URL and start the bot again.",
        account=True,
    ),
)
# To a reply, in words that X uses for anything; whether it lets an account answer itself, X does not say.
_NOES_TO_REPLIES = (
    _No(
        400,
        "deleted or not visible",
        "The post it answers is gone from X",
        "Take down what is out, or leave it at that.",
    ),
    _No(
        403,
        "not permitted to perform this action",
        "X does not let us answer our own post",
        "If X refuses it again, take down what is out, or leave it at that; then have X_THREADS set to no.",
    ),
)


def outcome(answer: Answer, attempt: Attempt, handle: str) -> Outcome:
    """What became of the post. A duplicate-content refusal is Unknown: the words are there, perhaps by us."""
    if 200 <= answer.status < 300:
        return _published(answer, handle)
    if answer.status == 429:
        at = free_again(answer.headers, attempt.started_at)
        return TryLater(at, "X takes no more posts from us for now")
    if is_duplicate(answer):
        return Unknown("X says it already has a post with these words", duplicate=True)
    return refusal(answer, to_reply=attempt.reply_to is not None) or Unknown(
        f"X answered with {answer.status}, which does not say whether it is out"
    )


def refusal(answer: Answer, *, to_reply: bool = False) -> Refused | None:
    """X's no, told apart by what it is about; None for an answer that is none."""
    said = details(answer.body)
    signs = f"{said} {readable(answer.body).get('type', '')}".lower()
    for no in (*_NOES_TO_REPLIES, *_NOES) if to_reply else _NOES:
        if no.status == answer.status and no.sign in signs:
            return Refused(f"{no.reason}: “{said}”" if said else no.reason, no.fix, no.account)
    return None


def account_refusal(answer: Answer) -> Refused | None:
    """X turned the account away, whatever was asked."""
    no = refusal(answer)
    return no if no is not None and no.account else None


def is_duplicate(answer: Answer) -> bool:
    return answer.status == 403 and "duplicate content" in details(answer.body).lower()


def free_again(headers: Mapping[str, str], asked_at: datetime) -> datetime:
    """The latest reset among the windows that are used up; a quarter of an hour when X names none."""
    resets = [
        int(headers[f"{window}-reset"])
        for window in _WINDOWS
        if headers.get(f"{window}-remaining", "0") == "0" and headers.get(f"{window}-reset", "").isdecimal()
    ]
    if not resets:
        return asked_at + _UNSTATED_WAIT
    return max(datetime.fromtimestamp(max(resets), UTC), asked_at + timedelta(minutes=1))


def details(body: bytes) -> str:
    """X's own sentence, or nothing when there is none to read."""
    read = readable(body)
    errors = read.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    said = first.get("message") or first.get("detail") or read.get("detail") or read.get("title") or ""
    return " ".join(str(said).split())[:200]


def readable(body: bytes) -> dict[str, Any]:
    """The JSON object in it; empty when there is none."""
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def address(handle: str, post_id: str) -> str:
    return f"https://x.com/{handle}/status/{post_id}"


def _published(answer: Answer, handle: str) -> Outcome:
    made = readable(answer.body).get("data")
    post_id = str(made.get("id", "")) if isinstance(made, dict) else ""
    if not post_id.isdecimal():
        return Unknown("X said yes, but its answer does not name the post")
    return Published(post_id, address(handle, post_id))
