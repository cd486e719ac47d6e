"""How the control routes show things: Slack's own shapes, plus what only a person sees."""

from __future__ import annotations

from dataclasses import asdict

from sandbox import shapes
from sandbox.delivery.sending import encoded
from sandbox.entities import ApiCall, Delivery, Json, Message, Outcome, Person, View
from sandbox.workspace import Workspace


def message(slack: Workspace, message: Message) -> Json:
    drawn = shapes.message(slack, message) | {"channel": message.channel}
    if message.only_for:
        drawn |= {"is_ephemeral": True, "only_for": message.only_for}
    return drawn


def messages(slack: Workspace, found: list[Message]) -> list[Json]:
    return [message(slack, each) for each in found]


def view(slack: Workspace, view: View | None) -> Json | None:
    return shapes.view(slack, view) if view else None


def outcome(slack: Workspace, outcome: Outcome) -> Json:
    return {
        "ok": outcome.ok,
        "error": outcome.error or None,
        "detail": outcome.detail,
        "field_errors": outcome.field_errors,
        "message": message(slack, outcome.said) if outcome.said else None,
        "response": message(slack, outcome.response) if outcome.response else None,
        "seen": messages(slack, outcome.seen),
        "opened_view": view(slack, outcome.view),
        "deliveries": [
            {"id": each.id, "kind": each.kind, "outcome": each.outcome} for each in outcome.deliveries
        ],
    }


def delivery(delivery: Delivery) -> Json:
    return {
        "id": delivery.id,
        "kind": delivery.kind,
        "app_id": delivery.app_id,
        "user": delivery.user,
        "outcome": delivery.outcome,
        "attempts": [asdict(attempt) for attempt in delivery.attempts],
        "body": encoded(delivery)[1].decode(),
        "payload": delivery.payload,
    }


def call(call: ApiCall) -> Json:
    return asdict(call)


def person(person: Person) -> Json:
    return asdict(person) | {"label": person.label}
