"""Who holds which office, and whom to ask."""

from coop import offices
from coop.deps import Deps
from handlers.answers import Reply
from handlers.blocks import contacts
from handlers.blocks import offices as blocks
from handlers.listening import Listen
from handlers.requests import Press, SlashCommand


def show(_command: SlashCommand, deps: Deps) -> Reply:
    with deps.read() as session:
        return Reply(blocks.current(offices.current(session, deps.today())))


def whom_to_ask(_press: Press, deps: Deps) -> Reply:
    with deps.read() as session:
        asked = contacts.pairs(offices.contacts(session, deps.today()))
    return Reply(contacts.whom_to_ask(asked, deps.settings))


def register(listen: Listen) -> None:
    also = ("offices", "steering", "committee", "treasurer", "who")
    listen.command("/member officers", show, help="who holds which office, and until when", also=also)
    listen.press(contacts.ASK, whom_to_ask)
    listen.outgoing("founder_entered", lambda facts, deps: blocks.founder_entered(facts, deps.settings))
    listen.outgoing("office_granted", lambda facts, deps: blocks.granted(facts, deps.settings))
