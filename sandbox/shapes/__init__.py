"""How things look on the wire: one function per kind of object Slack sends."""

from sandbox.shapes.channels import channel, channel_type
from sandbox.shapes.files import file
from sandbox.shapes.messages import alone, bot_profile, message
from sandbox.shapes.people import bot, user
from sandbox.shapes.views import view

__all__ = ["alone", "bot", "bot_profile", "channel", "channel_type", "file", "message", "user", "view"]
