"""What one person sees: the only way the page and the control routes read the workspace."""

from __future__ import annotations

from sandbox.entities import Channel, Command, Message, View
from sandbox.installation import App
from sandbox.workspace import Workspace

_ORDER = {"channel": 0, "private": 1, "mpim": 2, "im": 3}


def conversations(slack: Workspace, user: str) -> list[Channel]:
    """The conversations this person is in: channels, private ones, then direct messages."""
    mine = [channel for channel in slack.channels.values() if user in channel.members]
    return sorted(mine, key=lambda channel: _ORDER[channel.kind])


def conversation(slack: Workspace, user: str, channel: str) -> list[Message]:
    """Everything they see there, threads and messages only for them included, oldest first."""
    if user not in slack.channel(channel).members:
        return []
    return [message for message in slack.messages[channel].values() if message.seen_by(user)]


def thread(slack: Workspace, user: str, channel: str, ts: str) -> list[Message]:
    return [m for m in conversation(slack, user, channel) if ts in (m.ts, m.thread_ts)]


def since(slack: Workspace, user: str, mark: int) -> list[Message]:
    """What became visible or changed for them after the journal was `mark` long, each message once."""
    new = {
        message.ts: message
        for message in slack.journal[mark:]
        if message.seen_by(user)
        and user in slack.channels[message.channel].members
        and slack.message(message.channel, message.ts) is message
    }
    return list(new.values())


def home(slack: Workspace, user: str, app: App | None = None) -> View | None:
    app = app or slack.newest_app()
    return slack.homes.get((app.id, user)) if app else None


def modals(slack: Workspace, user: str) -> list[View]:
    """The open modals, the one on top last."""
    return slack.modals.get(user, [])


def commands(slack: Workspace) -> list[tuple[App, Command]]:
    """Every slash command that answers here, in alphabetical order."""
    names = sorted({name for app in slack.apps.values() for name in app.commands})
    return [found for name in names if (found := slack.command(name))]
