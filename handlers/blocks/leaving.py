"""Leaving in two clicks, the receipt, and taking it back."""

from datetime import date
from typing import Any

from coop import words
from coop.leaving import Left
from coop.settings import Settings
from handlers.blocks import elements
from handlers.blocks.elements import escape
from handlers.blocks.message import Message

LEAVE = "leaving.open"
FORM = "leaving.form"
UNDO = "leaving.undo"

KEPT = (
    "What we keep: your name, your member number and the dates of your membership, because the register has "
    "to stay true for every day; and what you paid, for our accounts. Your e-mail is erased after 30 days. "
    "You stay in Slack; that is up to you."
)


def asked(settings: Settings) -> Message:
    """The first click."""
    text = f"You can leave {escape(settings.network_name)} at any time, without giving a reason."
    return Message(text, (elements.section(text), elements.actions(button())))


def button(label: str = "Leave") -> dict[str, Any]:
    return elements.button(label, action_id=LEAVE, names=f"{label}: asks once more first", style="danger")


def form(settings: Settings) -> dict[str, Any]:
    """The second click."""
    return elements.modal(
        "Leave",
        [
            elements.section(
                f"If you leave {escape(settings.network_name)}, your membership ends today, and any office "
                "you hold with it. An application that is not decided is taken back. "
                "You can undo this for an hour, and join again whenever you like."
            ),
            elements.section(KEPT),
        ],
        callback_id=FORM,
        submit="Leave",
        close="Stay",
    )


def closed(left: Left) -> Message:
    if left.was_member:
        return Message(
            f"You have left: your membership ended on {words.on(left.on)}. I've sent you a receipt, and you "
            "can undo this for an hour."
        )
    return Message("Your application is taken back. I've sent you a receipt.")


def receipt_left(facts: dict[str, Any], settings: Settings) -> Message:
    on, since = (date.fromisoformat(facts[day]) for day in ("on", "since"))
    network = escape(settings.network_name)
    if not facts["was_member"]:
        return Message(
            f"Receipt: on {words.on(on)} you took back your application to join {network}, made on "
            f"{words.on(since)}. You owe nothing. You can apply again at any time: type `/countmein`."
        )
    member = f"You were a member {words.during(since, on)}, number {facts['number']}."
    said = [
        f"Receipt: you have left {network}. {member} You owe nothing.",
        f"Until {facts['undo_until']} you can undo this, also from my Home tab.",
        "After that you can join again at any time, with the same number.",
        KEPT,
    ]
    undo = elements.button("Undo: I stay", action_id=UNDO, names="Undo: I stay: as a member")
    return Message(" ".join(said), (elements.section("\n".join(said)), elements.actions(undo)))


def undone(since: date) -> Message:
    return Message(f"Undone: you're still a member, as you have been since {words.on(since)}.")


def receipt_undone(facts: dict[str, Any]) -> Message:
    since = words.on(date.fromisoformat(facts["since"]))
    return Message(f"Receipt: your leaving is undone. You're still a member, as you have been since {since}.")


def too_few(facts: dict[str, Any]) -> Message:
    return Message(
        f"A member has left, and there are now {words.counted(facts['members'], 'member')}. A registered "
        "society needs at least 3 (Co-operative and Community Benefit Societies Act 2014, section 2). "
        "Talk about it soon: find new members, or take advice."
    )
