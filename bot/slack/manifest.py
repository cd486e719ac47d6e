"""Slack's app manifest, built from the table of what the code listens to. Nothing in it is kept by hand.

Fields and lengths: https://github.com/slackapi/manifest-schema (schema 1.0.0), as of November 2026.
"""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from bot.slack import scopes
from coop.settings import Settings
from handlers.listening import Listen, ShortcutLine
from handlers.subcommands import Command, HelpLine

Manifest = dict[str, Any]

NAME = "Count Me In"
DESCRIPTION = "Am I a member? Ask, join, leave; and announcements that a second person approves."
LONG_DESCRIPTION = (
    "Count Me In answers “am I a member?” in private, takes people through joining and leaving, gives them "
    "a receipt and a membership card, and keeps the register of members. The steering group writes "
    "announcements in Slack; each goes out once, at its time, after a second person has approved its "
    "exact words."
)
EVENTS_PATH = "/slack/events"
# What Slack keeps for itself; a manifest that lists one of these is refused as a whole. Slack publishes no
# list: these are the names it rejects, as its users report.
RESERVED = frozenset(
    f"/{name}"
    for name in (
        "archive", "away", "call", "collapse", "dm", "dnd", "expand", "feed", "invite", "join", "leave", "me",
        "msg", "mute", "open", "pro", "remind", "remove", "rename", "search", "shortcuts", "shrug", "star",
        "status", "topic", "who",
    )
)  # fmt: skip


def build(listen: Listen, settings: Settings, *, url: str = "") -> Manifest:
    """For Socket Mode, or with `url` for HTTP at that address. Raises ValueError if Slack would refuse it."""
    address = request_url(url) if url else ""
    manifest = {
        "display_information": {
            "name": NAME,
            "description": DESCRIPTION,
            "long_description": LONG_DESCRIPTION,
            "background_color": settings.network_colour,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "countmein", "always_online": True},
            "shortcuts": [_shortcut(name, line) for name, line in listen.menu.items()],
            "slash_commands": [_command(command, address) for command in offered(listen)],
        },
        "oauth_config": {"scopes": {"bot": [scope.name for scope in scopes.asked_for(settings)]}},
        "settings": {
            "event_subscriptions": _addressed({"bot_events": events(listen, settings)}, address),
            "interactivity": _addressed({"is_enabled": True}, address),
            "org_deploy_enabled": False,
            "socket_mode_enabled": not address,
            "token_rotation_enabled": False,
        },
    }
    if trouble := list(refusals(manifest)):
        raise ValueError("Slack would refuse this manifest: " + "; ".join(trouble))
    return manifest


def offered(listen: Listen) -> list[Command]:
    """The commands that may stand in a manifest."""
    return [command for command in listen.commands.values() if not command.reserved]


def events(listen: Listen, settings: Settings) -> list[str]:
    names = set(listen.happenings)
    if listen.messages:
        names |= {"app_mention", "message.im"}
    if listen.messages and settings.listen_in_channels:
        names |= {"message.channels", "message.groups"}
    return sorted(names)


def request_url(url: str) -> str:
    """Where Slack is to send everything: the address given, with our path if it has none."""
    parts = urlsplit(url)
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise ValueError(f"“{url}” is not an address. It looks like https://countmein.example.")
    return url if parts.path.strip("/") else f"{parts.scheme}://{parts.netloc}{EVENTS_PATH}"


def refusals(manifest: Manifest) -> Iterator[str]:
    """Why Slack would refuse it: lengths, counts, reserved names."""
    about, features = manifest["display_information"], manifest["features"]
    commands = features["slash_commands"]
    yield from _too_long("name", about["name"], 1, 35)
    yield from _too_long("description", about["description"], 1, 140)
    yield from _too_long("long_description", about["long_description"], 175, 4000)
    yield from _too_long("display_name", features["bot_user"]["display_name"], 1, 80)
    yield from _refused_shortcuts(features["shortcuts"])
    if len(commands) > 50:
        yield f"{len(commands)} commands, 50 at most"
    for command in commands:
        name = command["command"]
        yield from _too_long(f"the name of {name}", name, 2, 32)
        yield from _too_long(f"the description of {name}", command["description"], 1, 2000)
        yield from _too_long(f"the usage hint of {name}", command.get("usage_hint", "-"), 1, 1000)
        if name in RESERVED:
            yield f"{name} is one of Slack's own commands"
        if "_" in name or name != name.lower() or not name.startswith("/"):
            yield f"{name} must begin with a slash and have neither capitals nor underscores"


def _refused_shortcuts(shortcuts: list[Manifest]) -> Iterator[str]:
    if len(shortcuts) > 10:
        yield f"{len(shortcuts)} shortcuts, 10 at most"
    for shortcut in shortcuts:
        name = shortcut["name"]
        yield from _too_long(f"the name of “{name}”", name, 1, 24)
        yield from _too_long(f"the description of “{name}”", shortcut["description"], 1, 150)
        yield from _too_long(f"the callback of “{name}”", shortcut["callback_id"], 1, 255)


def as_yaml(manifest: Manifest) -> str:
    """YAML that Slack's “From a manifest” page takes, with the reason beside each scope."""
    text = _mapping(manifest, 0)
    for scope in scopes.SCOPES:
        text = text.replace(f'- "{scope.name}"\n', f'- "{scope.name}"  # {scope.reason}\n')
    return text


def _mapping(manifest: Manifest, depth: int) -> str:
    indent, lines = "  " * depth, []
    for key, value in manifest.items():
        match value:
            case dict():
                lines.append(f"{indent}{key}:\n{_mapping(value, depth + 1)}")
            case []:
                lines.append(f"{indent}{key}: []\n")
            case list():
                lines.append(f"{indent}{key}:\n" + "".join(_item(item, depth + 1) for item in value))
            case _:
                lines.append(f"{indent}{key}: {json.dumps(value, ensure_ascii=False)}\n")
    return "".join(lines)


def _item(item: Any, depth: int) -> str:
    indent = "  " * depth
    if isinstance(item, dict):
        return f"{indent}- {_mapping(item, depth + 1).lstrip()}"
    return f"{indent}- {json.dumps(item, ensure_ascii=False)}\n"


def _command(command: Command, address: str) -> Manifest:
    bare = next((line for line in command.help if _word(command, line) not in command.handlers), None)
    shown = [line for line in command.help if not line.officers or (bare and bare.officers)]
    entry: Manifest = {
        "command": command.name,
        "description": _sentence(bare.does) if bare else NAME,
        # Escaping turns a typed @name into its id: wanted where people are named, not in a text to publish.
        "should_escape": not command.takes_text,
    }
    words = [line.usage.removeprefix(command.name).strip() for line in shown]
    if hint := " | ".join(word for word in words if word):
        entry["usage_hint"] = hint
    return {**entry, "url": address} if address else entry


def _shortcut(callback_id: str, line: ShortcutLine) -> Manifest:
    return {"name": line.name, "type": "message", "callback_id": callback_id, "description": line.does}


def _word(command: Command, line: HelpLine) -> str | None:
    """The sub-command a line of help speaks of; None for the command by itself."""
    return next((word for word in line.usage.removeprefix(command.name).split()), None)


def _addressed(settings: Manifest, address: str) -> Manifest:
    return {"request_url": address, **settings} if address else settings


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _too_long(what: str, text: str, least: int, most: int) -> Iterator[str]:
    if not least <= len(text) <= most:
        yield f"{what} has {len(text)} characters, not {least} to {most}"
