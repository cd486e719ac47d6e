"""Direct messages about announcements, and what the whole steering channel is told."""

from collections.abc import Sequence
from typing import Any

from coop import words
from coop.announcing import telling, times
from coop.announcing.seeing import Seen
from coop.announcing.series.seeing import SeriesSeen
from handlers.blocks import elements
from handlers.blocks.announcing import series as series_blocks
from handlers.blocks.announcing.announcement import (
    Scene,
    approvers,
    capital,
    marked,
    named,
    quoted,
    quoted_last,
    when,
    where,
)
from handlers.blocks.announcing.buttons import OPEN
from handlers.blocks.announcing.fates import held
from handlers.blocks.announcing.proposal import proposal
from handlers.blocks.message import Message

Facts = dict[str, Any]
CHOOSE_DIGEST = "announcing.choose_digest"
CHOOSE_EACH = "announcing.choose_each"
OPEN_TOO_LONG = "open"
AT_MOST, SERIES_AT_MOST = 10, 2  # in one summary


def to_approve(kind: str, one: Seen, scene: Scene, *, reader: str, own_zone: str | None) -> Message:
    """To somebody who can approve it: everything about it, and a way to be told less often."""
    owner = elements.mention(one.owner)
    opening = {
        telling.TO_APPROVE: f"{capital(owner)} asks the steering group to approve an announcement",
        telling.STILL_TO_APPROVE: f"An announcement by {owner} still waits for somebody to approve it",
        telling.VOIDED: f"{capital(owner)} changed the announcement you had approved, so your approval "
        "no longer counts. Please look again",
    }[kind]
    own = times.on_own_clock(one.due_at, one.zone, own_zone) if one.due_at and own_zone else ""
    clock = f" That is {own}." if own else ""
    drawn = proposal(
        one, scene, opening=f"{opening}: {where(one, scene)}, {when(one, scene)}.{clock}", reader=reader
    )
    choice = elements.button(
        "One daily summary instead",
        action_id=CHOOSE_DIGEST,
        names="One daily summary instead: of a message for each announcement",
    )
    return Message(drawn.text, (*drawn.blocks, elements.actions(choice)))


def for_owner(one: Seen, facts: Facts) -> Message:
    """To its writer: it did not go out, or nobody has approved it for two days."""
    if facts["hold"] == OPEN_TOO_LONG:
        text = f"{_who_has(one)}: {quoted_last(one)} You could ask somebody directly."
    else:
        to = next(to for to in one.deliveries if to.id == facts["delivery"])
        text = f"Your announcement is {held(to, one)} It reads: {quoted_last(one)}"
    look = elements.button("Open", action_id=OPEN, names=f"Open: {named(one)}", value=str(one.id))
    return marked(Message(text, (elements.section(text), elements.actions(look))), one)


def _who_has(one: Seen) -> str:
    if one.approved_by:
        return f"Only {approvers(one)} has approved your announcement, and one more person has to"
    return "Nobody has approved your announcement yet"


def with_whole_series(message: Message, one: SeriesSeen, *, reader: str) -> Message:
    """The same, which says that all runs wait for one approval, and has its button."""
    if reader == one.owner or reader in one.approved_by:
        return message
    said = "The whole series waits for an approval as well: with that, each of its runs leaves as it is."
    last = elements.actions(series_blocks.approve_button(one))
    return Message(f"{message.text} {said}", (*message.blocks, elements.section(said), last))


def digest(waiting: Sequence[Seen], scene: Scene, *, series: Sequence[SeriesSeen] = ()) -> Message:
    """The daily summary of what waits for this person's approval; series first, as they let more go."""
    if not waiting and not series:
        return Message("Nothing waits for your approval any more.")
    counts = [words.counted(len(waiting), "announcement", "announcements")] if waiting else []
    counts += [words.counted(len(series), "series", "series")] if series else []
    wait = "waits" if len(waiting) + len(series) == 1 else "wait"
    opening = f"Good morning. {capital(words.listed(counts))} {wait} for your approval:"
    lines = [
        f"{capital(elements.mention(one.owner))}, {where(one, scene)}, {when(one, scene)}: {quoted(one, 100)}"
        for one in waiting
    ]
    blocks = [
        elements.section(opening),
        *[series_blocks.line(each, scene) for each in series[:SERIES_AT_MOST]],
    ]
    named_series = [series_blocks.told(each, scene) for each in series[:SERIES_AT_MOST]]
    if len(series) > SERIES_AT_MOST:
        named_series.append(f"And {len(series) - SERIES_AT_MOST} more series: type `/announce series`.")
        blocks.append(elements.context(named_series[-1]))
    for one, line in zip(waiting, lines[:AT_MOST], strict=False):
        look = elements.button("Open", action_id=OPEN, names=f"Open: {named(one)}", value=str(one.id))
        blocks.append(elements.section(line, accessory=look))
    if len(waiting) > AT_MOST:
        lines[AT_MOST:] = [f"And {len(waiting) - AT_MOST} more: type `/announce list`."]
        blocks.append(elements.context(lines[-1]))
    blocks.append(
        elements.actions(
            elements.button(
                "A message for each instead",
                action_id=CHOOSE_EACH,
                names="A message for each instead: of one daily summary",
            )
        )
    )
    return Message("\n".join([opening, *named_series, *lines]), tuple(blocks))


def chosen(digest_wanted: bool) -> Message:
    said = (
        "From now on you get one summary a day, at 9:00am, when something waits for your approval."
        if digest_wanted
        else "From now on you get a message for each announcement that waits for your approval."
    )
    return Message(said)


def stopped_all(facts: Facts) -> Message:
    return Message(
        f"{capital(elements.mention(facts['by']))} has stopped everything. Nothing goes out, on any network, "
        "until somebody on the steering group types `/announce resume-all`."
    )


def resumed_all(facts: Facts) -> Message:
    said = f"{capital(elements.mention(facts['by']))} lets announcements go out again."
    if facts["asked"]:
        came = words.counted(facts["asked"], "delivery", "deliveries")
        said += f" {came} came due meanwhile and did not go out; I ask about each in its thread."
    return Message(said)
