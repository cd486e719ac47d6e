"""An app manifest, checked as Slack checks one before it makes the app.

Sources: slackapi/manifest-schema (limits). That Slack keeps its built-in command names to itself, and refuses
a whole manifest that lists one, is known from people who tried.
"""

from __future__ import annotations

import re
from typing import Any

from sandbox.answers import SlackError, error
from sandbox.entities import Command, Json

_NAMES = """archive away call collapse dm dnd expand feed invite join kick leave me msg mute open pro remind
remove rename search shortcuts shrug star status topic who"""
BUILT_IN = frozenset(f"/{name}" for name in _NAMES.split())
_COMMAND = re.compile(r"/[a-z0-9][a-z0-9-]{0,30}")
_TOP = frozenset(
    ("_metadata", "display_information", "features", "oauth_config", "settings", "functions", "workflows")
)
_LENGTHS = {
    "/display_information/name": (1, 35),
    "/display_information/description": (1, 140),
    "/display_information/long_description": (175, 4000),
    "/features/bot_user/display_name": (1, 80),
}
_COUNTS = {
    "/features/slash_commands": 50,
    "/features/shortcuts": 10,
    "/oauth_config/scopes/bot": 255,
    "/settings/event_subscriptions/bot_events": 100,
}


def checked(manifest: object) -> Json:
    """Raises invalid_manifest with each fault's message and pointer."""
    if not isinstance(manifest, dict):
        raise _invalid([{"message": "must be an object", "pointer": "/"}])
    faults = [_fault(f"unexpected property {key}", "/") for key in sorted(manifest.keys() - _TOP)]
    if not at(manifest, "/display_information/name"):
        faults.append(_fault("missing required field: name", "/display_information"))
    faults += [fault for pointer, limits in _LENGTHS.items() for fault in _length(manifest, pointer, limits)]
    faults += [fault for pointer, most in _COUNTS.items() for fault in _count(manifest, pointer, most)]
    faults += _commands(manifest) + _shortcuts(manifest) + _ways_in(manifest)
    if faults:
        raise _invalid(faults)
    return manifest


def at(manifest: Json, pointer: str) -> Any:
    """What stands at a pointer such as /features/bot_user, or None."""
    found: Any = manifest
    for key in pointer.strip("/").split("/"):
        found = found.get(key) if isinstance(found, dict) else None
    return found


def commands(manifest: Json) -> dict[str, Command]:
    return {
        each["command"]: Command(
            name=each["command"],
            description=each.get("description", ""),
            usage_hint=each.get("usage_hint", ""),
            should_escape=bool(each.get("should_escape")),
        )
        for each in at(manifest, "/features/slash_commands") or []
    }


def _commands(manifest: Json) -> list[Json]:
    faults = []
    for number, each in enumerate(at(manifest, "/features/slash_commands") or []):
        pointer, name = f"/features/slash_commands/{number}", str(each.get("command", ""))
        if name in BUILT_IN or not _COMMAND.fullmatch(name):
            faults.append(_fault("the slash command has an invalid name", f"{pointer}/command"))
        if not 1 <= len(str(each.get("description", ""))) <= 2000:
            faults.append(_fault("must have 1 to 2000 characters", f"{pointer}/description"))
    return faults


def _shortcuts(manifest: Json) -> list[Json]:
    faults = []
    for number, each in enumerate(at(manifest, "/features/shortcuts") or []):
        pointer = f"/features/shortcuts/{number}"
        if each.get("type") not in ("global", "message"):
            faults.append(_fault("must be global or message", f"{pointer}/type"))
        for key, most in (("name", 24), ("callback_id", 255), ("description", 150)):
            if not 1 <= len(str(each.get(key, ""))) <= most:
                faults.append(_fault(f"must have 1 to {most} characters", f"{pointer}/{key}"))
    return faults


def _ways_in(manifest: Json) -> list[Json]:
    socket = at(manifest, "/settings/socket_mode_enabled")
    events = at(manifest, "/settings/event_subscriptions") or {}
    if events.get("bot_events") and not socket and not events.get("request_url"):
        pointer = "/settings/event_subscriptions"
        return [_fault("requires a request_url unless socket_mode_enabled is true", pointer)]
    return []


def _length(manifest: Json, pointer: str, limits: tuple[int, int]) -> list[Json]:
    value = at(manifest, pointer)
    if value is None or (isinstance(value, str) and limits[0] <= len(value) <= limits[1]):
        return []
    return [_fault(f"must have {limits[0]} to {limits[1]} characters", pointer)]


def _count(manifest: Json, pointer: str, most: int) -> list[Json]:
    value = at(manifest, pointer)
    if value is None or (isinstance(value, list) and len(value) <= most):
        return []
    return [_fault(f"must be a list of at most {most}", pointer)]


def _fault(message: str, pointer: str) -> Json:
    return {"message": message, "pointer": pointer}


def _invalid(faults: list[Json]) -> SlackError:
    return error("invalid_manifest", errors=faults)
