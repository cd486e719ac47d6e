"""What Slack sends in, as handlers see it: plain data, the caller named, the key that makes it once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Begins the external_id of a window opened in the Home tab: Slack says nowhere else where it was opened.
FROM_HOME = "home-"


@dataclass(frozen=True)
class Caller:
    """The Slack account that acted. `at_home` is false for people of another team."""

    team_id: str
    user_id: str
    at_home: bool = True


@dataclass(frozen=True)
class SlashCommand:
    """`text` is what follows the sub-command; `name` is the command with its sub-command, "/member paid".
    `meant` is the command that was probably meant, where the text alone leaves that open.
    """

    key: str
    caller: Caller
    name: str
    text: str
    channel_id: str
    trigger_id: str
    response_url: str
    meant: str = ""


@dataclass(frozen=True)
class Press:
    """A button pressed or a menu chosen. `value` is an opaque id; `place` is message, modal or home.
    `from_home` says that it is in the Home tab, or in a modal that was opened there. `block_id` is the
    field's, where something was entered.
    """

    key: str
    caller: Caller
    action_id: str
    value: str
    trigger_id: str
    place: str
    response_url: str = ""
    channel_id: str = ""
    message_ts: str = ""
    view_id: str = ""
    private_metadata: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    from_home: bool = False
    block_id: str = ""


@dataclass(frozen=True)
class Shortcut:
    """Something chosen in the menu of a message; `text` is the message's, and `files` are, as Slack writes
    them.
    """

    key: str
    caller: Caller
    callback_id: str
    text: str
    trigger_id: str
    response_url: str
    files: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Submission:
    """A modal sent or closed. `values` is {block_id: what was entered}, already taken out of its element:
    text, date, time, chosen value, or a list of chosen values or files; None where nothing was entered.
    `from_home` says that the modal was opened in the Home tab.
    """

    key: str
    caller: Caller
    callback_id: str
    values: Mapping[str, Any]
    private_metadata: str
    view_id: str
    trigger_id: str = ""
    from_home: bool = False


@dataclass(frozen=True)
class Said:
    """A message or a mention, mention stripped. `channel_type` is im, mpim, channel or group."""

    key: str
    caller: Caller
    text: str
    channel_id: str
    channel_type: str
    ts: str
    thread_ts: str | None
    mentioned: bool


@dataclass(frozen=True)
class Happening:
    """Any other event: the caller it concerns and Slack's own inner event."""

    key: str
    caller: Caller
    event: Mapping[str, Any]
    bot_user_id: str = ""
