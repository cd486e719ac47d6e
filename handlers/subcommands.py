"""Slash commands, and which handler is meant by what was typed after one."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from coop.deps import Deps
from coop.errors import UserError
from handlers.answers import Answer
from handlers.requests import SlashCommand

CommandHandler = Callable[[SlashCommand, Deps], Answer]
# What people put after a sub-command without meaning a text: "help please", "stop everything now!".
IDLE = frozenset({"please", "now", "all", "everything", "me", "thanks"})


@dataclass(frozen=True)
class HelpLine:
    usage: str
    does: str
    officers: bool


@dataclass
class Command:
    """One slash command: its handlers by first word, "" for the bare command; `asks` are the few things that
    may follow a first word without making a text of it.
    """

    name: str
    reserved: bool
    takes_text: bool = False
    handlers: dict[str, CommandHandler] = field(default_factory=dict)
    asks: dict[str, Collection[str]] = field(default_factory=dict)
    help: list[HelpLine] = field(default_factory=list)


def chosen(command: Command, request: SlashCommand) -> tuple[SlashCommand, CommandHandler]:
    """The handler of a command's sub-command, with the text that follows it."""
    word, _, rest = request.text.partition(" ")
    word, rest = word.lower(), rest.strip()
    # In an emergency people type "stop all" as well as "stop-all".
    if (spaced := "-".join(request.text.lower().split())) in command.handlers and rest:
        word, rest = spaced, ""
    is_asked = " ".join(rest.lower().split()) in command.asks.get(word, ())
    if word in command.handlers and word and (is_asked or not (command.takes_text and _is_text(rest))):
        return replace(request, name=f"{command.name} {word}", text=rest), command.handlers[word]
    if "" in command.handlers and (not word or command.takes_text):
        return request, command.handlers[""]

    def refuse(_request: SlashCommand, _deps: Deps) -> Answer:
        raise NoSuchWord(command, word)

    return request, refuse


def _is_text(rest: str) -> bool:
    """Whether what follows the name of a sub-command makes a text of it.

    "/announce list please" asks for the list; "/announce List of speakers is out" is an announcement.
    """
    return not IDLE.issuperset(word.rstrip("!.").lower() for word in rest.split())


class NoSuchWord(UserError):
    """A sub-command that does not exist; names the nearest one."""

    def __init__(self, command: Command, word: str) -> None:
        near = get_close_matches(word, [known for known in command.handlers if known], n=1)
        meant = f" Did you mean `{command.name} {near[0]}`?" if near else ""
        super().__init__(
            f"I don't know “{word.replace('`', '')[:40]}” after `{command.name}`, so nothing changed.{meant} "
            f"Type `{command.name} help` to see everything it can do."
        )
