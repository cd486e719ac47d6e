"""Whom to ask, in every message that asks for data or money: two officers and the official page."""

from collections.abc import Iterable, Sequence

from coop import words
from coop.offices import NAMES, Contact
from coop.settings import Settings
from handlers.blocks.message import Message
from storage.offices import Role

ASK = "contacts.ask"
STEERING = NAMES[Role.STEERING]
Pairs = Sequence[Sequence[str]]  # [Slack user id, "the treasurer"] as outbox rows keep them


def pairs(contacts: Iterable[Contact]) -> Pairs:
    return [[contact.slack_user, contact.role] for contact in contacts]


def named(contacts: Pairs) -> str:
    """Such as "<@U1> (the treasurer) or <@U2> (on the steering group)"."""
    if len(contacts) > 1 and all(role == STEERING for _, role in contacts):
        people = words.listed([f"<@{user}>" for user, _ in contacts], last="or")
        return f"{people} (both on the steering group)"
    said = (f"<@{user}> ({'on the steering group' if role == STEERING else role})" for user, role in contacts)
    return words.listed(list(said), last="or")


def check_with(contacts: Pairs, settings: Settings) -> str:
    """How somebody can make sure that it is really the network asking."""
    people = f"ask {named(contacts)}" if contacts else ""
    page = f"look at {settings.official_page}" if settings.official_page else ""
    ways = ", or ".join(way for way in (people, page) if way)
    return f"To check that this is really us, {ways}." if ways else ""


def whom_to_ask(contacts: Pairs, settings: Settings) -> Message:
    if contacts:
        text = f"Ask {named(contacts)}."
    else:
        text = "Nobody holds an office yet, so there is nobody to ask about this."
    if settings.official_page:
        text += f" {our_page(settings)}"
    return Message(text)


def our_page(settings: Settings) -> str:
    return f"Our page is {settings.official_page}."
