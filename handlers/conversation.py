"""What people say to the bot in their own words, in a direct message or by mentioning it."""

from collections.abc import Callable
from functools import partial

from coop import asking, courtesies, offices, standing
from coop.asking import Asked, Names, Question
from coop.deps import Deps
from coop.standing import NextStep
from handlers import helping, newcomers
from handlers import leaving as leaving_handler
from handlers import standing as standing_handler
from handlers.answers import Reply
from handlers.blocks import contacts, joining
from handlers.blocks import helping as help_blocks
from handlers.blocks import standing as blocks
from handlers.blocks.message import Message
from handlers.listening import Listen
from handlers.requests import Said

NAME_THEM = "Mention the person with @ and I can tell you, or look at `/member list`."


def answer(listen: Listen, names: Names, said: Said, deps: Deps) -> Reply | None:
    question = asking.to_bot(said.text, names)
    if question is None:
        return _not_a_question(said)
    if question.asked is Asked.HELP:
        return Reply(helping.commands(listen, caller=said.caller, deps=deps))
    if not said.caller.at_home:
        return Reply(Message(blocks.VISITOR))
    return Reply(ANSWERS[question.asked](question, said, deps))


def _not_a_question(said: Said) -> Reply | None:
    """Thanks are answered, because silence would seem rude; a nod is not, or the two would never end."""
    if courtesies.is_thanks(said.text):
        return Reply(Message(help_blocks.WELCOME))
    return None if courtesies.is_nod(said.text) else Reply(Message(help_blocks.SHORT))


def about_oneself(_question: Question, said: Said, deps: Deps) -> Message:
    return standing_handler.answer(said.caller, deps, in_channel=said.channel_type != "im")


def about_somebody(question: Question, said: Said, deps: Deps) -> Message:
    """Officers are told; others are told kindly that standing is private."""
    caller, today = said.caller, deps.today()
    with deps.read() as session:
        if not offices.is_officer(session, caller.team_id, caller.user_id, today):
            return Message(blocks.PRIVATE)
        if question.about is None:
            return Message(NAME_THEM)
        found = standing.of_account(session, caller.team_id, question.about, today=today, now=deps.now())
    return blocks.about(found, question.about)


def about_joining(_question: Question, said: Said, deps: Deps) -> Message:
    """Whoever has joined or applied, or needs an officer first, hears how they stand instead."""
    with deps.read() as session:
        found = standing_handler.of_caller(session, said.caller, deps)
        asked = contacts.pairs(offices.contacts(session, deps.today()))
    if found.next_step is NextStep.JOIN:
        hindrance = newcomers.hindrance(said.caller, found, deps)
        return Message(hindrance) if hindrance else joining.invitation(deps.settings, asked)
    return standing_handler.answer(said.caller, deps, in_channel=said.channel_type != "im")


def about_leaving(_question: Question, said: Said, deps: Deps) -> Message:
    return leaving_handler.first_click(said.caller, deps)


ANSWERS: dict[Asked, Callable[[Question, Said, Deps], Message]] = {
    Asked.OWN_STANDING: about_oneself,
    Asked.SOMEONE_ELSE: about_somebody,
    Asked.ORGANISATION: lambda _question, _said, _deps: Message(blocks.ORGANISATIONS),
    Asked.JOIN: about_joining,
    Asked.LEAVE: about_leaving,
}


def is_to_the_bot(_text: str, channel_type: str) -> bool:
    return channel_type in {"im", "mention"}


def register(listen: Listen) -> None:
    """Last of all who listen to messages: whatever nobody else wanted is answered here."""
    names = Names(listen.settings.network_name, listen.settings.network_aliases)
    listen.message(partial(answer, listen, names), wants=is_to_the_bot)
