"""The proposal in the steering channel, and the windows in which it is approved or sent back."""

import json
from typing import Any

from coop.announcing import times
from coop.announcing.seeing import Seen
from handlers.blocks import elements
from handlers.blocks.announcement import (
    LONGEST_COMMENT,
    Scene,
    marked,
    marked_view,
    measures,
    quoted,
    standing,
    when,
    where,
    within,
)
from handlers.blocks.announcement_buttons import act_buttons, delivery_buttons
from handlers.blocks.announcement_fates import fates, placed
from handlers.blocks.announcing import when_fields
from handlers.blocks.message import Block, Message

APPROVE_FORM = "announcing.approve_form"
APPROVE_WHICH_FORM = "announcing.approve_which"
CHANGES_FORM = "announcing.changes_form"
COMMENT = "comment"
IN_A_NOTIFICATION = 2_000  # characters of a text that is shown whole beside it


def proposal(one: Seen, scene: Scene, *, opening: str = "") -> Message:
    """Everything about it, and every button that applies to it now. `opening` comes first."""
    opening = opening or _opening(one, scene)
    told = [*measures(one, scene), standing(one), *fates(one, scene)]
    text = f"{opening} The exact text: “{within(one.text, IN_A_NOTIFICATION)}” {' '.join(told)}"
    return marked(Message(text, tuple(proposal_blocks(one, scene, opening))), rehearsal=scene.rehearses(one))


def proposal_blocks(one: Seen, scene: Scene, opening: str) -> list[Block]:
    blocks = [elements.section(opening), elements.literal(one.text)]
    if lines := measures(one, scene):
        blocks.append(elements.context("\n".join(lines)))
    asking = dict(delivery_buttons(one))
    told = [placed(to, one, scene) for to in one.deliveries if to not in asking]
    blocks.append(elements.section("\n".join([standing(one), *filter(None, told)])))
    if buttons := act_buttons(one):
        blocks.append(elements.actions(*buttons))
    for to, asked in asking.items():
        blocks += [elements.section(placed(to, one, scene)), elements.actions(*asked)]
    return blocks


def detail(one: Seen, scene: Scene) -> dict[str, Any]:
    """The same in a window, for whoever cannot find the message any more."""
    view = elements.modal("Announcement", proposal_blocks(one, scene, _opening(one, scene)))
    return marked_view(view, rehearsal=scene.rehearses(one))


def _opening(one: Seen, scene: Scene) -> str:
    if one.is_open and one.is_held:  # the time it had is told where it says that it is held
        return f"<@{one.owner}> proposes an announcement, {where(one, scene)}."
    if one.is_open:
        return f"<@{one.owner}> proposes an announcement, {where(one, scene)}, {when(one, scene)}."
    return f"<@{one.owner}> proposed an announcement, {where(one, scene)}."


def approve_form(one: Seen, scene: Scene, *, needs_new_time: bool) -> dict[str, Any]:
    """Approving is submitting this: it approves exactly the content it shows."""
    where_to = where(one, scene)
    if needs_new_time:
        gone = times.dated(one.due_at, one.zone) if one.due_at else "its time"
        opening = (
            f"You are about to approve this, {where_to}. Its time, {gone}, has gone by: choose a new one."
        )
    else:
        opening = f"You are about to approve this, {where_to}, {when(one, scene)}."
    blocks = [
        elements.section(opening),
        elements.literal(one.text),
        elements.context("\n".join([*measures(one, scene), f"Written by <@{one.owner}>."])),
    ]
    if needs_new_time:
        blocks += when_fields({}, scene)
    elif one.due_at is not None:
        blocks.append(elements.context(on_your_clock(one)))
    view = elements.modal(
        "Approve",
        blocks,
        callback_id=APPROVE_FORM,
        submit="Approve",
        close="Not now",
        private_metadata=json.dumps({"announcement": one.id, "hash": one.content_hash}),
    )
    return marked_view(view, rehearsal=scene.settings.rehearsal)


def on_your_clock(one: Seen) -> str:
    """Slack draws this in the reader's own time zone."""
    if one.due_at is None:
        return ""
    plain = times.dated(one.due_at, one.zone)
    return f"On your own clock: <!date^{int(one.due_at.timestamp())}^{{date_long}}, {{time}}|{plain}>"


def changes_form(one: Seen, scene: Scene) -> dict[str, Any]:
    element = {"type": "plain_text_input", "multiline": True, "max_length": LONGEST_COMMENT}
    view = elements.modal(
        "Ask for changes",
        [
            elements.section(f"<@{one.owner}> wrote {quoted(one)}"),
            elements.field(
                COMMENT,
                "What should be different?",
                element,
                hint="The steering group reads it in the thread. Nobody can approve it until it is edited.",
            ),
        ],
        callback_id=CHANGES_FORM,
        submit="Send it back",
        close="Cancel",
        private_metadata=json.dumps({"announcement": one.id}),
    )
    return marked_view(view, rehearsal=scene.settings.rehearsal)
