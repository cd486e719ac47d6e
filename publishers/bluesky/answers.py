"""What an answer of a Bluesky server (a PDS, or the entrance to Bluesky's own) means."""

from datetime import UTC, datetime, timedelta

from coop.publishing import NotSent, Outcome, Published, Refused, TryLater, Unknown
from publishers import json_api
from publishers.transport import Answer

_UNSTATED_WAIT = timedelta(minutes=5)
_SIGN_IN = "Sign in to Bluesky as the account and see what it says."
_WORDS = "Change the words, then have it approved again."
_NEW_KEY = (
    "Make a new app password in Bluesky (Settings, Privacy and security), set BLUESKY_APP_PASSWORD and start "
    "the bot again."
)
_ACCOUNT_SHUT = {"AccountTakedown", "AccountSuspended", "AccountDeactivated", "RepoTakendown"}
# What these say is not about the post.
_OF_THE_ACCOUNT = {401, 403, 404}
_EXPIRED = {"ExpiredToken", "InvalidToken"}
_NOES = {
    400: ("Bluesky does not take this post", _WORDS),
    401: ("Bluesky does not let the account post", _SIGN_IN),
    403: ("Bluesky does not let the account post", _SIGN_IN),
    404: ("There is no Bluesky server at BLUESKY_URL", "Correct BLUESKY_URL and start the bot again."),
    413: ("It is too large for Bluesky", "Shorten it, then have it approved again."),
}


def outcome(answer: Answer, asked_at: datetime, url: str) -> Outcome:
    """`url` is where people read the post, if it is out."""
    if answer.status == 200:
        uri = json_api.read_object(answer).get("uri")
        if isinstance(uri, str) and uri.startswith("at://"):
            return Published(uri, url)
        return Unknown("Bluesky said yes, but its answer does not name the post")
    if error(answer) == "InvalidSwap":
        return Unknown("Bluesky says it has had this very post already", duplicate=True)
    if wants_a_new_session(answer):
        return Refused(
            _with("Bluesky does not accept the session it gave us", answer), _NEW_KEY, account=True
        )
    return _no(answer, asked_at) or Unknown(
        f"Bluesky answered with {answer.status}, which does not say whether it is out"
    )


def not_signed_in(answer: Answer, asked_at: datetime) -> Outcome:
    """No post has left yet: whatever went wrong, it is certainly not out."""
    if answer.status in {400, 401} and error(answer) not in _ACCOUNT_SHUT:
        return Refused(
            _with("Bluesky does not accept our handle and app password", answer),
            _NEW_KEY,
            account=True,
        )
    return _no(answer, asked_at) or NotSent(
        f"Bluesky did not let us sign in: {json_api.no_use('it', answer, said(answer))}"
    )


def wants_a_new_session(answer: Answer) -> bool:
    return answer.status in {400, 401} and error(answer) in _EXPIRED


def is_absent(answer: Answer) -> bool:
    """There is no such record. Older servers say so in words only."""
    if answer.status != 400:
        return False
    return error(answer) == "RecordNotFound" or said(answer).startswith("Could not locate record")


def error(answer: Answer) -> str:
    """The error's name, or nothing."""
    return json_api.brief(json_api.read_object(answer).get("error"))


def said(answer: Answer) -> str:
    """The server's own sentence, or nothing when there is none to read."""
    return json_api.brief(json_api.read_object(answer).get("message")) or error(answer)


def free_again(answer: Answer, asked_at: datetime) -> datetime:
    """The reset the server names, at least a minute away; five minutes when it names none."""
    reset = answer.headers.get("ratelimit-reset", "")
    if reset.isdecimal() and len(reset) < 12:
        return max(datetime.fromtimestamp(int(reset), UTC), asked_at + timedelta(minutes=1))
    return asked_at + _UNSTATED_WAIT


def _no(answer: Answer, asked_at: datetime) -> Refused | TryLater | None:
    if answer.status == 429:
        return TryLater(free_again(answer, asked_at), "Bluesky takes no more from us for now")
    if error(answer) in _ACCOUNT_SHUT:
        return Refused(_with("Bluesky has shut the account", answer), _SIGN_IN, account=True)
    if answer.status in _NOES:
        reason, fix = _NOES[answer.status]
        return Refused(_with(reason, answer), fix, account=answer.status in _OF_THE_ACCOUNT)
    return None


def _with(reason: str, answer: Answer) -> str:
    why = said(answer)
    return f"{reason}: “{why}”" if why else reason
