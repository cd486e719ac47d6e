"""The step in which a series is confirmed: how it was read, how it is approved, what the clocks ask for."""

import json
from collections.abc import Sequence
from typing import Any

from coop import words
from coop.announcing import times
from coop.announcing.series import recurrence
from coop.announcing.series.recurrence import Rule, Skipped
from handlers.blocks import elements
from handlers.blocks.announcing.announcement import capital, within
from handlers.blocks.announcing.form import clock_change
from handlers.blocks.message import Block

FORM = "announcing.series_form"
RULE, HOW, FOLD, SKIPPED = "rule", "how", "fold", "skipped"
EACH, FIXED = "each", "fixed"
LABEL = 75  # docs.slack.dev/reference/block-kit/composition-objects/option-object
TYPED_SHOWN = 200
KEEP = (
    "Nothing was proposed yet. If this is wrong, close the window and open it again: what you wrote is kept."
)
ON_X = "X refuses words that it has seen lately: where it does, I tell you, and you can change that run."


def confirm_form(
    typed: str, rules: Sequence[Rule], *, packed: str, fixed: bool = False, on_x: bool = False
) -> dict[str, Any]:
    """One meaning is ticked already; of several somebody has to choose."""
    several = len(rules) > 1
    options = [_option(number, rule) for number, rule in enumerate(rules)]
    element: dict[str, Any] = {"type": "radio_buttons", "options": options}
    if not several:
        element["initial_option"] = options[0]
    shown = f"“{within(typed, TYPED_SHOWN)}”"
    meaning = (
        f"can mean {words.counted(len(rules), 'series', 'series')}" if several else "means the series below"
    )
    told = "".join(f"\n{capital(recurrence.said(rule))}: {days(rule)}." for rule in rules if _is_long(rule))
    blocks = [
        elements.section(f"I think {shown} {meaning}. {KEEP}{told}"),
        elements.field(RULE, "Which do you mean?" if several else "It runs", element),
        _how_approved(fixed=fixed),
        *_clocks(rules),
        *([elements.context(ON_X)] if on_x else []),
    ]
    return elements.modal(
        "Which series?" if several else "Is this the series?",
        blocks,
        callback_id=FORM,
        submit="Plan it",
        close="Close",
        private_metadata=json.dumps({**json.loads(packed), "rules": [rule.text for rule in rules]}),
    )


def shown_rules(metadata: str) -> list[str]:
    """The rules that the form offered."""
    return [str(rule) for rule in json.loads(metadata)["rules"]]


def days(rule: Rule) -> str:
    """Such as "3 runs, Mon 5 April 2027 to Mon 7 June 2027"."""
    every = recurrence.runs(rule)
    number = words.counted(len(every), "run")
    if not every:
        return number
    first, last = (_day(times.instant(run.wall), rule) for run in (every[0], every[-1]))
    return f"{number}, {first} to {last}" if len(every) > 1 else f"{number}, {first}"


def _day(moment: Any, rule: Rule) -> str:
    return times.dated(moment, rule.zone).rsplit(", ", 1)[0]


def _is_long(rule: Rule) -> bool:
    """Too long for a choice, which is then cut."""
    return len(recurrence.said(rule)) > LABEL


def _option(number: int, rule: Rule) -> dict[str, Any]:
    return elements.option(
        elements.shortened(capital(recurrence.said(rule)), LABEL),
        str(number),
        description=elements.shortened(days(rule), LABEL),
    )


def _how_approved(*, fixed: bool) -> Block:
    options = [
        elements.option(
            "Each run by itself",
            EACH,
            description="I propose each one a week before its day.",
        ),
        elements.option(
            "All of them at once",
            FIXED,
            description="One approval, and every run leaves with these very words.",
        ),
    ]
    element = {"type": "radio_buttons", "options": options, "initial_option": options[fixed]}
    return elements.field(HOW, "How is it approved?", element, hint="By somebody else, in both cases.")


def _clocks(rules: Sequence[Rule]) -> list[Block]:
    """What is asked once for all nights on which the clocks change, where a run falls into one."""
    found = {wall: None for rule in rules for wall in recurrence.changes(rule)}
    skipped = [wall for wall in found if times.is_skipped(wall.day, wall.clock, wall.zone)]
    doubled = [wall for wall in found if wall not in skipped]
    blocks = []
    if skipped:
        first = skipped[0]
        early, late = (words.at(wall.clock) for wall in times.choices(first.day, first.clock, first.zone))
        options = [
            elements.option(f"It goes out at {early} that day", Skipped.EARLIER),
            elements.option(f"It goes out at {late} that day", Skipped.LATER),
            elements.option("It is left out that day", Skipped.LEFT_OUT),
        ]
        blocks.append(_asked(SKIPPED, clock_change(first), options))
    if doubled:
        options = [
            elements.option("The first of the two", "0"),
            elements.option("The second of the two", "1"),
        ]
        blocks.append(_asked(FOLD, clock_change(doubled[0]), options))
    return blocks


def _asked(block_id: str, why: str, options: list[dict[str, Any]]) -> Block:
    element = {"type": "radio_buttons", "options": options}
    return elements.field(block_id, "What then?", element, hint=f"{why} Likewise on other such nights.")
