from __future__ import annotations

from sandbox.entities import Json, View
from sandbox.workspace import Workspace


def view(slack: Workspace, view: View) -> Json:
    """A view as Slack echoes it: every key present, what was not given as null, "" or false."""
    given = view.definition
    app = slack.apps.get(view.app_id)
    return {
        "id": view.id,
        "team_id": slack.team.id,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": given.get("private_metadata") or "",
        "callback_id": view.callback_id,
        "state": {"values": view.values},
        "hash": view.hash,
        "title": given.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": bool(given.get("clear_on_close")),
        "notify_on_close": bool(given.get("notify_on_close")),
        "close": given.get("close"),
        "submit": given.get("submit"),
        "previous_view_id": view.previous_id or None,
        "root_view_id": view.root_id,
        "app_id": view.app_id,
        "external_id": given.get("external_id") or "",
        "app_installed_team_id": slack.team.id,
        "bot_id": app.bot_id if app else "",
    }
