"""Which conversations an app may see and post in."""

from __future__ import annotations

from sandbox.answers import error
from sandbox.api.registry import Call
from sandbox.entities import Channel, Message

_SCOPE_WORDS = {"channel": "channels", "private": "groups", "im": "im", "mpim": "mpim"}


def scoped(call: Call, channel: Channel, act: str) -> Channel:
    """Raises missing_scope unless the app may `act` (read, history) on this kind of conversation."""
    scope = f"{_SCOPE_WORDS[channel.kind]}:{act}"
    if scope not in call.app.scopes:
        raise error("missing_scope", needed=scope, provided=",".join(call.app.scopes))
    return channel


def visible(call: Call, channel_id: str) -> Channel:
    """A conversation the app may know of; a private one it is not in does not exist for it."""
    channel = call.slack.channel(channel_id)
    if channel.kind != "channel" and call.app.bot_user not in channel.members:
        raise error("channel_not_found")
    return channel


def member_of(call: Call, channel_id: str) -> Channel:
    channel = visible(call, channel_id)
    if call.app.bot_user not in channel.members:
        raise error("not_in_channel")
    return channel


def target(call: Call) -> Channel:
    """Where a message may be posted: a conversation by id or #name, or a person's direct messages."""
    wanted = call.args.text("channel")
    channel = _direct(call, wanted) if wanted[:1] in ("U", "W") else visible(call, _id(call, wanted))
    if channel.is_archived:
        raise error("is_archived")
    if channel.kind == "im" and not call.app.messages_tab:
        raise error("messages_tab_disabled")
    open_to_all = channel.kind == "channel" and "chat:write.public" in call.app.scopes
    if call.app.bot_user not in channel.members and not open_to_all:
        raise error("not_in_channel")
    return channel


def own_message(call: Call, channel: Channel, ts: str, refusal: str) -> Message:
    """The app's own message at `ts`. Raises message_not_found (also for an ephemeral one) or `refusal`."""
    message = call.slack.message(channel.id, ts)
    if message is None or message.only_for or message.hidden:
        raise error("message_not_found")
    if message.app_id != call.app.id:
        raise error(refusal)
    return message


def _direct(call: Call, user: str) -> Channel:
    person = call.slack.people.get(user)
    if person is None or person.deleted or person.is_bot:
        raise error("channel_not_found")
    return call.slack.direct(call.app.bot_user, user)


def _id(call: Call, wanted: str) -> str:
    if wanted in call.slack.channels:
        return wanted
    name = wanted.removeprefix("#")
    named = (channel.id for channel in call.slack.channels.values() if channel.name == name)
    return next(named, wanted)
