"""Timelines that do not tell the truth."""

from __future__ import annotations

from sandbox.x.asked import Answer, answer
from sandbox.x.entities import Json
from sandbox.x.names import named
from sandbox.x.store import XStore


def strange_timeline(store: XStore, kind: str) -> Answer:
    """Nothing at all ("missing"), or a post nobody of ours wrote ("wrong")."""
    if kind == "missing":
        return answer({"meta": {"result_count": 0}})
    post_id = store.new_id()
    stranger: Json = {
        "id": post_id,
        "text": "Bin days change next week in Oxmere.",
        named(store, "edit_history_ids"): [post_id],
        "created_at": "2026-01-01T00:00:00.000Z",
    }
    return answer(
        {"data": [stranger], "meta": {"result_count": 1, "newest_id": post_id, "oldest_id": post_id}}
    )
