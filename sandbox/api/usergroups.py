"""User groups, as far as a bot that keeps one in step with a list needs them."""

from __future__ import annotations

import re

from sandbox.answers import error, ok
from sandbox.api.registry import Call, method
from sandbox.bookkeeping import Usergroup
from sandbox.delivery import events
from sandbox.entities import Json

_READ, _WRITE = ("usergroups:read",), ("usergroups:write",)
_HANDLE = re.compile(r"[a-z0-9._-]{1,80}")


@method("usergroups.create", scopes=_WRITE, needs=("name",), tier=2)
def create(call: Call) -> Json:
    slack, name = call.slack, call.args.text("name")
    handle = call.args.text("handle", re.sub(r"[^a-z0-9._-]+", "-", name.lower()))
    if not _HANDLE.fullmatch(handle):
        raise error("bad_handle")
    for group in slack.usergroups.values():
        if name == group.name:
            raise error("name_already_exists")
        if handle == group.handle:
            raise error("handle_already_exists")
    made = Usergroup(slack.fresh_id("S"), name, handle, call.app.bot_user, int(slack.clock.now()))
    made.description, made.channels = call.args.text("description"), call.args.ids("channels")
    slack.usergroups[made.id] = made
    return ok(usergroup=_drawn(call, made))


@method("usergroups.list", scopes=_READ, tier=2)
def groups(call: Call) -> Json:
    disabled = call.args.flag("include_disabled")
    found = [group for group in call.slack.usergroups.values() if disabled or not group.disabled_at]
    users, count = call.args.flag("include_users"), call.args.flag("include_count")
    return ok(usergroups=[_drawn(call, group, users=users, count=count) for group in found])


@method("usergroups.users.list", scopes=_READ, needs=("usergroup",), tier=2)
def users(call: Call) -> Json:
    return ok(users=_wanted(call).users)


@method("usergroups.users.update", scopes=_WRITE, needs=("usergroup",), tier=2)
def update_users(call: Call) -> Json:
    group, wanted = _wanted(call), call.args.ids("users")
    if not wanted:
        raise error("no_users_provided")
    if any(user not in call.slack.people for user in wanted):
        raise error("invalid_users")
    before, earlier = group.users, group.updated
    group.users, group.updated = wanted, int(call.slack.clock.now())
    added = [user for user in wanted if user not in before]
    removed = [user for user in before if user not in wanted]
    event = {
        "type": "subteam_members_changed",
        "subteam_id": group.id,
        "team_id": call.slack.team.id,
        "date_previous_update": earlier,
        "date_update": group.updated,
        "added_users": added,
        "added_users_count": len(added),
        "removed_users": removed,
        "removed_users_count": len(removed),
    }
    events.emit(call.slack, "subteam_members_changed", event)
    return ok(usergroup=_drawn(call, group, users=True, count=call.args.flag("include_count")))


@method("usergroups.disable", scopes=_WRITE, needs=("usergroup",), tier=2)
def disable(call: Call) -> Json:
    group = _wanted(call)
    group.disabled_at = int(call.slack.clock.now())
    return ok(usergroup=_drawn(call, group))


@method("usergroups.enable", scopes=_WRITE, needs=("usergroup",), tier=2)
def enable(call: Call) -> Json:
    group = _wanted(call)
    group.disabled_at = 0
    return ok(usergroup=_drawn(call, group))


def _wanted(call: Call) -> Usergroup:
    group = call.slack.usergroups.get(call.args.text("usergroup"))
    if group is None:
        raise error("no_such_subteam")
    return group


def _drawn(call: Call, group: Usergroup, *, users: bool = False, count: bool = False) -> Json:
    drawn: Json = {
        "id": group.id,
        "team_id": call.slack.team.id,
        "is_usergroup": True,
        "is_subteam": True,
        "is_external": False,
        "name": group.name,
        "description": group.description,
        "handle": group.handle,
        "date_create": group.created,
        "date_update": group.updated or group.created,
        "date_delete": group.disabled_at,
        "created_by": group.created_by,
        "updated_by": group.created_by,
        "prefs": {"channels": group.channels, "groups": []},
    }
    if users:
        drawn["users"] = group.users
    if count:
        drawn["user_count"] = len(group.users)
    return drawn
