"""Recognises "am I a member?" and the other things people ask the bot, in any wording."""

from coop.asking.channel import in_channel
from coop.asking.direct import to_bot
from coop.asking.names import Names
from coop.asking.question import Asked, Question

__all__ = ["Asked", "Names", "Question", "in_channel", "to_bot"]
