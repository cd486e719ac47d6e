"""Practice networks alone on a port of their own, and a door in front of them that can be shut."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import requests
import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from sandbox.x.front import Front


class InAThread:
    """One server in a thread. With a certificate (and its key) it speaks TLS."""

    def __init__(
        self, routes: Sequence[BaseRoute], certificate: Path | None = None, key: Path | None = None
    ) -> None:
        config = uvicorn.Config(
            Starlette(routes=routes, lifespan=self._front),
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

    def ask(self, path: str, **fields: Any) -> Any:
        """What a control route answers."""
        answer = self._controls.post(f"{self.url}/control/{path}", json=fields, timeout=5)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def stop(self) -> None:
        self._controls.close()
        self._server.should_exit = True
        self._thread.join(10)
