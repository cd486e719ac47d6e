"""What a handler can answer with. The adapter in listening.py alone carries it to Slack."""

from dataclasses import dataclass
from typing import Any

from handlers.blocks.message import Message

View = dict[str, Any]


@dataclass(frozen=True)
class Reply:
    """A private answer: ephemeral, or in the direct message where it was asked.

    With `replace`, the message whose button was pressed is rewritten instead.
    """

    message: Message
    replace: bool = False


@dataclass(frozen=True)
class OpenView:
    """Open a modal, or put it on top when a modal's own button was pressed."""

    view: View


@dataclass(frozen=True)
class UpdateView:
    """The modal that was submitted, or whose button was pressed, becomes this one."""

    view: View


@dataclass(frozen=True)
class ShowHome:
    view: View


Answer = Reply | OpenView | UpdateView | ShowHome | None
