"""Signed payloads taken apart and put together again from the fields we and Bolt read, each of its type.

Bolt reads fields wherever it finds them and fails inside when one has another type. So it is given a body
made here, which holds nothing else. Anything that cannot be one of Slack's payloads raises Malformed.
"""

import re
from collections.abc import Mapping
from typing import Any

EVENT_TEXTS = (
    "type", "subtype", "user", "text", "channel", "channel_type", "ts", "thread_ts", "event_ts", "tab",
    "team", "user_team", "source_team", "bot_id", "inviter",
)  # fmt: skip
USER_FLAGS = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")
COMMAND_TEXTS = (
    "command", "text", "team_id", "user_id", "channel_id", "channel_name", "trigger_id", "response_url",
    "api_app_id", "enterprise_id",
)  # fmt: skip
CHOICES = (
    "value",
    "selected_date",
    "selected_time",
    "selected_user",
    "selected_conversation",
    "selected_channel",
)
FILE_TEXTS = ("id", "name", "mimetype", "url_private", "alt_txt", "permalink")
MOST_FILES = 10  # as many as Slack lets a field take
# PostgreSQL takes neither NUL nor half of a surrogate pair, and Slack sends neither.
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
EVENT_NEEDS = {
    "message": ("text", "channel", "channel_type", "ts"),
    "app_mention": ("text", "channel", "ts", "user"),
    "app_home_opened": ("user",),
    "member_joined_channel": ("user", "channel"),
    "team_join": ("user",),
}


class Malformed(Exception):
    """Signed, but not a payload of Slack's; the text says which field."""


def event(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The body of an Events API callback."""
    inner = _mapping(payload, "event")
    kind = _text(inner, "type")
    made: dict[str, Any] = _texts(inner, EVENT_TEXTS)
    if isinstance(user := inner.get("user"), Mapping):
        made["user"] = {**_texts(user, ("id", "team_id")), **_flags(user)}
    if missing := [name for name in EVENT_NEEDS.get(kind, ()) if name not in made]:
        raise Malformed(f"event.{missing[0]}")
    if kind == "team_join":
        _text(_mapping(made, "user"), "id")
    return {
        "type": "event_callback",
        "event_id": _text(payload, "event_id"),
        "team_id": _text(payload, "team_id"),
        "event": made,
    }


def command(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A slash command's fields; `is_enterprise_install` is dropped, for we serve one workspace."""
    made = _texts(payload, COMMAND_TEXTS)
    for name in ("command", "team_id", "user_id", "trigger_id"):
        if not made.get(name):
            raise Malformed(name)
    return made


def block_actions(payload: Mapping[str, Any]) -> dict[str, Any]:
    acts = payload.get("actions")
    if not isinstance(acts, list) or not acts or not isinstance(acts[0], Mapping):
        raise Malformed("actions")
    first = {
        **_texts(acts[0], ("type", "block_id")),
        **_entered(acts[0]),
        "action_id": _text(acts[0], "action_id"),
    }
    made = {
        "type": "block_actions",
        **_who(payload),
        **_texts(payload, ("trigger_id", "response_url")),
        "actions": [first],
        "container": _texts(_optional(payload, "container"), ("type", "message_ts", "channel_id", "view_id")),
    }
    if (channel := _optional(payload, "channel")) and "id" in (kept := _texts(channel, ("id", "name"))):
        made["channel"] = kept
    if payload.get("view") is not None:
        made["view"] = _view(_mapping(payload, "view"))
    if state := _optional(payload, "state"):
        made["state"] = _state(state)
    return made


def message_action(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Something chosen in the menu of a message."""
    message = _mapping(payload, "message")
    made = {
        "type": "message_action",
        **_who(payload),
        **_texts(payload, ("response_url", "message_ts")),
        "callback_id": _text(payload, "callback_id"),
        "trigger_id": _text(payload, "trigger_id"),
        "message": {**_texts(message, ("text", "ts")), "files": _files(message.get("files"))},
    }
    if (channel := _optional(payload, "channel")) and "id" in (kept := _texts(channel, ("id", "name"))):
        made["channel"] = kept
    return made


def view(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A modal submitted or closed."""
    return {
        "type": _text(payload, "type"),
        **_who(payload),
        **_texts(payload, ("trigger_id",)),
        "view": _view(_mapping(payload, "view")),
    }


def _who(payload: Mapping[str, Any]) -> dict[str, Any]:
    user = _mapping(payload, "user")
    made: dict[str, Any] = {"user": {**_texts(user, ("team_id", "name")), "id": _text(user, "id")}}
    if team := _texts(_optional(payload, "team"), ("id", "domain")):
        made["team"] = team
    return made


def _view(given: Mapping[str, Any]) -> dict[str, Any]:
    made = {
        "callback_id": "",
        "private_metadata": "",
        **_texts(given, ("type", "callback_id", "private_metadata", "hash", "root_view_id", "external_id")),
        "id": _text(given, "id"),
        "state": _state(_optional(given, "state")),
    }
    if "type" not in made:
        raise Malformed("view.type")
    return made


def _state(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "values": {
            str(block_id): {
                str(action_id): _entered(element)
                for action_id, element in elements.items()
                if isinstance(element, Mapping)
            }
            for block_id, elements in _optional(given, "values").items()
            if isinstance(elements, Mapping)
        }
    }


def _entered(element: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {
        name: found if found is None else _storable(found, name)
        for name in CHOICES
        if isinstance(found := element.get(name, ...), str | None)
    }
    if "selected_option" in element:
        chosen = element["selected_option"]
        made["selected_option"] = _texts(chosen, ("value",)) if isinstance(chosen, Mapping) else None
    if "selected_options" in element:
        many = element["selected_options"]
        made["selected_options"] = [
            {"value": _storable(choice["value"], "value")}
            for choice in (many if isinstance(many, list) else [])
            if isinstance(choice, Mapping) and isinstance(choice.get("value"), str)
        ]
    if "files" in element:
        made["files"] = _files(element["files"])
    return made


def _files(many: Any) -> list[dict[str, Any]]:
    return [
        {**_texts(file, FILE_TEXTS), "size": size if isinstance(size := file.get("size"), int) else 0}
        for file in (many if isinstance(many, list) else [])[:MOST_FILES]
        if isinstance(file, Mapping) and isinstance(file.get("id"), str)
    ]


def _mapping(given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    if not isinstance(found := given.get(name), Mapping):
        raise Malformed(name)
    return found


def _optional(given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = given.get(name)
    return found if isinstance(found, Mapping) else {}


def _text(given: Mapping[str, Any], name: str) -> str:
    if not isinstance(found := given.get(name), str) or not found:
        raise Malformed(name)
    return _storable(found, name)


def _texts(given: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _storable(found, name) for name in names if isinstance(found := given.get(name), str)}


def _storable(text: str, name: str) -> str:
    if UNSTORABLE.search(text):
        raise Malformed(name)
    return text


def _flags(given: Mapping[str, Any]) -> dict[str, bool]:
    return {name: given[name] for name in USER_FLAGS if isinstance(given.get(name), bool)}
