"""What is said in a series' thread, and what the person who acted reads."""

from collections.abc import Callable
from datetime import date
from typing import Any

from coop import words
from coop.announcing import times
from coop.announcing.series import telling
from coop.announcing.series.proposing import Planned
from coop.announcing.series.recurrence import Run
from coop.announcing.series.seeing import SeriesSeen
from handlers.blocks import elements
from handlers.blocks.announcing.announcement import Scene, capital, marked, quoted_last
from handlers.blocks.announcing.series import proposal, standing
from handlers.blocks.message import Message

Facts = dict[str, Any]
DAYS_NAMED = 5


def note(kind: str, one: SeriesSeen, facts: Facts) -> Message:
    return marked(Message(NOTES[kind](one, facts)), one.words)


def to_approve(one: SeriesSeen, scene: Scene, *, reader: str) -> Message:
    """To somebody who can approve all of it at once."""
    owner = capital(elements.mention(one.owner))
    return proposal(
        one,
        scene,
        opening=f"{owner} asks the steering group to approve a series of announcements:",
        reader=reader,
    )


def planned(result: Planned, one: SeriesSeen, *, changes: bool) -> Message:
    """What the window closes with. The answer first."""
    ahead = words.counted(result.ahead, "run")
    done = "Everything to come is changed" if changes else "The series is planned"
    said = [f"{done}: {ahead} ahead. {standing(one)}"]
    if result.kept:
        kept = words.counted(result.kept, "run")
        said.append(f"{kept} that had been changed or stopped, or was on its way, stays as it is.")
    if not result.approvers:
        said.append("*Nobody else is on the steering group today, so nobody can approve it.*")
    said.append("Type `/announce series` to skip a day, change it or end it.")
    return marked(Message("\n".join(said)), one.words)


def approved(result: Planned, one: SeriesSeen) -> Message:
    ahead = words.counted(result.ahead, "run")
    return marked(
        Message(f"You have approved all of it, {ahead} ahead. It reads: {quoted_last(one.words)}"), one.words
    )


def skipped(run: Run, one: SeriesSeen) -> Message:
    day = times.dated(times.instant(run.wall), run.wall.zone)
    return marked(Message(f"Skipped: nothing of it goes out on {day}. All other runs stay."), one.words)


def taken_back(run: Run, one: SeriesSeen) -> Message:
    day = times.dated(times.instant(run.wall), run.wall.zone)
    how = "its approval counts for that day as well" if one.fixed else "it is approved like any other"
    said = f"Not skipped any more: it goes out on {day} after all; {how}."
    return marked(Message(said), one.words)


def ended(result: Planned, one: SeriesSeen) -> Message:
    ahead = words.counted(result.ahead, "run")
    return marked(
        Message(
            f"The series has ended: {ahead} that had not gone out will not. It read: {quoted_last(one.words)}"
        ),
        one.words,
    )


def _by(facts: Facts) -> str:
    return capital(elements.mention(facts["by"]))


def _approved(_one: SeriesSeen, facts: Facts) -> str:
    return f"{_by(facts)} approved the whole series. Every run leaves with these very words."


def _changed(one: SeriesSeen, facts: Facts) -> str:
    said = f"{_by(facts)} changed all that is to come of it."
    if facts["voided"]:
        who = words.listed([elements.mention(user) for user in facts["voided"]])
        said += f" The approval of {who} no longer counts: it has to be approved again."
    return f"{said} It reads: {quoted_last(one.words)}"


def _skipped(_one: SeriesSeen, facts: Facts) -> str:
    return f"{_by(facts)} skipped {_said([facts['day']])}. All other runs stay."


def _taken_back(_one: SeriesSeen, facts: Facts) -> str:
    return f"{_by(facts)} took back the skip: it goes out on {_said([facts['day']])} after all."


def _missed(one: SeriesSeen, facts: Facts) -> str:
    number = words.counted(len(facts["days"]), "run")
    was = "was" if len(facts["days"]) == 1 else "were"
    return (
        f"{number} {was} not made, because nothing was running in time: {_said(facts['days'])}. Nothing of "
        "it went out, and nothing will by itself. To announce it all the same, type `/announce`. It reads: "
        f"{quoted_last(one.words)}"
    )


def _ended(_one: SeriesSeen, facts: Facts) -> str:
    return f"{_by(facts)} ended the series. What has not gone out does not go out any more."


NOTES: dict[str, Callable[[SeriesSeen, Facts], str]] = {
    telling.APPROVED: _approved,
    telling.CHANGED: _changed,
    telling.SKIPPED: _skipped,
    telling.TAKEN_BACK: _taken_back,
    telling.MISSED: _missed,
    telling.ENDED: _ended,
}


def _said(days: list[str]) -> str:
    """The first few, and how many more."""
    named = [f"{words.weekday(day)} {words.on(day)}" for day in map(date.fromisoformat, days[:DAYS_NAMED])]
    more = len(days) - len(named)
    return words.listed([*named, f"{more} more"] if more else named)
