"""One attempt to hand something to a bot, over whichever way in it has."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from sandbox.delivery import socket
from sandbox.delivery.http import DeliveryFailed, HttpAnswer
from sandbox.delivery.signing import signature
from sandbox.entities import Attempt, Delivery, Json
from sandbox.installation import App
from sandbox.workspace import Workspace

_AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"


@dataclass(frozen=True)
class Try:
    """Which attempt this is; with `timestamp` the headers are those of an earlier one."""

    number: int = 0
    reason: str = ""
    timestamp: str = ""


@dataclass
class BotAnswer:
    """`outcome` is ok, one of Slack's retry reasons, or no_connection; `body` is parsed when it was JSON."""

    outcome: str
    status: int = 0
    body: Json | str | None = None
    no_retry: bool = False

    @property
    def ok(self) -> bool:
        return self.outcome == "ok"


async def attempt(slack: Workspace, delivery: Delivery, which: Try | None = None) -> BotAnswer:
    """Try once and record how it went. Waits at most three seconds (`slack.patience`)."""
    app, which = slack.apps[delivery.app_id], which or Try()
    way = "http" if app.request_url else "socket"
    record = Attempt(at=slack.clock.now(), number=which.number, way=way)
    delivery.attempts.append(record)
    began = time.monotonic()
    answer = await (_over_http if app.request_url else _over_socket)(slack, delivery, which)
    record.outcome, record.status = answer.outcome, answer.status
    record.seconds = round(time.monotonic() - began, 4)
    slack.changed("delivery", id=delivery.id)
    return answer


def encoded(delivery: Delivery) -> tuple[str, bytes]:
    """Content type and body as Slack sends them over HTTP."""
    if delivery.kind in ("event", "url_verification"):
        return "application/json", json.dumps(delivery.payload, ensure_ascii=False).encode()
    fields = delivery.payload if delivery.kind == "command" else {"payload": json.dumps(delivery.payload)}
    return "application/x-www-form-urlencoded", urlencode(fields).encode()


def _headers(app: App, delivery: Delivery, which: Try, content: tuple[str, bytes]) -> dict[str, str]:
    # Bots compare this with their own clock, so it is the wall's time whatever the workspace's clock says.
    delivery.timestamp = which.timestamp or str(int(time.time()))
    headers = {
        "Content-Type": content[0],
        "User-Agent": _AGENT,
        "Accept": "application/json,*/*",
        "X-Slack-Request-Timestamp": delivery.timestamp,
        "X-Slack-Signature": signature(app.signing_secret, delivery.timestamp, content[1]),
    }
    if which.number:
        headers |= {"X-Slack-Retry-Num": str(which.number), "X-Slack-Retry-Reason": which.reason}
    return headers


async def _over_http(slack: Workspace, delivery: Delivery, which: Try) -> BotAnswer:
    app = slack.apps[delivery.app_id]
    content = encoded(delivery)
    try:
        async with asyncio.timeout(slack.patience):
            url = app.request_url or ""
            answer = await slack.postman.post(url, _headers(app, delivery, which, content), content[1])
    except TimeoutError:
        return BotAnswer("http_timeout")
    except DeliveryFailed as failed:
        return BotAnswer(failed.reason)
    return _judged(answer)


def _judged(answer: HttpAnswer) -> BotAnswer:
    good = 200 <= answer.status < 300
    return BotAnswer(
        outcome="ok" if good else "http_error",
        status=answer.status,
        body=_body(answer) if good else None,
        no_retry=answer.headers.get("x-slack-no-retry") == "1",
    )


def _body(answer: HttpAnswer) -> Json | str | None:
    text = answer.body.decode("utf-8", "replace")
    if "json" not in answer.headers.get("content-type", "") or not text:
        return text or None
    try:
        parsed = json.loads(text)
    except ValueError:
        return text
    return parsed if isinstance(parsed, dict) else text


async def _over_socket(slack: Workspace, delivery: Delivery, which: Try) -> BotAnswer:
    app = slack.apps[delivery.app_id]
    waiting = await socket.send(app, delivery, socket.Resent(which.number, which.reason))
    if waiting is None:
        return BotAnswer("no_connection")
    try:
        async with asyncio.timeout(slack.patience):
            return BotAnswer("ok", body=await waiting.answer)
    except TimeoutError:
        return BotAnswer("http_timeout")
    finally:
        app.pending.pop(waiting.envelope_id, None)
