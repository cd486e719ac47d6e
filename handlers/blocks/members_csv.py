"""The list of people as a file, sent to the officer who asked for it."""

from datetime import date

from coop import words
from handlers.blocks.message import File, Message


def list_of(content: bytes, today: date) -> Message:
    text = (
        f"Here is the list of people as at {words.on(today)}. It holds names and e-mails: keep it where only "
        "officers see it, and delete it when you have done with it."
    )
    name = f"people-{today.isoformat()}.csv"
    return Message(text, file=File(name, content, f"List of people as at {words.on(today)}"))


def refused() -> Message:
    return Message(
        "You asked for the list of people, but you hold no office any more, so I have not sent it."
    )
