"""The practice X alone on a port of its own, and tweepy directed at it."""

from __future__ import annotations

import asyncio
import contextlib
import re
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
import tweepy
import uvicorn
from requests.adapters import HTTPAdapter
from starlette.applications import Starlette

from sandbox.x import XStore, routes
from sandbox.x.front import Front

PUBLIC = "https://api.twitter.com"


class PracticeX:
    """One server in a thread. Tests change it through its control routes, and may read its store.

    With a certificate (and its key) it speaks TLS.
    """

    def __init__(self, certificate: Path | None = None, key: Path | None = None) -> None:
        self.store = XStore()
        app = Starlette(routes=routes(self.store), lifespan=self._front)
        config = uvicorn.Config(
            app,
            port=0,
            log_config=None,
            ws="none",
            timeout_graceful_shutdown=1,
            ssl_certfile=certificate,
            ssl_keyfile=key,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        ends = time.monotonic() + 10
        while not self._server.started and time.monotonic() < ends:
            time.sleep(0.005)
        self._loop: asyncio.AbstractEventLoop
        self.port: int = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{self.port}"
        self.front.target = ("127.0.0.1", self.port)
        self._controls = requests.Session()
        self._controls.trust_env = False
        if certificate:
            self._controls.verify = str(certificate)

    @contextlib.asynccontextmanager
    async def _front(self, _app: Starlette) -> AsyncIterator[None]:
        self._loop = asyncio.get_running_loop()
        self.front = Front(("127.0.0.1", 0))
        self.front_url = f"http://127.0.0.1:{await self.front.open()}"
        yield
        await self.front.shut()

    def on_loop(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(5)

    def control(self, name: str, **fields: Any) -> Any:
        address = f"{self.url}/control/x/{name}"
        answer = self._controls.post(address, json=fields, timeout=5)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def fault(self, kind: str, when: str = "after", **more: Any) -> None:
        self.control("faults", kind=kind, when=when, **more)

    def texts(self) -> list[str]:
        return [post["text"] for post in self.control("timeline") if not post["deleted"]]

    def received(self, path: str = "/2/tweets", method: str = "POST") -> list[dict[str, Any]]:
        return [e for e in self.control("ledger") if (e["path"], e["method"]) == (path, method)]

    def stop(self) -> None:
        self._controls.close()
        self._server.should_exit = True
        self._thread.join(10)


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
