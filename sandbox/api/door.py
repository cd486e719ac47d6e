"""Where every call of the Web API comes in: noted, broken on request, authorised, counted, answered."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from email.utils import formatdate

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from sandbox.answers import RateLimited, SlackError, error, invalid
from sandbox.api import breaking
from sandbox.api.arguments import Arguments, read
from sandbox.api.breaking import Reply
from sandbox.api.registry import METHODS, Call, Method
from sandbox.entities import ApiCall, Json
from sandbox.installation import App
from sandbox.workspace import Workspace

Answering = Callable[[Workspace, Request, ApiCall], Awaitable[Reply]]
_SECRET = ("token", "client_secret", "refresh_token", "code")


class Door:
    """An ASGI application, since a fault may have to break the connection itself."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        with suppress(ClientDisconnect):
            await faulty(request, request.path_params["method"], _answered, send)


async def faulty(request: Request, name: str, act: Answering, send: Send) -> None:
    """Note the call, go wrong where a fault was ordered, and else answer what `act` says."""
    slack: Workspace = request.app.state.slack
    entry = ApiCall(slack.clock.now(), name, "", {})
    slack.ledger.append(entry)
    fault = slack.faults.take(name)
    if fault:
        entry.fault = fault.kind
        await breaking.before(fault)
    if fault and fault.kind in breaking.INSTEAD:
        reply = breaking.instead(fault, request)
    else:
        reply = await act(slack, request, entry)
    if fault and fault.kind in breaking.AFTER:
        reply = breaking.instead(fault, request)
    entry.status = reply.status
    await breaking.write(reply, fault, request.receive, send)


async def _answered(slack: Workspace, request: Request, entry: ApiCall) -> Reply:
    headers = _headers(slack)
    try:
        body = await _body(slack, request, entry, headers)
    except SlackError as refused:
        body, entry.error = refused.body(), refused.code
        if isinstance(refused, RateLimited):
            headers["retry-after"] = str(refused.seconds)
    entry.ok = body["ok"]
    status = 429 if entry.error == "ratelimited" else 200
    return Reply(status, json.dumps(body, ensure_ascii=False).encode(), headers)


async def _body(slack: Workspace, request: Request, entry: ApiCall, headers: dict[str, str]) -> Json:
    given = await read(request)
    token = _token(request, given)
    entry.arguments = {key: value for key, value in given.items() if key not in _SECRET}
    method = METHODS.get(entry.method)
    if method is None:
        raise error("unknown_method", req_method=entry.method)
    app = _authorised(slack, method, token)
    caller = "bot" if token == app.bot_token else "app"
    entry.app_id = app.id
    if caller == "bot":
        headers["x-oauth-scopes"] = ",".join(app.scopes)
        headers["x-accepted-oauth-scopes"] = ",".join(method.scopes)
    if wait := slack.limits.wait(f"{app.id} {method.name}", method.per_minute):
        raise RateLimited(wait)
    _within_scopes(method, app)
    missing = [name for name in method.needs if given.get(name) in (None, "")]
    if missing:
        raise invalid(*(f"missing required field: {name}" for name in missing))
    return method.act(Call(slack, app, Arguments(given), caller))


def _headers(slack: Workspace) -> dict[str, str]:
    return {
        "content-type": "application/json; charset=utf-8",
        "date": formatdate(time.time() + slack.date_skew, usegmt=True),
        "x-slack-req-id": secrets.token_hex(16),
    }


def _token(request: Request, given: Json) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else str(given.get("token") or "")


def _authorised(slack: Workspace, method: Method, token: str) -> App:
    """The app a token belongs to. Raises not_authed, invalid_auth, token_revoked, not_allowed_token_type."""
    if not token:
        raise error("not_authed")
    app = next((app for app in slack.apps.values() if token in (app.bot_token, app.app_token)), None)
    if app is None:
        raise error("invalid_auth")
    if app.revoked:
        raise error("token_revoked")
    if method.caller not in ("bot" if token == app.bot_token else "app", "any"):
        raise error("not_allowed_token_type")
    return app


def _within_scopes(method: Method, app: App) -> None:
    if method.scopes and not any(scope in app.scopes for scope in method.scopes):
        raise error("missing_scope", needed=",".join(method.scopes), provided=",".join(app.scopes))
