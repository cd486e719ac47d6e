"""The record of a post on Bluesky: its key, how it is put, read and deleted."""

import hashlib
from datetime import UTC
from typing import Any

from coop.publishing import Attempt
from publishers.bluesky import media
from publishers.bluesky import text as bluesky_text
from publishers.json_api import Call

COLLECTION = "app.bsky.feed.post"
_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
_KEYS_FROM = 1_640_995_200_000_000  # 2022, in microseconds: 47 bits later is still in the past
Json = dict[str, Any]


def record_key(attempt: Attempt) -> str:
    """The same for every attempt at one delivery with the same words: a TID, as the collection asks.

    https://atproto.com/specs/tid: 53 bits of microseconds and 10 of a clock's number, in 13 letters. Here
    both come out of a hash, so it tells no time.
    """
    made_of = f"{attempt.delivery_id}\n{attempt.content.text}"
    for image in attempt.content.images:
        made_of += f"\n{image.sha256} {image.alt_text}"
    bits = int.from_bytes(hashlib.sha256(made_of.encode()).digest()[:8], "big") >> 7
    number = (_KEYS_FROM + (bits >> 10)) << 10 | (bits & 1023)
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))


def put(did: str, attempt: Attempt, images: list[Json]) -> Call:
    """Only if nothing is there."""
    made = attempt.started_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    text = attempt.content.text
    record = {
        "$type": COLLECTION,
        "text": text,
        "createdAt": made,
        "facets": bluesky_text.facets(text),
        **media.embed(images),
    }
    place = {"repo": did, "collection": COLLECTION, "rkey": record_key(attempt)}
    body = {**place, "record": record, "swapRecord": None}
    return Call("POST", "/xrpc/com.atproto.repo.putRecord", body=body)


def get(did: str, attempt: Attempt) -> Call:
    place = {"repo": did, "collection": COLLECTION, "rkey": record_key(attempt)}
    return Call("GET", "/xrpc/com.atproto.repo.getRecord", query=place)


def delete(did: str, key: str) -> Call:
    """https://docs.bsky.app/docs/api/com-atproto-repo-delete-record: "or ensure it doesn't exist"."""
    place = {"repo": did, "collection": COLLECTION, "rkey": key}
    return Call("POST", "/xrpc/com.atproto.repo.deleteRecord", body=place)


def key_of(uri: str | None, did: str) -> str | None:
    """The key of a post of ours, which the address of its record ends in."""
    before, _, key = (uri or "").rpartition("/")
    return key if before == f"at://{did}/{COLLECTION}" else None
