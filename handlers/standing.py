"""The question “am I a member?” by command, by button and in channels."""

from sqlalchemy.orm import Session

from coop import asking, entering, offices, standing
from coop.asking import Names
from coop.deps import Deps
from coop.standing import Standing
from handlers import newcomers
from handlers.answers import Reply
from handlers.blocks import contacts
from handlers.blocks import standing as blocks
from handlers.blocks.message import Message
from handlers.listening import Listen, Wants
from handlers.requests import Caller, Press, Said, SlashCommand


def ask(command: SlashCommand, deps: Deps) -> Reply:
    return Reply(answer(command.caller, deps))


def answer_in_channel(said: Said, deps: Deps) -> Reply:
    return Reply(answer(said.caller, deps, in_channel=True))


def answer(caller: Caller, deps: Deps, *, in_channel: bool = False) -> Message:
    """One query for the standing; a second one only when the answer must name whom to ask."""
    with deps.read() as session:
        found = of_caller(session, caller, deps)
        asked: contacts.Pairs = ()
        if blocks.asks_for_something(found):
            asked = contacts.pairs(offices.contacts(session, deps.today()))
    if hindrance := newcomers.hindrance(caller, found, deps):
        return Message(hindrance)
    return blocks.message(found, deps.settings, asked=asked, in_channel=in_channel)


def of_caller(session: Session, caller: Caller, deps: Deps) -> Standing:
    return standing.of_account(session, caller.team_id, caller.user_id, today=deps.today(), now=deps.now())


def send_card(request: SlashCommand | Press, deps: Deps) -> Reply:
    with deps.write(once=request.key) as session:
        entering.send_card(
            session,
            team_id=request.caller.team_id,
            user_id=request.caller.user_id,
            now=deps.now(),
        )
    return Reply(Message("Your card is on its way to you, in your direct messages with me."))


def wants_in_channel(names: Names, *, listens: bool) -> Wants:
    def wants(text: str, channel_type: str) -> bool:
        if not listens or channel_type in {"im", "mention"}:
            return False
        return asking.in_channel(text, names) is not None

    return wants


def register(listen: Listen) -> None:
    settings = listen.settings
    names = Names(settings.network_name, settings.network_aliases)
    listen.command(
        "/member",
        ask,
        help="am I a member? since when, what is missing, what is next",
        visitors=True,
        also=("am", "status", "me", "check", "pay", "fee", "fees"),
    )
    listen.command("/member card", send_card, help="get your membership card")
    listen.press(blocks.CARD, send_card)
    listen.message(answer_in_channel, wants=wants_in_channel(names, listens=settings.listen_in_channels))
