"""Faults on the wire: how an answer fails to arrive."""

from __future__ import annotations

import asyncio
import os
import socket
import struct

from starlette.types import Receive, Send

from sandbox.x import answers
from sandbox.x.asked import Answer, refusal
from sandbox.x.faults import BREAKS, Fault

_HTML = {"content-type": "text/html; charset=utf-8"}
_DRIP_SECONDS = 0.05
_RESET_SECONDS = 120.0


def instead(fault: Fault, now: float) -> Answer:
    """What the client is told in place of the truth."""
    reset = {
        "x-rate-limit-limit": "100",
        "x-rate-limit-remaining": "0",
        "x-rate-limit-reset": str(int(now + (fault.seconds or _RESET_SECONDS))),
    }
    told = {
        "redirect": Answer(307, b"", {"location": "/2/tweets"}),
        "html": Answer(200, b"<!doctype html><title>X</title><p>Something is happening.", _HTML),
        "unavailable_html": Answer(503, b"<html><body><h1>503 Service Unavailable</h1></body></html>", _HTML),
        "unavailable_empty": Answer(503, b"", {}),
        "rate_limited": refusal(answers.too_many(reset)),
        "duplicate": refusal(answers.duplicate()),
        "unauthorized": refusal(answers.unauthorized()),
        "no_credits": refusal(answers.no_credits("1700000000000000002")),
        "forbidden": refusal(answers.forbidden()),
        "locked": refusal(answers.locked()),
        "suspended": refusal(answers.suspended()),
        "read_only": refusal(answers.read_only()),
    }
    return told.get(fault.kind) or refusal(answers.unavailable())


async def write(answer: Answer, send: Send) -> None:
    await _start(answer, send)
    await send({"type": "http.response.body", "body": answer.body})


async def spoil(fault: Fault, answer: Answer, receive: Receive, send: Send) -> None:
    """Let `answer` fail to arrive whole, then wait until the connection is gone."""
    assert fault.kind in BREAKS  # noqa: S101 -- the wire asks for nothing else
    if fault.kind in {"cut", "drip"}:
        await _start(answer, send)
    if fault.kind == "cut":
        await send(
            {"type": "http.response.body", "body": answer.body[: len(answer.body) // 2], "more_body": True}
        )
    if fault.kind == "drip":
        await _drip(answer.body, fault.seconds or _DRIP_SECONDS, receive, send)
        return
    if fault.kind in {"cut", "drop"}:
        _transport(receive).close()
    if fault.kind == "reset":
        _reset(_transport(receive))
    await _gone(receive)


async def _start(answer: Answer, send: Send) -> None:
    headers = {**answer.headers, "content-length": str(len(answer.body))}
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": answer.status, "headers": pairs})


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _drip(body: bytes, seconds: float, receive: Receive, send: Send) -> None:
    gone = asyncio.ensure_future(_gone(receive))
    for index in range(len(body)):
        if (await asyncio.wait({gone}, timeout=seconds))[0]:
            return
        await send(
            {
                "type": "http.response.body",
                "body": body[index : index + 1],
                "more_body": index + 1 < len(body),
            }
        )
    gone.cancel()


def _transport(receive: Receive) -> asyncio.Transport:
    """The connection itself: uvicorn hands over a method of its own as `receive`."""
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is None:
        raise RuntimeError("faults on the wire need uvicorn, with no middleware that wraps `receive`")
    return transport  # type: ignore[no-any-return]


def _reset(transport: asyncio.Transport) -> None:
    """Close with RST in place of FIN."""
    # A duplicate, because event loops give out a wrapper that may not set options.
    same = socket.socket(fileno=os.dup(transport.get_extra_info("socket").fileno()))
    same.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    same.close()
    transport.abort()
