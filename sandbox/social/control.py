"""What a test or the practice page may ask of a practice network, beside its own calls."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.social.store import Post, Store
from sandbox.x.faults import Fault

Control = Callable[[Store, dict[str, Any]], object]


def faults(store: Store, asked: dict[str, Any]) -> object:
    """Ask for one with the fields of Fault, or {"clear": true}. Answers with those still waiting."""
    if asked.pop("clear", False):
        store.faults.clear()
    if asked:
        store.faults.add(Fault(**asked))
    return [asdict(fault) for fault in store.faults.waiting]


def clock(store: Store, asked: dict[str, Any]) -> object:
    """{"advance": seconds}, {"stand_still": seconds since 1970} or {"run": true}."""
    if "stand_still" in asked:
        store.clock.stand_still(float(asked["stand_still"]))
    if "advance" in asked:
        store.clock.advance(float(asked["advance"]))
    if asked.get("run"):
        store.clock.run()
    return {"now": store.now()}


def timeline(store: Store, asked: dict[str, Any]) -> object:
    """Every post there really is, oldest first. {"text"} posts by hand, {"delete": id} takes one down."""
    if "text" in asked:
        store.add_post(asked["text"])
    if "delete" in asked:
        store.delete(asked["delete"])
    return [_truth(store, post) for post in store.posts.values() if not post.deleted]


def _truth(store: Store, post: Post) -> dict[str, Any]:
    pictures = [
        {"id": shown.id, "content_type": shown.content_type, "size": shown.size, "alt_text": shown.alt_text}
        for shown in store.shown(post)
    ]
    return {**asdict(post), "media": pictures}


def ledger(store: Store, asked: dict[str, Any]) -> object:
    """Every request received, in order."""
    del asked
    return [asdict(entry) for entry in store.received]


def switches(store: Store, asked: dict[str, Any]) -> object:
    """`lag`: seconds until readers see a post; `most`: characters of a post; `reading`: how often a client
    has to ask until a picture has been read.
    """
    for name in asked.keys() & {"lag", "most", "reading"}:
        setattr(store, name, asked[name])
    return {name: getattr(store, name, None) for name in ("lag", "most", "reading")}


def keys(store: Store, asked: dict[str, Any]) -> object:
    """What a bot that posts here needs to know, beside the address."""
    del asked
    return store.environment()


def reset(store: Store, asked: dict[str, Any]) -> object:
    """Everything as at the start, the clock included."""
    del asked
    store.clock.run()
    store.reset()
    return {"posts": len(store.posts)}


CONTROLS: dict[str, Control] = {
    "faults": faults,
    "clock": clock,
    "timeline": timeline,
    "ledger": ledger,
    "switches": switches,
    "keys": keys,
    "reset": reset,
}


def control_routes(store: Store) -> list[Route]:
    """GET reads; POST takes a JSON object, changes, and answers with what is so now."""
    return [
        Route(f"/control/{store.name}/{name}", _endpoint(store, control), methods=["GET", "POST"])
        for name, control in CONTROLS.items()
    ]


def _endpoint(store: Store, control: Control) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        body = await request.body()
        try:
            asked = json.loads(body) if request.method == "POST" and body else {}
            return JSONResponse(control(store, asked))
        except (ValueError, TypeError, KeyError, AttributeError) as odd:
            return JSONResponse({"error": f"{type(odd).__name__}: {odd}"}, status_code=400)

    return endpoint
