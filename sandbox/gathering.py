"""People come into channels and go."""

from __future__ import annotations

import re

from sandbox import shapes
from sandbox.delivery import events
from sandbox.entities import Channel, Delivery, Json, Person
from sandbox.workspace import Workspace

NAME = re.compile(r"[a-z0-9_-]{1,80}")


def join(slack: Workspace, channel: Channel, user: str, *, inviter: str = "") -> list[Delivery]:
    if user in channel.members:
        return []
    channel.members[user] = None
    slack.changed("channel", channel=channel.id, user=user)
    event = _event(slack, "member_joined_channel", channel, user)
    if inviter:
        event["inviter"] = inviter
    return events.emit(slack, "member_joined_channel", event, channel)


def leave(slack: Workspace, channel: Channel, user: str) -> list[Delivery]:
    if user not in channel.members:
        return []
    event = _event(slack, "member_left_channel", channel, user)
    del channel.members[user]
    slack.changed("channel", channel=channel.id, user=user)
    return events.emit(slack, "member_left_channel", event, channel)


def create(slack: Workspace, name: str, kind: str, creator: str) -> Channel:
    now = int(slack.clock.now())
    channel = Channel(slack.fresh_id("C"), name, kind=kind, creator=creator, created=now)
    channel.members[creator] = None
    slack.add_channel(channel)
    return channel


def archive(slack: Workspace, channel: Channel, *, archived: bool) -> None:
    channel.is_archived = archived
    slack.changed("channel", channel=channel.id)


def arrive(slack: Workspace, person: Person) -> list[Delivery]:
    """Somebody joins the workspace, and #general with it unless they are a guest."""
    slack.people[person.id] = person
    slack.changed("person", user=person.id)
    event = {
        "type": "team_join",
        "user": shapes.user(slack, person, email=True),
        "cache_ts": int(slack.clock.now()),
    }
    sent = events.emit(slack, "team_join", event)
    general = next((channel for channel in slack.channels.values() if channel.is_general), None)
    if general and not (person.is_restricted or person.is_ultra_restricted):
        sent += join(slack, general, person.id)
    return sent


def change(slack: Workspace, person: Person) -> list[Delivery]:
    """Tell of a changed profile, a new guest status, a deactivated account."""
    person.updated = int(slack.clock.now())
    slack.changed("person", user=person.id)
    drawn = shapes.user(slack, person, email=True)
    return events.emit(
        slack, "user_change", {"type": "user_change", "user": drawn, "cache_ts": person.updated}
    )


def _event(slack: Workspace, kind: str, channel: Channel, user: str) -> Json:
    letter = "C" if channel.kind == "channel" else "G"
    team = slack.team.id
    return {"type": kind, "user": user, "channel": channel.id, "channel_type": letter, "team": team}
