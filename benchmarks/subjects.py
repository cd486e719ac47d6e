"""The cheapest things that could work, each a program of its own: python -m benchmarks.subjects NAME.

verify        verify the signature and parse the JSON, nothing else (in Socket Mode: parse and acknowledge, on
              a connection like ours)
verify-bare   the same without Starlette, which our own door goes round too
bolt          bare Bolt that only acknowledges
bolt-calling  bare Bolt that acknowledges and makes one Slack call, with the same client settings as ours
"""

import argparse
import asyncio
import json
import logging
import threading
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_bolt.adapter.starlette import SlackRequestHandler
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.wire import APP_TOKEN, BOT_TOKEN, SECRET
from bot.entrance.door import ACKNOWLEDGED, Answer
from bot.entrance.socket_mode import SocketDoor
from bot.slack.clients import HANDLER_SECONDS, tls_context


def verifying() -> Any:
    verifier = SignatureVerifier(SECRET)

    async def events(scope: Any, receive: Any, send: Any) -> None:
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message["body"], message["more_body"]
        headers = dict(scope["headers"])
        status = 200
        if scope["method"] == "POST":
            stamp, signature = headers[b"x-slack-request-timestamp"], headers[b"x-slack-signature"]
            if not verifier.is_valid(body, stamp.decode(), signature.decode()):
                status = 401
            elif headers[b"content-type"] == b"application/json":
                json.loads(body)
            else:
                parse_qsl(body.decode())
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    return events


class Acknowledging:
    """The door of a bot that wants nothing."""

    def take(self, _payload: Any) -> Answer:
        return ACKNOWLEDGED


def plain(token: str | None, slack: str) -> WebClient:
    """slack_sdk's own client with the settings of ours: timeout, one TLS context, nothing repeated."""
    return WebClient(
        token, base_url=f"{slack}/api/", timeout=HANDLER_SECONDS, ssl=tls_context(), retry_handlers=[]
    )


def bolt(slack: str, *, calling: bool) -> App:
    web_client = plain(BOT_TOKEN, slack)
    app = App(client=web_client, signing_secret=SECRET, name="bench", token_verification_enabled=False)

    @app.event("message")
    def message(event: dict[str, Any], client: WebClient) -> None:
        if calling:
            client.chat_postMessage(channel=event["channel"], text="You're a member.")

    @app.command("/member")
    def member(ack: Ack, client: WebClient, command: dict[str, Any]) -> None:
        ack()
        if calling:
            client.chat_postEphemeral(
                channel=command["channel_id"], user=command["user_id"], text="You're a member."
            )

    return app


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("name", choices=["verify", "verify-bare", "bolt", "bolt-calling"])
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--slack", required=True)
    parser.add_argument("--socket-mode", action="store_true")
    asked = parser.parse_args()
    logging.disable(logging.INFO)
    if asked.socket_mode:
        threading.Thread(target=listen, args=[asked.name, asked.slack], daemon=True).start()
    serve(asked.name, asked.slack, asked.port)


def listen(name: str, slack: str) -> None:
    web_client = plain(None, slack)
    if name.startswith("verify"):
        door: Any = Acknowledging()
        SocketDoor(door, lambda: web_client.apps_connections_open(app_token=APP_TOKEN)["url"]).connect()
        return
    app = bolt(slack, calling=name == "bolt-calling")
    SocketModeHandler(app, APP_TOKEN, web_client=web_client).connect()  # type: ignore[no-untyped-call]


class Routed:
    """An ASGI application as a Starlette endpoint: functions would be handed a Request."""

    def __init__(self, application: Any) -> None:
        self.application = application

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.application(scope, receive, send)


def routed(events: Any) -> Starlette:
    async def health(_request: Request) -> Response:
        return Response("alive")

    return Starlette(routes=[Route("/slack/events", events, methods=["POST"]), Route("/ready", health)])


def adapted(app: App) -> Starlette:
    """As Bolt's documentation has it."""
    handler = SlackRequestHandler(app)

    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return routed(events)


def serve(name: str, slack: str, port: int) -> None:
    applications: dict[str, Callable[[], Any]] = {
        "verify": lambda: routed(Routed(verifying())),
        "verify-bare": verifying,
        "bolt": lambda: adapted(bolt(slack, calling=False)),
        "bolt-calling": lambda: adapted(bolt(slack, calling=True)),
    }
    application = applications[name]()
    config = uvicorn.Config(
        application,
        host="127.0.0.1",
        port=port,
        access_log=False,
        log_config=None,
        lifespan="off",
        server_header=False,
        proxy_headers=False,
    )
    import uvloop  # noqa: PLC0415 -- the same loop as ours

    asyncio.Runner(loop_factory=uvloop.new_event_loop).run(uvicorn.Server(config).serve())


if __name__ == "__main__":
    main()
