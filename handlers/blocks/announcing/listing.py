"""`/announce list`: what needs somebody, what is coming, what went out, and what is being written."""

from collections.abc import Sequence
from typing import Any

from coop import words
from coop.announcing import drafting, times
from coop.announcing.listing import Listing
from coop.announcing.seeing import Seen
from handlers.blocks import elements
from handlers.blocks.announcing.announcement import Scene, in_quotes, named, quoted, when, where, within
from handlers.blocks.announcing.buttons import OPEN
from handlers.blocks.announcing.calendar import this_week_and_month
from handlers.blocks.announcing.fates import fates, how_it_stands
from handlers.blocks.announcing.form import REOPEN, THROW_AWAY
from handlers.blocks.announcing.page import Page
from handlers.blocks.announcing.troubles import told as told_of_trouble
from handlers.blocks.announcing.troubles import try_button
from handlers.blocks.message import Block, Message
from storage.drafts import Draft

MORE = "announcing.more"
MORE_DRAFTS = "announcing.more_drafts"
AT_ONCE = 5  # more than these fill a screen, and their words a notification
DRAFTS_SHOWN, DRAFTS_AT_ONCE = 3, 10
IN_A_LIST = 100  # characters of a text, and of what a network said
GROUPS = {
    "uncertain": "It may have gone out",
    "to_delete": "To be deleted by hand",
    "held": "Held or stopped",
    "refused": "Refused",
    "waiting": "Waiting for approval",
    "coming": "Coming",
    "sent": "Sent",
}
STILL_STOPPED = {"coming": "Coming, unless everything is still stopped"}


def listing(found: Listing, drafts: Sequence[Draft], scene: Scene, *, after: int = 0) -> Message:
    """Some of all announcements, what needs somebody first; each has a button that reaches all the others.

    `after` is how many have been shown before.
    """
    page = Page()
    if not after:
        _warn(page, found, scene)
    headings = {**GROUPS, **(STILL_STOPPED if found.stopped_by else {})}
    ordered = [(heading, one) for name, heading in headings.items() for one in getattr(found, name)]
    shown = ordered[after : after + AT_ONCE]
    for number, (heading, one) in enumerate(shown):
        if number == 0 or shown[number - 1][0] != heading:
            page.heading(heading)
        page.item(told(one, scene), accessory=_open(one))
    if left := len(ordered) - after - len(shown):
        page.remark(f"There {'is' if left == 1 else 'are'} {left} more.")
        page.blocks.append(elements.actions(_more(after + len(shown))))
    if not after:
        _add_drafts(page, drafts, scene)
    if not page.lines:
        nothing = "Nothing is being announced. Type `/announce` to write something."
        page.remark("That was all." if after else nothing)
    if not after:
        page.blocks.append(elements.actions(*this_week_and_month()))
    return Message("\n".join(page.lines), tuple(page.blocks))


def line(one: Seen, scene: Scene) -> Block:
    """One announcement, with the button that opens it."""
    return elements.section(told(one, scene), accessory=_open(one))


def told(one: Seen, scene: Scene) -> str:
    """One announcement in a line or two."""
    brief = one.shortened(IN_A_LIST)
    due = f", {when(one, scene)}" if one.is_coming else ""
    said = f"{quoted(one, IN_A_LIST)} by {elements.mention(one.owner)}, {where(one, scene)}{due}."
    return " ".join([said, *how_it_stands(brief, fates(brief, scene))])


def _warn(page: Page, found: Listing, scene: Scene) -> None:
    if found.nothing_running:
        page.remark("*Nothing is running that would send this.* Tell whoever looks after the bot.")
    for trouble in found.troubles:
        page.lines.append(told_of_trouble(trouble, scene))
        page.blocks.append(elements.section(page.lines[-1], accessory=try_button(trouble)))
    if found.stopped_by is not None and found.stopped_at is not None:
        since = times.dated(found.stopped_at, scene.zone)
        page.remark(
            f"*Everything is stopped*, by {elements.mention(found.stopped_by)} on {since}. "
            "Nothing goes out until somebody types `/announce resume-all`."
        )


def more_drafts(drafts: Sequence[Draft], scene: Scene, *, after: int) -> Message:
    page = Page()
    _add_drafts(page, drafts, scene, after=after, at_once=DRAFTS_AT_ONCE)
    if not page.lines:
        page.remark("That was all.")
    return Message("\n".join(page.lines), tuple(page.blocks))


def _add_drafts(
    page: Page, drafts: Sequence[Draft], scene: Scene, *, after: int = 0, at_once: int = DRAFTS_SHOWN
) -> None:
    shown = drafts[after : after + at_once]
    if shown:
        page.heading("Your drafts, which only you see")
    for draft in shown:
        title = drafting.title(draft.entered)
        page.item(f"{in_quotes(within(title))}, kept on {times.dated(draft.kept_at, scene.zone)}.")
        page.blocks.append(elements.actions(*_draft_buttons(draft, title)))
    if left := len(drafts) - after - len(shown):
        label, number = "Show older drafts", words.counted(left, "older draft")
        page.remark(f"And {number}.")
        more = str(after + len(shown))
        page.blocks.append(
            elements.actions(
                elements.button(label, action_id=MORE_DRAFTS, names=f"{label}: {number}", value=more)
            )
        )


def _draft_buttons(draft: Draft, title: str) -> list[dict[str, Any]]:
    sure = elements.confirmation(
        "Throw this draft away?", f"“{title}” is gone for good.", yes="Throw away", no="Keep it"
    )
    return [
        elements.button(
            "Go on writing", action_id=REOPEN, names=f"Go on writing: {title}", value=draft.window
        ),
        elements.button(
            "Throw away", action_id=THROW_AWAY, names=f"Throw away: {title}", value=draft.window, confirm=sure
        ),
    ]


def _open(one: Seen) -> dict[str, Any]:
    return elements.button("Open", action_id=OPEN, names=f"Open: {named(one)}", value=str(one.id))


def _more(after: int) -> dict[str, Any]:
    return elements.button(
        "Show more", action_id=MORE, names="Show more: the next announcements", value=str(after)
    )
