"""Reading what is asked of a control route, and answering it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.answers import SlackError, invalid
from sandbox.entities import Json
from sandbox.workspace import Workspace

Control = Callable[[Workspace, Json], Awaitable[Json]]


def post(path: str, control: Control) -> Route:
    return Route(f"/control/{path}", _endpoint(control), methods=["POST"])


def get(path: str, control: Control) -> Route:
    return Route(f"/control/{path}", _endpoint(control), methods=["GET"])


def need(asked: Json, *names: str) -> list[str]:
    """The named fields as text. Raises invalid_arguments naming every one that is missing."""
    missing = [name for name in names if asked.get(name) in (None, "")]
    if missing:
        raise invalid(*(f"missing required field: {name}" for name in missing))
    return [str(asked[name]) for name in names]


def _endpoint(control: Control) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        slack: Workspace = request.app.state.slack
        try:
            return JSONResponse(await control(slack, await _asked(request)))
        except SlackError as refused:
            return JSONResponse(refused.body(), 400)

    return endpoint


async def _asked(request: Request) -> Json:
    if request.method == "GET":
        return dict(request.query_params)
    raw = await request.body()
    try:
        asked = json.loads(raw) if raw else {}
    except ValueError as wrong:
        raise invalid("must be valid JSON") from wrong
    if not isinstance(asked, dict):
        raise invalid("must be an object")
    return asked
