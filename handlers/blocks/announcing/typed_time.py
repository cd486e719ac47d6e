"""The step that shows how a typed time was read: nothing typed is ever trusted without it."""

from typing import Any

from coop import words
from coop.announcing import times
from coop.announcing.typed.times import Reading
from handlers.blocks import elements
from handlers.blocks.announcing.announcement import Scene, within
from handlers.blocks.announcing.form import WHICH, WHICH_FORM, clock_change, packed_wall

TYPED_SHOWN = 200


def confirm_form(typed: str, reading: Reading, scene: Scene, *, packed: str) -> dict[str, Any]:
    """One meaning is ticked already; of several somebody has to choose."""
    several = len(reading.walls) > 1
    options = [
        elements.option(times.said(times.instant(wall), wall.zone, scene.now), packed_wall(wall))
        for wall in reading.walls
    ]
    element: dict[str, Any] = {"type": "radio_buttons", "options": options}
    if not several:
        element["initial_option"] = options[0]
    return elements.modal(
        "Which time?" if several else "Is this the time?",
        [
            elements.section(_opening(typed, reading)),
            elements.field(WHICH, "Which do you mean?" if several else "It is to go out on", element),
        ],
        callback_id=WHICH_FORM,
        submit="Use this time",
        close="Close",
        private_metadata=packed,
    )


def _opening(typed: str, reading: Reading) -> str:
    shown = f"“{within(typed, TYPED_SHOWN)}”"
    several = len(reading.walls) > 1
    meaning = f"can mean {words.counted(len(reading.walls), 'time')}" if several else "means the time below"
    changes = " ".join(clock_change(asked) for asked in reading.changes)
    said = f"I think {shown} {meaning}. {changes}".rstrip()
    return (
        f"{said} Nothing was proposed yet. If this is wrong, close the window and open it again: "
        "what you wrote is kept."
    )
