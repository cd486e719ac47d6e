"""Messages appear, change and go; whoever subscribed hears of it."""

from __future__ import annotations

import re
import uuid

from sandbox import shapes
from sandbox.delivery import events
from sandbox.entities import Channel, Delivery, Json, Message
from sandbox.workspace import Workspace

_MENTION = re.compile(r"<@(U\w+)(?:\|[^>]*)?>")


def post(slack: Workspace, message: Message) -> list[Delivery]:
    """Put a message where it belongs; an ephemeral one is nobody's event."""
    channel = slack.channels[message.channel]
    name_blocks(slack, message.blocks)
    slack.record(message)
    if message.only_for:
        return []
    event = shapes.message(slack, message) | _where(channel, message.ts)
    sent = events.emit(slack, events.MESSAGE_EVENTS[channel.kind], event, channel)
    return sent + _mentions(slack, message, channel)


def said(slack: Workspace, message: Message) -> list[Delivery]:
    """A person's message, which their client gives an id."""
    message.client_msg_id = str(uuid.uuid4())
    return post(slack, message)


def changed(slack: Workspace, message: Message, before: Json, *, by: str) -> list[Delivery]:
    """Tell of an edit; `before` is the message as it was drawn earlier."""
    name_blocks(slack, message.blocks)
    message.edited_by, message.edited_ts = by, slack.fresh_ts()
    slack.record(message)
    now = shapes.alone(slack, message)
    return _hidden(slack, message, {"subtype": "message_changed", "message": now, "previous_message": before})


def deleted(slack: Workspace, message: Message) -> list[Delivery]:
    del slack.messages[message.channel][message.ts]
    slack.changed("message", channel=message.channel, user=message.only_for, id=message.ts)
    if message.only_for:
        return []
    before = shapes.alone(slack, message)
    what = {"subtype": "message_deleted", "deleted_ts": message.ts, "previous_message": before}
    return _hidden(slack, message, what)


def name_blocks(slack: Workspace, blocks: list[Json]) -> None:
    """Give every block and element an id of its own where the app gave none, as Slack does."""
    for block in blocks:
        block.setdefault("block_id", slack.fresh_id("b")[-6:])
        inside = block.get("elements") if block.get("type") == "actions" else None
        for element in inside or [block.get("accessory"), block.get("element")]:
            if isinstance(element, dict) and element.get("type") != "image":
                element.setdefault("action_id", slack.fresh_id("a")[-6:])


def _where(channel: Channel, ts: str) -> Json:
    return {"channel": channel.id, "channel_type": shapes.channel_type(channel), "event_ts": ts}


def _hidden(slack: Workspace, message: Message, what: Json) -> list[Delivery]:
    channel = slack.channels[message.channel]
    ts = slack.fresh_ts()
    event = {"type": "message", "hidden": True, "ts": ts, **what, **_where(channel, ts)}
    return events.emit(slack, events.MESSAGE_EVENTS[channel.kind], event, channel)


def _mentions(slack: Workspace, message: Message, channel: Channel) -> list[Delivery]:
    if message.bot_id or channel.kind == "im" or "<@" not in message.text:
        return []
    sent = []
    for user in dict.fromkeys(_MENTION.findall(message.text)):
        app = slack.app_by_bot_user(user)
        if app and user in channel.members and "app_mention" in app.events:
            drawn = shapes.message(slack, message)
            event = drawn | {"type": "app_mention", "channel": channel.id, "event_ts": message.ts}
            sent.append(events.send_event(slack, app, event, channel))
    return sent
