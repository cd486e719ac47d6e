"""The table of what the bot listens to, and the adapter that finds there whose request it is.

A handler is `(request, deps) -> Answer`. Bolt never sees it: Bolt finds arguments by looking through
decorators, so it gets one adapter of the fixed signature `(body, ack, context)` instead. The adapter alone
acknowledges, after the handler has returned, so an acknowledged act is a committed act.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from slack_bolt import Ack, App, BoltContext, BoltResponse

from coop.deps import Deps
from coop.errors import UserError
from coop.settings import Settings
from handlers import accounts, reading, subcommands
from handlers.answering import Answering
from handlers.answers import Answer
from handlers.blocks.message import Message
from handlers.requests import Caller, Happening, Press, Said, Shortcut, SlashCommand, Submission
from handlers.subcommands import Command, CommandHandler, HelpLine

PressHandler = Callable[[Press, Deps], Answer]
ShortcutHandler = Callable[[Shortcut, Deps], Answer]
SubmissionHandler = Callable[[Submission, Deps], Answer]
SaidHandler = Callable[[Said, Deps], Answer]
HappeningHandler = Callable[[Happening, Deps], Answer]
# wants(text, channel_type): im, mpim, channel, group, or mention (whose mention is stripped already).
Wants = Callable[[str, str], bool]
# render(facts) -> the message of an outbox row; None when there is nothing left to say
Render = Callable[[dict[str, Any], Deps], Message | None]
# what everything that one feature registers is put into
Through = Callable[[Callable[..., Any]], Callable[..., Any]]
Body = dict[str, Any]

READ_SUBTYPES = frozenset({None, "file_share", "thread_broadcast"})


@dataclass(frozen=True)
class ShortcutLine:
    """How it is called in the menu of every message, 24 characters at most, and what it does."""

    name: str
    does: str


@dataclass
class Listen:
    """Filled by each feature's `register(listen)`; read by the door, Bolt, the manifest and /member help."""

    commands: dict[str, Command] = field(default_factory=dict)
    presses: dict[str, PressHandler] = field(default_factory=dict)
    shortcuts: dict[str, ShortcutHandler] = field(default_factory=dict)
    menu: dict[str, ShortcutLine] = field(default_factory=dict)
    submissions: dict[str, SubmissionHandler] = field(default_factory=dict)
    closings: dict[str, SubmissionHandler] = field(default_factory=dict)
    messages: list[tuple[Wants, SaidHandler]] = field(default_factory=list)
    happenings: dict[str, HappeningHandler] = field(default_factory=dict)
    renders: dict[str, Render] = field(default_factory=dict)
    for_visitors: set[str] = field(default_factory=set)
    settings: Settings = field(default_factory=Settings)
    through: Through = lambda act: act

    def command(
        self,
        name: str,
        handler: CommandHandler,
        *,
        help: str = "",  # noqa: A002 -- the word people type
        usage: str = "",
        officers: bool = False,
        reserved: bool = False,
        takes_text: bool = False,
        visitors: bool = False,
        asks: Collection[str] = (),
        also: Collection[str] = (),
    ) -> None:
        """`name` may carry a sub-command: "/member paid". `reserved` names never enter Slack's manifest.

        With `takes_text`, whatever follows the bare command is its text unless it begins with a sub-command;
        what of it is in `asks` goes to the sub-command all the same. `also` are other words for it.
        People of other teams are refused whatever is not for `visitors`.
        """
        slash, _, word = name.partition(" ")
        entry = self.commands.setdefault(slash, Command(slash, reserved))
        entry.takes_text |= takes_text
        entry.handlers[word] = self.through(handler)
        entry.asks[word] = asks
        entry.also |= dict.fromkeys(also, word)
        if visitors:
            self.for_visitors.add(name)
        if help:
            entry.help.append(HelpLine(f"{name} {usage}".strip(), help, officers))

    def unsure(self, slash: str, handler: CommandHandler) -> None:
        """What answers a few words after a command that may be meant for a sub-command or for a text."""
        self.commands.setdefault(slash, Command(slash, reserved=False)).unsure = self.through(handler)

    def press(self, action_id: str, handler: PressHandler, *, visitors: bool = False) -> None:
        self.presses[action_id] = self.through(handler)
        if visitors:
            self.for_visitors.add(action_id)

    def shortcut(self, callback_id: str, handler: ShortcutHandler, *, line: ShortcutLine) -> None:
        """Something to choose in the menu of any message."""
        self.shortcuts[callback_id] = self.through(handler)
        self.menu[callback_id] = line

    def submission(self, callback_id: str, handler: SubmissionHandler) -> None:
        self.submissions[callback_id] = self.through(handler)

    def closing(self, callback_id: str, handler: SubmissionHandler) -> None:
        self.closings[callback_id] = self.through(handler)

    def message(self, handler: SaidHandler, *, wants: Wants) -> None:
        self.messages.append((wants, self.through(handler)))

    def happening(self, event_type: str, handler: HappeningHandler) -> None:
        self.happenings[event_type] = self.through(handler)

    def outgoing(self, kind: str, render: Render) -> None:
        """How an outbox row of this kind is drawn."""
        self.renders[kind] = self.through(render)

    def message_handler(self, event: dict[str, Any], bot: str) -> SaidHandler | None:
        """The first handler that wants this message or mention; the door and Bolt ask the same question."""
        if event["type"] == "app_mention":
            text, channel_type = reading.without_mention(event["text"], bot), "mention"
        elif event.get("subtype") not in READ_SUBTYPES or "bot_id" in event:
            return None
        else:
            text, channel_type = event["text"], event["channel_type"]
        return next((handler for wants, handler in self.messages if wants(text, channel_type)), None)


def bind(listen: Listen, app: App, deps: Deps, answering: Answering) -> None:
    """Give Bolt one adapter for everything, as its last middleware.

    Bolt asks its listeners one after another, each at the price of collecting every argument it could want.
    The door has found the request in the table already; so it is found there again, not by fifty questions.
    """
    read = _readers(listen, answering.home_team)

    def adapter(body: Body, ack: Ack, context: BoltContext) -> BoltResponse | None:
        request, handler = read["command" if "command" in body else body["type"]](body)
        answering.handled(request, ack, context["turn"], lambda: handler(request, deps))
        return ack.response

    app.use(adapter)


def _readers(listen: Listen, home: str) -> Mapping[str, Callable[[Body], tuple[Any, Any]]]:
    """For each kind of payload, what makes a request of it and finds its handler."""

    def event(body: Body) -> tuple[Said | Happening, SaidHandler | HappeningHandler]:
        kind = body["event"]["type"]
        if kind not in {"message", "app_mention"}:
            return reading.happening(body, home), listen.happenings[kind]
        handler = listen.message_handler(body["event"], reading.bot_user_id(body))
        if handler is None:
            raise LookupError("a message nobody wants reached its adapter")
        return reading.said(body, home), handler

    def command(body: Body) -> tuple[SlashCommand, CommandHandler]:
        request, handler = subcommands.chosen(listen.commands[body["command"]], reading.command(body, home))
        return request, _for(request.caller, handler, visitors=request.name in listen.for_visitors)

    def press(body: Body) -> tuple[Press, PressHandler]:
        request = reading.press(body, home)
        handler = listen.presses[request.action_id]
        return request, _for(request.caller, handler, visitors=request.action_id in listen.for_visitors)

    def shortcut(body: Body) -> tuple[Shortcut, ShortcutHandler]:
        request = reading.shortcut(body, home)
        return request, _for(request.caller, listen.shortcuts[request.callback_id], visitors=False)

    def submission(body: Body) -> tuple[Submission, SubmissionHandler]:
        request = reading.submission(body, home)
        table = listen.closings if body["type"] == "view_closed" else listen.submissions
        return request, _for(request.caller, table[request.callback_id], visitors=False)

    return {
        "event_callback": event,
        "command": command,
        "block_actions": press,
        "message_action": shortcut,
        "view_submission": submission,
        "view_closed": submission,
    }


def _for(caller: Caller, handler: Callable[..., Answer], *, visitors: bool) -> Callable[..., Answer]:
    return handler if caller.at_home or visitors else _refuse_visitor


def _refuse_visitor(_request: Any, _deps: Deps) -> Answer:
    raise UserError(accounts.OTHER_TEAM)
