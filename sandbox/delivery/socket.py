"""Socket Mode, our side out: tickets, connections and envelopes."""

from __future__ import annotations

import asyncio
import json
import uuid
from dataclasses import dataclass

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from sandbox.entities import Delivery, Json
from sandbox.installation import App
from sandbox.workspace import Workspace

MOST_CONNECTIONS = 10
_TYPES = {"event": "events_api", "command": "slash_commands"}


@dataclass(frozen=True)
class Resent:
    number: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Waiting:
    """An envelope on its way; `answer` resolves with the acknowledgement's payload, or None."""

    envelope_id: str
    answer: asyncio.Future[Json | None]


class SocketConnection:
    """One bot's WebSocket. Sending fails quietly once it is gone: the envelope then stays unacknowledged."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket

    async def send(self, frame: Json) -> bool:
        try:
            await self._websocket.send_text(json.dumps(frame))
        except (RuntimeError, WebSocketDisconnect):
            return False
        return True

    async def close(self) -> None:
        if self._websocket.application_state == WebSocketState.CONNECTED:
            await self._websocket.close()


def open_url(slack: Workspace, app: App) -> str:
    """A WebSocket address that works once."""
    ticket = uuid.uuid4().hex
    slack.tickets[ticket] = app.id
    return f"{slack.base_url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={app.id}"


def farewell(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}}


async def send(app: App, delivery: Delivery, resent: Resent) -> Waiting | None:
    """Hand the envelope to the next connection in turn; None when there is none."""
    envelope_id = str(uuid.uuid4())
    frame: Json = {
        "envelope_id": envelope_id,
        "type": _TYPES.get(delivery.kind, "interactive"),
        "accepts_response_payload": delivery.kind != "event",
        "payload": delivery.payload,
    }
    if delivery.kind == "event":
        frame |= {"retry_attempt": resent.number, "retry_reason": resent.reason}
    answer: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
    app.pending[envelope_id] = answer
    if await _to_next(app, frame):
        return Waiting(envelope_id, answer)
    del app.pending[envelope_id]
    return None


async def _to_next(app: App, frame: Json) -> bool:
    for _ in range(len(app.connections)):
        app.turn += 1
        connection = app.connections[app.turn % len(app.connections)]
        if await connection.send(frame):
            return True
        app.connections.remove(connection)
    return False
