"""Socket Mode, a bot's side in: it connects with a ticket, hears hello, and acknowledges."""

from __future__ import annotations

import json

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.delivery import events, socket
from sandbox.entities import Json
from sandbox.installation import App
from sandbox.workspace import Workspace


async def link(websocket: WebSocket) -> None:
    slack: Workspace = websocket.app.state.slack
    app = slack.apps.get(slack.tickets.pop(websocket.query_params.get("ticket", ""), ""))
    if app is None:
        await websocket.close()
        return
    await websocket.accept()
    connection = socket.SocketConnection(websocket)
    if len(app.connections) >= socket.MOST_CONNECTIONS:
        await connection.send(socket.farewell("too_many_websockets"))
        await connection.close()
        return
    app.connections.append(connection)
    slack.changed("app", id=app.id)
    try:
        await connection.send(_hello(slack, app))
        events.send_backlog(slack, app)
        await _listen(websocket, app)
    finally:
        if connection in app.connections:
            app.connections.remove(connection)
        slack.changed("app", id=app.id)


def _hello(slack: Workspace, app: App) -> Json:
    return {
        "type": "hello",
        "num_connections": len(app.connections),
        "connection_info": {"app_id": app.id},
        "debug_info": {
            "host": "applink-1",
            "started": f"{slack.clock.now():.3f}",
            "build_number": 1,
            "approximate_connection_time": 18060,
        },
    }


async def _listen(websocket: WebSocket, app: App) -> None:
    try:
        while True:
            _acknowledged(app, await websocket.receive_text())
    except (WebSocketDisconnect, RuntimeError, KeyError):
        return


def _acknowledged(app: App, text: str) -> None:
    # Matched per app: after a reconnection an acknowledgement arrives on another connection.
    try:
        frame = json.loads(text)
    except ValueError:
        return
    if isinstance(frame, dict):
        waiting = app.pending.pop(frame.get("envelope_id", ""), None)
        if waiting and not waiting.done():
            waiting.set_result(frame.get("payload"))
