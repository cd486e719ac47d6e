"""The practice X alone on a port of its own, and tweepy directed at it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
import tweepy
from requests.adapters import HTTPAdapter

from sandbox.x import XStore, routes
from tests.sandbox.in_a_thread import InAThread

PUBLIC = "https://api.twitter.com"


class PracticeX(InAThread):
    """Tests change it through its control routes, and may read its store."""

    def __init__(self, certificate: Path | None = None, key: Path | None = None) -> None:
        self.store = XStore()
        super().__init__(routes(self.store), certificate, key)

    def control(self, name: str, **fields: Any) -> Any:
        return self.ask(f"x/{name}", **fields)

    def fault(self, kind: str, when: str = "after", **more: Any) -> None:
        self.control("faults", kind=kind, when=when, **more)

    def texts(self) -> list[str]:
        return [post["text"] for post in self.control("timeline") if not post["deleted"]]

    def received(self, path: str = "/2/tweets", method: str = "POST") -> list[dict[str, Any]]:
        return [e for e in self.control("ledger") if (e["path"], e["method"]) == (path, method)]


class Directed(HTTPAdapter):
    """Sends what was signed for X's public address to another one."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._to = urlsplit(url)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        request.headers["Host"] = urlsplit(request.url).netloc
        request.url = urlsplit(request.url)._replace(scheme=self._to.scheme, netloc=self._to.netloc).geturl()
        kwargs["timeout"] = 5
        return super().send(request, *args, **kwargs)


def client(x: PracticeX, **instead: str) -> tweepy.Client:
    """Signs with the network's own keys unless others are given."""
    keys = x.control("keys")
    named = {
        "consumer_key": keys["X_API_KEY"],
        "consumer_secret": keys["X_API_SECRET"],
        "access_token": keys["X_ACCESS_TOKEN"],
        "access_token_secret": keys["X_ACCESS_TOKEN_SECRET"],
    }
    made = tweepy.Client(**(named | instead), return_type=requests.Response)
    made.session.trust_env = False
    made.session.mount(PUBLIC, Directed(x.url))
    return made


def sign_in(authorize_url: str, username: str) -> str:
    """Say yes on the sign-in page as `username`; the PIN it shows."""
    with requests.Session() as browser:
        browser.trust_env = False
        page = browser.get(authorize_url, timeout=5).text
        token = re.search(r'name="oauth_token" value="([^"]+)"', page)
        asked = {"oauth_token": token[1] if token else "", "username": username}
        pin = re.search(
            r'<code id="pin">(\d+)</code>', browser.post(authorize_url, data=asked, timeout=5).text
        )
    return pin[1] if pin else ""
