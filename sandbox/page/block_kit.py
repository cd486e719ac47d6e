"""Block Kit as HTML: a pure function of the blocks and what surrounds them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from sandbox.page import emoji, mrkdwn, rich_text
from sandbox.page.names import Names
from sandbox.page.templating import environment

Json = Mapping[str, Any]

INITIAL = {
    "value": "initial_value",
    "selected_option": "initial_option",
    "selected_options": "initial_options",
    "selected_date": "initial_date",
    "selected_time": "initial_time",
    "selected_date_time": "initial_date_time",
    "selected_user": "initial_user",
    "selected_users": "initial_users",
    "selected_channel": "initial_channel",
    "selected_channels": "initial_channels",
    "selected_conversation": "initial_conversation",
    "selected_conversations": "initial_conversations",
}
"""Which key of an element is the beginning of which key of its state."""


@dataclass(frozen=True)
class Canvas:
    """What surrounds blocks. `scope` makes ids unique on the page, `values` is Slack's `state.values`."""

    names: Names
    scope: str
    values: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


def draw(blocks: Sequence[Json], canvas: Canvas) -> Markup:
    drawn: Markup = environment.get_template("blocks.html").module.draw(blocks, canvas)  # type: ignore[attr-defined]
    return drawn


def field_name(block: Json, element: Json) -> str:
    """The name of a control in its form: one block and one action."""
    return f"{block.get('block_id', '')}::{element.get('action_id', '')}"


def words(text: Json | None, canvas: Canvas) -> Markup:
    """A text object, plain or mrkdwn."""
    if not text:
        return Markup("")
    if text.get("type") == "mrkdwn":
        return mrkdwn.draw(text["text"], canvas.names)
    return Markup("<br>").join(escape(line) for line in plain(text).split("\n"))


def plain(text: Json | None) -> str:
    """A plain_text object as one string, for labels and options."""
    if not text:
        return ""
    typed = str(text.get("text", ""))
    if text.get("type") == "mrkdwn":
        return mrkdwn.unescaped(emoji.with_characters(typed))
    return emoji.with_characters(typed) if text.get("emoji", True) else typed


def state(block: Json, element: Json, canvas: Canvas, key: str) -> Any:
    """What `element` holds now: what its person chose, else what the bot set."""
    held = canvas.values.get(block.get("block_id", ""), {}).get(element.get("action_id", ""))
    return held.get(key) if held is not None else element.get(INITIAL[key])


def options(element: Json) -> list[Json]:
    """Every option of a select, those of its groups included."""
    grouped = [option for group in element.get("option_groups") or () for option in group["options"]]
    return [*(element.get("options") or ()), *grouped]


def chosen(block: Json, element: Json, canvas: Canvas) -> set[str]:
    """The values of the options that are chosen."""
    one = state(block, element, canvas, "selected_option")
    many = state(block, element, canvas, "selected_options") or []
    return {option["value"] for option in ([one] if one else []) + list(many)}


environment.globals |= {
    "field_name": field_name,
    "words": words,
    "plain": plain,
    "state": state,
    "chosen": chosen,
    "options": options,
    "rich_text": rich_text.draw,
    "safe_link": mrkdwn.SAFE_LINK.match,
}
