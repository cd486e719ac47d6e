"""The pieces of Block Kit we draw with. Everything people typed goes through `escape`."""

import re
from typing import Any

from handlers.blocks.message import Block

# https://docs.slack.dev/messaging/formatting-message-text: only these three are control characters.
_CONTROL = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# Marks of bold, italics, strike-through and code work at the edge of a word, and Slack has no way to say
# that one is meant as it is. Characters without width only make more edges: so its nearest double is shown.
_MARK = re.compile(r"(?<![^\W_])[*_~]|[*_~](?![^\W_])|`")
_DOUBLES = {"*": "\u2217", "_": "\u02cd", "~": "\u223c", "`": "\u02cb"}
# A link or an e-mail address says where something is: with doubles in it, it would say another place.
_WORD = re.compile(r"\S+")
_ADDRESS = re.compile(r"://|[^\W_]@[^\W_]")
_AFTER_ADDRESS = "*_~`.,:;!?)]}'\"\u201d\u2019"
_CHANNEL = re.compile(r"&lt;#([CG][A-Z0-9]+)&gt;")
_QUOTING = re.compile(r"^(?=>)", re.MULTILINE)


def escape(typed: str) -> str:
    """What a person typed, safe inside mrkdwn: it can neither mention, link, ping, format nor quote."""
    return _QUOTING.sub("\u00ad", _without_marks(typed)).translate(_CONTROL)


def from_setting(text: str) -> str:
    """Words that whoever runs the bot chose, in which a channel may be pointed at by its id."""
    return _CHANNEL.sub(r"<#\1>", escape(text))


def plain_but_code(sentence: str) -> str:
    """A sentence of ours that may hold what people typed: nothing is formatted in it but `code`."""
    return _QUOTING.sub("\u00ad", _without_marks(sentence, kept="`")).translate(_CONTROL)


def mention(person: str | None) -> str:
    """Somebody as `people.mentionable` has them. Who has neither account nor name is not told by either."""
    if not person or person == "=":
        return "somebody on the steering group"
    return escape(person[1:]) if person.startswith("=") else f"<@{person}>"


def section(mrkdwn: str, *, block_id: str | None = None, accessory: dict[str, Any] | None = None) -> Block:
    """`mrkdwn` is ours; what people typed must have been through `escape`."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": mrkdwn, "verbatim": True}}
    if block_id:
        block["block_id"] = block_id
    if accessory:
        block["accessory"] = accessory
    return block


def literal(typed: str) -> Block:
    """Text shown exactly as it is: no mrkdwn, no emoji names, no links."""
    return {"type": "section", "text": {"type": "plain_text", "text": typed, "emoji": False}}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def header(text: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": False}}


def context(mrkdwn: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": mrkdwn, "verbatim": True}]}


def divider() -> Block:
    return {"type": "divider"}


def button(
    label: str,
    *,
    action_id: str,
    names: str,
    value: str = "-",
    style: str | None = None,
    confirm: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """`names` is what a screen reader says, label and object: "Approve: Leeds meetup, Tue 30 March"."""
    element: dict[str, Any] = {
        "type": "button",
        "text": {"type": "plain_text", "text": label, "emoji": False},
        "action_id": action_id,
        "value": value,
        "accessibility_label": shortened(names, 75),
    }
    if style:
        element["style"] = style
    if confirm:
        element["confirm"] = confirm
    return element


def confirmation(title: str, text: str, *, yes: str, no: str = "Cancel") -> dict[str, Any]:
    """A plain-text confirmation: title 100, text 300, buttons 30 characters at most."""
    return {
        "title": plain(shortened(title, 100)),
        "text": plain(shortened(text, 300)),
        "confirm": plain(yes),
        "deny": plain(no),
    }


def actions(*elements: dict[str, Any], block_id: str | None = None) -> Block:
    block: Block = {"type": "actions", "elements": list(elements)}
    if block_id:
        block["block_id"] = block_id
    return block


def field(
    block_id: str, label: str, element: dict[str, Any], *, hint: str = "", optional: bool = False
) -> Block:
    """One input of a modal; what is entered arrives as `submission.values[block_id]`."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": "entered", **element},
        "optional": optional,
    }
    if hint:
        block["hint"] = plain(hint)
    return block


def option(label: str, value: str, *, description: str = "") -> dict[str, Any]:
    item: dict[str, Any] = {"text": plain(label), "value": value}
    if description:
        item["description"] = plain(description)
    return item


def modal(
    title: str,
    blocks: list[Block],
    *,
    callback_id: str = "closed",
    submit: str | None = None,
    close: str = "Close",
    private_metadata: str = "",
    notify_on_close: bool = False,
) -> dict[str, Any]:
    """A modal view; title, submit and close are 24 characters at most."""
    view: dict[str, Any] = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(title),
        "close": plain(close),
        "blocks": blocks,
        "private_metadata": private_metadata,
        "notify_on_close": notify_on_close,
    }
    if submit:
        view["submit"] = plain(submit)
    return view


def home(blocks: list[Block]) -> dict[str, Any]:
    return {"type": "home", "blocks": blocks}


def _without_marks(text: str, kept: str = "") -> str:
    doubles = {mark: double for mark, double in _DOUBLES.items() if mark not in kept}

    def doubled(marks: str) -> str:
        return _MARK.sub(lambda found: doubles.get(found[0], found[0]), marks)

    def word(found: re.Match[str]) -> str:
        if not _ADDRESS.search(found[0]):
            return doubled(found[0])
        address = found[0].rstrip(_AFTER_ADDRESS)
        return address.replace("`", doubles.get("`", "`")) + doubled(found[0][len(address) :])

    return _WORD.sub(word, text)


def shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
