from __future__ import annotations

from sandbox.delivery import events
from sandbox.entities import Delivery, Message
from sandbox.workspace import Workspace


def add(slack: Workspace, message: Message, user: str, name: str) -> list[Delivery]:
    message.reactions.setdefault(name, []).append(user)
    return _tell(slack, message, user, f"added {name}")


def remove(slack: Workspace, message: Message, user: str, name: str) -> list[Delivery]:
    message.reactions[name].remove(user)
    if not message.reactions[name]:
        del message.reactions[name]
    return _tell(slack, message, user, f"removed {name}")


def _tell(slack: Workspace, message: Message, user: str, what: str) -> list[Delivery]:
    happened, _, name = what.partition(" ")
    event = {
        "type": f"reaction_{happened}",
        "user": user,
        "reaction": name,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "item_user": message.user,
    }
    slack.changed("message", channel=message.channel, id=message.ts)
    return events.emit(slack, f"reaction_{happened}", event, slack.channels[message.channel])
