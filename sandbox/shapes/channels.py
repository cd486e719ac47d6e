from __future__ import annotations

from sandbox.entities import Channel, Json
from sandbox.invented import OTHER_TEAM
from sandbox.workspace import Workspace

_TYPES = {"channel": "channel", "private": "group", "im": "im", "mpim": "mpim"}


def channel_type(channel: Channel) -> str:
    """As message events name it: channel, group, im or mpim."""
    return _TYPES[channel.kind]


def channel(slack: Workspace, channel: Channel, *, reader: str) -> Json:
    """A conversation as the bot user `reader` sees it."""
    if channel.kind == "im":
        return direct(slack, channel, reader=reader)
    team = slack.team.id
    return {
        "id": channel.id,
        "name": _name(channel),
        "name_normalized": _name(channel),
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "private",
        "is_im": False,
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "channel",
        "created": channel.created,
        "creator": channel.creator,
        "is_archived": channel.is_archived,
        "is_general": channel.is_general,
        "unlinked": 0,
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "shared_team_ids": [team, OTHER_TEAM.id] if channel.is_ext_shared else [team],
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "is_pending_ext_shared": False,
        "is_member": reader in channel.members,
        "context_team_id": team,
        "updated": channel.created * 1000,
        "topic": _words(channel.topic, channel),
        "purpose": _words(channel.purpose, channel),
        "previous_names": [],
    }


def direct(slack: Workspace, channel: Channel, *, reader: str) -> Json:
    others = [member for member in channel.members if member != reader]
    return {
        "id": channel.id,
        "created": channel.created,
        "is_im": True,
        "is_archived": False,
        "is_org_shared": False,
        "context_team_id": slack.team.id,
        "updated": channel.created * 1000,
        "user": others[0] if others else reader,
        "priority": 0,
    }


def _name(channel: Channel) -> str:
    return channel.name or f"mpdm-{channel.id.lower()}-1"


def _words(value: str, channel: Channel) -> Json:
    return {"value": value, "creator": channel.creator if value else "", "last_set": channel.created}
