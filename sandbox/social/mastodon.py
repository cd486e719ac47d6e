"""The practice Mastodon: one server, one account, the few calls an announcing bot makes.

An Idempotency-Key is kept for an hour, as the real server keeps it, and is noted once the status is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sandbox.social import mastodon_media
from sandbox.social.rendering import content
from sandbox.social.store import Picture, Post, Store
from sandbox.social.wire import Act, Asked, Refusal, Refusals, answer
from sandbox.x.asked import Answer

ACCOUNT_ID, HANDLE, NAME = "109300000000000001", "fenmarch", "Fenmarch Digital Network"
TOKEN, READ_ONLY_TOKEN = "practice-mastodon-token", "practice-mastodon-read-only-token"
WORDS_ONLY_TOKEN = "practice-mastodon-words-only-token"  # noqa: S105 -- invented; lacks write:media
KEPT_SECONDS = 3_600
MOST_DELETIONS, DELETIONS_WINDOW = 30, 1_800
MOST, LINK = 500, 23
_LINKS = re.compile(r"https?://[^\s]+")
_ELSEWHERE = re.compile(r"(@\w+)@[\w.-]+")


class MastodonStore(Store):
    name, title, handle, owner = "mastodon", "Mastodon", f"{HANDLE}@fenmarch.example", NAME

    def reset(self) -> None:
        self.keys: dict[str, tuple[str, float]] = {}
        self.most = MOST
        self.reading = 0
        self.deletions: list[float] = []
        super().reset()

    def environment(self) -> dict[str, str]:
        """The settings of a bot that posts here; MASTODON_URL is this server's address with /mastodon."""
        return {"MASTODON_ACCESS_TOKEN": TOKEN}

    def shown(self, post: Post) -> list[Picture]:
        return [self.pictures[picture] for picture in post.record.get("media_ids", ())]

    def page_of(self, post: Post) -> str:
        return f"https://fenmarch.example/@{HANDLE}/{post.id}"


REFUSALS = Refusals(
    unauthorized=answer({"error": "The access token is invalid"}, 401),
    forbidden=answer({"error": "Your login is currently disabled"}, 403),
    too_many=lambda reset: answer(
        {"error": "Too many requests"},
        429,
        {
            "x-ratelimit-limit": "300",
            "x-ratelimit-remaining": "0",
            "x-ratelimit-reset": datetime.fromtimestamp(reset, UTC).isoformat().replace("+00:00", "Z"),
        },
    ),
    wrong=answer(
        [{"id": "1", "created_at": "2026-01-01T00:00:00.000Z", "content": "<p>Bin days change.</p>"}]
    ),
    missing=answer([]),
)


def calls(store: MastodonStore) -> dict[str, Act]:
    return {
        "POST /api/v1/statuses": lambda asked: _post(store, asked),
        "DELETE /api/v1/statuses/{id}": lambda asked: _delete(store, asked),
        "POST /api/v2/media": lambda asked: _media(store, asked, mastodon_media.upload),
        "GET /api/v1/media/{id}": lambda asked: _media(store, asked, mastodon_media.ask),
        "GET /api/v1/accounts/verify_credentials": _me,
        "GET /api/v1/accounts/{id}/statuses": lambda asked: _statuses(store, asked),
        "GET /api/v2/instance": lambda _asked: _instance(store),
    }


def _post(store: MastodonStore, asked: Asked) -> Answer:
    _writer(asked)
    key = asked.headers.get("idempotency-key", "")
    post_id, noted = store.keys.get(key, ("", 0.0))
    if post_id and store.now() - noted < KEPT_SECONDS:
        first = store.posts[post_id]
        if first.deleted:
            raise Refusal(404, {"error": "Record not found"})
        return answer(_status(store, first))
    text = str(asked.body.get("status", "")).strip()
    media = mastodon_media.attached(store, asked)
    if not text and not media:
        raise Refusal(422, {"error": "Validation failed: Text can't be blank"})
    note = str(asked.body.get("spoiler_text", "")).strip()
    if length(text) + clusters(note) > store.most:
        raise Refusal(422, {"error": f"Validation failed: Text character limit of {store.most} exceeded"})
    record = {"visibility": asked.body.get("visibility", "public"), **({"media_ids": media} if media else {})}
    post = store.add_post(text, record=record | ({"spoiler_text": note} if note else {}))
    if key:
        store.keys[key] = (post.id, store.now())
    return answer(_status(store, post), post_id=post.id)


def _media(store: MastodonStore, asked: Asked, act: Callable[[Store, Asked, int], Answer]) -> Answer:
    _writer(asked, "media")
    return act(store, asked, store.reading)


def _delete(store: MastodonStore, asked: Asked) -> Answer:
    _writer(asked)
    recent = [at for at in store.deletions if store.now() - at < DELETIONS_WINDOW]
    if len(recent) >= MOST_DELETIONS:
        return REFUSALS.too_many(recent[0] + DELETIONS_WINDOW)
    store.deletions = [*recent, store.now()]
    post = store.posts.get(asked.path["id"])
    if post is None or post.deleted:
        raise Refusal(404, {"error": "Record not found"})
    store.delete(post.id)
    return answer({**_status(store, post), "text": post.text}, post_id=post.id)


def length(text: str) -> int:
    """Without its content note, which counts as it stands: its links are not shortened."""
    return clusters(_ELSEWHERE.sub(r"\1", _LINKS.sub("x" * LINK, text)))


def clusters(text: str) -> int:
    # Only for a post: nobody who never posts here pays for it.
    import regex  # type: ignore[import-untyped]  # noqa: PLC0415

    return len(regex.findall(r"\X", text))


def _me(asked: Asked) -> Answer:
    _known(asked)
    return answer(_account())


def _statuses(store: MastodonStore, asked: Asked) -> Answer:
    _known(asked)
    if asked.path["id"] != ACCOUNT_ID:
        raise Refusal(404, {"error": "Record not found"})
    size = min(int(asked.query.get("limit", "20")), 40)
    return answer([_status(store, post) for post in store.visible_posts()[:size]])


def _instance(store: MastodonStore) -> Answer:
    statuses = {"max_characters": store.most, "max_media_attachments": 4, "characters_reserved_per_url": LINK}
    media = {
        "supported_mime_types": [
            "image/jpeg",
            "image/png",
            "image/gif",
            "image/heic",
            "image/webp",
            "video/mp4",
        ],
        "description_limit": mastodon_media.LONGEST_ALT,
        "image_size_limit": mastodon_media.MOST_BYTES,
        "image_matrix_limit": mastodon_media.MOST_PIXELS,
    }
    known = {"statuses": statuses, "media_attachments": media}
    return answer({"domain": "fenmarch.example", "configuration": known})


def _writer(asked: Asked, what: str = "statuses") -> str:
    """Raises Refusal for a token that lacks write:statuses, or write:media."""
    token = _known(asked)
    if token == READ_ONLY_TOKEN or (what == "media" and token == WORDS_ONLY_TOKEN):
        raise Refusal(403, {"error": "This action is outside the authorized scopes"})
    return token


def _known(asked: Asked) -> str:
    if asked.token not in {TOKEN, READ_ONLY_TOKEN, WORDS_ONLY_TOKEN}:
        raise Refusal(401, {"error": "The access token is invalid"})
    return asked.token


def _account() -> dict[str, Any]:
    return {"id": ACCOUNT_ID, "username": HANDLE, "acct": HANDLE, "display_name": NAME, "bot": True}


def _status(store: MastodonStore, post: Post) -> dict[str, Any]:
    made = datetime.fromtimestamp(post.created_at, UTC).isoformat(timespec="milliseconds")
    return {
        "id": post.id,
        "created_at": made.replace("+00:00", "Z"),
        "visibility": post.record.get("visibility", "public"),
        "spoiler_text": post.record.get("spoiler_text", ""),
        "sensitive": "spoiler_text" in post.record,
        "uri": f"https://fenmarch.example/users/{HANDLE}/statuses/{post.id}",
        "url": store.page_of(post),
        "content": content(post.text),
        "media_attachments": [mastodon_media.described(picture) for picture in store.shown(post)],
        "account": _account(),
        "reblog": None,
    }
