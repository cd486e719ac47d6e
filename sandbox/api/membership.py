"""Opening conversations, joining, inviting, removing."""

from __future__ import annotations

from sandbox import gathering, shapes
from sandbox.answers import error, ok
from sandbox.api import access
from sandbox.api.registry import Call, method
from sandbox.entities import Channel, Json, Person


@method("conversations.open", scopes=("im:write", "mpim:write"))
def open_direct(call: Call) -> Json:
    wanted = call.args.text("channel")
    before = len(call.slack.channels)
    channel = access.visible(call, wanted) if wanted else _with(call, call.args.ids("users"))
    if not call.args.flag("return_im"):
        return ok(channel={"id": channel.id})
    opened = len(call.slack.channels) > before
    drawn = shapes.channel(call.slack, channel, reader=call.app.bot_user)
    drawn |= {"is_open": True} if channel.kind == "im" else {}
    return ok(channel=drawn, no_op=not opened, already_open=not opened)


@method("conversations.join", scopes=("channels:join",), needs=("channel",))
def join(call: Call) -> Json:
    channel = _changeable(call)
    if channel.kind != "channel":
        raise error("method_not_supported_for_channel_type")
    already = call.app.bot_user in channel.members
    gathering.join(call.slack, channel, call.app.bot_user)
    answer = ok(channel=shapes.channel(call.slack, channel, reader=call.app.bot_user))
    warning = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    return answer | warning if already else answer


@method("conversations.leave", scopes=("channels:manage", "groups:write"), needs=("channel",))
def leave(call: Call) -> Json:
    channel = _changeable(call)
    if call.app.bot_user not in channel.members:
        return ok(not_in_channel=True)
    gathering.leave(call.slack, channel, call.app.bot_user)
    return ok()


@method("conversations.invite", scopes=("channels:manage", "groups:write"), needs=("channel", "users"))
def invite(call: Call) -> Json:
    channel = _changeable(call)
    if call.app.bot_user not in channel.members:
        raise error("not_in_channel")
    users = call.args.ids("users")
    refusals = {user: code for user in users if (code := _refusal(call, channel, user))}
    refused = [{"ok": False, "user": user, "error": code} for user, code in refusals.items()]
    if refused and not (call.args.flag("force") and len(refused) < len(users)):
        raise error(next(iter(refusals.values())), errors=refused)
    for user in users:
        if user not in refusals:
            gathering.join(call.slack, channel, user, inviter=call.app.bot_user)
    answer = ok(channel=shapes.channel(call.slack, channel, reader=call.app.bot_user))
    return answer | {"errors": refused} if refused else answer


@method("conversations.kick", scopes=("channels:manage", "groups:write"), needs=("channel", "user"))
def kick(call: Call) -> Json:
    channel, user = _changeable(call), call.args.text("user")
    call.slack.person(user)
    if user == call.app.bot_user:
        raise error("cant_kick_self")
    if channel.is_general:
        raise error("cant_kick_from_general")
    if user not in channel.members or call.app.bot_user not in channel.members:
        raise error("not_in_channel")
    gathering.leave(call.slack, channel, user)
    return ok(errors={})


@method("conversations.create", scopes=("channels:manage", "groups:write"), needs=("name",), tier=2)
def create(call: Call) -> Json:
    name = call.args.text("name")
    if not gathering.NAME.fullmatch(name):
        raise error("invalid_name_specials" if len(name) <= 80 else "invalid_name_maxlength")
    if any(channel.name == name for channel in call.slack.channels.values()):
        raise error("name_taken")
    kind = "private" if call.args.flag("is_private") else "channel"
    channel = gathering.create(call.slack, name, kind, call.app.bot_user)
    return ok(channel=shapes.channel(call.slack, channel, reader=call.app.bot_user))


@method("conversations.archive", scopes=("channels:manage", "groups:write"), needs=("channel",), tier=2)
def archive(call: Call) -> Json:
    channel = _changeable(call)
    if call.app.bot_user not in channel.members:
        raise error("not_in_channel")
    if channel.is_general:
        raise error("cant_archive_general")
    gathering.archive(call.slack, channel, archived=True)
    return ok()


@method("conversations.unarchive", scopes=("channels:manage", "groups:write"), needs=("channel",), tier=2)
def unarchive(call: Call) -> Json:
    channel = access.visible(call, call.args.text("channel"))
    if not channel.is_archived:
        raise error("not_archived")
    gathering.archive(call.slack, channel, archived=False)
    return ok()


def _changeable(call: Call) -> Channel:
    channel = access.visible(call, call.args.text("channel"))
    if channel.is_archived:
        raise error("is_archived")
    return channel


def _with(call: Call, users: list[str]) -> Channel:
    if not users:
        raise error("users_list_not_supplied")
    if len(users) > 8:
        raise error("too_many_users")
    needed = "im:write" if len(users) == 1 else "mpim:write"
    if needed not in call.app.scopes:
        raise error("missing_scope", needed=needed, provided=",".join(call.app.scopes))
    _reachable([call.slack.person(user) for user in users])
    return call.slack.direct(call.app.bot_user, *users)


def _reachable(people: list[Person]) -> None:
    for person in people:
        if person.deleted:
            raise error("user_disabled")
        if person.is_bot:
            raise error("cannot_dm_bot")


def _refusal(call: Call, channel: Channel, user: str) -> str:
    person = call.slack.people.get(user)
    if person is None or person.deleted:
        return "user_not_found"
    if user == call.app.bot_user:
        return "cant_invite_self"
    if person.is_ultra_restricted:
        return "ura_max_channels"
    return "already_in_channel" if user in channel.members else ""
