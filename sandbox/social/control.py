"""What a test or the practice page may ask of a practice network, beside its own calls."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from starlette.routing import Route

from sandbox import network_controls
from sandbox.network_controls import Control
from sandbox.social.store import Post, Store


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
    "timeline": timeline,
    "ledger": ledger,
    "switches": switches,
    "keys": keys,
    "reset": reset,
}


def control_routes(store: Store) -> list[Route]:
    return network_controls.control_routes(store.name, store, CONTROLS)
