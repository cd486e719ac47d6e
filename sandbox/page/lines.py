"""A conversation as the page shows it, line by line, for one person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from markupsafe import Markup

from sandbox import seen
from sandbox.blocks import elements
from sandbox.entities import File, Json, Message
from sandbox.page import block_kit, dates, mrkdwn
from sandbox.page.memory import Memory, Notice
from sandbox.page.names import Names
from sandbox.workspace import Workspace

SHOWN = 200
HUES = 8
PICTURES = block_kit.PICTURES


@dataclass(frozen=True)
class Avatar:
    """Initials on one of `HUES` colours, or the mark of an app."""

    initials: str
    hue: int
    is_app: bool = False


@dataclass(frozen=True)
class Offered:
    """What an app offers in the menu of every message."""

    callback_id: str
    name: str
    app: str


@dataclass(frozen=True)
class Line:
    """One message. `spoken` is what a screen reader hears when it arrives."""

    key: str
    ts: str
    author: str
    avatar: Avatar
    when: datetime
    body: Markup
    spoken: str
    tag: str = ""
    only_you: bool = False
    edited: bool = False
    own: bool = False
    files: Sequence[File] = ()
    reactions: Sequence[tuple[str, str]] = ()
    replies: int = 0
    menu: Sequence[Offered] = ()
    day: str = ""
    is_first_unread: bool = False

    @property
    def clock(self) -> str:
        return dates.clock(self.when)


def conversation(slack: Workspace, memory: Memory, names: Names, channel: str) -> list[Line]:
    """The newest lines of a conversation, its threads left out, oldest first."""
    messages = seen.conversation(slack, names.viewer, channel)
    replies: dict[str, int] = {}
    for message in messages:
        if message.is_reply:
            replies[message.thread_ts] = replies.get(message.thread_ts, 0) + 1
    shown = [message for message in messages if not message.is_reply or message.reply_broadcast]
    drawn = [_line(slack, names, message, replies.get(message.ts, 0)) for message in shown[-SHOWN:]]
    told = [_notice(names, notice) for notice in memory.notices.get((names.viewer, channel), ())]
    first_unread = memory.first_unread.get((names.viewer, channel), "")
    return _with_headings(sorted(drawn + told, key=lambda line: line.ts), names, first_unread)


def thread(slack: Workspace, names: Names, channel: str, ts: str) -> list[Line]:
    found = seen.thread(slack, names.viewer, channel, ts)
    return [_line(slack, names, message, 0, prefix="t") for message in found]


def avatar(slack: Workspace, user: str, name: str = "") -> Avatar:
    person = slack.people.get(user)
    spelled = name or (person.real_name if person else "?")
    initials = "".join(word[0] for word in spelled.split()[:2]).upper()
    return Avatar(initials, sum(map(ord, user)) % HUES, is_app=bool(person and person.is_bot))


def _line(slack: Workspace, names: Names, message: Message, replies: int, prefix: str = "m") -> Line:
    author = message.username or names.person(message.user)
    own = message.user == names.viewer
    return Line(
        key=f"{prefix}{message.ts}",
        ts=message.ts,
        author=author,
        avatar=avatar(slack, message.user, message.username),
        when=mrkdwn.moment(int(float(message.ts)), names),
        body=_body(message, _canvas(slack, message, names, f"{prefix}{message.ts}")),
        spoken="" if own else _spoken(author, message.text, names, only_you=bool(message.only_for)),
        tag="App" if message.bot_id else "",
        only_you=bool(message.only_for),
        edited=bool(message.edited_ts) and not message.bot_id,
        own=own,
        files=_files(message),
        reactions=_reactions(message, names),
        replies=replies,
        menu=() if message.only_for else offered(slack),
    )


def offered(slack: Workspace) -> list[Offered]:
    """Slack has no such menu on what only one person sees."""
    return [
        Offered(shortcut["callback_id"], shortcut["name"], app.name)
        for app in slack.apps.values()
        for shortcut in app.shortcuts
        if shortcut["type"] == "message"
    ]


def blocks_of(message: Message) -> list[Json]:
    """Its own blocks and those of its attachments."""
    return message.blocks + [block for part in message.attachments for block in part.get("blocks", [])]


def _files(message: Message) -> list[File]:
    """Those that stand below the message: not the pictures that its blocks show already."""
    drawn = {(block.get("slack_file") or {}).get("id") for block in blocks_of(message)}
    return [file for file in message.files if file.complete and not file.deleted and file.id not in drawn]


def _body(message: Message, canvas: block_kit.Canvas) -> Markup:
    # A person's own blocks only repeat the text, without the marks for bold and so on.
    drawn = Markup("")
    if message.blocks and message.bot_id:
        drawn = block_kit.draw(message.blocks, canvas)
    elif message.text:
        drawn = Markup('<div class="block text">{}</div>').format(mrkdwn.draw(message.text, canvas.names))
    for number, attachment in enumerate(message.attachments):
        inner = replace(canvas, scope=f"{canvas.scope}-{number}")
        drawn += Markup('<div class="attachment">{}</div>').format(_attachment(attachment, inner))
    return drawn


def _attachment(attachment: Json, canvas: block_kit.Canvas) -> Markup:
    if attachment.get("blocks"):
        return block_kit.draw(attachment["blocks"], canvas)
    return mrkdwn.draw(str(attachment.get("text") or attachment.get("fallback") or ""), canvas.names)


def _canvas(slack: Workspace, message: Message, names: Names, scope: str) -> block_kit.Canvas:
    picked = slack.picked.get((message.channel, message.ts, names.viewer))
    return block_kit.Canvas(names, scope, picked or elements.untouched(blocks_of(message)))


def _reactions(message: Message, names: Names) -> list[tuple[str, str]]:
    """Each reaction as its short name and who chose it."""
    return [
        (f":{name}:", ", ".join(map(names.person, who))) for name, who in message.reactions.items() if who
    ]


def _spoken(author: str, text: str, names: Names, *, only_you: bool) -> str:
    whom = ", only visible to you" if only_you else ""
    return f"{author}{whom}: {mrkdwn.draw(text, names).striptags()}"


def _notice(names: Names, notice: Notice) -> Line:
    return Line(
        key=f"n{notice.ts}",
        ts=notice.ts,
        author="Slackbot",
        avatar=Avatar("S", 0, is_app=True),
        when=mrkdwn.moment(int(float(notice.ts)), names),
        body=Markup('<div class="block text">{}</div>').format(mrkdwn.draw(notice.text, names)),
        spoken=_spoken("Slackbot", notice.text, names, only_you=True),
        only_you=True,
    )


def _with_headings(lines: list[Line], names: Names, first_unread: str) -> list[Line]:
    day, headed = "", []
    for line in lines:
        heading = dates.divider(line.when, names.now)
        headed.append(
            replace(line, day=heading if heading != day else "", is_first_unread=line.ts == first_unread)
        )
        day = heading
    return headed
