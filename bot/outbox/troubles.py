"""What a failed call to Slack proves: that it was not taken, that it was refused, or nothing."""

import re
import socket
import ssl
from dataclasses import dataclass
from enum import Enum, auto
from http import HTTPStatus
from urllib.error import URLError

from slack_sdk.errors import SlackApiError

LONGEST_WAIT = 3_600
USUAL_WAIT = 30
WAIT_UNREACHED = 5
WAIT_NO_ACCESS = 60
# docs.slack.dev: "It's possible some aspect of the operation succeeded before the error was raised".
UNSURE = frozenset({"fatal_error", "internal_error", "service_unavailable", "team_added_to_org"})
NO_ACCESS = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "ekm_access_denied"}
)


class Proof(Enum):
    LATER = auto()  # Slack has had enough of the whole workspace for a while
    UNREACHED = auto()  # no connection was made
    NO_ACCESS = auto()  # the token is wrong: no message can be sent until that is put right
    REFUSED = auto()  # Slack said no to this one; `code` says why
    NONE = auto()  # it may have been taken


@dataclass(frozen=True)
class Trouble:
    """`words` are safe to log and to show: they hold Slack's code or the kind of failure, nothing typed.

    `wait` is for how many seconds no message at all should be tried.
    """

    proof: Proof
    words: str
    code: str = ""
    wait: int = 0


def trouble_of(error: Exception) -> Trouble:
    if isinstance(error, SlackApiError):
        return _answered(error)
    reason = error.reason if isinstance(error, URLError) else error
    # urllib wraps what happens while connecting and while writing alike: only these are sure to come first.
    if isinstance(reason, ConnectionRefusedError | socket.gaierror | ssl.SSLCertVerificationError):
        return Trouble(
            Proof.UNREACHED, f"Slack could not be reached ({type(reason).__name__})", wait=WAIT_UNREACHED
        )
    return Trouble(Proof.NONE, f"the connection failed ({type(reason).__name__})")


def _answered(error: SlackApiError) -> Trouble:
    response = error.response
    status = getattr(response, "status_code", 0)
    body = getattr(response, "data", None)
    code = str(body.get("error", "")) if isinstance(body, dict) else ""
    if status == HTTPStatus.TOO_MANY_REQUESTS or code in {"ratelimited", "rate_limited"}:
        return Trouble(Proof.LATER, "Slack asked to wait", code, _retry_after(response.headers))
    if status != HTTPStatus.OK or code in UNSURE or not re.fullmatch(r"[a-z0-9_]+", code):
        return Trouble(Proof.NONE, f"Slack answered {status} without saying what happened")
    if code in NO_ACCESS:
        return Trouble(Proof.NO_ACCESS, f"Slack said {code}", code, WAIT_NO_ACCESS)
    return Trouble(Proof.REFUSED, f"Slack said {code}", code)


def _retry_after(headers: object) -> int:
    given = {str(name).lower(): value for name, value in dict(headers or {}).items()}.get("retry-after", "")  # type: ignore[call-overload]
    first = given[0] if isinstance(given, list) and given else given
    return min(int(first), LONGEST_WAIT) if str(first).isdigit() else USUAL_WAIT
