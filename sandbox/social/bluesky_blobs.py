"""Blobs of the practice Bluesky: bytes that a record may name, by what they are."""

from __future__ import annotations

import hashlib
from typing import Any

from sandbox.social.store import Picture, Store, kind_of
from sandbox.social.wire import Asked, Refusal, answer
from sandbox.x.asked import Answer

MOST_UPLOADED = 5 * 1024 * 1024
MOST_IN_A_POST, MOST_BYTES = 4, 2_000_000
IMAGES = "app.bsky.embed.images"


def error(name: str, message: str, status: int = 400) -> Refusal:
    return Refusal(status, {"error": name, "message": message})


def upload(store: Store, asked: Asked) -> Answer:
    """The same bytes are the same blob. Their type is told from them; else it is what the client says."""
    if len(asked.raw) > MOST_UPLOADED:
        raise error("PayloadTooLarge", "request entity too large", 413)
    cid = f"bafkrei{hashlib.sha256(asked.raw).hexdigest()}"
    kind = kind_of(asked.raw) or asked.headers.get("content-type", "application/octet-stream")
    picture = store.pictures.setdefault(cid, Picture(cid, kind, asked.raw))
    blob = {"$type": "blob", "ref": {"$link": cid}, "mimeType": kind, "size": picture.size}
    return answer({"blob": blob})


def check(store: Store, record: dict[str, Any]) -> None:
    """Raises Refusal for pictures the real server would not take in a post."""
    embed = record.get("embed")
    if embed is None:
        return
    images = embed.get("images") if embed.get("$type") == IMAGES else None
    if not isinstance(images, list):
        raise error("InvalidRequest", "Invalid app.bsky.feed.post record: unknown embed")
    if len(images) > MOST_IN_A_POST:
        raise error("InvalidRequest", "Invalid app.bsky.feed.post record: array too big at $.embed.images")
    for each in images:
        _check_one(store, each)


def _check_one(store: Store, each: dict[str, Any]) -> None:
    picture = store.pictures.get(str(each["image"]["ref"]["$link"]))
    if not isinstance(each.get("alt"), str):
        raise error("InvalidRequest", 'Invalid app.bsky.feed.post record: Missing required key "alt"')
    if picture is None:
        raise error("BlobNotFound", "Could not find blob")
    if not picture.content_type.startswith("image/"):
        raise error(
            "InvalidMimeType", f"Wrong mimetype. It is {picture.content_type} but it must match image/*."
        )
    if picture.size > MOST_BYTES:
        raise error("BlobTooLarge", "This file is too large.")
