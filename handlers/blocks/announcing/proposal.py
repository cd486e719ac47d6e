"""The proposal in the steering channel, and the windows in which it is approved or sent back."""

import json
from typing import Any

from coop.announcing import times
from coop.announcing.acts import BEGUN
from coop.announcing.seeing import Seen
from handlers.blocks import elements
from handlers.blocks.announcing import foreseeing, pictures, preview
from handlers.blocks.announcing.announcement import (
    LONGEST_COMMENT,
    Scene,
    capital,
    countdown,
    marked,
    marked_view,
    quoted,
    standing,
    when,
    where,
)
from handlers.blocks.announcing.buttons import act_buttons, delivery_buttons, write_again
from handlers.blocks.announcing.fates import fates, how_it_stands, placed
from handlers.blocks.announcing.form import when_fields
from handlers.blocks.message import Block, Message

APPROVE_FORM = "announcing.approve_form"
APPROVE_WHICH_FORM = "announcing.approve_which"
CHANGES_FORM = "announcing.changes_form"
COMMENT = "comment"
OF_SERIES = "It is one run of a series: `/announce series` shows the others."


def proposal(one: Seen, scene: Scene, *, opening: str = "", reader: str = "") -> Message:
    """Everything about it, and every button that applies to it now. `opening` comes first.

    `reader` is whoever alone reads it, where it is not for the whole channel.
    """
    opening = opening or _opening(one, scene)
    told = [*pictures.lines(one), *foreseeing.lines(one, scene), *how_it_stands(one, fates(one, scene))]
    series = [OF_SERIES] if one.of_series else []
    text = " ".join([opening, *series, preview.said(one, scene), *told])
    blocks = proposal_blocks(one, scene, opening, reader)
    return marked(Message(text, tuple(blocks)), one)


def proposal_blocks(one: Seen, scene: Scene, opening: str, reader: str) -> list[Block]:
    series = [elements.context(OF_SERIES)] if one.of_series else []
    blocks = [elements.section(opening), *series, *preview.blocks(one, scene), *pictures.blocks(one)]
    blocks += foreseeing.blocks(one, scene, reader=reader)
    asking = dict(delivery_buttons(one))
    told = fates(one, scene, but=asking)
    if said := "\n".join(how_it_stands(one, told)):
        blocks.append(elements.section(said))
    if buttons := act_buttons(one, reader=reader):
        blocks.append(elements.actions(*buttons))
    for to, asked in asking.items():
        blocks += [elements.section(placed(to, one, scene)), elements.actions(*asked)]
    return blocks


def detail(one: Seen, scene: Scene, *, reader: str) -> dict[str, Any]:
    """The same in a window, for whoever cannot find the message any more."""
    blocks = proposal_blocks(one, scene, _opening(one, scene), reader)
    view = elements.modal("Announcement", [*blocks, elements.actions(write_again(one))])
    return marked_view(view, one)


def _opening(one: Seen, scene: Scene) -> str:
    owner = capital(elements.mention(one.owner))
    if one.is_coming:  # of everything else it is told below what has become of it
        return f"{owner} proposes an announcement, {where(one, scene)}, {when(one, scene)}."
    return f"{owner} proposed an announcement, {where(one, scene)}."


def approve_form(one: Seen, scene: Scene, *, needs_new_time: bool) -> dict[str, Any]:
    """Approving is submitting this: it approves exactly the content it shows."""
    blocks = [
        elements.section(_goes_out(one, scene, needs_new_time=needs_new_time)),
        *_not_again(one, scene),
        *preview.blocks(one, scene),
        *pictures.blocks(one),
        elements.context(f"Written by {elements.mention(one.owner)}."),
    ]
    blocks += foreseeing.blocks(one, scene, pressed=False)
    if needs_new_time:
        blocks += when_fields({}, scene)
    elif one.wall is not None:
        blocks.append(elements.context(on_your_clock(one)))
    view = elements.modal(
        "Approve",
        blocks,
        callback_id=APPROVE_FORM,
        submit="Approve",
        close="Not now",
        private_metadata=json.dumps({"announcement": one.id, "hash": one.content_hash}),
    )
    return marked_view(view, one)


def _not_again(one: Seen, scene: Scene) -> list[Block]:
    """What of it approving does not send, as it is out or on its way."""
    others = [to for to in one.deliveries if to.state not in BEGUN]
    begun = fates(one, scene, but=others)
    return [elements.section("\n".join(["*This is not sent again:*", *begun]))] if begun else []


def _goes_out(one: Seen, scene: Scene, *, needs_new_time: bool) -> str:
    """What approving it comes to."""
    place, wait = where(one, scene), countdown(scene.settings)
    who = "you and one more person" if one.approvals_missing > 1 else "you"
    if needs_new_time and one.due_at is not None:
        gone = times.dated(one.due_at, one.zone)
        return f"Once {who} approve it, it goes out {place}. Its time, {gone}, has gone by: choose a new one."
    if one.approved and one.is_coming and one.due_at is not None:
        due = times.going_out(one.due_at, one.zone, scene.now)
        return f"{standing(one)} It goes out {place} {due}. You can approve it as well."
    if one.wall is not None and one.due_at is not None:
        return f"Once {who} approve it, it goes out {place} on {when(one, scene)}."
    return f"It goes out {place} {f'{wait} after' if wait else 'as soon as'} {who} approve it."


def on_your_clock(one: Seen) -> str:
    """Slack draws this in the reader's own time zone."""
    if one.due_at is None:
        return ""
    plain = times.dated(one.due_at, one.zone)
    return f"On your own clock: <!date^{int(one.due_at.timestamp())}^{{date_long}}, {{time}}|{plain}>"


def changes_form(one: Seen) -> dict[str, Any]:
    element = {"type": "plain_text_input", "multiline": True, "max_length": LONGEST_COMMENT}
    view = elements.modal(
        "Ask for changes",
        [
            elements.section(f"{capital(elements.mention(one.owner))} wrote {quoted(one)}"),
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
    return marked_view(view, one)
