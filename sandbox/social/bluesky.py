"""The practice Bluesky: one server, one account, its repository of posts.

`putRecord` treats `swapRecord` as the real server does: null means "only if nothing is there", absent means
"whatever is there".
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sandbox.social import bluesky_blobs
from sandbox.social.bluesky_blobs import error
from sandbox.social.store import Picture, Post, Store
from sandbox.social.wire import Act, Asked, Refusals, answer
from sandbox.x.asked import Answer

DID, HANDLE = "did:plc:fenmarchpractice00000000", "fenmarch.example"
APP_PASSWORD = "abcd-efgh-ijkl-mnop"  # noqa: S105 -- invented
COLLECTION = "app.bsky.feed.post"
SESSION_SECONDS = 7_200
MOST_SIGN_INS, SIGN_IN_WINDOW = 30, 300
MOST, MOST_BYTES = 300, 3_000
_TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")


class BlueskyStore(Store):
    name, title, handle, owner = "bluesky", "Bluesky", HANDLE, "Fenmarch Digital Network"

    def reset(self) -> None:
        self.sessions: dict[str, float] = {}
        self.sign_ins: list[float] = []
        self.most = MOST
        super().reset()

    def links(self, post: Post) -> list[tuple[int, int]]:
        """Only what the record's facets say; nothing is a link by itself."""
        words = post.text.encode()
        return [
            (len(words[:start].decode()), len(words[:end].decode()))
            for facet in post.record.get("facets", ())
            if "uri" in facet["features"][0]
            for start, end in [(facet["index"]["byteStart"], facet["index"]["byteEnd"])]
        ]

    def shown(self, post: Post) -> list[Picture]:
        embedded = post.record.get("embed", {}).get("images", ())
        return [
            replace(self.pictures[each["image"]["ref"]["$link"]], alt_text=each["alt"]) for each in embedded
        ]

    def environment(self) -> dict[str, str]:
        """The settings of a bot that posts here; BLUESKY_URL is this server's address with /bluesky."""
        return {"BLUESKY_HANDLE": HANDLE, "BLUESKY_APP_PASSWORD": APP_PASSWORD}


def _too_many(reset: float) -> Answer:
    headers = {"ratelimit-limit": "5000", "ratelimit-remaining": "0", "ratelimit-reset": str(int(reset))}
    return answer({"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}, 429, headers)


_MISSING = error("RecordNotFound", "Could not locate record")
REFUSALS = Refusals(
    unauthorized=error("InvalidToken", "Token could not be verified").answer,
    forbidden=error("AccountTakedown", "Account has been taken down", 401).answer,
    too_many=_too_many,
    wrong=answer({"value": {"text": "Bin days change.", "createdAt": "2026-01-01T00:00:00.000Z"}}),
    missing=_MISSING.answer,
)


def calls(store: BlueskyStore) -> dict[str, Act]:
    return {
        "POST /xrpc/com.atproto.server.createSession": lambda asked: _sign_in(store, asked),
        "POST /xrpc/com.atproto.repo.putRecord": lambda asked: _put(store, asked),
        "GET /xrpc/com.atproto.repo.getRecord": lambda asked: _get(store, asked),
        "POST /xrpc/com.atproto.repo.deleteRecord": lambda asked: _delete(store, asked),
        "POST /xrpc/com.atproto.repo.uploadBlob": lambda asked: _upload(store, asked),
    }


def _sign_in(store: BlueskyStore, asked: Asked) -> Answer:
    now = store.now()
    recent = [at for at in store.sign_ins if now - at < SIGN_IN_WINDOW]
    if len(recent) >= MOST_SIGN_INS:
        return _too_many(recent[0] + SIGN_IN_WINDOW)
    store.sign_ins = [*recent, now]
    if (asked.body.get("identifier"), asked.body.get("password")) != (HANDLE, APP_PASSWORD):
        raise error("AuthenticationRequired", "Invalid identifier or password", 401)
    token = f"practice.{secrets.token_hex(20)}"
    store.sessions[token] = now + SESSION_SECONDS
    return answer({"did": DID, "handle": HANDLE, "accessJwt": token, "refreshJwt": secrets.token_hex(20)})


def _known(store: BlueskyStore, asked: Asked) -> None:
    if asked.token not in store.sessions:
        raise error("AuthMissing", "Authentication Required", 401)
    if store.sessions[asked.token] <= store.now():
        raise error("ExpiredToken", "Token has expired")


def _put(store: BlueskyStore, asked: Asked) -> Answer:
    _known(store, asked)
    body, key = asked.body, str(asked.body.get("rkey"))
    if (body.get("repo"), body.get("collection")) != (DID, COLLECTION):
        raise error("AuthenticationRequired", "Authentication Required", 401)
    if not _TID.fullmatch(key):
        raise error("InvalidRequest", f"Invalid TID string (got {json.dumps(key)}) at $.rkey")
    record = _checked(body.get("record"))
    bluesky_blobs.check(store, record)
    there = store.posts.get(key)
    current = _cid(there.record) if there and not there.deleted else None
    if current != _cid(record):
        if "swapRecord" in body and body["swapRecord"] != current:
            raise error("InvalidSwap", f"Record was at {current or 'null'}")
        store.add_post(record["text"], key, record)
    uri = f"at://{DID}/{COLLECTION}/{key}"
    return answer({"uri": uri, "cid": _cid(record), "validationStatus": "valid"}, post_id=key)


def _get(store: BlueskyStore, asked: Asked) -> Answer:
    there = store.posts.get(asked.query.get("rkey", ""))
    if asked.query.get("repo") != DID or there is None or there.deleted:
        raise _MISSING
    uri = f"at://{DID}/{COLLECTION}/{there.id}"
    return answer({"uri": uri, "cid": _cid(there.record), "value": there.record})


def _delete(store: BlueskyStore, asked: Asked) -> Answer:
    """Or makes sure that it is not there; only a deletion is a commit."""
    _known(store, asked)
    body, key = asked.body, str(asked.body.get("rkey"))
    if (body.get("repo"), body.get("collection")) != (DID, COLLECTION):
        raise error("AuthenticationRequired", "Authentication Required", 401)
    there = store.posts.get(key)
    if there is None or there.deleted:
        return answer({})
    store.delete(key)
    return answer({"commit": {"cid": _cid({"deleted": key}), "rev": key}}, post_id=key)


def _upload(store: BlueskyStore, asked: Asked) -> Answer:
    _known(store, asked)
    return bluesky_blobs.upload(store, asked)


def _checked(record: Any) -> dict[str, Any]:
    """Raises Refusal for a record the real server's schema does not take."""
    # Only for a post: nobody who never posts here pays for it.
    import regex  # type: ignore[import-untyped]  # noqa: PLC0415

    if not isinstance(record, dict) or record.get("$type") != COLLECTION:
        raise error("InvalidRequest", f"Invalid record type: expected {COLLECTION}")
    text = record.get("text")
    if not isinstance(text, str):
        raise error("InvalidRequest", f'Invalid {COLLECTION} record: Missing required key "text"')
    size = len(text.encode())
    if size > MOST_BYTES or len(regex.findall(r"\X", text)) > MOST:
        raise error("InvalidRequest", f"Invalid {COLLECTION} record: string too big at $.text")
    for facet in record.get("facets", []):
        start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
        if not 0 <= start < end <= size:
            raise error("InvalidRequest", f"Invalid {COLLECTION} record: facet out of bounds")
    try:
        datetime.fromisoformat(record["createdAt"]).astimezone(UTC)
    except (KeyError, ValueError) as odd:
        raise error("InvalidRequest", f"Invalid {COLLECTION} record: Invalid datetime") from odd
    return record


def _cid(record: dict[str, Any]) -> str:
    """Stands for the record's own: equal for equal records, different for others."""
    return f"bafyrei{hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()}"
