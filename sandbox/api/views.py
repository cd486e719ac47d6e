from __future__ import annotations

from sandbox import grants, modals, shapes
from sandbox.answers import error, invalid, ok
from sandbox.api.registry import Call, method
from sandbox.entities import Json, View


@method("views.open", needs=("view",), tier=4)
def open_view(call: Call) -> Json:
    definition = modals.checked(call.args.parsed("view"), "modal")
    trigger = grants.redeem(call.slack, _trigger_id(call), call.app.id)
    return _drawn(call, modals.open_modal(call.slack, call.app, trigger.user, definition))


@method("views.push", needs=("view",), tier=4)
def push(call: Call) -> Json:
    definition = modals.checked(call.args.parsed("view"), "modal")
    trigger = grants.redeem(call.slack, _trigger_id(call), call.app.id)
    if not trigger.view_id:
        raise error("not_found")
    return _drawn(call, modals.push_modal(call.slack, call.app, trigger.user, definition))


@method("views.update", needs=("view",), tier=4)
def update(call: Call) -> Json:
    view = _wanted(call)
    definition = modals.checked(call.args.parsed("view"), view.type)
    _same_hash(call, view)
    return _drawn(call, modals.replace(call.slack, view, definition))


@method("views.publish", needs=("user_id", "view"), tier=4)
def publish(call: Call) -> Json:
    user = call.slack.person(call.args.text("user_id")).id
    if not call.app.home_tab:
        raise error("not_enabled")
    definition = modals.checked(call.args.parsed("view"), "home")
    if home := call.slack.homes.get((call.app.id, user)):
        _same_hash(call, home)
    return _drawn(call, modals.publish(call.slack, call.app, user, definition))


def _trigger_id(call: Call) -> str:
    given = call.args.text("trigger_id") or call.args.text("interactivity_pointer")
    if not given:
        raise invalid("missing required field: trigger_id")
    return given


def _wanted(call: Call) -> View:
    view_id, external_id = call.args.text("view_id"), call.args.text("external_id")
    if not (view_id or external_id):
        raise invalid("missing required field: view_id")
    for view in call.slack.views.values():
        if view.app_id == call.app.id and (
            view.id == view_id or (external_id and view.definition.get("external_id") == external_id)
        ):
            return view
    raise error("not_found")


def _same_hash(call: Call, view: View) -> None:
    if call.args.text("hash", view.hash) not in ("", view.hash):
        raise error("hash_conflict")


def _drawn(call: Call, view: View) -> Json:
    return ok(view=shapes.view(call.slack, view))
