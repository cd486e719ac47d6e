"""Help, made of the lines that each feature registered itself."""

from functools import partial

from coop import offices
from coop.deps import Deps
from handlers.answers import Reply
from handlers.blocks import helping as blocks
from handlers.blocks.message import Message
from handlers.listening import Listen
from handlers.requests import Caller, SlashCommand


def commands(listen: Listen, *names: str, caller: Caller, deps: Deps) -> Message:
    """Every command that the caller may use, of the ones named or of all; guests and visitors may read it."""
    with deps.read() as session:
        is_officer = offices.is_officer(session, caller.team_id, caller.user_id, deps.today())
    lines = [
        line
        for command in listen.commands.values()
        if command.name in names or not names
        for line in command.help
        if is_officer or not line.officers
    ]
    return blocks.commands(lines)


def show(listen: Listen, command: SlashCommand, deps: Deps) -> Reply:
    return Reply(commands(listen, caller=command.caller, deps=deps))


def register(listen: Listen) -> None:
    also = ("?", "commands", "usage", "info")
    listen.command("/member help", partial(show, listen), help="show this list", visitors=True, also=also)
    listen.command("/countmein help", partial(show, listen), visitors=True)
