"""What a person did with the controls of a message or of a view, read from the posted form."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData

from sandbox.entities import Json
from sandbox.page.block_kit import field_name

MANY = {
    "checkboxes",
    "multi_static_select",
    "multi_users_select",
    "multi_channels_select",
    "multi_conversations_select",
}
WITHOUT_VALUE = {"button", "overflow", "image"}


def elements(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with the block it stands in."""
    for block in blocks:
        if accessory := block.get("accessory"):
            yield block, accessory
        if block.get("type") == "input":
            yield block, block["element"]
        if block.get("type") == "actions":
            yield from ((block, element) for element in block["elements"])


def pressed(blocks: Sequence[Json], form: FormData) -> tuple[Json, Json] | None:
    """The element that was used: an overflow menu sends its own field, all others the field `pressed`."""
    wanted = form.get("pressed")
    for block, element in elements(blocks):
        name = field_name(block, element)
        if name == wanted or (wanted is None and element["type"] == "overflow" and name in form):
            return block, element
    return None


def chosen(block: Json, element: Json, form: FormData, zone: ZoneInfo) -> Any:
    """What a control holds: text, an option's value, a list of them, a date, an instant, or None."""
    name, kind = field_name(block, element), element["type"]
    if kind in MANY:
        return [str(value) for value in form.getlist(name)]
    typed = str(form.get(name) or "").replace("\r\n", "\n")
    if kind == "button" or not typed:
        return None
    if kind == "datetimepicker":
        return int(datetime.fromisoformat(typed).replace(tzinfo=zone).timestamp())
    return typed


def values(blocks: Sequence[Json], form: FormData, zone: ZoneInfo) -> dict[str, dict[str, Any]]:
    """Everything that a view's controls hold, by block and action."""
    held: dict[str, dict[str, Any]] = {}
    for block, element in elements(blocks):
        if element["type"] not in WITHOUT_VALUE:
            held.setdefault(block["block_id"], {})[element["action_id"]] = chosen(block, element, form, zone)
    return held
