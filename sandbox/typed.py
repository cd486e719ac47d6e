"""What a person types, as Slack passes it on: escaped, mentions and addresses in <>, and as rich text."""

from __future__ import annotations

import re

from sandbox.entities import Json
from sandbox.workspace import Workspace

_CONTROL = r"<[@#!][^<>]+>"
_URL = r"https?://[^\s<>]+[^\s<>.,;:!?)\"'\]]"
_PIECES = re.compile(rf"(?P<control>{_CONTROL})|(?P<url>{_URL})|(?P<at>@[\w.'-]+(?: [A-Z][\w'-]+)*)")
_MARKED = re.compile(r"<(?P<sign>[@#!]?)(?P<body>[^<>]+)>|:(?P<emoji>[a-z0-9_+-]+):")
_BROADCASTS = ("here", "channel", "everyone")


def escaped(slack: Workspace, text: str) -> str:
    """`&`, `<` and `>` escaped; @names, <@U…> and addresses become Slack's control sequences."""
    out, at = [], 0
    for piece in _PIECES.finditer(text):
        out += [_escape(text[at : piece.start()]), _control(slack, piece)]
        at = piece.end()
    return "".join([*out, _escape(text[at:])])


def plain(slack: Workspace, text: str) -> str:
    """As a person sees it in the box: <@U…> becomes @name. Commands without should_escape get this."""
    return re.sub(r"<@(\w+)>", lambda found: "@" + _name(slack, found[1]), text)


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def rich_text(text: str, block_id: str) -> Json:
    """The rich_text block Slack adds to a person's message, from its escaped text."""
    elements: list[Json] = []
    at = 0
    for found in _MARKED.finditer(text):
        elements += _words(text[at : found.start()])
        elements.append(_element(found))
        at = found.end()
    elements += _words(text[at:])
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": block_id, "elements": [section]}


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _control(slack: Workspace, piece: re.Match[str]) -> str:
    if piece["control"]:
        return piece["control"]
    if piece["url"]:
        return f"<{_escape(piece['url'])}>"
    return _mention(slack, piece["at"])


def _mention(slack: Workspace, typed: str) -> str:
    """The longest run of words that is somebody's name; the rest stays as typed."""
    words = typed[1:].split(" ")
    names = _names(slack)
    for length in range(len(words), 0, -1):
        name = " ".join(words[:length])
        if name in _BROADCASTS:
            return " ".join([f"<!{name}>", *words[length:]])
        if user := names.get(name.casefold()):
            return " ".join([f"<@{user}>", *words[length:]])
    return _escape(typed)


def _names(slack: Workspace) -> dict[str, str]:
    names: dict[str, str] = {}
    for person in slack.people.values():
        for name in (person.display_name, person.real_name, person.name):
            names.setdefault(name.casefold(), person.id)
    return names


def _name(slack: Workspace, user: str) -> str:
    return slack.people[user].name if user in slack.people else user


def _words(text: str) -> list[Json]:
    return [{"type": "text", "text": unescaped(text)}] if text else []


def _element(found: re.Match[str]) -> Json:
    if found["emoji"]:
        return {"type": "emoji", "name": found["emoji"]}
    sign, (body, _, label) = found["sign"], found["body"].partition("|")
    if sign == "@":
        return {"type": "user", "user_id": body}
    if sign == "#":
        return {"type": "channel", "channel_id": body}
    if sign == "!":
        return {"type": "broadcast", "range": body}
    link = {"type": "link", "url": unescaped(body)}
    return link | {"text": unescaped(label)} if label else link
