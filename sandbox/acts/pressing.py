"""Buttons, menus, pickers: in messages, in modals, on the Home tab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox import payloads
from sandbox.acts.watching import Watch, active, owner, room
from sandbox.answers import error
from sandbox.blocks import elements
from sandbox.blocks.elements import NotOffered, Place
from sandbox.delivery import interactions
from sandbox.entities import Delivery, Json, Message, Outcome, Person, View
from sandbox.workspace import Workspace


@dataclass(frozen=True)
class Press:
    """One use of an element, in a message (`channel`, `ts`) or a view (`view_id`).

    `block_id` and a button's `value` tell apart elements with one action id; `chosen` is what was picked.
    """

    user: str
    action_id: str
    channel: str = ""
    ts: str = ""
    view_id: str = ""
    block_id: str = ""
    value: str | None = None
    chosen: Any = None


async def press(slack: Workspace, act: Press) -> Outcome:
    """Raises action_not_found, option_not_found, view_not_found or message_not_found."""
    who, watch = active(slack, act.user), Watch(slack, act.user)
    where = _where(slack, act)
    place = elements.find(_blocks(where), act.action_id, act.block_id, act.value)
    if place is None:
        raise error("action_not_found")
    state = _picked(place, act)
    _keep(slack, where, who, (place, state))
    if place.block.get("type") == "input" and not place.block.get("dispatch_action"):
        return watch.outcome([])
    payload = _payload(slack, where, who, (place, state))
    delivery = interactions.prepared(slack, owner(slack, where.app_id), "action", payload)
    return await deliver_press(slack, delivery, watch)


async def deliver_press(slack: Workspace, delivery: Delivery, watch: Watch) -> Outcome:
    answer = await interactions.send(slack, delivery)
    outcome = watch.outcome([delivery])
    outcome.error = interactions.shown(answer)
    return outcome


async def suggestions(slack: Workspace, act: Press) -> list[Json]:
    """What an external select offers for the typed text in `chosen`; nothing when the app does not answer."""
    who, where = active(slack, act.user), _where(slack, act)
    place = elements.find(_blocks(where), act.action_id, act.block_id)
    if place is None:
        raise error("action_not_found")
    asked = {"action_id": act.action_id, "block_id": place.block["block_id"], "value": str(act.chosen or "")}
    inside = _inside(slack, where, who)
    asked |= {key: inside[key] for key in ("container", "view", "channel", "message") if key in inside}
    app = owner(slack, where.app_id)
    delivery = interactions.prepared(slack, app, "options", payloads.suggestion(slack, app, who, asked))
    answer = await interactions.send(slack, delivery)
    return elements.options(answer.body) if isinstance(answer.body, dict) else []


def _where(slack: Workspace, act: Press) -> Message | View:
    if act.view_id:
        view = slack.views.get(act.view_id)
        if view is None or view.user != act.user:
            raise error("view_not_found")
        return view
    message = slack.message(room(slack, act.user, act.channel).id, act.ts)
    if message is None or not message.seen_by(act.user):
        raise error("message_not_found")
    return message


def _blocks(where: Message | View) -> list[Json]:
    if isinstance(where, View):
        return where.blocks
    attached = [block for attachment in where.attachments for block in attachment.get("blocks", [])]
    return where.blocks + attached


def _picked(place: Place, act: Press) -> Json:
    """What changes in the action: the state of an element that holds something, else nothing."""
    element = place.element
    try:
        if element["type"] == "overflow":
            return {"type": "overflow", "selected_option": elements.offered(element, act.chosen)}
        return elements.picked(element, act.chosen)
    except NotOffered as wrong:
        raise error("option_not_found") from wrong


def _keep(slack: Workspace, where: Message | View, who: Person, what: tuple[Place, Json]) -> None:
    (block, element), state = what
    if not elements.holds(element):
        return
    if isinstance(where, View):
        values = where.values
    else:
        values = slack.picked.setdefault(
            (where.channel, where.ts, who.id), elements.untouched(_blocks(where))
        )
    values.setdefault(block["block_id"], {})[element["action_id"]] = state


def _payload(slack: Workspace, where: Message | View, who: Person, what: tuple[Place, Json]) -> Json:
    (block, element), state = what
    action = {"action_id": element["action_id"], "block_id": block["block_id"], **state}
    if element["type"] == "button":
        action |= {key: element[key] for key in ("text", "value", "style", "url") if key in element}
    elif "placeholder" in element:
        action["placeholder"] = element["placeholder"]
    app = owner(slack, where.app_id)
    payload = payloads.block_actions(slack, app, who, action) | _inside(slack, where, who)
    if isinstance(where, View):
        payload["state"] = {"values": where.values}
    else:
        kept = slack.picked.get((where.channel, where.ts, who.id))
        payload["state"] = {"values": kept or elements.untouched(_blocks(where))}
    return payload


def _inside(slack: Workspace, where: Message | View, who: Person) -> Json:
    app = owner(slack, where.app_id)
    if isinstance(where, View):
        return payloads.in_view(slack, app, who, where)
    return payloads.in_message(slack, app, who, where)
