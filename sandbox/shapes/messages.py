from __future__ import annotations

from sandbox.entities import Json, Message
from sandbox.installation import App
from sandbox.shapes.files import file
from sandbox.shapes.people import icons
from sandbox.workspace import Workspace


def bot_profile(slack: Workspace, app: App) -> Json:
    return {
        "id": app.bot_id,
        "deleted": False,
        "name": app.name,
        "updated": int(app.installed),
        "app_id": app.id,
        "icons": icons(slack),
        "team_id": slack.team.id,
    }


def message(slack: Workspace, message: Message, *, metadata: bool = True) -> Json:
    """A message as history and events of new messages show it; `metadata` off unless it was asked for."""
    drawn = alone(slack, message) | _summary(slack, message)
    if not metadata:
        drawn.pop("metadata", None)
    return drawn


def alone(slack: Workspace, message: Message) -> Json:
    """A message as answers to posting and events of changes show it: without reactions and thread counts."""
    drawn: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    author = slack.people.get(message.user)
    drawn["team"] = author.team_id if author else slack.team.id
    for key in ("subtype", "client_msg_id", "blocks", "attachments"):
        if value := getattr(message, key):
            drawn[key] = value
    drawn |= _from_bot(slack, message)
    if message.is_reply:
        parent = slack.message(message.channel, message.thread_ts)
        drawn |= {"thread_ts": message.thread_ts, "parent_user_id": parent.user if parent else ""}
    if message.edited_ts:
        drawn["edited"] = {"user": message.edited_by, "ts": message.edited_ts}
    if message.files:
        drawn |= {"files": [file(slack, each) for each in message.files], "upload": False}
    if message.metadata:
        drawn["metadata"] = message.metadata
    return drawn


def _from_bot(slack: Workspace, message: Message) -> Json:
    if not message.bot_id:
        return {}
    drawn: Json = {"bot_id": message.bot_id, "app_id": message.app_id}
    if app := slack.apps.get(message.app_id):
        drawn["bot_profile"] = bot_profile(slack, app)
    if message.username:
        drawn["username"] = message.username
    if message.icon_emoji:
        drawn["icons"] = {"emoji": message.icon_emoji}
    return drawn


def _summary(slack: Workspace, message: Message) -> Json:
    """Reactions, and for the head of a thread its counts."""
    drawn: Json = {}
    if message.reactions:
        drawn["reactions"] = [
            {"name": name, "users": users, "count": len(users)} for name, users in message.reactions.items()
        ]
    if replies := slack.replies(message):
        users = list(dict.fromkeys(reply.user for reply in replies))
        drawn |= {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users_count": len(users),
            "latest_reply": replies[-1].ts,
            "reply_users": users,
            "is_locked": False,
            "subscribed": False,
        }
    return drawn
