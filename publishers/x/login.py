"""How the network's own account lets the bot post for it: X's PIN flow.

The tokens of X's developer console belong to whoever owns the developer app, and would post as them.
"""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from oauthlib.oauth1 import Client

from publishers.transport import Answer, AnswerLost, NotWritten, Wire
from publishers.x.answers import details
from publishers.x.publisher import PUBLIC, quiet


class LoginFailed(Exception):
    """X gave no tokens; the text says why and what to do."""


@dataclass(frozen=True)
class Login:
    """Under way: open `authorize_url` as the account that is to post, then give the PIN to `finish`."""

    authorize_url: str
    token: str = field(repr=False)
    token_secret: str = field(repr=False)


@dataclass(frozen=True)
class Tokens:
    """What to set as X_ACCESS_TOKEN and X_ACCESS_TOKEN_SECRET, and whose they are."""

    access_token: str = field(repr=False)
    access_token_secret: str = field(repr=False)
    handle: str


@dataclass(frozen=True)
class PinFlow:
    """`api_key` and `api_secret` are the developer app's."""

    api_key: str = field(repr=False)
    api_secret: str = field(repr=False)
    api_url: str = PUBLIC
    seconds: float = 15.0

    def start(self) -> Login:
        """Raises LoginFailed."""
        signer = Client(self.api_key, self.api_secret, callback_uri="oob")
        given = self._ask(signer, "/oauth/request_token", ("oauth_token", "oauth_token_secret"))
        where = f"{self.api_url}/oauth/authorize?{urlencode({'oauth_token': given['oauth_token']})}"
        return Login(where, given["oauth_token"], given["oauth_token_secret"])

    def finish(self, login: Login, pin: str) -> Tokens:
        """Raises LoginFailed; after that a new `start` is needed."""
        signer = Client(
            self.api_key,
            self.api_secret,
            resource_owner_key=login.token,
            resource_owner_secret=login.token_secret,
            verifier=pin.strip(),
        )
        wanted = ("oauth_token", "oauth_token_secret", "screen_name")
        given = self._ask(signer, "/oauth/access_token", wanted)
        return Tokens(given["oauth_token"], given["oauth_token_secret"], given["screen_name"])

    def _ask(self, signer: Client, path: str, wanted: tuple[str, ...]) -> dict[str, str]:
        quiet()
        url, headers, _ = signer.sign(f"{PUBLIC}{path}", "POST")
        try:
            answer = Wire(self.api_url, self.seconds).exchange(
                "POST", url, {**headers, "Content-Length": "0"}
            )
        except (NotWritten, AnswerLost) as failed:
            raise LoginFailed(f"X could not be asked: {failed}. Try again.") from failed
        given = dict(parse_qsl(answer.body.decode("utf-8", "replace")))
        if answer.status != 200 or not set(wanted) <= given.keys():
            raise LoginFailed(_refusal(answer))
        return given


def _refusal(answer: Answer) -> str:
    if answer.status == 401:
        return "X does not accept the API key and secret, or the PIN. Check them and start again."
    if answer.status == 403:
        return "X wants this app's user authentication set up first (type “Web App, Automated App or Bot”)."
    said = details(answer.body)
    return f"X answered with {answer.status}{f': “{said}”' if said else ''}. Try again later."
