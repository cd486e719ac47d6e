"""A person's own details, and the form that changes them."""

from typing import Any

from coop import details
from coop.details import Details
from coop.settings import Settings
from handlers.blocks import contacts, elements
from handlers.blocks.contacts import Pairs
from handlers.blocks.elements import escape
from handlers.blocks.message import Block, Message

CHANGE = "details.change"
FORM = "details.form"


def form(given: Details | None, settings: Settings, asked: Pairs) -> dict[str, Any]:
    """Change what the register says about oneself."""
    blocks = [*inputs(given)]
    if check := contacts.check_with(asked, settings):
        blocks.append(elements.context(check))
    return elements.modal("Your details", blocks, callback_id=FORM, submit="Save", close="Cancel")


def inputs(given: Details | None) -> list[Block]:
    """Name and e-mail, filled with what we hold."""
    name: dict[str, Any] = {"type": "plain_text_input", "max_length": details.LONGEST_NAME}
    email: dict[str, Any] = {"type": "email_text_input"}
    if given and given.name:
        name["initial_value"] = given.name
    if given and given.email:
        email["initial_value"] = given.email
    return [
        elements.field(
            details.NAME,
            "Your full name",
            name,
            hint="It stands in the register of members, which other members may look into.",
        ),
        elements.field(
            details.EMAIL,
            "Your e-mail",
            email,
            hint="For notices of meetings, votes and fees, and for nothing else. Only officers see it.",
        ),
    ]


def saved(kept: Details) -> Message:
    return Message(f"Saved. The register now says {escape(kept.name)}, {escape(kept.email)}.")
