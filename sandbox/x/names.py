"""One field, two spellings: X's reference says `post`, its guides and its clients still say `tweet`."""

from __future__ import annotations

from sandbox.x.asked import Asked
from sandbox.x.store import XStore

_OLDER = {
    "edit_history_ids": "edit_history_tweet_ids",
    "note": "note_tweet",
    "referenced": "referenced_tweets",
}
_NEWER = {
    "edit_history_ids": "edit_history_post_ids",
    "note": "note_post",
    "referenced": "referenced_posts",
}


def named(store: XStore, field: str) -> str:
    return (_NEWER if store.newer_names else _OLDER)[field]


def fields_asked(asked: Asked) -> set[str]:
    """The optional fields of a post that the request names, whichever way it spells the parameter."""
    listed = ",".join(asked.query.get(name, "") for name in ("tweet.fields", "post.fields"))
    same = {"note_post": "note_tweet", "referenced_posts": "referenced_tweets"}
    return {same.get(name, name) for name in listed.split(",") if name}
