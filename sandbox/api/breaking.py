"""How an answer of the Web API fails to arrive, when a fault was ordered."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass

from starlette.requests import Request
from starlette.types import Receive, Send

from sandbox import wire
from sandbox.faults import Fault

INSTEAD = frozenset({"status", "html", "redirect", "rate_limited", "error", "hang", "reset_before"})
AFTER = frozenset({"status_after", "html_after"})
_SILENT = frozenset({"hang", "hang_after", "drop_after", "reset_before", "reset_after"})
_DRIP_SECONDS = 0.05


@dataclass
class Reply:
    status: int
    body: bytes
    headers: dict[str, str]


async def before(fault: Fault) -> None:
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)


def instead(fault: Fault, request: Request) -> Reply:
    """What the caller is told in place of the truth."""
    kind = fault.kind.removesuffix("_after")
    if kind == "html":
        page = b"<!doctype html><title>Slack</title><p>Something went wrong."
        return Reply(200, page, {"content-type": "text/html; charset=utf-8"})
    if kind == "redirect":
        return Reply(307, b"", {"location": str(request.url)})
    if kind == "rate_limited":
        return _json(429, {"ok": False, "error": "ratelimited"}, {"retry-after": str(fault.retry_after)})
    if kind == "error":
        details: dict[str, object] = {"errors": fault.errors} if fault.errors else {}
        return _json(200, {"ok": False, "error": fault.error, **details}, {})
    return _json(fault.status, {"ok": False, "error": "service_unavailable"}, {})


def _json(status: int, body: dict[str, object], headers: dict[str, str]) -> Reply:
    return Reply(
        status, json.dumps(body).encode(), headers | {"content-type": "application/json; charset=utf-8"}
    )


async def write(reply: Reply, fault: Fault | None, receive: Receive, send: Send) -> None:
    kind = fault.kind if fault else ""
    if kind in _SILENT:
        await _silence(kind, fault.seconds if fault else 0, receive)
        return
    await _start(reply, send)
    if fault and kind == "drip":
        await wire.drip(reply.body, fault.seconds or _DRIP_SECONDS, receive, send)
    elif kind == "cut":
        half = reply.body[: len(reply.body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        wire.transport(receive).close()
        await wire.gone(receive)
    else:
        await send({"type": "http.response.body", "body": reply.body})


async def _silence(kind: str, seconds: float, receive: Receive) -> None:
    if kind.startswith("hang"):
        await wire.gone(receive, seconds)
    connection = wire.transport(receive)
    if kind.startswith("reset"):
        wire.reset(connection)
    else:
        connection.close()
    await wire.gone(receive)


async def _start(reply: Reply, send: Send) -> None:
    headers = reply.headers | {"content-length": str(len(reply.body))}
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": reply.status, "headers": pairs})
