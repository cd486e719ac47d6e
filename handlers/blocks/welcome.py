"""The first word to newcomers and to channels."""

from typing import Any

from coop.settings import Settings
from handlers.blocks import elements
from handlers.blocks.elements import escape
from handlers.blocks.message import Message

NO_MORE = "welcome.no_more"
AGAIN = "welcome.again"


def welcome(settings: Settings) -> Message:
    """Only what the bot answers; nothing is asked and nothing is offered."""
    network = escape(settings.network_name)
    text = (
        f"Hello. I answer questions about membership of {network}. Being in this Slack does not make you a "
        "member. Ask me here “am I a member?”, or type `/member` anywhere; `/member help` shows the rest."
    )
    return Message(text, (elements.section(text), elements.actions(stop_button())))


def stop_button() -> dict[str, Any]:
    return elements.button("No more messages", action_id=NO_MORE, names="No more messages: from Count Me In")


def again_button() -> dict[str, Any]:
    return elements.button(
        "Send me messages again", action_id=AGAIN, names="Send me messages again: from Count Me In"
    )


def stopped() -> Message:
    return Message(
        "All right: I won't write to you first any more. Answers and receipts for what you do still come. "
        "You can take this back in my Home tab."
    )


def resumed() -> Message:
    return Message(
        "All right: I may write to you first again. I rarely do; most of what I send answers what you did."
    )


def channel_hello(settings: Settings) -> Message:
    network = escape(settings.network_name)
    if settings.listen_in_channels:
        reads = (
            f"I read messages here only to notice the question whether somebody is a member of {network}, "
            "and answer it so that only they can see it. I store none of what I read."
        )
    else:
        reads = "I don't read messages here, only those that mention me, and I store none of them."
    return Message(f"Hello. {reads} To ask me anywhere, type `/member`.")
