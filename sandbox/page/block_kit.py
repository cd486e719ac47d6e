"""Block Kit as HTML: a pure function of the blocks and what surrounds them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup, escape

from sandbox.blocks import elements
from sandbox.page import emoji, mrkdwn, rich_text
from sandbox.page.names import Names
from sandbox.page.templating import environment

# Shown where they stand; any other file is downloaded, never run.
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Canvas:
    """What surrounds blocks. `scope` makes ids unique on the page.

    `values` is Slack's `state.values`: every control of the blocks has its entry there.
    """

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


def held(block: Json, element: Json, canvas: Canvas) -> Any:
    """What `element` holds now: text, a date, an id, a list; None when nothing."""
    state = canvas.values.get(block["block_id"], {}).get(element["action_id"], {})
    return elements.held_value(dict(state))


def chosen(block: Json, element: Json, canvas: Canvas) -> set[str]:
    """The values of the options that are chosen."""
    now = held(block, element, canvas) or []
    return {option["value"] for option in (now if isinstance(now, list) else [now])}


environment.globals |= {
    "field_name": field_name,
    "words": words,
    "plain": plain,
    "held": held,
    "chosen": chosen,
    "options": elements.options,
    "rich_text": rich_text.draw,
    "safe_link": mrkdwn.SAFE_LINK.match,
    "shown_pictures": PICTURES,
}
