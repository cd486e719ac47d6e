"""Server-sent events: which part of the workspace changed. The page then fetches what is new in it."""

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import StreamingResponse

from sandbox.entities import Change
from sandbox.workspace import Workspace

HEARTBEAT = 15.0
FOR_EVERYBODY = ""


async def changes(slack: Workspace, user: str) -> AsyncIterator[str]:
    """The changes that `user` can see. The first line tells the page that it is connected."""
    queue = slack.subscribe()
    try:
        yield "retry: 1000\nevent: connected\ndata: {}\n\n"
        while True:
            try:
                change = await asyncio.wait_for(queue.get(), HEARTBEAT)
            except TimeoutError:
                yield ": still here\n\n"
                continue
            if change.user in (FOR_EVERYBODY, user):
                yield _event(change)
    finally:
        slack.unsubscribe(queue)


def stream(slack: Workspace, request: Request) -> StreamingResponse:
    user = request.query_params.get("as", "")
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(changes(slack, user), media_type="text/event-stream", headers=headers)


def _event(change: Change) -> str:
    return f"event: change\ndata: {json.dumps({'kind': change.kind, 'channel': change.channel})}\n\n"
