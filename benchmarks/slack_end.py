"""Slack's end of the wire, as cheap as it can be: it answers every call at once and pushes what it is told.

Run by benchmarks/__main__.py; its own CPU is not counted.
"""

import argparse
import asyncio
import json
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

IDENTITY = {
    "ok": True,
    "url": "https://bench.slack.com/",
    "team": "Bench",
    "team_id": "T100",
    "user": "countmein",
    "user_id": "UBOT",
    "bot_id": "B100",
}
AT_ONCE = 32


class End:
    def __init__(self) -> None:
        self.calls = 0
        self.acknowledged = 0
        self.socket: WebSocket | None = None

    async def call(self, request: Request) -> JSONResponse:
        await request.body()
        method = request.path_params["method"]
        if method == "auth.test":
            return JSONResponse(IDENTITY, headers={"x-oauth-scopes": "chat:write,im:history"})
        if method == "apps.connections.open":
            address = request.url.replace(scheme="ws", path="/link", query="")
            return JSONResponse({"ok": True, "url": str(address)})
        self.calls += 1
        return JSONResponse({"ok": True, "channel": "D1", "ts": "1.1", "message_ts": "1.1"})

    async def link(self, socket: WebSocket) -> None:
        await socket.accept()
        await socket.send_json({"type": "hello", "num_connections": 1})
        self.socket = socket
        try:
            while True:
                if "envelope_id" in json.loads(await socket.receive_text()):
                    self.acknowledged += 1
        except WebSocketDisconnect:
            return

    async def push(self, request: Request) -> JSONResponse:
        """Send the given payloads as envelopes, a bounded number unacknowledged, and wait for the last."""
        given = await request.json()
        socket, before = self.socket, self.acknowledged
        if socket is None:
            return JSONResponse({"error": "nobody is connected"}, 409)
        for number, payload in enumerate(given["payloads"]):
            envelope = {
                "envelope_id": f"{given['run']}-{number}",
                "type": given["type"],
                "accepts_response_payload": given["type"] != "events_api",
                "payload": payload,
            }
            await socket.send_text(json.dumps(envelope))
            while number - (self.acknowledged - before) >= AT_ONCE:
                await asyncio.sleep(0.0005)
        for _ in range(20_000):
            if self.acknowledged - before >= len(given["payloads"]):
                break
            await asyncio.sleep(0.001)
        return JSONResponse({"acknowledged": self.acknowledged - before})

    async def counts(self, _request: Request) -> JSONResponse:
        return JSONResponse({"calls": self.calls, "connected": self.socket is not None})


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--certificate")
    parser.add_argument("--key")
    asked = parser.parse_args()
    end = End()
    application = Starlette(
        routes=[
            Route("/api/{method}", end.call, methods=["GET", "POST"]),
            WebSocketRoute("/link", end.link),
            Route("/push", end.push, methods=["POST"]),
            Route("/counts", end.counts),
        ]
    )
    options: dict[str, Any] = {"ssl_certfile": asked.certificate, "ssl_keyfile": asked.key}
    uvicorn.run(
        application, host="127.0.0.1", port=asked.port, access_log=False, log_level="error", **options
    )


if __name__ == "__main__":
    main()
