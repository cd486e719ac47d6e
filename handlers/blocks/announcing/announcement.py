"""One announcement in words, for every message and window that shows it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coop import words
from coop.announcing import content, networks, times
from coop.announcing.acts import Act, acts
from coop.announcing.content import Target
from coop.announcing.seeing import DeliverySeen, Seen
from coop.deps import Deps
from coop.publishing import Publisher
from coop.settings import Settings
from handlers.blocks import elements
from handlers.blocks.elements import escape
from handlers.blocks.message import Message
from storage.announcements import AnnouncementState

REHEARSAL = "REHEARSAL: nothing leaves."
BANNER = elements.section(f"*{REHEARSAL}*")
IN_ONE_LINE = 300  # characters of the text itself, in messages that only remind of it
LONGEST_COMMENT = 1_000
# Without what would give the mark of a link a label of its own, or ends words that were cut.
_LINK_LAST = re.compile(r"https?://[^\s<>|“”]*[^\s<>|“”…]$")


@dataclass(frozen=True)
class Scene:
    """What an announcement is shown against."""

    now: datetime
    settings: Settings
    publishers: Mapping[str, Publisher]
    takes_pictures: bool = False

    @classmethod
    def of(cls, deps: Deps) -> "Scene":
        return cls(deps.now(), deps.settings, deps.publishers, takes_pictures=deps.fetch is not None)

    @property
    def zone(self) -> str:
        return self.settings.network_timezone


def marked(message: Message, one: Seen | None = None) -> Message:
    """Begins by saying that nothing leaves; when it is about `one`, only if that was for a rehearsal."""
    if (one is not None and not one.rehearsal) or message.text.startswith(REHEARSAL):
        return message
    blocks = message.blocks or (elements.section(message.text),)
    return Message(f"{REHEARSAL} {message.text}", (BANNER, *blocks), message.file)


def marked_view(view: dict[str, Any], one: Seen | None = None) -> dict[str, Any]:
    """As `marked`."""
    if (one is not None and not one.rehearsal) or view["blocks"][0] == BANNER:
        return view
    return {**view, "blocks": [BANNER, *view["blocks"]]}


def named(one: Seen) -> str:
    """The object of every button, as a screen reader says it: "Leeds meetup, Tue 30 March"."""
    if one.due_at is None:
        return f"{one.title}, as soon as approved"
    return f"{one.title}, {times.short_day(one.due_at, one.zone)}"


def when(one: Seen, scene: Scene) -> str:
    """Such as "Tue 30 March 2027, 9:00am UK time (BST), in 3 days", or "10 minutes after it is approved"."""
    if one.due_at is None:
        wait = countdown(scene.settings)
        return f"{wait} after it is approved" if wait else "as soon as it is approved"
    return times.said(one.due_at, one.zone, scene.now)


def countdown(settings: Settings) -> str:
    """Such as "10 minutes"; nothing when what is approved leaves at once."""
    return words.counted(settings.countdown_minutes, "minute") if settings.countdown_minutes else ""


def where(one: Seen, scene: Scene) -> str:
    return networks.places(one.targets, scene.settings)


def quoted(one: Seen, limit: int = IN_ONE_LINE, *, network: str = "", part: int = 1) -> str:
    """Its words on one line; those for `network`, where one is named, and that part of them."""
    text = content.leaving(one, network, part=part).text
    return in_quotes(within(" ".join(text.split()), limit))


def in_quotes(safe: str) -> str:
    """Escaped words in quotation marks. A link at their end is marked as one: Slack would read the closing
    mark as a part of it.
    """
    marked = _LINK_LAST.sub(r"<\g<0>>", safe)
    return f"“{marked}”"


def quoted_each(one: Seen, targets: Sequence[Target], settings: Settings) -> str:
    """The words each of these places gets: once where they are the same, else place by place."""
    grouped: dict[str, list[Target]] = {}
    for target in targets:
        grouped.setdefault(one.variants.get(target.network, one.text), []).append(target)
    told = {text: in_quotes(within(" ".join(text.split()))) for text in grouped}
    if len(grouped) == 1:
        return words.ended(next(iter(told.values())))
    return " ".join(
        words.ended(f"{capital(networks.places(there, settings))}: {told[text]}")
        for text, there in grouped.items()
    )


def within(typed: str, limit: int = IN_ONE_LINE, drawn: Callable[[str], str] = escape) -> str:
    """What somebody typed or a network said, escaped, and no longer than that when it is."""
    kept = typed[:limit]
    while len(safe := drawn(kept)) > limit:
        kept = kept[: -max(1, (len(safe) - limit) // 5)]
    return safe if kept == typed else f"{drawn(kept[:-1].rstrip())}…"


def in_our_words(said: str, limit: int = IN_ONE_LINE) -> str:
    """A reason or an instruction of ours: a command in it is drawn as one."""
    return within(said, limit, elements.plain_but_code)


def quoted_last(one: Seen, *, network: str = "", part: int = 1) -> str:
    """At the end of a sentence."""
    return words.ended(quoted(one, network=network, part=part))


def standing(one: Seen) -> str:
    """Where it stands as a whole, before its deliveries are told one by one; "" where they say it all."""
    if one.state == AnnouncementState.WITHDRAWN:
        return "It was withdrawn."
    if one.state == AnnouncementState.SENT_BACK:
        who = capital(elements.mention(one.sent_back_by))
        comment = in_quotes(within(one.comment or "", LONGEST_COMMENT))
        return words.ended(f"{who} asked for changes: {comment}")
    if one.approved:
        return f"Approved by {approvers(one)}."
    return _who_has_to(one) if Act.APPROVE in acts(one) else ""


def _who_has_to(one: Seen) -> str:
    if one.approved_by:
        return f"Approved by {approvers(one)}; one more person has to agree. {_who_can(one)}."
    both = "; two people have to" if one.approvals_needed > 1 else ""
    if not one.is_coming:
        return f"{_who_can(one)} approve it{both}."
    return f"Nobody has approved it yet{both}. {_who_can(one)}."


def approvers(one: Seen) -> str:
    return words.listed([elements.mention(user) for user in one.approved_by])


def _who_can(one: Seen) -> str:
    not_they = words.listed([elements.mention(user) for user in (one.owner, *one.approved_by)])
    return f"Anybody on the steering group but {not_they} can"


def place(to: DeliverySeen, scene: Scene) -> str:
    """Such as "as @Fenmarch on X", of a thread "as @Fenmarch on X, part 2 of 3"."""
    part = f", part {to.part} of {to.parts}" if to.parts > 1 else ""
    return f"{networks.place(Target(to.network, to.target), scene.settings)}{part}"


def capital(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"
