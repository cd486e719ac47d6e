"""To one writer: everything of theirs that did not go out, with what can be done about each."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from coop import words
from coop.announcing import networks, times
from coop.announcing.acts import Act
from coop.announcing.content import Target
from coop.announcing.seeing import DeliverySeen, Seen
from handlers.blocks import elements
from handlers.blocks.announcing.announcement import Scene, capital, named, quoted
from handlers.blocks.announcing.buttons import EDIT, act_buttons, delivery_buttons
from handlers.blocks.announcing.fates import held
from handlers.blocks.message import Message
from storage.deliveries import DeliveryState, Hold

SHOWN = 20  # each takes two of the fifty blocks that a message may have
ASKED = (Act.SEND_NOW, Act.EDIT, Act.WITHDRAW)
LONGEST = 3_500  # characters of all of them: a message takes 4,000
IN_A_LIST = 100  # characters of a text, and of what a network said


def message(theirs: Sequence[Seen], scene: Scene, *, reader: str) -> Message:
    """`theirs` are those still held when it is drawn."""
    if not theirs:
        return Message("Nothing of yours is held any more.")
    opening = _opening(theirs)
    lines, blocks = [opening], [elements.section(opening)]
    shown = _shown(theirs, scene)
    for said, one in shown:
        lines.append(f"- {said}")
        blocks.append(elements.section(said))
        if buttons := _buttons(one, reader):
            blocks.append(elements.actions(*buttons))
    if more := len(theirs) - len(shown):
        lines.append(f"And {more} more: type `/announce list`.")
        blocks.append(elements.section(lines[-1]))
    return Message("\n".join(lines), tuple(blocks))


def _shown(theirs: Sequence[Seen], scene: Scene) -> list[tuple[str, Seen]]:
    """As many as a message and its notification take."""
    said = [(line(one.shortened(IN_A_LIST), scene), one) for one in theirs[:SHOWN]]
    lengths = accumulate(len(each) for each, _ in said)
    return [each for each, length in zip(said, lengths, strict=True) if length <= LONGEST]


def line(one: Seen, scene: Scene) -> str:
    """What it says, and why each delivery of it waits; those that are late for the same reason in one."""
    waiting = [to for to in one.deliveries if to.state == DeliveryState.HELD]
    late = [to for to in waiting if to.hold == Hold.LATE]
    said = [f"{quoted(one, IN_A_LIST)}"]
    if late:
        said[0] += f" was due {_places(late, scene)} on {_when(late[0], one)}."
    else:
        said[0] += ":"
    others = [to for to in waiting if to.hold not in (Hold.LATE, Hold.BY_HAND)]
    said += [f"{capital(_places([to], scene))}: {held(to, one)}" for to in others]
    return " ".join(said)


def _opening(theirs: Sequence[Seen]) -> str:
    if len(theirs) == 1:
        return "Your announcement did not go out at its time, and nothing goes out late by itself."
    count = words.counted(len(theirs), "announcement")
    return (
        f"{count} of yours did not go out at their time, and nothing goes out late by itself. "
        "What is to become of each?"
    )


def _buttons(one: Seen, reader: str) -> list[dict[str, Any]]:
    asked = [button for _, buttons in delivery_buttons(one) for button in buttons]
    return [*asked, *(_renamed(button, one) for button in act_buttons(one, ASKED, reader=reader))]


def _renamed(button: dict[str, Any], one: Seen) -> dict[str, Any]:
    """Editing is for choosing a new time here: its window has the time in it."""
    if button["action_id"] != EDIT:
        return button
    label = "Choose a new time"
    return elements.button(label, action_id=EDIT, names=f"{label}: {named(one)}", value=str(one.id))


def _places(deliveries: Sequence[DeliverySeen], scene: Scene) -> str:
    return networks.places([Target(to.network, to.target) for to in deliveries], scene.settings)


def _when(to: DeliverySeen, one: Seen) -> str:
    return times.dated(to.due_at, one.zone) if to.due_at else "its time"
