"""What a person sees, and what travelled."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from sandbox import seen
from sandbox.acts.watching import room
from sandbox.control import drawing
from sandbox.control.asked import get, need
from sandbox.entities import Json
from sandbox.workspace import Workspace

_HEARTBEAT = 15.0


async def people(slack: Workspace, _: Json) -> Json:
    return {"ok": True, "people": [drawing.person(person) for person in slack.people.values()]}


async def conversations(slack: Workspace, asked: Json) -> Json:
    """Those of one person, or all."""
    user = asked.get("user")
    found = seen.conversations(slack, user) if user else list(slack.channels.values())
    return {"ok": True, "conversations": [asdict(each) | {"members": list(each.members)} for each in found]}


async def conversation(slack: Workspace, asked: Json) -> Json:
    user, channel = need(asked, "user", "channel")
    where = room(slack, user, channel)
    found = seen.conversation(slack, user, where.id)
    return {"ok": True, "channel": where.id, "messages": drawing.messages(slack, found)}


async def home(slack: Workspace, asked: Json) -> Json:
    return {"ok": True, "view": drawing.view(slack, seen.home(slack, need(asked, "user")[0]))}


async def views(slack: Workspace, asked: Json) -> Json:
    stack = seen.modals(slack, need(asked, "user")[0])
    return {"ok": True, "views": [drawing.view(slack, view) for view in stack]}


async def commands(slack: Workspace, _: Json) -> Json:
    return {"ok": True, "commands": [asdict(command) for _, command in seen.commands(slack)]}


async def ledger(slack: Workspace, asked: Json) -> Json:
    wanted = asked.get("method")
    calls = [drawing.call(call) for call in slack.ledger if wanted in (None, call.method)]
    return {"ok": True, "calls": calls}


async def deliveries(slack: Workspace, asked: Json) -> Json:
    kind, after = asked.get("kind"), asked.get("after")
    found = [each for each in slack.deliveries if kind in (None, each.kind)]
    if after:
        ids = [each.id for each in found]
        found = found[ids.index(after) + 1 :] if after in ids else found
    return {"ok": True, "deliveries": [drawing.delivery(each) for each in found]}


async def apps(slack: Workspace, _: Json) -> Json:
    return {
        "ok": True,
        "apps": [
            {
                "app_id": app.id,
                "name": app.name,
                "bot_user_id": app.bot_user,
                "connections": len(app.connections),
                "waiting": len(app.backlog),
                "revoked": app.revoked,
                "request_url": app.request_url,
            }
            for app in slack.apps.values()
        ],
    }


async def file(request: Request) -> Response:
    slack: Workspace = request.app.state.slack
    found = slack.files.get(request.path_params["id"])
    if found is None or found.content is None:
        return JSONResponse({"ok": False, "error": "file_not_found"}, 404)
    return Response(found.content, media_type=found.mimetype)


async def stream(request: Request) -> Response:
    """Server-sent events: one per change, as {"kind", "channel", "user", "id"}."""
    slack: Workspace = request.app.state.slack
    return StreamingResponse(_changes(slack), media_type="text/event-stream")


async def _changes(slack: Workspace) -> AsyncIterator[str]:
    queue = slack.subscribe()
    try:
        yield ": listening\n\n"
        while True:
            try:
                async with asyncio.timeout(_HEARTBEAT):
                    change = await queue.get()
                if change.kind == "stop":
                    return
                yield f"data: {json.dumps(asdict(change))}\n\n"
            except TimeoutError:
                yield ": still here\n\n"
    finally:
        slack.unsubscribe(queue)


ROUTES = [
    get("people", people),
    get("conversations", conversations),
    get("conversation", conversation),
    get("home", home),
    get("views", views),
    get("commands", commands),
    get("ledger", ledger),
    get("deliveries", deliveries),
    get("apps", apps),
    Route("/control/files/{id}", file),
    Route("/control/stream", stream),
]
