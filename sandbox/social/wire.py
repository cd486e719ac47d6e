"""Where a request comes in: noted, broken if a test asks, and answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from sandbox.social.store import Store
from sandbox.x import breaking
from sandbox.x.asked import Answer
from sandbox.x.entities import Received
from sandbox.x.faults import BREAKS, TIMELINES, Fault

_HTML = {"content-type": "text/html; charset=utf-8"}
_RESET_SECONDS = 120.0


@dataclass(frozen=True)
class Asked:
    """Header names are lower case; `body` has the fields of a JSON object or of a form, `files` its files."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: Mapping[str, Any]
    raw: bytes = b""
    files: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def token(self) -> str:
        return self.headers.get("authorization", "").removeprefix("Bearer ")


class Refusal(Exception):
    """Raised from any depth and written by the wire."""

    def __init__(self, status: int, body: object, headers: dict[str, str] | None = None) -> None:
        super().__init__(status)
        self.answer = answer(body, status, headers)


Act = Callable[[Asked], Answer]


def answer(
    body: object, status: int = 200, headers: dict[str, str] | None = None, *, post_id: str | None = None
) -> Answer:
    kind = {"content-type": "application/json; charset=utf-8"}
    return Answer(status, json.dumps(body, ensure_ascii=False).encode(), kind | (headers or {}), post_id)


@dataclass(frozen=True)
class Refusals:
    """How one network says what a fault makes it say. `too_many` is given the reset in seconds since 1970."""

    unauthorized: Answer
    forbidden: Answer
    too_many: Callable[[float], Answer]
    wrong: Answer
    missing: Answer


@dataclass(frozen=True)
class Resource:
    """One path of an API, an ASGI application of its own."""

    store: Store
    template: str
    acts: Mapping[str, Act]
    refusals: Refusals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            body = await request.body()
        except ClientDisconnect:  # half a request is none
            return
        entry = self.store.note(request.method, request.url.path, body)
        fault = self.store.faults.take(f"{request.method} {self.template}")
        asked = await _asked(request, body)
        if fault is None:
            await _write(self._answer(asked, entry), entry, send)
            return
        entry.fault = f"{fault.kind} {fault.when}"
        told = self._instead(fault)
        if fault.when == "after" or fault.kind in TIMELINES:
            kept = self._answer(asked, entry)
            told = kept if fault.kind in BREAKS else told
        if fault.kind in BREAKS:
            await breaking.spoil(fault, told, receive, send)
        else:
            await _write(told, entry, send)

    def _answer(self, asked: Asked, entry: Received) -> Answer:
        act = self.acts.get(entry.method)
        if act is None:
            return answer({"error": "Not Found"}, 404)
        try:
            told = act(asked)
        except Refusal as refused:
            return refused.answer
        entry.accepted, entry.post_id = True, told.post_id
        return told

    def _instead(self, fault: Fault) -> Answer:
        """What the client is told in place of the truth."""
        told = {
            "redirect": Answer(307, b"", {"location": "/"}),
            "html": Answer(200, b"<!doctype html><title>Welcome</title>", _HTML),
            "unavailable_html": Answer(503, b"<html><body><h1>503</h1></body></html>", _HTML),
            "unavailable_empty": Answer(503, b""),
            "rate_limited": self.refusals.too_many(self.store.now() + (fault.seconds or _RESET_SECONDS)),
            "unauthorized": self.refusals.unauthorized,
            "forbidden": self.refusals.forbidden,
            "wrong": self.refusals.wrong,
            "missing": self.refusals.missing,
        }
        return told.get(fault.kind) or answer({"error": "Service Unavailable"}, 503)


async def _write(told: Answer, entry: Received, send: Send) -> None:
    entry.status = told.status
    await breaking.write(told, send)


async def _asked(request: Request, body: bytes) -> Asked:
    fields, files = dict(_object(body)), {}
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form() as form:
            for name, part in form.multi_items():
                if isinstance(part, str):
                    fields[name] = part
                else:
                    files[name] = await part.read()
    return Asked(request.path_params, request.query_params, request.headers, fields, body, files)


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        read = json.loads(body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
