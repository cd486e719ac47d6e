"""Fetch a file that somebody gave the bot in Slack."""

import time
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from bot.slack.clients import HANDLER_SECONDS, CallWhileWriting, tls_context
from coop.deps import NotFetched
from storage.database import is_writing

AT_ONCE = 64 * 1024
TOOK_TOO_LONG = "Slack took too long"


class Files:
    """Reads `url_private`. The token goes to Slack's own host and is never taken elsewhere by a redirect."""

    def __init__(self, token: str, base_url: str, *, seconds: float = HANDLER_SECONDS) -> None:
        api = urlsplit(base_url)
        # Slack's API is at slack.com and its files at files.slack.com.
        self._ours = {(api.scheme, api.netloc), (api.scheme, f"files.{api.netloc}")}
        self._token, self._seconds = token, seconds
        self._opener = build_opener(ProxyHandler({}), HTTPSHandler(context=tls_context()), _Nowhere())

    def fetch(self, url: str, most: int) -> bytes:
        """The bytes at an address Slack gave us, within two seconds. Raises NotFetched."""
        if is_writing():
            raise CallWhileWriting("url_private")
        parts, ends = urlsplit(url), time.monotonic() + self._seconds
        if (parts.scheme, parts.netloc) not in self._ours:
            raise NotFetched("it does not lie at Slack's own address")
        request = Request(url, headers={"Authorization": f"Bearer {self._token}"})  # noqa: S310 -- checked above
        try:
            with self._opener.open(request, timeout=self._seconds) as answer:
                return _read(answer, most, ends)
        except HTTPError as refused:
            refused.close()
            raise NotFetched(f"Slack answered {refused.code}", answered=True) from refused
        except TimeoutError as late:
            raise NotFetched(TOOK_TOO_LONG) from late
        except (OSError, HTTPException) as trouble:
            raise NotFetched(f"Slack did not hand it over ({type(trouble).__name__})") from trouble


class _Nowhere(HTTPRedirectHandler):
    """Slack redirects to a login whoever may not see a file: there is nothing of ours to fetch there."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _read(answer: HTTPResponse, most: int, ends: float) -> bytes:
    if answer.headers.get_content_type() == "text/html":
        raise NotFetched("Slack sent a page in its place", answered=True)
    parts, size = [], 0
    # A body that drips outlives every time limit of the socket, so the whole of it has one.
    while part := answer.read1(AT_ONCE):
        parts.append(part)
        size += len(part)
        if size > most:
            raise NotFetched("it is larger than Slack said", too_large=True)
        if time.monotonic() > ends:
            raise NotFetched(TOOK_TOO_LONG)
    if answer.length:  # http.client ends a body that was cut short as if it were whole
        raise NotFetched("Slack broke off in the middle")
    return b"".join(parts)
