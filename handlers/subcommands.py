"""Slash commands, and which handler is meant by what was typed after one."""

import re
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
# Anything longer, or with a sentence's marks, links or mentions in it, is what somebody wants to announce.
LONGEST = 80
# What people say after a command to point at something: "cancel my last announcement", "delete 12 please".
_POINTING = re.compile(
    r"a|an|and|announcements?|again|for|from|in|it|last|latest|messages?|month|my|next|of|old|on|one|ones|our"
    r"|posts?|show|scheduled|planned|some|that|the|them|these|this|those|to|today|tomorrow|week|what|which|year"
    r"|yesterday|\d+"
)
_SENTENCE = re.compile(r"[.,:;!?…–—]\s|\n|://|<[@#!]")
# How alike two words are: "last call tonight" is no "list", while "lst" alone may well be.
LIKE, VERY_LIKE = 0.6, 0.76


@dataclass(frozen=True)
class HelpLine:
    usage: str
    does: str
    officers: bool


@dataclass
class Command:
    """One slash command: its handlers by first word, "" for the bare command; `asks` are the few things that
    may follow a first word without making a text of it, `also` what people call it instead. `unsure` answers
    what may be meant for a sub-command as well as for a text.
    """

    name: str
    reserved: bool
    takes_text: bool = False
    handlers: dict[str, CommandHandler] = field(default_factory=dict)
    asks: dict[str, Collection[str]] = field(default_factory=dict)
    also: dict[str, str] = field(default_factory=dict)
    unsure: CommandHandler | None = None
    help: list[HelpLine] = field(default_factory=list)

    def nearest(self, word: str, like: float = LIKE) -> str:
        """The whole command that is called so, or nearly; "" when none is."""
        if (wanted := word.strip(".,:!") or word) in self.also:
            return f"{self.name} {self.also[wanted]}".rstrip()
        near = get_close_matches(wanted, [known for known in self.handlers if known], n=1, cutoff=like)
        return f"{self.name} {near[0]}" if near else ""


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
    if command.unsure and word and _is_doubtful(command, request.text):
        return replace(request, meant=command.nearest(word, VERY_LIKE)), command.unsure
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


def _is_doubtful(command: Command, text: str) -> bool:
    """Whether it reads more like a command than like something to announce."""
    if len(text) > LONGEST or _SENTENCE.search(text):
        return False
    first, *rest = text.lower().split()
    ends = text.endswith((".", "!"))  # "Hello!" is said to people, "hello" perhaps to us
    if not rest and not ends:
        return True
    points = all((bare := word.rstrip("!.?")) in IDLE or _POINTING.fullmatch(bare) for word in rest)
    return (points or (len(rest) == 1 and not ends)) and bool(command.nearest(first, VERY_LIKE))


class NoSuchWord(UserError):
    """A sub-command that does not exist; names the nearest one."""

    def __init__(self, command: Command, word: str) -> None:
        near = command.nearest(word)
        meant = f" Did you mean `{near}`?" if near else ""
        super().__init__(
            f"I don't know “{word.replace('`', '')[:40]}” after `{command.name}`, so nothing changed.{meant} "
            f"Type `{command.name} help` to see everything it can do."
        )
