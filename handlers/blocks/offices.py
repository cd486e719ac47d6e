"""Who holds which office, and what officers are told about theirs."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from coop import offices, words
from coop.settings import Settings
from handlers.blocks import contacts, elements, joining
from handlers.blocks.elements import escape
from handlers.blocks.lines import sections
from handlers.blocks.message import Message
from storage.offices import Officer, Role


def current(officers: Iterable[Officer]) -> Message:
    lines = [
        f"<@{officer.slack_user}> is {offices.NAMES[officer.role]}, until {words.on(officer.until_on)}."
        for officer in officers
    ]
    if not lines:
        return Message("Nobody holds an office yet.")
    return Message(" ".join(lines), tuple(sections(lines)))


def granted(facts: dict[str, Any], settings: Settings) -> Message:
    role, until = Role(facts["role"]), words.on(date.fromisoformat(facts["until"]))
    return Message(
        f"You're {offices.NAMES[role]} of {escape(settings.network_name)} now, until {until}. "
        "What that lets you do is in my Home tab and in `/member help`."
    )


def founder_entered(facts: dict[str, Any], settings: Settings) -> Message:
    until = words.on(date.fromisoformat(facts["until"]))
    network, name = escape(settings.network_name), escape(facts["name"])
    said = [
        f"You're a founding member of {network}, {name}, and in its steering group until {until}.",
        "The register still lacks your e-mail and your word that you agree with what we stand for.",
    ]
    if check := contacts.check_with(facts["contacts"], settings):
        said.append(check)
    add = elements.button("Add my details", action_id=joining.OPEN, names="Add my details: to the register")
    return Message(" ".join(said), (elements.section("\n".join(said)), elements.actions(add)))
