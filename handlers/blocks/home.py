"""The Home tab: where everything can be found again when messages have gone."""

from dataclasses import dataclass
from typing import Any

from coop import words
from coop.details import Details
from coop.settings import Settings
from coop.standing import NextStep, Standing, State
from handlers.blocks import contacts, details, elements, home_officers, joining, leaving, standing, welcome
from handlers.blocks.contacts import Pairs
from handlers.blocks.elements import escape
from handlers.blocks.home_officers import ForOfficers
from handlers.blocks.message import Block

CAN_DO = (
    "Ask me “am I a member?” in your own words, or type `/member`. {join}To see who holds which office, type "
    "`/member officers`; to see all that I do, `/member help`."
)


@dataclass(frozen=True)
class Home:
    """`hindrance` is why this person cannot join; then there is little else to show."""

    standing: Standing
    details: Details | None
    asked: Pairs
    for_officers: ForOfficers | None
    wants_no_messages: bool = False
    hindrance: str = ""


def view(home: Home, settings: Settings) -> dict[str, Any]:
    """Your standing, your card, your details, what you can do, whom to ask; for officers, what waits."""
    if home.hindrance:
        return elements.home(
            [*_standing(home.hindrance), *(_whom_to_ask(home, settings) if home.asked else [])]
        )
    blocks = _standing("\n".join(standing.sentences(home.standing, settings, asked=home.asked)))
    blocks.append(elements.actions(standing.button(home.standing)))
    if home.standing.is_member:
        blocks += _card(home.standing, settings)
    if home.details is not None:
        blocks += _details(home.details, home.standing)
    blocks += [
        elements.header("What you can do"),
        elements.section(_can_do(home.standing)),
        *_whom_to_ask(home, settings),
    ]
    if home.for_officers is not None:
        blocks += home_officers.waiting(home.for_officers)
    return elements.home([*blocks, elements.divider(), elements.actions(*_last(home))])


def _standing(said: str) -> list[Block]:
    return [elements.header("Am I a member?"), elements.section(said)]


def _can_do(held: Standing) -> str:
    return CAN_DO.format(join="To join, type `/countmein`. " if held.next_step is NextStep.JOIN else "")


def _whom_to_ask(home: Home, settings: Settings) -> list[Block]:
    said = contacts.whom_to_ask(home.asked, settings).text
    return [elements.header("Whom to ask"), elements.section(said)]


def _last(home: Home) -> list[dict[str, Any]]:
    """What hardly anybody needs, out of the way of what everybody does."""
    buttons = [welcome.again_button() if home.wants_no_messages else welcome.stop_button()]
    if home.standing.is_member:
        buttons.append(leaving.button())
    elif home.standing.state in {State.APPLIED, State.APPROVED_FEE_DUE}:
        buttons.append(leaving.button("Take my application back"))
    return buttons


def _card(held: Standing, settings: Settings) -> list[Block]:
    since = words.on(held.since) if held.since else ""
    card = f"{escape(settings.network_name)}\n{escape(held.name)}\nNumber {held.number}, since {since}"
    send = elements.button("Send me my card", action_id=standing.CARD, names="Send me my card: as a picture")
    shown_above = standing.button(held)["action_id"] == standing.CARD
    return [
        elements.header("Your card"),
        elements.section(card, accessory=None if shown_above else send),
    ]


def _details(held: Details, its: Standing) -> list[Block]:
    said = f"Name: {escape(held.name) or 'not given'}\nE-mail: {escape(held.email) or 'not given'}"
    change = elements.button(
        "Change my details",
        action_id=details.CHANGE,
        names="Change my details: name and e-mail in the register",
    )
    if its.lacks_agreement:
        change = elements.button(
            "Add my details", action_id=joining.OPEN, names="Add my details: to the register"
        )
    shown_above = standing.button(its)["action_id"] == change["action_id"]
    return [
        elements.header("Your details"),
        elements.section(said, accessory=None if shown_above else change),
    ]
