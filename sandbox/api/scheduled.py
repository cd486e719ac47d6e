from __future__ import annotations

from sandbox import posting
from sandbox.answers import error, ok
from sandbox.api import access, content
from sandbox.api.registry import Call, method, page_of
from sandbox.bookkeeping import Scheduled
from sandbox.entities import Json

_FURTHEST = 120 * 24 * 3600
_MOST, _WINDOW = 30, 300


@method("chat.scheduleMessage", scopes=("chat:write",), needs=("channel", "post_at"))
def schedule(call: Call) -> Json:
    slack, channel = call.slack, access.target(call)
    post_at = _post_at(call, channel.id)
    message = content.message(call, channel)
    waiting = Scheduled(slack.fresh_id("Q"), post_at, int(slack.clock.now()), message)
    slack.scheduled[waiting.id] = waiting
    slack.timetable.at(post_at, lambda: _due(call, waiting.id))
    drawn: Json = {
        "type": "delayed_message",
        "user": message.user,
        "text": message.text,
        "team": slack.team.id,
        "bot_id": message.bot_id,
        "app_id": message.app_id,
    }
    if message.blocks:
        drawn["blocks"] = message.blocks
    return ok(scheduled_message_id=waiting.id, channel=channel.id, post_at=post_at, message=drawn)


@method("chat.deleteScheduledMessage", scopes=("chat:write",), needs=("channel", "scheduled_message_id"))
def delete_scheduled(call: Call) -> Json:
    channel = access.visible(call, call.args.text("channel"))
    waiting = call.slack.scheduled.get(call.args.text("scheduled_message_id"))
    if waiting is None or waiting.message.channel != channel.id or waiting.message.app_id != call.app.id:
        raise error("invalid_scheduled_message_id")
    del call.slack.scheduled[waiting.id]
    return ok()


@method("chat.scheduledMessages.list")
def scheduled_messages(call: Call) -> Json:
    channel = call.args.text("channel")
    drawn: list[Json] = [
        {
            "id": waiting.id,
            "channel_id": waiting.message.channel,
            "post_at": waiting.post_at,
            "date_created": waiting.created,
            "text": waiting.message.text,
        }
        for waiting in sorted(call.slack.scheduled.values(), key=lambda waiting: waiting.post_at)
        if waiting.message.app_id == call.app.id and channel in ("", waiting.message.channel)
    ]
    page, metadata = page_of(call, drawn)
    return ok(scheduled_messages=page, response_metadata=metadata)


def _post_at(call: Call, channel: str) -> int:
    try:
        post_at = int(call.args.text("post_at"))
    except ValueError as wrong:
        raise error("invalid_time") from wrong
    now = call.slack.clock.now()
    if post_at <= now:
        raise error("time_in_past")
    if post_at > now + _FURTHEST:
        raise error("time_too_far")
    near = [
        waiting
        for waiting in call.slack.scheduled.values()
        if waiting.message.channel == channel and abs(waiting.post_at - post_at) < _WINDOW
    ]
    if len(near) >= _MOST:
        raise error("restricted_too_many")
    return post_at


def _due(call: Call, scheduled_id: str) -> None:
    waiting = call.slack.scheduled.pop(scheduled_id, None)
    # A scheduled message with metadata is never posted, and nobody is told: a fault Slack documents.
    if waiting and not waiting.message.metadata and waiting.message.channel in call.slack.channels:
        waiting.message.ts = call.slack.fresh_ts()
        posting.post(call.slack, waiting.message)
