"""Series in words: the message in the steering channel, the list, one series with its days, its approval."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from coop import words
from coop.announcing import times
from coop.announcing.series import recurrence
from coop.announcing.series.seeing import Day, RunSeen, SeriesSeen
from handlers.blocks import elements
from handlers.blocks.announcing import pictures, preview
from handlers.blocks.announcing.announcement import Scene, capital, marked, marked_view, quoted, where
from handlers.blocks.announcing.page import Page
from handlers.blocks.announcing.series_form import days
from handlers.blocks.message import Block, Message

OPEN = "announcing.series_open"
APPROVE = "announcing.series_approve"
CHANGE = "announcing.series_change"
END = "announcing.series_end"
SKIP = "announcing.series_skip"
TAKE_BACK = "announcing.series_take_back"
CHANGE_ONE = "announcing.series_change_one"
NEW = "announcing.series_new"
APPROVE_FORM = "announcing.series_approve_form"
MORE = "announcing.series_more"
AT_ONCE = 5  # more than these fill a screen, and their words a notification
HOW = (
    "To plan one, write an announcement and type how often it repeats instead of a time, such as “every "
    "first Monday at 12:30 until 30 June”."
)
STANDINGS = {
    Day.PLANNED: "not made yet",
    Day.MADE: "proposed, waiting for approval",
    Day.APPROVED: "approved",
    Day.CHANGED: "changed by itself",
    Day.STOPPED: "held or stopped",
    Day.SKIPPED: "skipped",
}


def proposal(one: SeriesSeen, scene: Scene, *, opening: str = "", reader: str = "") -> Message:
    """Everything about it, and the buttons for all of it; `opening` comes first."""
    opening = opening or _opening(one, scene)
    text = " ".join([opening, preview.said(one.words, scene), *pictures.lines(one.words), standing(one)])
    return marked(Message(text, (*_whole(one, scene, opening), *_buttons(one, reader))), one.words)


def detail(one: SeriesSeen, scene: Scene, *, reader: str) -> dict[str, Any]:
    """The same in a window, with its next days, each of which can be skipped or changed."""
    blocks = [*_whole(one, scene, _opening(one, scene)), *_buttons(one, reader, opens=False)]
    if not one.is_over:
        blocks.append(elements.header("Next runs"))
        blocks += [block for run in one.runs for block in _run(run, one, scene)]
        if (more := one.left - sum(run.standing != Day.SKIPPED for run in one.runs)) > 0:
            blocks.append(elements.context(f"And {more} more, the last on {_at(one.last, one)}."))
    return marked_view(elements.modal("Series", blocks), one.words)


def listing(found: Sequence[SeriesSeen], scene: Scene, *, after: int = 0) -> Message:
    """Some of them, by what comes next; `after` is how many have been shown before."""
    page = Page()
    shown = found[after : after + AT_ONCE]
    if shown:
        page.heading("Series")
    for one in shown:
        page.item(told(one, scene), accessory=_button(one, "Open", OPEN))
    if left := len(found) - after - len(shown):
        page.remark(f"There {'is' if left == 1 else 'are'} {left} more.")
        names, value = "Show more: the next series", str(after + len(shown))
        page.blocks.append(
            elements.actions(elements.button("Show more", action_id=MORE, names=names, value=value))
        )
    if not shown:
        page.remark("That was all." if after else "No series is planned.")
    if not after:
        page.remark(HOW)
        new = elements.button(
            "Write a series", action_id=NEW, names="Write a series: announced again and again"
        )
        page.blocks.append(elements.actions(new))
    return Message("\n".join(page.lines), tuple(page.blocks))


def line(one: SeriesSeen, scene: Scene) -> Block:
    """One series, with the button that opens it."""
    return elements.section(told(one, scene), accessory=_button(one, "Open", OPEN))


def approve_button(one: SeriesSeen) -> dict[str, Any]:
    return _button(one, "Approve them all", APPROVE, style="primary")


def approve_form(one: SeriesSeen, scene: Scene) -> dict[str, Any]:
    """Approving is submitting this: it approves exactly the words and the rule it shows."""
    blocks = [
        elements.section(
            f"Once you approve it, it goes out {where(one.words, scene)} with these very words, {_rule(one)}."
            " Each run can still be stopped by anybody on the steering group."
        ),
        *preview.blocks(one.words, scene),
        *pictures.blocks(one.words),
        elements.context(f"Written by {elements.mention(one.owner)}."),
    ]
    view = elements.modal(
        "Approve a series",
        blocks,
        callback_id=APPROVE_FORM,
        submit="Approve them all",
        close="Not now",
        private_metadata=json.dumps({"series": one.id, "hash": one.content_hash}),
    )
    return marked_view(view, one.words)


def standing(one: SeriesSeen) -> str:
    """How it is approved, and where that stands."""
    if one.ended:
        return "It has ended: no more runs."
    if one.left == 0:
        return "Its last run has gone by."
    if not one.fixed:
        return "Each run is proposed a week before, and approved by itself."
    if one.approvals_missing == 0:
        who = words.listed([elements.mention(user) for user in one.approved_by])
        return f"All of it is approved, by {who}: every run leaves with these very words."
    more = "one more person" if one.approved_by else "somebody else"
    return (
        f"One approval is for all runs, and {more} on the steering group has to give it. Until then each run "
        "is proposed by itself, two days before."
    )


def button_value(value: str) -> tuple[int, date]:
    """The series and the day that a run's button names."""
    number, _, day = value.partition(" ")
    return int(number), date.fromisoformat(day)


def _opening(one: SeriesSeen, scene: Scene) -> str:
    owner = capital(elements.mention(one.owner))
    return f"{owner} plans a series of announcements, {where(one.words, scene)}, {_rule(one)}."


def _rule(one: SeriesSeen) -> str:
    return f"{recurrence.said(one.rule)}: {days(one.rule)}"


def told(one: SeriesSeen, scene: Scene) -> str:
    following = next((run for run in one.runs if run.standing != Day.SKIPPED), None)
    after = f" Next: {times.said(following.at, one.rule.zone, scene.now)}." if following else ""
    said = f"{quoted(one.words, 100)} by {elements.mention(one.owner)}, {where(one.words, scene)}"
    return f"{said}, {_rule(one)}.{after} {standing(one)}"


def _whole(one: SeriesSeen, scene: Scene, opening: str) -> list[Block]:
    return [
        elements.section(opening),
        *preview.blocks(one.words, scene),
        *pictures.blocks(one.words),
        elements.section(standing(one)),
    ]


def _buttons(one: SeriesSeen, reader: str, *, opens: bool = True) -> list[Block]:
    if one.is_over:
        return []
    asked = []
    if one.approvals_missing and reader != one.owner and reader not in one.approved_by:
        asked.append(approve_button(one))
    if opens:
        asked.append(_button(one, "Show its runs", OPEN))
    sure = elements.confirmation(
        f"End {one.words.title}?",
        "Nothing more of it goes out. What has gone out stays out, and its words stay in the record.",
        yes="End it",
        no="Keep it",
    )
    asked.append(_button(one, "Change all to come", CHANGE))
    asked.append(_button(one, "End it", END, style="danger", confirm=sure))
    return [elements.actions(*asked)]


def _button(one: SeriesSeen, label: str, action_id: str, **more: Any) -> dict[str, Any]:
    names = f"{label}: series {one.words.title}"
    return elements.button(label, action_id=action_id, names=names, value=str(one.id), **more)


def _run(run: RunSeen, one: SeriesSeen, scene: Scene) -> list[Block]:
    said = f"{times.said(run.at, one.rule.zone, scene.now)}: {STANDINGS[run.standing]}."
    value, day = f"{one.id} {run.day.isoformat()}", times.short_day(run.at, one.rule.zone)
    if run.standing == Day.SKIPPED:
        names = f"Don't skip it: {day}, {one.words.title}"
        back = elements.button("Don't skip it", action_id=TAKE_BACK, names=names, value=value)
        return [elements.section(said, accessory=back)]
    sure = elements.confirmation(
        f"Skip {day}?", "Nothing of it goes out that day. All other runs stay.", yes="Skip it", no="Keep it"
    )
    buttons = [
        elements.button(
            "Skip", action_id=SKIP, names=f"Skip: {day}, {one.words.title}", value=value, confirm=sure
        ),
        elements.button(
            "Change this one",
            action_id=CHANGE_ONE,
            names=f"Change this one: {day}, {one.words.title}",
            value=value,
        ),
    ]
    return [elements.section(said), elements.actions(*buttons)]


def _at(moment: Any, one: SeriesSeen) -> str:
    return times.dated(moment, one.rule.zone)
