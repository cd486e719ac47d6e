"""The list of what the bot can do, and the one line for what it did not understand."""

from collections.abc import Sequence

from coop import words
from handlers.blocks import elements
from handlers.blocks.elements import escape
from handlers.blocks.message import Message
from handlers.subcommands import HelpLine

SHORT = "I didn't understand that. Ask me “am I a member?”, say “join” or “leave”, or type `/member help`."
WELCOME = "You're welcome."


def commands(lines: Sequence[HelpLine]) -> Message:
    said = ["You can ask me “am I a member?” in your own words, here or anywhere you mention me."]
    said += [f"`{line.usage}`: {line.does}." for line in lines]
    return Message(" ".join(said), (elements.section("\n".join(said)),))


def announcing(network: str, to_ask: Sequence[str]) -> Message:
    """For somebody who cannot announce; `to_ask` are Slack ids of people who can."""
    said = f"Only the steering group of {escape(network)} can announce things."
    if to_ask:
        people = words.listed([f"<@{user}>" for user in to_ask], last="or")
        said += f" To have something announced, ask {people}."
    return Message(said)
