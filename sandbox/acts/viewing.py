"""Modals are filled in, submitted and closed; the Home tab is opened."""

from __future__ import annotations

from typing import Any

from sandbox import filling, modals, payloads, shapes
from sandbox.acts.watching import Watch, active, owner
from sandbox.answers import SlackError, error
from sandbox.delivery import events, interactions
from sandbox.entities import Delivery, Json, Outcome, View
from sandbox.workspace import Workspace

Filled = dict[str, dict[str, Any]]


def fill_in(slack: Workspace, *, view_id: str, values: Filled) -> View:
    """Type into a view without sending it. Raises view_not_found, action_not_found or option_not_found."""
    view = slack.views.get(view_id)
    if view is None:
        raise error("view_not_found")
    filling.fill(view, values)
    return view


async def submit(slack: Workspace, *, user: str, view_id: str, values: Filled | None = None) -> Outcome:
    """Press the submit button of the modal on top. What is missing is said without asking the app."""
    who, watch = active(slack, user), Watch(slack, user)
    view = _on_top(slack, user, view_id)
    filling.fill(view, values or {})
    if faults := filling.faults(view):
        return Outcome(error="incomplete", field_errors=faults, view=view)
    app = owner(slack, view.app_id)
    delivery = interactions.prepared(slack, app, "submission", payloads.submission(slack, app, who, view))
    return await deliver_submission(slack, delivery, watch)


async def deliver_submission(slack: Workspace, delivery: Delivery, watch: Watch) -> Outcome:
    """Send it (again) and do with the modal what the app answers."""
    answer = await interactions.send(slack, delivery)
    fault, detail, field_errors = interactions.shown(answer), list[str](), dict[str, str]()
    view = slack.views.get(delivery.payload["view"]["id"])
    if not fault and view:
        try:
            field_errors = _obey(slack, view, answer.body)
        except SlackError as refused:
            fault, detail = refused.code, refused.messages()
    outcome = watch.outcome([delivery])
    outcome.error, outcome.detail, outcome.field_errors = fault, detail, field_errors
    if field_errors or fault:
        outcome.view = view
    return outcome


async def close(slack: Workspace, *, user: str, view_id: str = "", clear: bool = False) -> Outcome:
    """Cancel the modal on top, or with `clear` close all of them by the cross."""
    who, watch = active(slack, user), Watch(slack, user)
    view = _on_top(slack, user, view_id)
    told = slack.modals[user][0] if clear else view
    payload = payloads.closed(slack, owner(slack, view.app_id), who, told, cleared=clear)
    if clear or view.definition.get("clear_on_close"):
        modals.close_all(slack, user)
    else:
        modals.close_top(slack, user)
    if not told.definition.get("notify_on_close"):
        return watch.outcome([])
    delivery = interactions.prepared(slack, owner(slack, view.app_id), "closed", payload)
    await interactions.send(slack, delivery)
    return watch.outcome([delivery])


async def open_home(slack: Workspace, *, user: str, tab: str = "home", app_id: str = "") -> Outcome:
    """Visit the app's Home or Messages tab; the event carries the view once one was published."""
    who, watch = active(slack, user), Watch(slack, user)
    app = owner(slack, app_id) if app_id else slack.newest_app()
    if app is None:
        raise error("app_not_installed")
    direct = slack.direct(app.bot_user, who.id)
    event: Json = {"type": "app_home_opened", "user": user, "channel": direct.id, "tab": tab}
    home = slack.homes.get((app.id, user))
    if tab == "home" and home:
        event["view"] = shapes.view(slack, home)
    sent = events.emit(slack, "app_home_opened", event, direct)
    await events.first_attempts(slack, sent)
    outcome = watch.outcome(sent)
    outcome.view = slack.homes.get((app.id, user)) if tab == "home" else None
    return outcome


def _on_top(slack: Workspace, user: str, view_id: str) -> View:
    stack = slack.modals.get(user, [])
    if not stack or view_id not in ("", stack[-1].id):
        raise error("view_not_found")
    return stack[-1]


def _obey(slack: Workspace, view: View, body: Json | str | None) -> dict[str, str]:
    """Do as the acknowledgement says. Source: docs.slack.dev, modals, response_action."""
    if not body:
        modals.close_top(slack, view.user)
        return {}
    if isinstance(body, str) or "response_action" not in body:
        raise error("invalid_response_action")
    action = body["response_action"]
    if action == "clear":
        modals.close_all(slack, view.user)
    elif action == "update":
        modals.replace(slack, view, modals.checked(body.get("view"), "modal"))
    elif action == "push":
        definition = modals.checked(body.get("view"), "modal")
        modals.push_modal(slack, owner(slack, view.app_id), view.user, definition)
    elif action == "errors":
        return filling.field_errors(view, body.get("errors"))
    else:
        raise error("invalid_response_action")
    return {}
