"""Slack's Web API: one file per family of methods, each registering what it serves."""

from sandbox.api import (
    apps,
    auth,
    bots,
    chat,
    conversations,
    files,
    membership,
    reactions,
    scheduled,
    team,
    usergroups,
    users,
    views,
)

FAMILIES = (
    apps,
    auth,
    bots,
    chat,
    conversations,
    files,
    membership,
    reactions,
    scheduled,
    team,
    usergroups,
    users,
    views,
)
