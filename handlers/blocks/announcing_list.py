"""`/announce list`: what needs somebody, what is coming, what went out, and what is being written."""

from collections.abc import Sequence

from coop.announcing import content, times
from coop.announcing.listing import Listing
from coop.announcing.seeing import Seen
from handlers.blocks import elements
from handlers.blocks.announcement import Scene, marked, named, quoted, standing, when, where
from handlers.blocks.announcement_buttons import OPEN
from handlers.blocks.announcement_fates import fates
from handlers.blocks.announcing import REOPEN, THROW_AWAY
from handlers.blocks.elements import escape
from handlers.blocks.message import Block, Message
from storage.announcements import Draft

AT_MOST = 8  # of each group: a message holds 50 blocks
GROUPS = (
    ("uncertain", "It may have gone out"),
    ("held", "Held"),
    ("refused", "Refused"),
    ("waiting", "Waiting for approval"),
    ("coming", "Coming"),
    ("sent", "Sent"),
)


def listing(found: Listing, drafts: Sequence[Draft], scene: Scene) -> Message:
    """The same in words and in blocks; each announcement has a button that reaches all the others."""
    lines, blocks = _warnings(found, scene)
    for name, heading in GROUPS:
        ones: tuple[Seen, ...] = getattr(found, name)
        if ones:
            lines.append(f"{heading}:")
            blocks.append(elements.header(heading))
        for one in ones[:AT_MOST]:
            line = told(one, scene)
            lines.append(f"- {line}")
            blocks.append(elements.section(line, accessory=_open(one)))
        if len(ones) > AT_MOST:
            lines.append(more := f"And {len(ones) - AT_MOST} more.")
            blocks.append(elements.context(more))
    _add_drafts(lines, blocks, drafts, scene)
    if not lines:
        lines.append("Nothing is being announced. Type `/announce` to write something.")
        blocks.append(elements.section(lines[0]))
    return marked(Message("\n".join(lines), tuple(blocks)), rehearsal=scene.settings.rehearsal)


def told(one: Seen, scene: Scene) -> str:
    """One announcement in a line or two."""
    due = f", {when(one, scene)}" if one.is_open else ""
    said = f"{quoted(one, 120)} by <@{one.owner}>, {where(one, scene)}{due}."
    return " ".join([said, standing(one), *fates(one, scene)])


def _warnings(found: Listing, scene: Scene) -> tuple[list[str], list[Block]]:
    lines = []
    if found.nothing_running:
        lines.append("*Nothing is running that would send this.* Tell whoever looks after the bot.")
    if found.stopped_by and found.stopped_at:
        since = times.dated(found.stopped_at, scene.zone)
        lines.append(
            f"*Everything is stopped*, by <@{found.stopped_by}> on {since}. "
            "Nothing goes out until somebody types `/announce resume-all`."
        )
    return lines, [elements.section(line) for line in lines]


def _add_drafts(lines: list[str], blocks: list[Block], drafts: Sequence[Draft], scene: Scene) -> None:
    if drafts:
        lines.append("Your drafts, which only you see:")
        blocks.append(elements.header("Your drafts, which only you see"))
    for draft in drafts[:3]:
        title = content.title(str(draft.entered.get("text") or ""))
        line = f"“{escape(title)}”, kept on {times.dated(draft.kept_at, scene.zone)}."
        lines.append(f"- {line}")
        blocks += [
            elements.section(line),
            elements.actions(
                elements.button(
                    "Go on writing", action_id=REOPEN, names=f"Go on writing: {title}", value=draft.window
                ),
                elements.button(
                    "Throw away",
                    action_id=THROW_AWAY,
                    names=f"Throw away: {title}",
                    value=draft.window,
                    confirm=elements.confirmation(
                        "Throw this draft away?",
                        f"“{title}” is gone for good.",
                        yes="Throw away",
                        no="Keep it",
                    ),
                ),
            ),
        ]


def _open(one: Seen) -> dict[str, object]:
    return elements.button("Open", action_id=OPEN, names=f"Open: {named(one)}", value=str(one.id))
