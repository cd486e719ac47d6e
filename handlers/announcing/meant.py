"""A few words after `/announce` that may be a command mistyped: asked about before any window opens."""

from functools import partial

from coop import offices
from coop.deps import Deps
from handlers.accounts import person_of
from handlers.announcing import form, proposing
from handlers.answers import OpenView, Reply
from handlers.blocks.announcing import form as form_blocks
from handlers.blocks.announcing import meant as blocks
from handlers.listening import Listen
from handlers.requests import Press, SlashCommand
from storage.offices import Role


def ask(listen: Listen, command: SlashCommand, deps: Deps) -> Reply:
    with deps.read() as session:
        by = person_of(session, command.caller)
        offices.require(session, by=by, role=Role.STEERING, today=deps.today())
    proposing.require_steering_channel(deps)
    lines = listen.commands[command.name].help
    does = next((line.does for line in lines if _is_of(command.meant, line.usage)), "")
    shown = form.only_words(command.text, deps)[form_blocks.TEXT]
    return Reply(blocks.asked(shown, command.meant, does, value=command.text))


def write_these(press: Press, deps: Deps) -> OpenView:
    return proposing.opened(press.caller, press.value, deps)


def _is_of(name: str, usage: str) -> bool:
    return usage.split(" [", maxsplit=1)[0] == name


def register(listen: Listen) -> None:
    listen.unsure("/announce", partial(ask, listen))
    listen.press(blocks.WRITE_THESE, write_these)
