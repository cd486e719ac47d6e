"""Where an app answers later. Source: docs.slack.dev, handling user interaction, response_url.

Success is `ok` with status 200 and failure 404 with `used_url` or `expired_url`: third-party reports, not
confirmed by Slack's documentation.
"""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from sandbox import grants, responding
from sandbox.answers import SlackError, error
from sandbox.api.breaking import Reply
from sandbox.api.door import faulty
from sandbox.entities import ApiCall, Json
from sandbox.workspace import Workspace


class ResponseUrls:
    """An ASGI application, as the door of the Web API is."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await faulty(Request(scope, receive), "response_url", _answered, send)


async def _answered(slack: Workspace, request: Request, entry: ApiCall) -> Reply:
    try:
        where = grants.use(slack, request.path_params["id"])
        app = slack.apps.get(where.app_id)
        if app is None or app.revoked:
            raise error("expired_url")
        entry.app_id, entry.arguments = app.id, await _body(request)
        responding.answer(slack, app, where, entry.arguments)
    except SlackError as refused:
        entry.error = refused.code
        status = 404 if refused.code in ("used_url", "expired_url") else 400
        return Reply(status, json.dumps(refused.body()).encode(), {"content-type": "application/json"})
    entry.ok = True
    return Reply(200, b"ok", {"content-type": "text/html"})


async def _body(request: Request) -> Json:
    raw = await request.body()
    if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        async with request.form() as form:
            raw = str(form.get("payload", "{}")).encode()
    try:
        parsed = json.loads(raw)
    except ValueError as wrong:
        raise error("invalid_payload") from wrong
    if not isinstance(parsed, dict):
        raise error("invalid_payload")
    return parsed
