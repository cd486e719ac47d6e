"""POST /2/tweets and DELETE /2/tweets/{id}: the rules a post has to pass."""

from __future__ import annotations

from sandbox.x import prices, schema
from sandbox.x.answers import duplicate, forbidden, invalid, no_credits
from sandbox.x.asked import Answer, Asked, answer
from sandbox.x.entities import Json, Media, Post
from sandbox.x.names import named
from sandbox.x.rewriting import LONG, SHORT, cashtags, links, normal, shown, weighted_length
from sandbox.x.store import XStore

_ALONE = ("media", "poll", "quote_tweet_id", "card_uri", "direct_message_deep_link")
_MOST_CODE_POINTS = 4_000


def create(store: XStore, asked: Asked) -> Answer:
    body = schema.require(asked.json(), schema.POST)
    text = normal(str(body.get("text", "")))
    media = _attached(store, asked, body)
    price = prices.POST_WITH_LINK if links(text) else prices.POST
    _may_pay(store, asked, price)
    _check_text(store, asked, text, has_media=bool(media))
    _check_kind(store, asked, body)
    post = store.add_post(asked.account.id, text, media=media, reply_to=_parent(body))
    post.cost = price
    store.credits.spend(price)
    written = shown(post, limit=_limit(store, asked))[0]
    made: Json = {"id": post.id, "text": written, named(store, "edit_history_ids"): [post.id]}
    return answer({"data": made}, 201, post_id=post.id)


def delete(store: XStore, asked: Asked) -> Answer:
    post = store.posts.get(asked.path["id"])
    if post is None or post.deleted:
        return answer({"data": {"deleted": False}})
    if post.author_id != asked.account.id:
        raise forbidden("You are not authorized to delete this Tweet.")
    _may_pay(store, asked, prices.DELETE)
    store.credits.spend(prices.DELETE)
    post.deleted = True
    store.changed()
    return answer({"data": {"deleted": True}}, post_id=post.id)


def _may_pay(store: XStore, asked: Asked, price: int) -> None:
    if not store.credits.covers(price):
        raise no_credits(asked.app.owner_id)


def _limit(store: XStore, asked: Asked) -> int:
    return LONG if asked.account.id in store.long_posts else SHORT


def _check_text(store: XStore, asked: Asked, text: str, *, has_media: bool) -> None:
    if not text and not has_media:
        raise invalid("text", "", "$.text: is missing but it is required")
    limit = _limit(store, asked)
    if len(text) > max(limit, _MOST_CODE_POINTS) or weighted_length(text) > limit:
        raise forbidden()
    if len(cashtags(text)) > 1:
        raise forbidden("You are not permitted to create a Tweet with more than the maximum of one cashtag.")
    if _said_lately(store, asked.account.id, text):
        raise duplicate()


def _said_lately(store: XStore, account_id: str, text: str) -> bool:
    """Deleting a post does not free its text at once, so deleted posts count."""
    since = store.now() - store.duplicate_window
    return bool(text) and any(
        p.author_id == account_id and p.text == text and p.created_at > since for p in store.posts.values()
    )


def _check_kind(store: XStore, asked: Asked, body: Json) -> None:
    if len([name for name in _ALONE if name in body]) > 1:
        raise invalid("body", "", f"$: only one of {', '.join(_ALONE)} may be given")
    if "quote_tweet_id" in body:
        raise forbidden("Your account is not permitted to access this feature.")
    if (parent_id := _parent(body)) is None:
        return
    parent = store.posts.get(parent_id)
    if parent is None or parent.deleted:
        detail = "You attempted to reply to a Tweet that is deleted or not visible to you."
        raise invalid("reply.in_reply_to_tweet_id", parent_id, detail)
    if not _may_reply(store, asked, parent):
        raise forbidden()


def _may_reply(store: XStore, asked: Asked, parent: Post) -> bool:
    """Self-serve apps since February 2026: only to somebody who mentioned them first."""
    if parent.author_id == asked.account.id:
        return store.own_replies
    return f"@{asked.account.username}".lower() in parent.text.lower()


def _parent(body: Json) -> str | None:
    reply = body.get("reply")
    return str(reply["in_reply_to_tweet_id"]) if isinstance(reply, dict) else None


def _attached(store: XStore, asked: Asked, body: Json) -> tuple[Media, ...]:
    given = body.get("media")
    ids = [str(i) for i in given["media_ids"]] if isinstance(given, dict) else []
    found = [store.media.get(media_id) for media_id in ids]
    usable = [m for m in found if m and _is_usable(store, asked, m)]
    if len(usable) < len(ids):
        raise invalid("media.media_ids", str(ids), "Your media IDs are invalid.")
    if len(usable) > 1 and any(m.category != "tweet_image" for m in usable):
        raise invalid("media.media_ids", str(ids), "Only images may be attached together.")
    return tuple(usable)


def _is_usable(store: XStore, asked: Asked, media: Media) -> bool:
    is_ours = media.owner_id == asked.account.id
    return is_ours and media.complete_at is not None and media.expires_at > store.now() and not media.unread
