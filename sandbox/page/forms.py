"""What a person did with the controls of a message or of a view, read from the posted form."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData, UploadFile

from sandbox.blocks import elements
from sandbox.blocks.elements import Place
from sandbox.entities import Json
from sandbox.page.block_kit import field_name

MANY = {
    "checkboxes",
    "multi_static_select",
    "multi_users_select",
    "multi_channels_select",
    "multi_conversations_select",
}
# Buttons hold nothing, and what a field for files holds was uploaded before.
WITHOUT_VALUE = {"button", "overflow", "file_input"}


def pressed(blocks: list[Json], form: FormData) -> Place | None:
    """The element that was used: an overflow menu sends its own field, all others the field `pressed`.

    A field for files is never one: what was chosen there travels when the form is sent.
    """
    wanted = form.get("pressed")
    for block, element in elements.elements(blocks):
        if element["type"] == "file_input":
            continue
        name = field_name(block, element)
        if name == wanted or (wanted is None and element["type"] == "overflow" and name in form):
            return Place(block, element)
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


def chosen_files(blocks: list[Json], form: FormData) -> list[tuple[Place, UploadFile]]:
    """Files chosen in the fields of a view, each with its field; an empty control sends a nameless one."""
    return [
        (Place(block, element), file)
        for block, element in elements.elements(blocks)
        if element["type"] == "file_input"
        for file in form.getlist(field_name(block, element))
        if isinstance(file, UploadFile) and file.filename
    ]


def values(blocks: list[Json], form: FormData, zone: ZoneInfo) -> dict[str, dict[str, Any]]:
    """Everything that a view's controls hold, by block and action."""
    held: dict[str, dict[str, Any]] = {}
    for block, element in elements.elements(blocks):
        if element["type"] not in WITHOUT_VALUE:
            held.setdefault(block["block_id"], {})[element["action_id"]] = chosen(block, element, form, zone)
    return held
