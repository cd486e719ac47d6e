"""The practice workspace as a server: Slack's addresses, X's, the control routes and the page."""

from __future__ import annotations

import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute

from sandbox import coverage, page, social, x
from sandbox.api.door import Door
from sandbox.api.files import Downloads, receive_upload
from sandbox.api.response_urls import ResponseUrls
from sandbox.control import acting, machinery, people, seeing
from sandbox.delivery.linking import link
from sandbox.workspace import Workspace

_PATIENCE_AT_STOP = 2
_PATIENCE_WITH_THE_IDLE = 75
_ANSWERS = ("commands", "actions", "app")
_GRANT = "{team}/{id}/{secret}"


@dataclass(frozen=True)
class Listening:
    """Where to listen. With port 0 any free one; with a certificate, over TLS."""

    port: int = 0
    host: str = "127.0.0.1"
    certificate: str | None = None
    key: str | None = None


def application(slack: Workspace, x_store: x.XStore) -> Starlette:
    elsewhere = (social.MastodonStore(), social.BlueskyStore())
    routes = [
        Route("/api/{method}", Door(), methods=["GET", "POST"]),
        *(
            Route(f"/{kind}/{{team}}/{{id}}/{{secret}}", ResponseUrls(), methods=["POST"])
            for kind in _ANSWERS
        ),
        Route("/upload/v1/{file}", receive_upload, methods=["POST"]),
        Route("/files-pri/{key}/{name:path}", Downloads(), methods=["GET"]),
        WebSocketRoute("/link/", link),
        Route("/coverage", coverage.page),
        *acting.ROUTES,
        *people.ROUTES,
        *machinery.ROUTES,
        *seeing.ROUTES,
        *x.routes(x_store),
        *social.routes(*elsewhere),
        *page.routes(slack, page.Networks(x_store, elsewhere)),
    ]

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.slack, app.state.x = slack, x_store
        yield
        slack.stop()

    return Starlette(routes=routes, lifespan=lifespan)


class Server(uvicorn.Server):
    """Tells its workspace where it listens, and calls `on_started` once it does."""

    def __init__(self, config: uvicorn.Config, slack: Workspace) -> None:
        super().__init__(config)
        self.slack = slack
        self.on_started: Callable[[], None] = lambda: None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            # Listening everywhere, it is reached from here.
            host = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - compared, not bound
            self.slack.base_url = f"{'https' if self.config.is_ssl else 'http'}://{host}:{port}"
            self.on_started()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Streams of changes never end by themselves; this ends them.
        self.slack.changed("stop")
        await super().shutdown(sockets)


def server(slack: Workspace, listening: Listening, x_store: x.XStore | None = None) -> Server:
    """A server, not yet listening. The Date header is ours to shift, so uvicorn's is off."""
    config = uvicorn.Config(
        application(slack, x_store or x.XStore()),
        ws="websockets-sansio",
        access_log=False,
        log_config=None,
        date_header=False,
        server_header=False,
        timeout_keep_alive=_PATIENCE_WITH_THE_IDLE,
        timeout_graceful_shutdown=_PATIENCE_AT_STOP,
        ssl_certfile=listening.certificate,
        ssl_keyfile=listening.key,
    )
    return Server(config, slack)


def listen(listening: Listening) -> socket.socket:
    """Raises OSError when the port is taken."""
    return socket.create_server((listening.host, listening.port), backlog=2048)


@dataclass(frozen=True)
class Running:
    """A running workspace in a thread of this process, met over HTTP only."""

    url: str
    _server: Server
    _thread: threading.Thread

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(timeout=10)


def serve_in_thread(port: int = 0, *, strict: bool = False, people: int = 0) -> Running:
    """Start and wait until it answers. Raises OSError when the port is taken."""
    slack = Workspace(strict=strict)
    slack.add_extra_people(people)
    listening = Listening(port)
    listener, running = listen(listening), server(slack, listening)
    started = threading.Event()
    running.on_started = started.set
    thread = threading.Thread(target=running.run, args=([listener],), name="practice-workspace", daemon=True)
    thread.start()
    started.wait()
    return Running(slack.base_url, running, thread)
