"""The HTTP way in, the calendar, and the two addresses that hosts watch: /health and /ready."""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl

from slack_sdk.signature import SignatureVerifier
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.entrance.calendar import PATH, CalendarFeed
from bot.entrance.door import ACKNOWLEDGED, TRY_AGAIN, Answer, Door, Full, NotReady
from bot.entrance.shape import Malformed

EVENTS_PATH = "/slack/events"
LARGEST_BODY = 1024 * 1024
LONGEST_WAIT_SECONDS = 2.5
TIMESTAMP = re.compile(rb"[0-9]{1,12}")
SIGNATURE = re.compile(rb"v0=[0-9a-f]{64}")

# readiness() -> {} when ready, else {what: why not}
Readiness = Callable[[], Mapping[str, str]]


class Refused(Exception):
    """Not one of Slack's requests: the status says why, the body nothing."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class SlackEvents:
    """POST /slack/events: everything unsigned or malformed gets 4xx; only signed requests see 503 or 500."""

    def __init__(self, door: Door, signing_secret: str) -> None:
        self.door = door
        self._verifier = SignatureVerifier(signing_secret)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            _refuse_large(scope)
            body = await _body(receive)
            payload = self.verified(scope["headers"], body)
            answer = await self._answer(payload)
        except Refused as refused:
            answer = Answer(refused.status)
        await send(
            {
                "type": "http.response.start",
                "status": answer.status,
                "headers": [(b"content-type", answer.content_type.encode("latin-1", "replace"))],
            }
        )
        await send({"type": "http.response.body", "body": answer.body.encode()})

    def verified(self, headers: list[tuple[bytes, bytes]], body: bytes) -> Mapping[str, Any]:
        """The payload, once the signature over the raw bytes holds. Raises Refused."""
        stamp = signature = content_type = b""
        for name, value in headers:
            if name == b"x-slack-request-timestamp":
                stamp = value
            elif name == b"x-slack-signature":
                signature = value
            elif name == b"content-type":
                content_type = value
        # slack_sdk's verifier fails with 500 on a timestamp, signature or body it cannot read: look first.
        if not (TIMESTAMP.fullmatch(stamp) and SIGNATURE.fullmatch(signature)):
            raise Refused(401)
        try:
            if not self._verifier.is_valid(body, stamp.decode(), signature.decode()):
                raise Refused(401)
        except UnicodeDecodeError:
            raise Refused(401) from None
        return parsed(content_type, body)

    async def _answer(self, payload: Mapping[str, Any]) -> Answer:
        if payload.get("type") == "url_verification":
            challenge = payload.get("challenge")
            if not isinstance(challenge, str):
                raise Refused(400)
            return Answer(200, json.dumps({"challenge": challenge}), "application/json")
        if "ssl_check" in payload:
            return ACKNOWLEDGED
        try:
            taken = self.door.take(payload)
        except Malformed:
            raise Refused(400) from None
        except (Full, NotReady):
            return TRY_AGAIN
        return await _waited_for(taken) if isinstance(taken, Future) else taken


def parsed(content_type: bytes, body: bytes) -> Mapping[str, Any]:
    """Slack's two spellings: JSON, or a form whose field `payload` is JSON. Raises Refused(400 or 415)."""
    kind = content_type.partition(b";")[0].strip().lower()
    try:
        if kind == b"application/json":
            payload = json.loads(body)
        elif kind == b"application/x-www-form-urlencoded":
            fields = dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))
            payload = (
                fields if "payload" not in fields or "command" in fields else json.loads(fields["payload"])
            )
        else:
            raise Refused(415)
    except (ValueError, RecursionError):
        raise Refused(400) from None
    if not isinstance(payload, dict):
        raise Refused(400)
    return payload


def application(
    events: SlackEvents | None, readiness: Readiness, calendar: CalendarFeed | None = None
) -> ASGIApp:
    """`events` is None where Socket Mode is the only way in, `calendar` where nobody is heard."""

    async def health(_request: Request) -> Response:
        return Response("alive")

    async def ready(_request: Request) -> Response:
        missing = await asyncio.to_thread(readiness)
        return JSONResponse({"ready": not missing, "missing": missing}, status_code=503 if missing else 200)

    routes = [Route("/health", health), Route("/ready", ready)]
    if calendar is not None:
        routes.append(Route(PATH, calendar.answer))
    watched = Starlette(routes=routes)
    if events is None:
        return watched

    # Slack's requests go around Starlette, whose layers cost as much as a quiet message's signature.
    async def routed(scope: Scope, receive: Receive, send: Send) -> None:
        is_from_slack = scope["type"] == "http" and scope["path"] == EVENTS_PATH and scope["method"] == "POST"
        await (events if is_from_slack else watched)(scope, receive, send)

    return routed


async def _waited_for(taken: "Future[Answer]") -> Answer:
    """The act goes on when we stop waiting for it; its repetition by Slack gets the answer."""
    loop = asyncio.get_running_loop()
    answered: asyncio.Future[Answer] = loop.create_future()

    def settle(answer: Answer) -> None:
        if not answered.done():
            answered.set_result(answer)

    def tell(done: "Future[Answer]") -> None:
        with suppress(RuntimeError):  # nobody listens any more: the loop is closed
            loop.call_soon_threadsafe(settle, done.result())

    timer = loop.call_later(LONGEST_WAIT_SECONDS, settle, TRY_AGAIN)
    taken.add_done_callback(tell)
    try:
        return await answered
    finally:
        timer.cancel()


def _refuse_large(scope: Scope) -> None:
    for name, value in scope["headers"]:
        if name == b"content-length" and (not value.isdigit() or int(value[:12]) > LARGEST_BODY):
            raise Refused(413)


async def _body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body", False):
        return body
    pieces, size = [body], len(body)
    while message.get("more_body", False):
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400)
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > LARGEST_BODY:
            raise Refused(413)
    return b"".join(pieces)
