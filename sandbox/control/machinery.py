"""Apps, the clock, faults, connections, replays."""

from __future__ import annotations

import asyncio
from typing import Any

from sandbox import installing
from sandbox.acts import commanding, viewing
from sandbox.acts.watching import Watch
from sandbox.answers import error, invalid
from sandbox.control import drawing
from sandbox.control.asked import need, post
from sandbox.delivery import leaving, socket
from sandbox.delivery.sending import Try, attempt
from sandbox.entities import Delivery, Json
from sandbox.faults import Fault
from sandbox.installation import App
from sandbox.workspace import Workspace

_FAULT_FIELDS = ("times", "seconds", "status", "retry_after", "error", "errors")
_REASONS = {
    "warning": "warning",
    "refresh": "refresh_requested",
    "disabled": "link_disabled",
    "too_many": "too_many_websockets",
}


async def install(slack: Workspace, asked: Json) -> Json:
    wish = installing.Wish(
        manifest=asked.get("manifest") or {},
        request_url=asked.get("request_url"),
        signing_secret=str(asked.get("signing_secret") or ""),
        bot_token=str(asked.get("bot_token") or ""),
        app_token=str(asked.get("app_token") or ""),
        channels=list(asked.get("channels") or []),
        extra_commands=[installing.extra_command(each) for each in asked.get("extra_commands") or []],
    )
    return {"ok": True, **installing.summary(slack, installing.install(slack, wish))}


async def uninstall(slack: Workspace, asked: Json) -> Json:
    installing.uninstall(slack, _app(slack, asked).id)
    return {"ok": True}


async def verify(slack: Workspace, asked: Json) -> Json:
    """Slack's handshake with the request URL."""
    app = _app(slack, asked)
    if not app.request_url:
        raise invalid("this app has no request_url")
    return {"ok": True, "verified": await installing.answers_challenge(slack, app)}


async def request_url(slack: Workspace, asked: Json) -> Json:
    """Deliver over HTTP to `request_url`, or with null over Socket Mode."""
    app = _app(slack, asked)
    app.request_url = asked.get("request_url")
    return {"ok": True, "request_url": app.request_url}


async def revoke(slack: Workspace, asked: Json) -> Json:
    app = _app(slack, asked)
    sent = leaving.revoke(slack, app)
    return {"ok": True, "deliveries": [each.id for each in sent]}


async def clock(slack: Workspace, asked: Json) -> Json:
    """advance: seconds; set: an instant to stand still at; real: true. What is on its way
    arrives first, and whatever has become due happens before the answer.

    `answer_within` changes the three seconds a bot has; `date_skew` shifts the Date header of the Web API.
    """
    await slack.settled()
    if "set" in asked:
        slack.clock.stand_still(float(asked["set"]))
    if asked.get("real"):
        slack.clock.run()
    if "advance" in asked:
        slack.clock.advance(float(asked["advance"]))
    slack.patience = float(asked.get("answer_within", slack.patience))
    slack.date_skew = float(asked.get("date_skew", slack.date_skew))
    slack.timetable.run_due()
    await slack.settled()
    return {"ok": True, "now": slack.clock.now()}


async def faults(slack: Workspace, asked: Json) -> Json:
    """Method (or * or response_url) or delivery, kind, and times, seconds, status, retry_after, error."""
    if asked.get("clear"):
        slack.faults.clear()
    target = f"delivery:{asked['delivery']}" if "delivery" in asked else str(asked.get("method") or "")
    if target:
        given: dict[str, Any] = {
            name: asked[name]
            for name in ("times", "seconds", "status", "retry_after", "error", "errors")
            if name in asked
        }
        slack.faults.order(Fault(target, need(asked, "kind")[0], **given))
    return {"ok": True}


async def limits(slack: Workspace, asked: Json) -> Json:
    slack.limits.on = bool(asked.get("on", True))
    return {"ok": True, "on": slack.limits.on}


async def sockets(slack: Workspace, asked: Json) -> Json:
    """do: warning, refresh, disabled, too_many (a farewell to each connection), or drop_all."""
    app, act = _app(slack, asked), need(asked, "do")[0]
    connections = list(app.connections)
    for connection in connections:
        if act in ("drop_all", "disconnect"):
            await connection.close()
        elif act in _REASONS:
            await connection.send(socket.farewell(_REASONS[act]))
        else:
            raise invalid(f"do: one of drop_all, disconnect, {', '.join(_REASONS)}")
    return {"ok": True, "connections": len(connections)}


async def redeliver(slack: Workspace, asked: Json) -> Json:
    """Send an earlier delivery again, byte for byte, `times` times, all at once with `concurrently`.

    By its id, or the last one (of `kind`). `same_timestamp` keeps the first one's signature as well.
    """
    delivery = _delivery(slack, asked)
    stamp = delivery.timestamp if asked.get("same_timestamp") else ""
    number = int(asked.get("retry_num", 1 if delivery.kind == "event" else 0))
    which = Try(number, "http_timeout" if number else "", stamp)
    again = [_again(slack, delivery, which) for _ in range(int(asked.get("times", 1)))]
    if asked.get("concurrently"):
        outcomes = list(await asyncio.gather(*again))
    else:
        outcomes = [await each for each in again]
    return {"ok": True, "id": delivery.id, "outcomes": outcomes}


async def _again(slack: Workspace, delivery: Delivery, which: Try) -> Json:
    watch = Watch(slack, delivery.user)
    if delivery.kind == "command":
        return drawing.outcome(slack, await commanding.deliver_command(slack, delivery, watch))
    if delivery.kind == "submission":
        return drawing.outcome(slack, await viewing.deliver_submission(slack, delivery, watch))
    answer = await attempt(slack, delivery, which)
    outcome = watch.outcome([delivery])
    outcome.error = "" if answer.ok else answer.outcome
    return drawing.outcome(slack, outcome) | {"status": answer.status}


def _delivery(slack: Workspace, asked: Json) -> Delivery:
    wanted = asked.get("event_id") or asked.get("id") or "last"
    kind = asked.get("kind")
    for delivery in reversed(slack.deliveries):
        if wanted == delivery.id or (wanted == "last" and kind in (None, delivery.kind)):
            return delivery
    raise error("delivery_not_found")


def _app(slack: Workspace, asked: Json) -> App:
    wanted = asked.get("app_id")
    app = slack.apps.get(wanted) if wanted else slack.newest_app()
    if app is None:
        raise error("app_not_found")
    return app


ROUTES = [
    post("install", install),
    post("uninstall", uninstall),
    post("verify", verify),
    post("request-url", request_url),
    post("revoke", revoke),
    post("clock", clock),
    post("faults", faults),
    post("limits", limits),
    post("socket", sockets),
    post("redeliver", redeliver),
]
