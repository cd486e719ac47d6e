"""The Home tab: where everything can be found again when messages have gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coop import words
from coop.details import Details
from coop.settings import Settings
from coop.standing import Standing, State
from handlers.blocks import (
    approving,
    contacts,
    details,
    elements,
    joining,
    leaving,
    members_list,
    standing,
    welcome,
)
from handlers.blocks.contacts import Pairs
from handlers.blocks.elements import escape
from handlers.blocks.message import Block
from storage.rolls import Listed, Roll

CAN_DO = (
    "Ask me “am I a member?” in your own words. `/countmein` joins, `/member` answers, `/member officers` "
    "says who holds which office, `/member help` shows everything."
)


@dataclass(frozen=True)
class ForOfficers:
    """What waits; `applications` only for those who may decide on them."""

    counts: dict[Roll, int]
    applications: Sequence[Listed]


@dataclass(frozen=True)
class Home:
    standing: Standing
    details: Details | None
    asked: Pairs
    for_officers: ForOfficers | None
    wants_no_messages: bool = False


def view(home: Home, settings: Settings) -> dict[str, Any]:
    """Your standing, your card, your details, what you can do, whom to ask; for officers, what waits."""
    said = standing.sentences(home.standing, settings, asked=home.asked)
    blocks: list[Block] = [
        elements.header("Am I a member?"),
        elements.section("\n".join(said)),
        elements.actions(standing.button(home.standing)),
    ]
    if home.standing.is_member:
        blocks += _card(home.standing, settings)
    elif home.standing.state in {State.APPLIED, State.APPROVED_FEE_DUE}:
        blocks.append(elements.actions(leaving.button("Take my application back")))
    if home.details is not None:
        blocks += _details(home.details, home.standing)
    blocks += [elements.header("What you can do"), elements.section(CAN_DO)]
    blocks += [
        elements.header("Whom to ask"),
        elements.section(contacts.whom_to_ask(home.asked, settings).text),
    ]
    if not home.wants_no_messages:
        blocks.append(elements.actions(welcome.stop_button()))
    if home.for_officers is not None:
        blocks += _for_officers(home.for_officers)
    return elements.home(blocks)


def _card(held: Standing, settings: Settings) -> list[Block]:
    since = words.on(held.since) if held.since else ""
    card = f"{escape(settings.network_name)}\n{escape(held.name)}\nNumber {held.number}, since {since}"
    buttons = [
        elements.button("Send me my card", action_id=standing.CARD, names="Send me my membership card"),
        leaving.button(),
    ]
    if standing.button(held)["action_id"] == standing.CARD:
        buttons = buttons[1:]  # the answer above has this button already
    return [elements.header("Your card"), elements.section(card), elements.actions(*buttons)]


def _details(held: Details, its: Standing) -> list[Block]:
    said = f"Name: {escape(held.name) or 'not given'}\nE-mail: {escape(held.email) or 'not given'}"
    change = elements.button(
        "Change my details", action_id=details.CHANGE, names="Change what the register says about you"
    )
    if its.lacks_agreement:
        change = elements.button(
            "Add my details", action_id=joining.OPEN, names="Add your details to the register"
        )
    shown_above = standing.button(its)["action_id"] == change["action_id"]
    return [
        elements.header("Your details"),
        elements.section(said, accessory=None if shown_above else change),
    ]


def _for_officers(waiting: ForOfficers) -> list[Block]:
    counts = waiting.counts
    said = (
        f"Waiting: {counts[Roll.WAITING]:,}. Fee due: {counts[Roll.FEE_DUE]:,}. "
        f"Members: {counts[Roll.MEMBERS]:,}. Left: {counts[Roll.LEFT]:,}."
    )
    opened = elements.button(
        "Open the list", action_id=members_list.OPEN, names="Open the list of members", value=Roll.WAITING
    )
    blocks = [elements.header("For officers"), elements.section(said, accessory=opened)]
    for line in waiting.applications:
        said = f"{escape(line.name)} applied on {words.on(line.on)}."
        blocks += [
            elements.section(said),
            elements.actions(*approving.buttons(line.id, line.name)),
        ]
    return blocks
