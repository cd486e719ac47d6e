"""Slack's end of the wire for tests of the door: a real server on loopback that notes what it is asked.

It believes everything, forged triggers included; what Slack would refuse is tested in the practice workspace.
"""

import itertools
import json
import threading
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

HOME, ELSEWHERE = "T0HOME", "T0ELSEWHERE"
SHOWING = ("views.open", "views.update", "views.push", "views.publish", "response_url", "chat.postEphemeral")


@dataclass
class Slack:
    """`calls` are (method, arguments) in order; `people` is what users.info adds about somebody."""

    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    url: str = ""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def application(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/api/{method}", self._asked, methods=["GET", "POST"]),
                Route("/response", self._responded, methods=["POST"]),
            ]
        )

    def shown(self, *, since: int = 0) -> list[dict[str, Any]]:
        """Views, ephemeral messages and answers to a response_url that people were shown."""
        return [given.get("view", given) for method, given in self.calls[since:] if method in SHOWING]

    async def _asked(self, request: Request) -> JSONResponse:
        method = request.path_params["method"]
        given = await _arguments(request)
        self._note(method, given)
        return JSONResponse({"ok": True, **self._answer(method, given)})

    async def _responded(self, request: Request) -> JSONResponse:
        self._note("response_url", await request.json())
        return JSONResponse({"ok": True})

    def _note(self, method: str, given: dict[str, Any]) -> None:
        with self._lock:
            self.calls.append((method, given))

    def _answer(self, method: str, given: dict[str, Any]) -> dict[str, Any]:
        number = next(self._numbers)
        match method:
            case "users.info":
                known = {"team_id": HOME, "tz": "Europe/London", **self.people.get(given["user"], {})}
                return {
                    "user": {"id": given["user"], "profile": {"real_name": given["user"].title()}, **known}
                }
            case "conversations.open":
                return {"channel": {"id": f"D{given['users'][1:]}"}}
            case "views.open" | "views.push" | "views.update":
                return {"view": {"id": f"VIEW{number}", **given["view"]}}
            case "chat.postMessage":
                return {"channel": given["channel"], "ts": f"1806000000.{number:06d}"}
        return {}


async def _arguments(request: Request) -> dict[str, Any]:
    if "json" in request.headers.get("content-type", ""):
        given = await request.json()
    else:
        given = dict(await request.form())
    for name in ("view", "blocks", "metadata"):
        if isinstance(given.get(name), str):
            given[name] = json.loads(given[name])
    return dict(given)
