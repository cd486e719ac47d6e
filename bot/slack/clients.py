"""Slack clients, all from one function.

slack_sdk's defaults load the CA bundle on every HTTPS call and send a message twice when the connection
drops after Slack took it. One TLS context and explicit retry handlers end both. And urllib builds an opener
anew for every call that brings its own context, a quarter of what an answered question costs: all calls go
through the one installed here.
"""

import json
import ssl
from functools import cache
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener, install_opener

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.http_retry import RateLimitErrorRetryHandler, RetryHandler
from slack_sdk.web.slack_response import SlackResponse

from storage.database import is_writing

log = structlog.get_logger()
# What slack_sdk raises when Slack is out of reach, breaks off in the middle of its answer, or sends what is
# none of its own; what Slack itself refuses is a SlackApiError, to be caught first.
UNANSWERED = (SlackClientError, HTTPException, OSError, ValueError)
HANDLER_SECONDS = 2
JOB_SECONDS = 10


class CallWhileWriting(RuntimeError):
    """A network call was made inside a write session; nothing else could write until Slack answered."""


class Client(WebClient):
    def api_call(self, api_method: str, **arguments: Any) -> SlackResponse:
        if is_writing():
            raise CallWhileWriting(api_method)
        return super().api_call(api_method, **arguments)


@cache
def tls_context() -> ssl.SSLContext:
    return ssl.create_default_context()


@cache
def share_one_opener() -> None:
    install_opener(build_opener(HTTPSHandler(context=tls_context())))


def client(token: str | None, base_url: str, *, seconds: int, rereads: bool = False) -> Client:
    """`rereads` waits out one rate limit: only for a client that reads, never for one that posts."""
    share_one_opener()
    retry: list[RetryHandler] = [RateLimitErrorRetryHandler(max_retry_count=1)] if rereads else []
    return Client(token=token, base_url=base_url, timeout=seconds, retry_handlers=retry)


class Responder:
    """Posts to a response_url: once, within two seconds, and only to Slack's own address.

    A failure is logged and forgotten: the act it tells of is committed, and App Home shows it.
    """

    def __init__(self, base_url: str) -> None:
        api = urlsplit(base_url)
        self._ours = {("https", "hooks.slack.com"), (api.scheme, api.netloc)}
        self._opener = build_opener(ProxyHandler({}), HTTPSHandler(context=tls_context()))

    def __call__(self, url: str, message: dict[str, Any]) -> None:
        if is_writing():
            raise CallWhileWriting("response_url")
        parts = urlsplit(url)
        if (parts.scheme, parts.netloc) not in self._ours:
            log.warning("response_url is not Slack's", host=parts.netloc)
            return
        request = Request(  # noqa: S310 -- the scheme was checked above
            url,
            data=json.dumps(message).encode(),
            headers={"Content-Type": "application/json; charset=utf-8"},
        )
        try:
            with self._opener.open(request, timeout=HANDLER_SECONDS) as answer:
                answer.read()
        except (OSError, HTTPException) as trouble:
            log.warning("response_url did not take the answer", trouble=type(trouble).__name__)
