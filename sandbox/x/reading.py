"""GET /2/tweets/{id}, /2/users/me and /2/users/{id}/tweets: what readers get back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sandbox.x import prices
from sandbox.x.answers import invalid, no_credits, not_found
from sandbox.x.asked import Answer, Asked, answer
from sandbox.x.entities import Json, Post
from sandbox.x.names import fields_asked, named
from sandbox.x.rewriting import SHORT, shown, weighted_length
from sandbox.x.store import XStore

_MOST = 3_200


def me(store: XStore, asked: Asked) -> Answer:
    _pay_to_read(store, asked, f"user:{asked.account.id}", prices.READ_USER)
    user: Json = {"id": asked.account.id, "name": asked.account.name, "username": asked.account.username}
    if "description" in asked.query.get("user.fields", ""):
        user["description"] = asked.account.description
    return answer({"data": user})


def one(store: XStore, asked: Asked) -> Answer:
    post = store.posts.get(asked.path["id"])
    if post is None or post.deleted or post.visible_at > store.now():
        return answer(not_found(asked.path["id"]))
    _pay_to_read(store, asked, f"post:{post.id}", prices.READ_POST)
    return answer({"data": _seen(store, post, fields_asked(asked))})


def timeline(store: XStore, asked: Asked) -> Answer:
    if asked.path["id"] not in store.accounts:
        return answer(not_found(asked.path["id"]))
    size = _number(asked, "max_results", 10)
    if not 5 <= size <= 100:
        raise invalid(
            "max_results",
            str(size),
            f"The `max_results` query parameter value [{size}] is not between 5 and 100",
        )
    bounds = _bounds(asked)
    wanted = [post for post in store.visible_posts(asked.path["id"]) if bounds.hold(post)][:_MOST]
    start = _number(asked, "pagination_token", 0)
    page = wanted[start : start + size]
    price = (
        prices.READ_OWN_POST
        if asked.path["id"] == asked.account.id == asked.app.owner_id
        else prices.READ_POST
    )
    for post in page:
        _pay_to_read(store, asked, f"post:{post.id}", price)
    body: Json = {"meta": _meta(page, start + size if len(wanted) > start + size else None)}
    if page:
        body = {"data": [_seen(store, post, fields_asked(asked)) for post in page], **body}
    return answer(body)


def _meta(page: list[Post], following: int | None) -> Json:
    meta: Json = {"result_count": len(page)}
    if page:
        meta |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
    if following is not None:
        meta["next_token"] = str(following)
    return meta


@dataclass(frozen=True)
class _Bounds:
    after_id: int
    before_id: int
    start: float
    end: float
    replies: bool

    def hold(self, post: Post) -> bool:
        return (
            self.after_id < int(post.id) < self.before_id
            and self.start <= post.created_at < self.end
            and (self.replies or not post.reply_to)
        )


def _bounds(asked: Asked) -> _Bounds:
    """Raises XError 400 for a bound that cannot be read, even when there is no post to hold against it."""
    return _Bounds(
        after_id=_number(asked, "since_id", 0),
        before_id=_number(asked, "until_id", 10**19),
        start=_instant(asked, "start_time", 0.0),
        end=_instant(asked, "end_time", float("inf")),
        replies="replies" not in asked.query.get("exclude", ""),
    )


def _instant(asked: Asked, name: str, default: float) -> float:
    if name not in asked.query:
        return default
    try:
        return datetime.strptime(asked.query[name], "%Y-%m-%dT%H:%M:%S%z").timestamp()
    except ValueError as odd:
        raise invalid(name, asked.query[name], f"$.{name}: is an invalid date-time") from odd


def _number(asked: Asked, name: str, default: int) -> int:
    given = asked.query.get(name, str(default))
    if not given.isdecimal():
        raise invalid(name, given, f"The `{name}` query parameter value [{given}] is not a number")
    return int(given)


def _seen(store: XStore, post: Post, fields: set[str]) -> Json:
    text, entities = shown(post)
    seen: Json = {"id": post.id, "text": text, named(store, "edit_history_ids"): [post.id]}
    if "created_at" in fields:
        at = datetime.fromtimestamp(post.created_at, UTC)
        seen["created_at"] = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if "author_id" in fields:
        seen["author_id"] = post.author_id
    if "entities" in fields and entities:
        seen["entities"] = entities
    if "attachments" in fields and post.media:
        seen["attachments"] = {"media_keys": [media.key for media in post.media]}
    if "note_tweet" in fields and weighted_length(post.text) > SHORT:
        seen[named(store, "note")] = _note(post)
    if "referenced_tweets" in fields and post.reply_to:
        seen[named(store, "referenced")] = [{"type": "replied_to", "id": post.reply_to}]
    return seen


def _note(post: Post) -> Json:
    text, entities = shown(post, limit=10**6)
    return {"text": text, "entities": entities} if entities else {"text": text}


def _pay_to_read(store: XStore, asked: Asked, resource: str, price: int) -> None:
    if not store.credits.covers(price):
        raise no_credits(asked.app.owner_id)
    store.credits.read(resource, price, store.now())
