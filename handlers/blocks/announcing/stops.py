"""What is said when announcements are stopped, withdrawn, or let go again."""

from typing import Any

from coop import words
from coop.announcing import times
from coop.announcing.seeing import Seen
from coop.announcing.stopping import Resumed, Stopped
from handlers.blocks import elements
from handlers.blocks.announcing.announcement import Scene, capital, in_quotes, marked
from handlers.blocks.announcing.fates import fates
from handlers.blocks.elements import escape
from handlers.blocks.message import Message
from storage.deliveries import DeliveryState

STOP_FORM = "announcing.stop_all"
RESUME_FORM = "announcing.resume_all"


def stopped_one(stopped: Stopped) -> Message:
    said = f"Stopped. {in_quotes(escape(stopped.title))} goes nowhere until somebody approves it again."
    if stopped.gone:
        said += " Part of it was out or on its way already: `/announce list` shows which."
    return Message(said)


def withdrawn(one: Seen, scene: Scene) -> Message:
    said = [f"{in_quotes(escape(one.title))} is withdrawn. Its words stay in the record."]
    if any(to.state != DeliveryState.CANCELLED for to in one.deliveries):
        said += ["Part of it had gone out or was on its way:", *fates(one, scene)]
    return marked(Message("\n".join(said)), one)


def stop_form() -> dict[str, Any]:
    return _asking(
        "Stop everything?",
        "Nothing goes out from the moment you press “Stop everything”, on any network, until somebody "
        "types `/announce resume-all`. The steering channel is told that it was you. What is on its way in "
        "this very second can't be called back.",
        STOP_FORM,
        "Stop everything",
    )


def resume_form() -> dict[str, Any]:
    return _asking(
        "Let them go again?",
        "What is due later goes out at its time. What came due while everything was stopped does not go out "
        "by itself: its writer and the steering channel are asked about each. The steering channel is told "
        "that it was you.",
        RESUME_FORM,
        "Let them go again",
    )


def stopped_all() -> Message:
    return Message("Everything is stopped. Nothing goes out until somebody types `/announce resume-all`.")


def resumed_all(resumed: Resumed, scene: Scene) -> Message:
    since = times.dated(resumed.stopped_at, scene.zone)
    stopper = capital(elements.mention(resumed.stopped_by))
    said = f"Announcements go out again. {stopper} had stopped them on {since}."
    if resumed.asked:
        came = words.counted(resumed.asked, "delivery", "deliveries")
        said += f" {came} came due meanwhile; I have asked about each in the steering channel."
    return Message(said)


def _asking(title: str, text: str, callback_id: str, submit: str) -> dict[str, Any]:
    return elements.modal(
        title, [elements.section(text)], callback_id=callback_id, submit=submit, close="Cancel"
    )
