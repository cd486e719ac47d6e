"""Uploads, in one request or in pieces, and the text that describes a picture."""

from __future__ import annotations

import base64
import binascii

from sandbox.x import prices, schema
from sandbox.x.answers import forbidden, invalid, no_credits
from sandbox.x.asked import Answer, Asked, answer
from sandbox.x.entities import Json, Media
from sandbox.x.limits import DAY
from sandbox.x.store import XStore

_MIB = 1024 * 1024
_MOST = {"tweet_image": 5 * _MIB, "tweet_gif": 15 * _MIB, "tweet_video": 512 * _MIB}
_KINDS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif", b"RIFF": "image/webp"}


def upload(store: XStore, asked: Asked) -> Answer:
    fields, content = _content(asked, schema.UPLOAD)
    kind = next((name for start, name in _KINDS.items() if content.startswith(start)), "")
    if not kind:
        raise invalid("media", "", "The type of the media could not be determined.")
    media = _begin(store, asked, kind, str(fields["media_category"]))
    media.segments[0] = content
    return _complete(store, media)


def initialize(store: XStore, asked: Asked) -> Answer:
    fields = schema.require(asked.json(), schema.INITIALIZE)
    media = _begin(store, asked, str(fields["media_type"]), str(fields.get("media_category", "tweet_image")))
    media.total_bytes = int(str(fields["total_bytes"]))
    return answer({"data": {"id": media.id, "media_key": media.key, "expires_after_secs": DAY}})


def append(store: XStore, asked: Asked) -> Answer:
    media = _owned(store, asked, asked.path["id"])
    fields, content = _content(asked, schema.APPEND)
    if media.complete_at is not None:
        raise invalid("id", media.id, "The media has been finalized already.")
    media.segments[int(str(fields["segment_index"]))] = content
    return answer({"data": {"expires_at": int(media.expires_at)}})


def finalize(store: XStore, asked: Asked) -> Answer:
    media = _owned(store, asked, asked.path["id"])
    if sorted(media.segments) != list(range(len(media.segments))) or len(media.content) != media.total_bytes:
        raise invalid("id", media.id, "Segments do not add up to provided total file size.")
    return _complete(store, media)


def status(store: XStore, asked: Asked) -> Answer:
    media = _owned(store, asked, asked.query.get("media_id", ""))
    if media.unread > 0:
        media.unread -= 1
    return answer({"data": {**_described(store, media), "processing_info": _processing(media)}})


def describe(store: XStore, asked: Asked) -> Answer:
    fields = schema.require(asked.json(), schema.METADATA)
    media = _owned(store, asked, str(fields["id"]))
    if not store.credits.covers(prices.ALT_TEXT):
        raise no_credits(asked.app.owner_id)
    store.credits.spend(prices.ALT_TEXT)
    metadata = fields.get("metadata")
    alt = metadata.get("alt_text") if isinstance(metadata, dict) else None
    media.alt_text = str(alt["text"]) if isinstance(alt, dict) else ""
    kept: Json = {"alt_text": {"text": media.alt_text}}
    return answer({"data": {"id": media.id, "associated_metadata": kept}})


def _begin(store: XStore, asked: Asked, kind: str, category: str) -> Media:
    media = Media(store.new_id(), asked.account.id, kind, category, store.now() + DAY)
    store.media[media.id] = media
    return media


def _complete(store: XStore, media: Media) -> Answer:
    if len(media.content) > _MOST.get(media.category, 5 * _MIB):
        raise forbidden("The media is larger than its category allows.")
    media.complete_at, media.total_bytes = store.now(), len(media.content)
    media.unread = store.reading
    working: Json = {"processing_info": _processing(media)} if media.unread else {}
    return answer({"data": {**_described(store, media), **working}})


def _processing(media: Media) -> Json:
    if media.complete_at is None or media.unread > 0:
        return {"state": "pending", "check_after_secs": 0.1}
    return {"state": "failed" if media.unread else "succeeded"}


def _described(store: XStore, media: Media) -> Json:
    left = max(0, int(media.expires_at - store.now()))
    return {"id": media.id, "media_key": media.key, "size": media.total_bytes, "expires_after_secs": left}


def _owned(store: XStore, asked: Asked, media_id: str) -> Media:
    media = store.media.get(media_id)
    if media is None or media.owner_id != asked.account.id:
        raise invalid("id", media_id, "The media ID is not valid.")
    return media


def _content(asked: Asked, shape: schema.Shape) -> tuple[Json, bytes]:
    """Fields and bytes: raw in a multipart body, base64 in JSON."""
    if asked.is_form:
        fields: Json = {**asked.form, "media": ""}
        if asked.form.get("segment_index", "").isdecimal():
            fields["segment_index"] = int(asked.form["segment_index"])
        return schema.require(fields, shape), asked.files.get("media", b"")
    fields = schema.require(asked.json(), shape)
    try:
        return fields, base64.b64decode(str(fields["media"]), validate=True)
    except (binascii.Error, ValueError) as odd:
        raise invalid("media", "", "$.media: is not base64") from odd
