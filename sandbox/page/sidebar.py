"""The left side of the page: who one can be, and where one can go."""

from collections.abc import Sequence
from dataclasses import dataclass

from sandbox import seen
from sandbox.entities import Channel, Person
from sandbox.page.lines import Avatar, avatar
from sandbox.page.memory import Memory
from sandbox.workspace import Workspace

PEOPLE_SHOWN = 30
GROUPS = {"Steering": "Steering group", "Volunteer": "Volunteers"}
OTHERS = "Guests and visitors"


@dataclass(frozen=True)
class Face:
    """Somebody one can be."""

    id: str
    name: str
    part: str
    avatar: Avatar


@dataclass(frozen=True)
class Door:
    """A conversation one can open; `mark` is # for a channel, a padlock's name for a private one."""

    id: str
    name: str
    kind: str
    unread: int
    is_bot: bool = False


def faces(slack: Workspace) -> dict[str, list[Face]]:
    """The people, in groups that keep the order of the story."""
    grouped: dict[str, list[Face]] = {name: [] for name in (*GROUPS.values(), OTHERS)}
    for person in slack.people.values():
        if not person.is_bot and not person.deleted:
            group = grouped[_group(person)]
            if len(group) < PEOPLE_SHOWN:
                group.append(face(slack, person))
    return {name: group for name, group in grouped.items() if group}


def face(slack: Workspace, person: Person) -> Face:
    return Face(person.id, person.real_name, person.part, avatar(slack, person.id))


def doors(slack: Workspace, memory: Memory, user: str) -> list[Door]:
    return [_door(slack, memory, user, channel) for channel in seen.conversations(slack, user)]


def grouped(slack: Workspace, doors: list[Door]) -> dict[str, list[Door]]:
    """The doors under their headings; a bot with a Home tab has two."""
    home = [Door("home", "App Home", "home", 0)] if any(app.home_tab for app in slack.apps.values()) else []
    return {
        "Channels": [door for door in doors if door.kind in ("channel", "private")],
        "The bot": [*(door for door in doors if door.is_bot), *home],
        "Direct messages": [door for door in doors if door.kind in ("im", "mpim") and not door.is_bot],
    }


def name_of(slack: Workspace, user: str, channel: Channel) -> str:
    """What a conversation is called by somebody in it: direct ones by the others' names."""
    if channel.name:
        return channel.name
    others = [slack.people[one].label for one in channel.members if one != user and one in slack.people]
    return ", ".join(others) or "yourself"


def bot_of(slack: Workspace, user: str, channel: Channel) -> str:
    """The bot user whose direct conversation this is, or nothing."""
    others: Sequence[str] = [member for member in channel.members if member != user]
    return others[0] if channel.kind == "im" and others and slack.app_by_bot_user(others[0]) else ""


def _door(slack: Workspace, memory: Memory, user: str, channel: Channel) -> Door:
    return Door(
        id=channel.id,
        name=name_of(slack, user, channel),
        kind=channel.kind,
        unread=len(memory.unread(user, channel.id)),
        is_bot=bool(bot_of(slack, user, channel)),
    )


def _group(person: Person) -> str:
    return next((name for start, name in GROUPS.items() if person.part.startswith(start)), OTHERS)
