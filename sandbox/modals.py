"""Views: made, stacked, replaced, closed. A person has a stack of at most three modals, a Home per app."""

from __future__ import annotations

import copy
import json
import secrets
from typing import Any

from sandbox.answers import error, invalid
from sandbox.blocks import checking, elements, rules
from sandbox.entities import Json, View
from sandbox.installation import App
from sandbox.posting import name_blocks
from sandbox.workspace import Workspace

MOST_STACKED = 3


def checked(view: Any, kind: str) -> Json:
    """A copy of a definition that may be shown. Raises view_too_large or invalid_arguments."""
    if len(json.dumps(view)) > rules.LARGEST_VIEW:
        raise error("view_too_large")
    faults = checking.view_faults(view)
    if not faults and view["type"] != kind:
        faults = [f"must be a {kind} [json-pointer:/view/type]"]
    if faults:
        raise invalid(*faults)
    definition: Json = copy.deepcopy(view)
    return definition


def _may_be_shown(slack: Workspace, app: App, definition: Json) -> None:
    """What depends on more than the definition: whether files may be asked for, and those shown are there."""
    blocks: list[Json] = definition["blocks"]
    asks_for_files = any((block.get("element") or {}).get("type") == "file_input" for block in blocks)
    if asks_for_files and "files:read" not in app.scopes:
        raise error("missing_scope", needed="files:read", provided=",".join(app.scopes))
    for number, block in enumerate(blocks):
        if isinstance(shown := block.get("slack_file"), dict):
            file = slack.files.get(str(shown.get("id")))
            if file is None or not file.complete or file.deleted:
                raise invalid(f"invalid slack file [json-pointer:/view/blocks/{number}/slack_file]")


def open_modal(slack: Workspace, app: App, user: str, definition: Json) -> View:
    view = _made(slack, app, user, definition)
    view.root_id = view.id
    for closed in slack.modals.get(user, []):
        slack.views.pop(closed.id, None)
    slack.modals[user] = [view]
    return _kept(slack, view)


def push_modal(slack: Workspace, app: App, user: str, definition: Json) -> View:
    """Raises not_found without an open modal, push_limit_reached on top of three."""
    stack = slack.modals.get(user, [])
    if not stack:
        raise error("not_found")
    if len(stack) >= MOST_STACKED:
        raise error("push_limit_reached")
    view = _made(slack, app, user, definition)
    view.root_id, view.previous_id = stack[0].id, stack[-1].id
    stack.append(view)
    return _kept(slack, view)


def replace(slack: Workspace, view: View, definition: Json) -> View:
    """New content in the same place; what was typed stays where block and action keep their ids."""
    _unique_external_id(slack, view.app_id, definition, but=view)
    if app := slack.apps.get(view.app_id):
        _may_be_shown(slack, app, definition)
    name_blocks(slack, definition["blocks"])
    typed, view.values = view.values, elements.untouched(definition["blocks"])
    for block_id, actions in view.values.items():
        for action_id, state in actions.items():
            before = typed.get(block_id, {}).get(action_id)
            if before and before["type"] == state["type"]:
                actions[action_id] = before
    view.definition, view.hash = definition, _hash(slack)
    slack.changed("home" if view.type == "home" else "view", user=view.user, id=view.id)
    return view


def publish(slack: Workspace, app: App, user: str, definition: Json) -> View:
    home = slack.homes.get((app.id, user))
    if home:
        home.values = {}
        return replace(slack, home, definition)
    view = _made(slack, app, user, definition)
    view.root_id = view.id
    slack.homes[app.id, user] = view
    return _kept(slack, view)


def close_top(slack: Workspace, user: str) -> None:
    stack = slack.modals.get(user, [])
    if stack:
        slack.views.pop(stack.pop().id, None)
        slack.changed("view", user=user)


def close_all(slack: Workspace, user: str) -> None:
    while slack.modals.get(user):
        close_top(slack, user)


def _made(slack: Workspace, app: App, user: str, definition: Json) -> View:
    _unique_external_id(slack, app.id, definition)
    _may_be_shown(slack, app, definition)
    name_blocks(slack, definition["blocks"])
    values = elements.untouched(definition["blocks"])
    kind = definition["type"]
    return View(slack.fresh_id("V"), app.id, user, kind, definition, _hash(slack), values)


def _kept(slack: Workspace, view: View) -> View:
    slack.views[view.id] = view
    slack.changed("home" if view.type == "home" else "view", user=view.user, id=view.id)
    return view


def _unique_external_id(slack: Workspace, app_id: str, definition: Json, but: View | None = None) -> None:
    wanted = definition.get("external_id")
    if wanted:
        for view in slack.views.values():
            if view is not but and view.app_id == app_id and view.definition.get("external_id") == wanted:
                raise error("duplicate_external_id")


def _hash(slack: Workspace) -> str:
    return f"{int(slack.clock.now())}.{secrets.token_hex(4)}"
