"""The window in which somebody lets an announcement out over a cap or in a blackout period."""

import json
from typing import Any

from coop.announcing.limits.overriding import Barred
from coop.announcing.seeing import Seen
from handlers.blocks import elements
from handlers.blocks.announcing import preview
from handlers.blocks.announcing.announcement import (
    Scene,
    in_our_words,
    marked,
    marked_view,
    quoted_last,
    when,
    where,
)
from handlers.blocks.message import Block, Message

FORM = "announcing.override_form"
ONLY_THIS = (
    "This lets out this one announcement, exactly as it reads here. Any edit undoes it; all else waits."
)


def form(barred: Barred, scene: Scene) -> dict[str, Any]:
    """Submitting it lifts exactly what it names, for exactly the content it shows."""
    one = barred.one
    blocks: list[Block] = [
        elements.section("\n".join(_why(barred))),
        elements.section(_what_follows(barred, scene)),
        *preview.exact(one, scene),
        elements.context(ONLY_THIS),
    ]
    view = elements.modal(
        "Send it all the same?",
        blocks,
        callback_id=FORM,
        submit="Send it all the same" if barred.held else "Let it go out",
        close="Not now",
        private_metadata=json.dumps(
            {"announcement": one.id, "hash": one.content_hash, "against": [b.against for b in barred.bars]}
        ),
    )
    return marked_view(view, one)


def done(one: Seen, scene: Scene) -> Message:
    if one.approved:
        said = f"It goes out all the same, {where(one, scene)}, {when(one, scene)}."
    else:
        said = "Once it is approved, it goes out all the same."
    return marked(Message(f"{said} It is about {quoted_last(one)}"), one)


def _why(barred: Barred) -> list[str]:
    if not barred.bars:
        return ["What held it back does so no more: there is nothing to lift."]
    return [f"What keeps it back: {in_our_words(bar.said)}." for bar in barred.bars]


def _what_follows(barred: Barred, scene: Scene) -> str:
    one = barred.one
    if barred.held:
        return f"If you send it all the same, it goes out {where(one, scene)} at once:"
    goes = f"If you let it out, it goes out {where(one, scene)}, {when(one, scene)}"
    return f"{goes}:" if one.approved or one.due_at is None else f"{goes}, once it is approved:"
