"""`/announce blackout`: the periods in which nothing goes out, and the windows that enter and shorten one."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from coop import words
from coop.announcing import telling
from coop.announcing.limits.blackouts import Changed, Period
from coop.announcing.seeing import Seen
from handlers.blocks import elements
from handlers.blocks.announcing.announcement import Scene, capital, quoted, when, within
from handlers.blocks.elements import escape, mention
from handlers.blocks.message import Block, Message

ADD = "announcing.add_blackout"
SHORTEN = "announcing.shorten"
END = "announcing.end_blackout"
FORM = "announcing.blackout_form"
SURE_FORM = "announcing.blackout_sure"
SHORTER_FORM = "announcing.shorter"
FIRST, LAST, REASON = "first_day", "last_day", "reason"
LONGEST_REASON = 200
SHOWN = 8
NAMED = 10  # announcements told one by one
MEANWHILE = "What falls into one is held, and its writer asked for a new time when it is over."


@dataclass(frozen=True)
class Asked:
    """A period as somebody filled it in."""

    first: date
    last: date
    reason: str

    def packed(self) -> str:
        return json.dumps({FIRST: self.first.isoformat(), LAST: self.last.isoformat(), REASON: self.reason})

    @classmethod
    def unpacked(cls, metadata: str) -> "Asked":
        given = json.loads(metadata)
        return cls(date.fromisoformat(given[FIRST]), date.fromisoformat(given[LAST]), given[REASON])


def listing(found: Sequence[Period], today: date) -> Message:
    opening = "Nothing goes out on the days below." if found else "No blackout period is entered."
    blocks: list[Block] = [elements.section(f"{opening} {MEANWHILE}")]
    lines = [f"{opening} {MEANWHILE}"]
    for period in found[:SHOWN]:
        lines.append(_line(period, today))
        blocks += [elements.section(lines[-1]), elements.actions(*_buttons(period))]
    if len(found) > SHOWN:
        lines.append(f"And {len(found) - SHOWN} more, later ones.")
        blocks.append(elements.context(lines[-1]))
    names = "Add a period: in which nothing goes out"
    blocks.append(elements.actions(elements.button("Add a period", action_id=ADD, names=names)))
    return Message("\n".join(lines), tuple(blocks))


def form(today: date) -> dict[str, Any]:
    reason = {"type": "plain_text_input", "max_length": LONGEST_REASON}
    return elements.modal(
        "Nothing goes out",
        [
            elements.field(FIRST, "First day", {"type": "datepicker", "initial_date": today.isoformat()}),
            elements.field(LAST, "Last day", {"type": "datepicker"}, hint="This day is part of it."),
            elements.field(
                REASON,
                "Why",
                reason,
                hint="Such as “Local elections”. People read it when something is held.",
            ),
        ],
        callback_id=FORM,
        submit="Enter it",
        close="Cancel",
    )


def sure_form(asked: Asked, inside: Sequence[Seen], scene: Scene) -> dict[str, Any]:
    """How long it is and what it would hold, before it counts."""
    days = words.during(asked.first, asked.last)
    why = within(asked.reason, LONGEST_REASON)
    long = words.lasting(asked.first, asked.last)
    said = [f"Nothing would go out {days}: that is {long} ({why}). Nothing was entered yet."]
    if inside:
        number = words.counted(len(inside), "planned announcement", "planned announcements")
        said += [f"It would hold {number}:", *_named(inside, scene)]
    else:
        said.append("Nothing is planned for then so far; whatever is planned later would be held.")
    return elements.modal(
        "Enter this period?",
        [elements.section("\n".join(said))],
        callback_id=SURE_FORM,
        submit="Enter it",
        close="Cancel",
        private_metadata=asked.packed(),
    )


def shorter_form(period: Period) -> dict[str, Any]:
    last = {"type": "datepicker", "initial_date": period.last_day.isoformat()}
    return elements.modal(
        "Shorten it",
        [
            elements.section(f"{capital(_days(period))}: nothing goes out ({escape(period.reason)})."),
            elements.field(LAST, "New last day", last, hint="This day is still part of it."),
        ],
        callback_id=SHORTER_FORM,
        submit="Shorten it",
        close="Cancel",
        private_metadata=json.dumps({"blackout": period.id}),
    )


def entered(changed: Changed, scene: Scene) -> Message:
    period = changed.period
    said = [f"Entered: nothing goes out {_days(period)} ({escape(period.reason)})."]
    if not changed.inside:
        said.append("Nothing is planned for then so far.")
    else:
        number = words.counted(len(changed.inside), "announcement falls", "announcements fall")
        said.append(
            f"{number} into it. Each is held at its time, unless somebody other than its writer lets it out:"
        )
    return Message("\n".join([*said, *_named(changed.inside, scene)]))


def shortened(changed: Changed, scene: Scene) -> Message:
    last = words.on(changed.period.last_day)
    return Message("\n".join([f"Shortened: its last day is now {last}.", *_freed(changed, scene)]))


def ended(changed: Changed, scene: Scene) -> Message:
    return Message("\n".join(["Ended: it keeps nothing back any more.", *_freed(changed, scene)]))


def _freed(changed: Changed, scene: Scene) -> list[str]:
    held = "What it held already is not sent by itself: its writers are asked for a new time."
    if not changed.freed:
        return [held]
    number = words.counted(len(changed.freed), "announcement", "announcements")
    return [f"{number} can go out again at the time chosen:", *_named(changed.freed, scene), held]


def _named(found: Sequence[Seen], scene: Scene) -> list[str]:
    lines = [f"- {quoted(one, 100)} by {mention(one.owner)}, {when(one, scene)}" for one in found[:NAMED]]
    more = len(found) - NAMED
    return [*lines, *([f"And {more} more: type `/announce list`."] if more > 0 else [])]


def _line(period: Period, today: date) -> str:
    begun = " It has begun." if period.first_day <= today else ""
    who = f"Entered by {mention(period.entered_by)}."
    return f"*{capital(_days(period))}*: {within(period.reason, LONGEST_REASON)}.{begun} {who}"


def _buttons(period: Period) -> list[dict[str, Any]]:
    name, value = f"{period.reason}, {_days(period)}", str(period.id)
    sure = elements.confirmation(
        "End it now?",
        f"{capital(_days(period))} ({period.reason}): it keeps nothing back any more. "
        "What it held is not sent by itself.",
        yes="End it now",
        no="Keep it",
    )
    return [
        elements.button("Shorten", action_id=SHORTEN, names=f"Shorten: {name}", value=value),
        elements.button("End it now", action_id=END, names=f"End it now: {name}", value=value, confirm=sure),
    ]


def _days(period: Period) -> str:
    return words.during(period.first_day, period.last_day)


def _told(facts: dict[str, Any]) -> tuple[str, str, str]:
    """Who, which days, and why."""
    days = words.during(*(date.fromisoformat(facts[name]) for name in ("first_day", "last_day")))
    return capital(mention(facts["by"])), days, within(str(facts["reason"]), LONGEST_REASON)


def _notice_entered(facts: dict[str, Any]) -> Message:
    who, days, why = _told(facts)
    said = f"{who} entered a blackout period: nothing goes out {days} ({why})."
    if facts["inside"]:
        number = words.counted(facts["inside"], "planned announcement falls", "planned announcements fall")
        said += f" {number} into it."
    return Message(said)


def _notice_shortened(facts: dict[str, Any]) -> Message:
    who, days, why = _told(facts)
    return Message(f"{who} shortened a blackout period: it is now {days} ({why}).")


def _notice_ended(facts: dict[str, Any]) -> Message:
    who, days, why = _told(facts)
    return Message(f"{who} ended the blackout period {days} ({why}): it keeps nothing back any more.")


NOTICES: dict[str, Callable[[dict[str, Any]], Message]] = {
    telling.BLACKOUT_ENTERED: _notice_entered,
    telling.BLACKOUT_SHORTENED: _notice_shortened,
    telling.BLACKOUT_ENDED: _notice_ended,
}
