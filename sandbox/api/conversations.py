from __future__ import annotations

from sandbox import shapes
from sandbox.answers import error, ok
from sandbox.api import access
from sandbox.api.registry import Call, method, page_of
from sandbox.entities import Channel, Json, Message

_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_KINDS = {"public_channel": "channel", "private_channel": "private", "im": "im", "mpim": "mpim"}


@method("conversations.info", scopes=_READ, needs=("channel",))
def info(call: Call) -> Json:
    channel = access.scoped(call, access.visible(call, call.args.text("channel")), "read")
    drawn = shapes.channel(call.slack, channel, reader=call.app.bot_user)
    if call.args.flag("include_num_members"):
        drawn["num_members"] = len(channel.members)
    if call.args.flag("include_locale"):
        drawn["locale"] = "en-GB"
    return ok(channel=drawn)


@method("conversations.list", scopes=_READ, tier=2)
def everything(call: Call) -> Json:
    types = call.args.ids("types") or ["public_channel"]
    if unknown := [name for name in types if name not in _KINDS]:
        raise error("invalid_types", needed=",".join(unknown))
    for name in types:
        access.scoped(call, Channel("", "", kind=_KINDS[name]), "read")
    kinds = [_KINDS[name] for name in types]
    skip_archived, reader = call.args.flag("exclude_archived"), call.app.bot_user
    found = [
        shapes.channel(call.slack, channel, reader=reader) | _list_extra(call, channel)
        for channel in call.slack.channels.values()
        if channel.kind in kinds
        and (channel.kind == "channel" or reader in channel.members)
        and not (channel.is_archived and skip_archived)
    ]
    page, metadata = page_of(call, found)
    return ok(channels=page, response_metadata=metadata)


@method("conversations.members", scopes=_READ, needs=("channel",), tier=4)
def members(call: Call) -> Json:
    channel = access.scoped(call, access.visible(call, call.args.text("channel")), "read")
    page, metadata = page_of(call, [{"id": member} for member in channel.members])
    return ok(members=[each["id"] for each in page], response_metadata=metadata)


@method("conversations.history", scopes=_HISTORY, needs=("channel",))
def history(call: Call) -> Json:
    channel = access.scoped(call, access.member_of(call, call.args.text("channel")), "history")
    messages = [
        message
        for message in _in_time(call, list(call.slack.messages[channel.id].values()))
        if not message.is_reply or message.reply_broadcast
    ]
    messages.reverse()
    return _answer(call, messages)


@method("conversations.replies", scopes=_HISTORY, needs=("channel", "ts"))
def replies(call: Call) -> Json:
    channel = access.scoped(call, access.member_of(call, call.args.text("channel")), "history")
    parent = call.slack.message(channel.id, call.args.text("ts"))
    if parent is None or parent.hidden or parent.only_for:
        raise error("thread_not_found")
    answers = [] if parent.is_reply else call.slack.replies(parent)
    return _answer(call, [parent, *_in_time(call, answers)])


def _list_extra(call: Call, channel: Channel) -> Json:
    if channel.kind != "im":
        return {"num_members": len(channel.members)}
    other = next((member for member in channel.members if member != call.app.bot_user), call.app.bot_user)
    return {"is_user_deleted": call.slack.people[other].deleted}


def _in_time(call: Call, messages: list[Message]) -> list[Message]:
    """Those everybody sees, between `oldest` and `latest`; the ends only if `inclusive`."""
    oldest, latest = _instant(call, "oldest", 0.0), _instant(call, "latest", float("inf"))
    inclusive = call.args.flag("inclusive")
    return [
        message
        for message in messages
        if not (message.hidden or message.only_for)
        and (oldest < float(message.ts) < latest or (inclusive and float(message.ts) in (oldest, latest)))
    ]


def _instant(call: Call, name: str, default: float) -> float:
    value = call.args.text(name)
    try:
        return float(value) if value else default
    except ValueError as wrong:
        raise error(f"invalid_ts_{name}") from wrong


def _answer(call: Call, messages: list[Message]) -> Json:
    metadata = call.args.flag("include_all_metadata")
    limited: list[Json] = [{"ts": message.ts} for message in messages]
    page, after = page_of(call, limited)
    by_ts = {message.ts: message for message in messages}
    drawn = [shapes.message(call.slack, by_ts[each["ts"]], metadata=metadata) for each in page]
    more = bool(after["next_cursor"])
    answer = ok(messages=drawn, has_more=more)
    return answer | {"response_metadata": after} if more else answer
