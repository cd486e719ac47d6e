"""What a person types into a form, and what Slack itself says about it before the app is asked."""

from __future__ import annotations

import re
from typing import Any

from sandbox.answers import error, invalid
from sandbox.blocks import elements
from sandbox.blocks.elements import NotOffered
from sandbox.entities import Json, View

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"(https?://|mailto:)\S+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
REQUIRED = "Please complete this required field."


def fill(view: View, values: dict[str, dict[str, Any]]) -> None:
    """Raises action_not_found for a field that is not there, option_not_found for what is not offered."""
    for block_id, actions in values.items():
        for action_id, chosen in actions.items():
            place = elements.find(view.blocks, action_id, block_id)
            if place is None:
                raise error("action_not_found", field=f"{block_id}.{action_id}")
            try:
                view.values.setdefault(block_id, {})[action_id] = elements.picked(place.element, chosen)
            except NotOffered as wrong:
                raise error("option_not_found", field=f"{block_id}.{action_id}") from wrong


def faults(view: View) -> dict[str, str]:
    """What keeps the form from being sent, by block_id."""
    found = {}
    for block, element in elements.elements(view.blocks):
        if block.get("type") == "input":
            state = view.values.get(block["block_id"], {}).get(element["action_id"], {})
            if words := _fault(block, element, state):
                found[block["block_id"]] = words
    return found


def field_errors(view: View, errors: object) -> dict[str, str]:
    """An app's words under fields. Raises invalid_arguments unless each key is an input block of the view."""
    if not isinstance(errors, dict) or not errors:
        raise invalid("must provide an object [json-pointer:/errors]")
    known = {block["block_id"] for block in view.blocks if block.get("type") == "input"}
    unknown = [f"errors: no input block `{key}` [json-pointer:/errors]" for key in errors if key not in known]
    if unknown:
        raise invalid(*unknown)
    return {str(key): str(words) for key, words in errors.items()}


def _fault(block: Json, element: Json, state: Json) -> str:
    if elements.is_empty(state):
        return "" if block.get("optional") else REQUIRED
    value = elements.held_value(state)
    if element["type"] in elements.TEXT_KINDS:
        return _length(element, value) or _kind(element, value)
    if element["type"] == "datepicker" and not _DATE.fullmatch(value):
        return "Enter a date."
    if element["type"] == "timepicker" and not _TIME.fullmatch(value):
        return "Enter a time."
    most = element.get("max_selected_items")
    return f"You can select up to {most} items." if most and len(value) > most else ""


def _length(element: Json, value: str) -> str:
    shortest, longest = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < shortest:
        return f"Enter at least {shortest} characters."
    return f"Enter at most {longest} characters." if len(value) > longest else ""


def _kind(element: Json, value: str) -> str:
    kind = element["type"]
    if kind == "email_text_input" and not _EMAIL.fullmatch(value):
        return "Please enter a valid email address."
    if kind == "url_text_input" and not _URL.fullmatch(value):
        return "Please enter a valid URL."
    return _number(element, value) if kind == "number_input" else ""


def _number(element: Json, value: str) -> str:
    whole = not element.get("is_decimal_allowed")
    try:
        number = int(value) if whole else float(value)
    except ValueError:
        return "Enter a whole number." if whole else "Enter a number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Enter {element['min_value']} or more."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Enter {element['max_value']} or less."
    return ""
