"""Everything one person sees at one place, gathered for the template."""

from dataclasses import dataclass
from typing import Any

from sandbox import seen
from sandbox.entities import View
from sandbox.page import lines, sidebar, suggestions, timeline, travelled
from sandbox.page.block_kit import Canvas, draw, plain
from sandbox.page.memory import Memory
from sandbox.page.names import Names
from sandbox.page.networks import Networks
from sandbox.page.places import Place, bot_of, name_of, names_for
from sandbox.page.templating import environment
from sandbox.workspace import Workspace

PEOPLE_OFFERED = 200


@dataclass(frozen=True)
class Drawn:
    """A view as the page shows it."""

    id: str
    body: str
    title: str = ""
    submit: str = ""
    close: str = "Cancel"
    problem: str = ""


def page(slack: Workspace, networks: Networks, memory: Memory, at: Place) -> str:
    names = names_for(slack, networks.x, at.person)
    for app in slack.apps.values():
        slack.direct(at.person.id, app.bot_user)  # an installed bot can always be written to
    doors = sidebar.doors(slack, memory, at.person.id)
    context = (
        _left(slack, doors, at)
        | _middle(slack, memory, names, at)
        | _right(slack, networks, names, at)
        | {
            "title": _title(slack, doors, at),
            "modal": _modal(slack, memory, names),
            "completions": _completions(slack, at),
        }
    )
    return environment.get_template("page.html").render(context)


def _left(slack: Workspace, doors: list[sidebar.Door], at: Place) -> dict[str, Any]:
    here = at.channel.id if at.channel else "home"
    return {
        "team": slack.team.name,
        "viewer": sidebar.face(slack, at.person),
        "faces": sidebar.faces(slack),
        "doors": sidebar.grouped(slack, doors),
        "here": here,
        "unread_elsewhere": any(door.unread for door in doors if door.id != here),
        "pictures": lines.PICTURES,
    }


def _middle(slack: Workspace, memory: Memory, names: Names, at: Place) -> dict[str, Any]:
    bot = bot_of(slack, at)
    called = name_of(slack, at)
    kind = at.channel.kind if at.channel else "home"
    return {
        "kind": kind,
        "channel": at.channel,
        "bot": bot,
        "place_name": called,
        "place_name_spoken": f"#{called}" if kind == "channel" else called,
        "topic": (at.channel.topic or at.channel.purpose) if at.channel else "",
        "address": at.address,
        "beginning": f"This is the beginning of {called}.",
        "lines": lines.conversation(slack, memory, names, at.channel.id) if at.channel else [],
        "most_lines": lines.SHOWN,
        "home": None if at.channel else _home(slack, names),
        "suggestions": suggestions.suggestions(slack, at.person),
        "other": suggestions.somebody_else(slack, at.person),
        "guide_action": f"/as/{at.person.id}/{bot.channel}" if bot and not at.channel else "",
    }


def _title(slack: Workspace, doors: list[sidebar.Door], at: Place) -> str:
    unread = sum(door.unread for door in doors)
    return f"{f'({unread}) ' if unread else ''}{name_of(slack, at)} | {at.person.label} | {slack.team.name}"


def _right(slack: Workspace, networks: Networks, names: Names, at: Place) -> dict[str, Any]:
    return {
        "side": at.side,
        "side_chosen": at.side_chosen,
        "thread_ts": at.thread_ts,
        "thread_lines": lines.thread(slack, names, at.channel.id, at.thread_ts)
        if at.channel and at.thread_ts
        else [],
        "trips": travelled.trips(slack, networks, names) if at.side == "travelled" else [],
        "networks": networks.sides(),
        "account": timeline.account(networks, at.side),
        "posts": timeline.posts(networks, at.side, names),
    }


def _home(slack: Workspace, names: Names) -> Drawn | None:
    view = seen.home(slack, names.viewer)
    if view is None:
        return None
    return Drawn(view.id, draw(view.blocks, Canvas(names, view.id, view.values)))


def _modal(slack: Workspace, memory: Memory, names: Names) -> Drawn | None:
    stack = seen.modals(slack, names.viewer)
    return _drawn_modal(stack[-1], memory, names) if stack else None


def _drawn_modal(view: View, memory: Memory, names: Names) -> Drawn:
    errors = memory.field_errors.get(view.id, {})
    definition = view.definition
    return Drawn(
        id=view.id,
        body=draw(view.blocks, Canvas(names, view.id, view.values, errors)),
        title=plain(definition.get("title")),
        submit=plain(definition.get("submit")),
        close=plain(definition.get("close")) or "Cancel",
        problem=errors.get("", ""),
    )


def _completions(slack: Workspace, at: Place) -> dict[str, list[dict[str, str]]]:
    """What the message box offers: commands with their hints, people and channels to mention."""
    here = at.channel.members if at.channel else {}
    people = [slack.people[one] for one in list(here)[:PEOPLE_OFFERED] if one != at.person.id]
    return {
        "/": [
            {
                "insert": f"{c.name} ",
                "name": c.name,
                "hint": c.usage_hint,
                "about": c.description,
                "note": c.note,
            }
            for _, c in seen.commands(slack)
        ],
        "@": [{"insert": f"@{p.label} ", "name": f"@{p.label}", "about": p.real_name} for p in people],
    }
