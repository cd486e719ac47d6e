"""The words that go with a membership card: everything the picture shows is said in them too."""

from datetime import date

from coop import words
from coop.settings import LegalForm, Settings
from handlers.blocks.elements import context, escape, section
from handlers.blocks.message import File, Message

ONE_VOTE = "One member, one vote"


def motto(settings: Settings, *, members: int, on: date) -> str:
    """A society's members hold equal stakes, so many on that day; others have equal votes."""
    if settings.legal_form is LegalForm.SOCIETY:
        return f"One of {members:,} equal stakes on {words.on(on)}"
    return ONE_VOTE


def card(
    *, network: str, name: str, number: int, since: date, motto: str, picture: bytes, has_name: bool
) -> Message:
    facts = f"member {number} since {words.on(since)}. {motto}."
    text = f"Here is your membership card, {escape(name)}: {escape(network)}, {facts}"
    blocks = [section(f"*Here is your membership card, {escape(name)}.*\n{escape(network)}, {facts}")]
    if not has_name:
        note = (
            "The picture shows your number and not your name: some of its letters are not among those I can "
            "draw, and I'd rather not misspell it. The register has it as you wrote it."
        )
        text = f"{text} {note}"
        blocks.append(context(note))
    alt_text = f"Membership card of {name}: {network}, {facts}"
    return Message(text, tuple(blocks), File("membership-card.png", picture, alt_text[:1000]))
