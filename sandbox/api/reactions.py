from __future__ import annotations

import re

from sandbox import reacting
from sandbox.answers import error, ok
from sandbox.api import access
from sandbox.api.registry import Call, method
from sandbox.entities import Json, Message

_NAME = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")


@method("reactions.add", scopes=("reactions:write",), needs=("channel", "timestamp", "name"))
def add(call: Call) -> Json:
    name = call.args.text("name")
    if not _NAME.fullmatch(name):
        raise error("invalid_name")
    message = _message(call)
    if call.app.bot_user in message.reactions.get(name, []):
        raise error("already_reacted")
    reacting.add(call.slack, message, call.app.bot_user, name)
    return ok()


@method("reactions.remove", scopes=("reactions:write",), needs=("channel", "timestamp", "name"), tier=2)
def remove(call: Call) -> Json:
    message, name = _message(call), call.args.text("name")
    if call.app.bot_user not in message.reactions.get(name, []):
        raise error("no_reaction")
    reacting.remove(call.slack, message, call.app.bot_user, name)
    return ok()


def _message(call: Call) -> Message:
    channel = access.visible(call, call.args.text("channel"))
    if channel.is_archived:
        raise error("is_archived")
    message = call.slack.message(channel.id, call.args.text("timestamp"))
    if message is None or message.only_for or message.hidden:
        raise error("message_not_found")
    return message
