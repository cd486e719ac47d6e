"""What a test or the practice page may ask of the practice X, beside X's own calls."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from starlette.routing import Route

from sandbox import network_controls
from sandbox.network_controls import Control
from sandbox.x import invented
from sandbox.x.entities import Json, Post
from sandbox.x.store import XStore


def timeline(store: XStore, asked: dict[str, Any]) -> object:
    """Every post there really is, oldest first. {"username", "text"} posts by hand, past every rule."""
    if asked:
        account = store.account_called(asked["username"])
        if account is None:
            raise KeyError(asked["username"])
        store.add_post(account.id, asked["text"])
    return [_truth(store, post) for post in store.posts.values()]


def _truth(store: XStore, post: Post) -> Json:
    return {
        "id": post.id,
        "username": store.accounts[post.author_id].username,
        "text": post.text,
        "created_at": post.created_at,
        "visible": post.visible_at <= store.now(),
        "deleted": post.deleted,
        "media": [
            {"id": m.id, "content_type": m.content_type, "size": m.total_bytes, "alt_text": m.alt_text}
            for m in post.media
        ],
    }


def ledger(store: XStore, asked: dict[str, Any]) -> object:
    """Every request received, in order."""
    del asked
    return [asdict(entry) for entry in store.received]


def credits_(store: XStore, asked: dict[str, Any]) -> object:
    """In tenths of a US cent. {"balance": 0} empties the purse."""
    if "balance" in asked:
        store.credits.balance = int(asked["balance"])
    return {"balance": store.credits.balance, "spent": store.credits.spent}


def lag(store: XStore, asked: dict[str, Any]) -> object:
    """{"seconds": n}: how long a post made from now on stays out of readers' sight."""
    if "seconds" in asked:
        store.lag = float(asked["seconds"])
    return {"seconds": store.lag}


def switches(store: XStore, asked: dict[str, Any]) -> object:
    """newer_names, own_replies, duplicate_window (seconds), long_posts (list of usernames), reading (how
    often a client has to ask until media have been read; -1: they never can be).
    """
    store.reading = int(asked.get("reading", store.reading))
    store.newer_names = bool(asked.get("newer_names", store.newer_names))
    store.own_replies = bool(asked.get("own_replies", store.own_replies))
    store.duplicate_window = float(asked.get("duplicate_window", store.duplicate_window))
    if "long_posts" in asked:
        found = (store.account_called(username) for username in asked["long_posts"])
        store.long_posts = {account.id for account in found if account}
    return {
        "newer_names": store.newer_names,
        "own_replies": store.own_replies,
        "reading": store.reading,
        "duplicate_window": store.duplicate_window,
        "long_posts": [store.accounts[account_id].username for account_id in sorted(store.long_posts)],
    }


def keys(store: XStore, asked: dict[str, Any]) -> object:
    """The environment of a bot that posts here, and the portal's tokens that post as somebody else."""
    del store, asked
    return {
        "X_API_KEY": invented.APP.key,
        "X_API_SECRET": invented.APP.secret,
        "X_ACCESS_TOKEN": invented.NETWORK_TOKEN.key,
        "X_ACCESS_TOKEN_SECRET": invented.NETWORK_TOKEN.secret,
        "X_HANDLE": invented.NETWORK.username,
        "portal": {
            "X_ACCESS_TOKEN": invented.PORTAL_TOKEN.key,
            "X_ACCESS_TOKEN_SECRET": invented.PORTAL_TOKEN.secret,
        },
    }


def reset(store: XStore, asked: dict[str, Any]) -> object:
    """{"all": true}: everything as at the start, the clock included."""
    if asked.get("all"):
        store.clock.run()
        store.reset()
    return {"posts": len(store.posts), "requests": len(store.received)}


CONTROLS: dict[str, Control] = {
    "timeline": timeline,
    "ledger": ledger,
    "credits": credits_,
    "lag": lag,
    "switches": switches,
    "keys": keys,
    "reset": reset,
}


def control_routes(store: XStore) -> list[Route]:
    return network_controls.control_routes("x", store, CONTROLS)
