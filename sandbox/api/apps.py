from __future__ import annotations

from sandbox.answers import ok
from sandbox.api.registry import Call, method
from sandbox.delivery import socket
from sandbox.entities import Json


@method("apps.connections.open", caller="app")
def open_connection(call: Call) -> Json:
    return ok(url=socket.open_url(call.slack, call.app))
