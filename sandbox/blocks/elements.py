"""Interactive elements: finding them, what they hold before anybody touched them, what a person picked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sandbox.entities import Json

Values = dict[str, dict[str, Json]]

# For each kind: the key of its value, and the key of what the app put in beforehand.
_HOLDS = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", ""),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
_OPTIONS = ("selected_option", "selected_options")
TEXT_KINDS = ("plain_text_input", "email_text_input", "url_text_input", "number_input")


class Place(NamedTuple):
    block: Json
    element: Json


class NotOffered(Exception):
    """A person cannot pick what the element does not offer."""


def holds(element: Json) -> bool:
    """Whether the element keeps what was picked; a button or an overflow menu does not."""
    return element["type"] in _HOLDS


def elements(blocks: list[Json]) -> Iterator[Place]:
    for block in blocks:
        inside = block.get("elements") if block.get("type") in ("actions", "context_actions") else None
        for element in inside or [block.get("accessory") or block.get("element")]:
            if isinstance(element, dict) and element.get("action_id"):
                yield Place(block, element)


def find(blocks: list[Json], action_id: str, block_id: str = "", value: str | None = None) -> Place | None:
    """The element with this action id; block id and button value tell several apart."""
    for place in elements(blocks):
        if place.element["action_id"] != action_id or block_id not in ("", place.block.get("block_id")):
            continue
        if value is None or place.element.get("value") == value:
            return place
    return None


def untouched(blocks: list[Json]) -> Values:
    """`state.values` before anybody typed: what the app put in, else null or an empty list."""
    values: Values = {}
    for block, element in elements(blocks):
        if element["type"] in _HOLDS:
            held, initial = _HOLDS[element["type"]]
            empty: Any = [] if held.endswith("s") else None
            state = {"type": element["type"], held: element.get(initial) or empty}
            values.setdefault(block["block_id"], {})[element["action_id"]] = state
    return values


def picked(element: Json, chosen: Any) -> Json:
    """Slack's state object for what a person typed or picked. Raises NotOffered."""
    kind = element["type"]
    if kind not in _HOLDS:
        return {"type": kind}
    held = _HOLDS[kind][0]
    if isinstance(chosen, dict) and held in chosen:
        return {"type": kind, held: chosen[held]}
    if held not in _OPTIONS or chosen is None:
        return {"type": kind, held: _plain(held, chosen)}
    if held == "selected_options":
        wanted = chosen if isinstance(chosen, list) else [chosen]
        return {"type": kind, held: [offered(element, each) for each in wanted]}
    return {"type": kind, held: offered(element, chosen)}


def offered(element: Json, chosen: Any) -> Json:
    value = chosen.get("value") if isinstance(chosen, dict) else chosen
    if "external" in element["type"]:
        return chosen if isinstance(chosen, dict) else {"text": _label(value), "value": value}
    for option in options(element):
        if option.get("value") == value:
            return option
    raise NotOffered(f"{element.get('action_id')} does not offer {value!r}")


def is_empty(state: Json) -> bool:
    return all(not value and value != 0 for key, value in state.items() if key != "type")


def held_value(state: Json) -> Any:
    return next((value for key, value in state.items() if key != "type"), None)


def options(element: Json) -> list[Json]:
    groups = element.get("option_groups") or [element]
    return [option for group in groups for option in group.get("options") or []]


def _plain(held: str, chosen: Any) -> Any:
    if held in ("value", "selected_date", "selected_time"):
        return None if chosen in (None, "") else str(chosen)
    if held == "selected_date_time":
        return None if chosen in (None, "") else int(chosen)
    if held.endswith("s"):
        return chosen if isinstance(chosen, list) else [] if chosen in (None, "") else [chosen]
    return chosen or None


def _label(value: Any) -> Json:
    return {"type": "plain_text", "text": str(value), "emoji": True}
