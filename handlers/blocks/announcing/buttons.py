"""The buttons of an announcement and of its deliveries. Each says its object to a screen reader."""

from collections.abc import Callable, Iterable
from typing import Any

from coop.announcing import networks
from coop.announcing.acts import BEGUN, Act, acts
from coop.announcing.seeing import DeliverySeen, Seen
from coop.announcing.sending.settling import Question
from handlers.blocks import elements
from handlers.blocks.announcing import threads
from handlers.blocks.announcing.announcement import named
from storage.announcements import AnnouncementState
from storage.deliveries import DeliveryState, Hold
from storage.takedowns import TakedownState

APPROVE = "announcing.approve"
ASK_FOR_CHANGES = "announcing.ask_for_changes"
EDIT = "announcing.edit"
WITHDRAW = "announcing.withdraw"
STOP = "announcing.stop"
SEND_NOW = "announcing.send_now"
SEND_ALL_THE_SAME = "announcing.all_the_same"
WENT_OUT = "announcing.went_out"
SEND_AGAIN = "announcing.send_again"
TRY_AGAIN = "announcing.try_again"
POSTED = "announcing.posted"
OPEN = "announcing.open"
WRITE_AGAIN = "announcing.write_again"
TAKE_DOWN = "announcing.take_down"
TAKE_DOWN_AGAIN = "announcing.take_down_again"
DELETED = "announcing.deleted"
GIVE_LINK = "announcing.give_link"

# Those that open a window, or need no second thought: label, action, style.
AT_ONCE: dict[Act, tuple[str, str, str | None]] = {
    Act.APPROVE: ("Approve", APPROVE, "primary"),
    Act.ASK_FOR_CHANGES: ("Ask for changes", ASK_FOR_CHANGES, None),
    Act.EDIT: ("Edit", EDIT, None),
    Act.STOP: ("Stop this one", STOP, "danger"),
    Act.TAKE_DOWN: ("Take down", TAKE_DOWN, None),
    Act.SEND_ALL_THE_SAME: ("Send it all the same", SEND_ALL_THE_SAME, None),
}


def act_buttons(one: Seen, only: Iterable[Act] = tuple(Act), *, reader: str = "") -> list[dict[str, Any]]:
    """The buttons for what can be done with the whole announcement now, by `reader` where that is known."""
    return [_act_button(act, one) for act in acts(one, reader) if act in only]


def delivery_buttons(one: Seen) -> Iterable[tuple[DeliverySeen, list[dict[str, Any]]]]:
    """The buttons for what a person has to say about single deliveries."""
    for to in one.deliveries:
        if buttons := _delivery_buttons(to, one):
            yield to, buttons


def write_again(one: Seen) -> dict[str, Any]:
    """For everybody, whatever has become of it: a new one with the same words."""
    label = "Write it again"
    return elements.button(label, action_id=WRITE_AGAIN, names=f"{label}: {named(one)}", value=str(one.id))


def _act_button(act: Act, one: Seen) -> dict[str, Any]:
    name, value = named(one), str(one.id)
    half_way = any(threads.is_half_way(to, one) for to in one.deliveries)

    def button(label: str, action_id: str, **more: Any) -> dict[str, Any]:
        return elements.button(label, action_id=action_id, names=f"{label}: {name}", value=value, **more)

    if act in AT_ONCE:
        label, action_id, style = AT_ONCE[act]
        if act is Act.TAKE_DOWN and half_way:
            label = "Take down what is out"
        return button(label, action_id, style=style)
    match act:
        case Act.SEND_NOW:
            sure = elements.confirmation("Send it now?", f"{named(one)} goes out at once.", yes="Send it now")
            return button("Go on" if half_way else "Send it now", SEND_NOW, style="primary", confirm=sure)
        case _:
            is_begun = any(to.state in BEGUN for to in one.deliveries)
            rest = "What is out or on its way stays; nothing more of it goes out."
            kept = f"{rest if is_begun else 'It does not go out.'} Its words stay in the record."
            sure = elements.confirmation(f"Withdraw {one.title}?", kept, yes="Withdraw", no="Keep it")
            return button("Withdraw", WITHDRAW, confirm=sure)


def _not_out(one: Seen, button: Callable[..., dict[str, Any]]) -> dict[str, Any]:
    if one.state == AnnouncementState.WITHDRAWN:
        over = elements.confirmation(
            "It did not go out?",
            "I look once more myself. It was withdrawn, so I do not send it again.",
            yes="It did not",
        )
        return button("It did not", SEND_AGAIN, confirm=over)
    again = elements.confirmation(
        "Send it again?",
        "I look once more first, and send it only if I still can't find it.",
        yes="Send it again",
    )
    return button("It did not: send it again", SEND_AGAIN, confirm=again)


def _delivery_buttons(to: DeliverySeen, one: Seen) -> list[dict[str, Any]]:
    value = str(Question(to.id, to.attempt_no))
    part = f", part {to.part} of {to.parts}" if to.parts > 1 else ""
    name = f"{one.title}, {networks.name_of(to.network)}{part}"

    def button(label: str, action_id: str, **more: Any) -> dict[str, Any]:
        return elements.button(label, action_id=action_id, names=f"{label}: {name}", value=value, **more)

    if to.takedown is not None and to.takedown.state == TakedownState.LEFT:
        return [
            button("I have deleted it", DELETED, style="primary"),
            button("Try again to delete it", TAKE_DOWN_AGAIN),
        ]
    if to.state == DeliveryState.UNCERTAIN and to.asked:
        there = elements.confirmation(
            "It did go out?", "I take your word for it and send nothing.", yes="Yes, it is out"
        )
        return [button("It did go out", WENT_OUT, confirm=there), _not_out(one, button)]
    if to.state == DeliveryState.HELD and to.hold == Hold.BY_HAND:
        return [button("It's posted", POSTED, style="primary")]
    if to.state == DeliveryState.HELD and to.hold == Hold.LINK_MISSING:
        return [button("Give its link", GIVE_LINK, style="primary")]
    in_trouble = to.state == DeliveryState.HELD and to.hold == Hold.NETWORK_TROUBLE
    if in_trouble or (to.state == DeliveryState.REFUSED and one.approved):
        return [button("Go on" if threads.is_half_way(to, one) else "Try again", TRY_AGAIN)]
    return []
