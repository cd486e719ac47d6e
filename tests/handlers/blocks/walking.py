"""Walk what is drawn: Slack limits, names for screen readers, full meaning in the text, nothing unescaped."""

import re
from collections.abc import Iterator
from typing import Any

from handlers.blocks import fees, joining
from handlers.blocks.message import Message
from sandbox.blocks.checking import message_faults, view_faults

# Typed by somebody who wants to ping everybody, to link, and to look like ours.
HOSTILE = "<!channel> & <https://evil.example|click> *x*"
_RAW = ("<!channel>", "<https://evil.example", "*x*")
_NOBODY = re.compile(r"<@(?:None|=[^>]*)?>")
_ASKING = {joining.OPEN, fees.HOW_TO_PAY}
_MONEY = re.compile(r"Pay £|[Yy]our fee|[Mm]issing: £|To have it back")
_EMOJI = re.compile(r"(?<!\w):[a-z_+-]+:|[\U0001f000-\U0001ffff\u2600-\u27bf]")


def troubles(drawn: Message | dict[str, Any]) -> list[str]:
    """A sentence for everything that is wrong with a message or a view; empty when it may be shown."""
    if isinstance(drawn, Message):
        blocks = list(drawn.blocks)
        found = message_faults(blocks) if blocks else []
        found += _of_text(drawn)
    else:
        blocks = drawn["blocks"]
        found = view_faults(drawn)
    found += [f"no accessibility_label: {button}" for button in buttons(blocks) if not _names(button)]
    for text in mrkdwn(blocks):
        found += [f"not escaped: {text}" for raw in _RAW if raw in text]
        found += [f"emoji: {text}"] if _EMOJI.search(text) else []
        found += [f"mentions nobody: {text}"] if _NOBODY.search(text) else []
    return found


def asks(drawn: Message | dict[str, Any]) -> bool:
    """Whether it asks for data or money, speaks of money that is missing, or leads straight to what asks."""
    blocks = list(drawn.blocks) if isinstance(drawn, Message) else drawn.get("blocks", [])
    text = drawn.text if isinstance(drawn, Message) else drawn.get("text", "")
    return bool(
        {button["action_id"] for button in buttons(blocks)} & _ASKING
        or any(thing.get("type") == "email_text_input" for thing in everything(blocks))
        or any(_MONEY.search(said) for said in (text, *mrkdwn(blocks)))
    )


def buttons(blocks: list[Any]) -> Iterator[dict[str, Any]]:
    return (thing for thing in everything(blocks) if thing.get("type") == "button")


def action_ids(drawn: Message | dict[str, Any]) -> set[str]:
    blocks = list(drawn.blocks) if isinstance(drawn, Message) else drawn["blocks"]
    return {button["action_id"] for button in buttons(blocks)}


def mrkdwn(blocks: list[Any]) -> Iterator[str]:
    return (thing["text"] for thing in everything(blocks) if thing.get("type") == "mrkdwn")


def everything(thing: Any) -> Iterator[dict[str, Any]]:
    if isinstance(thing, dict):
        yield thing
        for inside in thing.values():
            yield from everything(inside)
    elif isinstance(thing, list):
        for inside in thing:
            yield from everything(inside)


def _of_text(message: Message) -> Iterator[str]:
    if not message.text.strip():
        yield "no text"
    if len(message.text) > 4000:
        yield f"text of {len(message.text)} characters"
    for raw in _RAW:
        if raw in message.text:
            yield f"not escaped in the text: {message.text}"
    if _NOBODY.search(message.text):
        yield f"mentions nobody in the text: {message.text}"
    for drawn in mrkdwn(list(message.blocks)):
        for line in drawn.splitlines():
            if line not in message.text:
                yield f"drawn but not in the text: {line}"


def _names(button: dict[str, Any]) -> bool:
    """Whether a screen reader hears what the button says, and of what: "Approve: Leeds meetup"."""
    label, _, thing = (
        button.get("accessibility_label", "").removeprefix(button["text"]["text"]).partition(": ")
    )
    return not label and bool(thing.strip())
