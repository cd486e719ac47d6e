"""The officers' list: who waits, who owes, who is a member, who has left; ten to a page."""

import json
from datetime import date
from typing import Any

from coop import words
from coop.members_list import Page
from coop.settings import Settings
from handlers.blocks import approving, elements, fees
from handlers.blocks.elements import escape
from handlers.blocks.message import Block, Message
from storage.fees import Payment
from storage.rolls import Listed, Roll

OPEN = "members_list.open"
TURN = "members_list.turn"
CSV = "members_list.csv"
PAYMENTS = "members_list.payments"

_TITLES = {
    Roll.WAITING: "Waiting",
    Roll.FEE_DUE: "Fee due",
    Roll.MEMBERS: "Members",
    Roll.LEFT: "Left",
}


def view(page: Page, *, notice: str = "") -> dict[str, Any]:
    """Counts as the buttons that lead to each list, then one page of it."""
    blocks: list[Block] = [elements.section(notice)] if notice else []
    blocks.append(elements.actions(*(_tab(page, roll) for roll in Roll)))
    blocks.append(elements.header(f"{_TITLES[page.roll]}: {page.counts[page.roll]:,}"))
    blocks += [block for line in page.lines for block in _line(page, line)]
    if not page.lines:
        blocks.append(elements.section("Nobody."))
    if turns := _turns(page):
        blocks.append(elements.context(f"Page {page.number + 1} of {page.pages}"))
        blocks.append(elements.actions(*turns))
    blocks.append(elements.actions(*_others(page)))
    place = json.dumps({"roll": page.roll, "page": page.number})
    return elements.modal("Members", blocks, private_metadata=place)


def place_of(value: str) -> tuple[Roll, int]:
    """The list and page that a button's value names."""
    roll, _, number = value.partition(":")
    return Roll(roll), int(number or 0)


def place_in(private_metadata: str) -> tuple[Roll, int]:
    """The list and page that a window shows."""
    shown = json.loads(private_metadata)
    return Roll(shown["roll"]), int(shown["page"])


def payments(paid: list[Payment]) -> dict[str, Any]:
    """The newest payments, each with the button that takes it back."""
    blocks = [fees.row(payment) for payment in paid] or [elements.section("No payment has been marked yet.")]
    return elements.modal("Payments", blocks)


def csv_coming() -> Message:
    return Message("The list is on its way to you as a file, in your direct messages with me.")


def joined_and_left(facts: dict[str, Any], settings: Settings) -> Message:
    """The daily line: who joined and who left on one day."""
    on = words.on(date.fromisoformat(facts["on"]))
    said = []
    for names, did in ((facts["joined"], "joined"), (facts["left"], "left")):
        if names:
            said.append(f"{words.listed([escape(name) for name in names])} {did}.")
    return Message(
        f"On {on}: {' '.join(said)} "
        f"{escape(settings.network_name)} has {words.counted(facts['members'], 'member')} now."
    )


def _tab(page: Page, roll: Roll) -> dict[str, Any]:
    label = f"{_TITLES[roll]} ({page.counts[roll]:,})"
    shown = page.roll is roll
    return elements.button(
        label,
        action_id=f"{TURN}.{roll}",
        names=f"{label}: {'shown now' if shown else 'show this list'}",
        value=f"{roll}:0",
        style="primary" if shown else None,
    )


def _line(page: Page, line: Listed) -> list[Block]:
    said = [elements.section(_said(page.roll, line))]
    if page.roll is Roll.WAITING and page.can_decide:
        said.append(elements.actions(*approving.buttons(line.id, line.name)))
    if page.roll is Roll.FEE_DUE and page.can_book:
        mark = elements.button(
            "Mark as paid",
            action_id=fees.MARK,
            names=f"Mark as paid: {line.name}, {line.reference}",
            value=line.reference,
        )
        said = [elements.section(_said(page.roll, line), accessory=mark)]
    return said


def _said(roll: Roll, line: Listed) -> str:
    name, on = escape(line.name) or "No name given", words.on(line.on)
    number = f", number {line.number}" if line.number else ""
    match roll:
        case Roll.WAITING:
            return f"{name}, applied on {on}"
        case Roll.FEE_DUE:
            return f"{name}{number}: {words.pounds(line.pence)} due by {on}, reference {line.reference}"
        case Roll.MEMBERS:
            return f"{name}{number}, since {on}"
        case Roll.LEFT:
            return f"{name}{number}, until {on}"


def _turns(page: Page) -> list[dict[str, Any]]:
    ways = (("Earlier", page.number - 1), ("Later", page.number + 1))
    return [
        elements.button(
            label,
            action_id=f"{TURN}.{label.lower()}",
            names=f"{label}: page {number + 1} of {_TITLES[page.roll]}",
            value=f"{page.roll}:{number}",
        )
        for label, number in ways
        if 0 <= number < page.pages
    ]


def _others(page: Page) -> list[dict[str, Any]]:
    csv = elements.button("Send me all as CSV", action_id=CSV, names="Send me all as CSV: the whole list")
    if not page.can_book:
        return [csv]
    return [csv, elements.button("Payments", action_id=PAYMENTS, names="Payments: show the newest")]
