"""An ASGI application, or one end of WebSockets, on a real loopback socket, in a thread of the test."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import uvicorn
from websockets.sync.server import ServerConnection, serve


class QuietServer(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Swappable:
    """An application that is replaced by the next test's, behind one server for all of them."""

    url = ""
    application: Any = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.application(scope, receive, send)


@contextlib.contextmanager
def serving(application: Any, **options: Any) -> Iterator[str]:
    """The address of `application` while the block runs."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(application, lifespan="off", log_config=None, access_log=False, **options)
    server = QuietServer(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(5)
        listener.close()


@contextlib.contextmanager
def hearing(hear: Callable[[ServerConnection], None]) -> Iterator[str]:
    """The address at which `hear` is given each WebSocket that is opened while the block runs."""
    with serve(hear, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"ws://127.0.0.1:{server.socket.getsockname()[1]}/"
        server.shutdown()
        thread.join()
