"""What the steering group sees of an application, and what the applicant hears of their decision."""

import json
from datetime import date
from typing import Any

from coop import approving, words
from coop.approving import Applicant
from coop.settings import Settings
from handlers.blocks import contacts, elements
from handlers.blocks.elements import escape
from handlers.blocks.message import Message

APPROVE = "approving.approve"
DECLINE = "approving.decline"
REASON_FORM = "approving.reason"
SEND_FORM = "approving.send"


def waiting(facts: dict[str, Any]) -> Message:
    """The request in the steering channel: a name, a day and two buttons, nothing else about the person."""
    on = words.on(date.fromisoformat(facts["applied_on"]))
    who = f" (<@{facts['user']}>)" if facts["user"] else ""
    text = (
        f"{escape(facts['name'])}{who} has applied to join, on {on}. Anybody in the steering group can "
        "decide, but never on their own application. Everybody who waits is also listed by `/member list`."
    )
    return Message(
        text, (elements.section(text), elements.actions(*buttons(facts["application"], facts["name"])))
    )


def buttons(application_id: int, name: str) -> list[dict[str, Any]]:
    return [
        elements.button(
            "Approve",
            action_id=APPROVE,
            names=f"Approve: {name}",
            value=str(application_id),
            style="primary",
            confirm=elements.confirmation(
                f"Approve {name}?", f"{name} is told at once, by direct message.", yes="Approve"
            ),
        ),
        elements.button("Decline", action_id=DECLINE, names=f"Decline: {name}", value=str(application_id)),
    ]


def decided(facts: dict[str, Any]) -> Message:
    """What the request in the steering channel turns into."""
    on, by = words.on(date.fromisoformat(facts["on"])), elements.mention(facts["by"])
    return Message(f"{escape(facts['name'])}'s application was {facts['word']} by {by} on {on}.")


def reason_form(applicant: Applicant, *, typed: str = "") -> dict[str, Any]:
    element: dict[str, Any] = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": approving.LONGEST_REASON,
    }
    if typed:
        element["initial_value"] = typed
    return elements.modal(
        "Decline an application",
        [
            elements.section(
                f"You are about to decline {escape(applicant.name)}'s application of "
                f"{words.on(applicant.applied_on)}. Only {escape(applicant.name)} will read the reason."
            ),
            elements.field(approving.REASON, "Why", element, hint="Next you see it as they will read it."),
        ],
        callback_id=REASON_FORM,
        submit="Show me",
        close="Cancel",
        private_metadata=json.dumps({"application": applicant.application_id}),
    )


def preview(applicant: Applicant, reason: str, told: Message) -> dict[str, Any]:
    """The message exactly as it will read, before it is sent."""
    return elements.modal(
        "Decline an application",
        [
            elements.section(f"This is what {escape(applicant.name)} will read:"),
            elements.divider(),
            elements.section(told.text),
        ],
        callback_id=SEND_FORM,
        submit="Decline and send",
        close="Cancel",
        private_metadata=json.dumps({"application": applicant.application_id, "reason": reason}),
    )


def declined(facts: dict[str, Any], settings: Settings) -> Message:
    """What the applicant reads."""
    on = words.on(date.fromisoformat(facts["decided_on"]))
    said = [
        f"On {on} the steering group of {escape(settings.network_name)} declined your application.",
        "This is what they wrote:",
        *(f">{escape(line)}" for line in facts["reason"].splitlines()),
        "You can apply again at any time: type `/countmein`.",
    ]
    if facts["contacts"]:
        said.append(f"If you want to talk about it, ask {contacts.named(facts['contacts'])}.")
    return Message("\n".join(said))


def outcome(word: str, applicant: Applicant) -> Message:
    return Message(f"{escape(applicant.name)}'s application is {word}, and they are being told.")
