"""The practice networks alone on a port of their own."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator
from typing import Any

import requests
import uvicorn
from starlette.applications import Starlette

from sandbox.social import BlueskyStore, MastodonStore, routes
from sandbox.x.front import Front


class PracticeNetworks:
    """One server in a thread, and a door in front of it that can be shut."""

    def __init__(self) -> None:
        app = Starlette(routes=routes(MastodonStore(), BlueskyStore()), lifespan=self._front)
        config = uvicorn.Config(app, port=0, log_config=None, ws="none", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        ends = time.monotonic() + 10
        while not self._server.started and time.monotonic() < ends:
            time.sleep(0.005)
        self._loop: asyncio.AbstractEventLoop
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.front.target = ("127.0.0.1", port)
        self._controls = requests.Session()
        self._controls.trust_env = False

    @contextlib.asynccontextmanager
    async def _front(self, _app: Starlette) -> AsyncIterator[None]:
        self._loop = asyncio.get_running_loop()
        self.front = Front(("127.0.0.1", 0))
        self.front_url = f"http://127.0.0.1:{await self.front.open()}"
        yield
        await self.front.shut()

    def on_loop(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(5)

    def control(self, path: str, **fields: Any) -> Any:
        answer = self._controls.post(f"{self.url}/control/{path}", json=fields, timeout=5)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def stop(self) -> None:
        self._controls.close()
        self._server.should_exit = True
        self._thread.join(10)


class One:
    """One of the practice networks, as a test drives it."""

    def __init__(self, running: PracticeNetworks, name: str, posting: str) -> None:
        self._running, self.name, self.posting = running, name, posting
        self.url, self.direct_url = f"{running.front_url}/{name}", f"{running.url}/{name}"

    def control(self, name: str, **fields: Any) -> Any:
        return self._running.control(f"{self.name}/{name}", **fields)

    def fault(self, kind: str, when: str = "after", **more: Any) -> None:
        self.control("faults", kind=kind, when=when, **{"on": self.posting, **more})

    def texts(self) -> list[str]:
        return [post["text"] for post in self.control("timeline")]

    def received(self, call: str = "") -> list[dict[str, Any]]:
        method, path = (call or self.posting).split(" ")
        wanted = (method, f"/{self.name}{path}")
        return [entry for entry in self.control("ledger") if (entry["method"], entry["path"]) == wanted]

    def shut(self) -> None:
        self._running.on_loop(self._running.front.shut())

    def reset_next(self) -> None:
        self._running.front.reset_next()
