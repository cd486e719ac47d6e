"""Times of day as people type them: "9am", "9.30", "14:30", "0900", "half past 9", "8 in the evening"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from coop import words as said
from coop.announcing.typed.words import NoSuch, Words


@dataclass(frozen=True)
class Clock:
    """A time of day; `days_later` is 1 for the midnight in which the day ends."""

    at: time
    days_later: int = 0


NOON, FIRST_THING, LAST_THING = Clock(time(12)), Clock(time(0)), Clock(time(0), 1)
# "Friday midnight" and "Friday 12am" begin Friday for some and end it for others.
NAMED = {"noon": (NOON,), "midday": (NOON,), "midnight": (FIRST_THING, LAST_THING)}

_NAMED = re.compile(r"\b(noon|midday|midnight)\b")
_TWELVE_HOURS = re.compile(r"(?<![\d:.])(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)\b")
# Two digits for the hour are the 24-hour clock; "9:30" alone may be meant for the evening.
_TWENTY_FOUR_HOURS = re.compile(r"(?<![\d:.])(\d{1,2})[:.](\d{2})(?![\d:.])")
_FOUR_DIGITS = re.compile(r"(?<!\S)(\d{2})(\d{2}) ?(?:h|hrs|hours)?(?!\S)")
# "10 to 11" may as well be an hour's length; "half 9" is half past, as in the UK.
_SPOKEN = re.compile(
    r"(?<!\S)(half(?: past)?|(?:quarter|\d{1,2} minutes?) (?:past|to)|\d{1,2} past) "
    r"(\d{1,2})(?: ?(am|pm))?(?!\S)"
)
_BARE = re.compile(r"\bat (\d{1,2})(?!\S)")
_ALONE = re.compile(r"^[ |]*(?:on )?(\d{1,2})[ |]*$")
_PART = re.compile(r"\b(?:in the |at )?(morning|afternoon|evening|night)\b")
Clocks = tuple[Clock, ...]


class NoSuchClock(NoSuch):
    """What no clock shows."""


def clocks_in(words: Words) -> Clocks:
    """What the time of day in it can mean, which is taken out of it; nothing when there is none.

    Raises NoSuchClock.
    """
    part = words.take(_PART)
    found = _clocks(words)
    kept = tuple(clock for clock in found if part is None or _is_in(clock, part[1]))
    if found and part and not kept:
        raise NoSuchClock(f"{said.at(found[0].at)} is not in the {part[1]}")
    return kept


def _clocks(words: Words) -> Clocks:
    for pattern, meaning in _FORMS:
        if found := words.take(pattern):
            if clocks := meaning(found):
                return clocks
            raise NoSuchClock(f"no clock shows {found[0].strip(' |').removeprefix('at ')}")
    return ()


def _whole_day(found: re.Match[str]) -> Clocks:
    hour, minute = int(found[1]), int(found[2])
    if len(found[1]) == 1 and hour:
        return _either_half(hour, minute)
    return (Clock(time(hour, minute)),) if hour < 24 and minute < 60 else ()


def _spoken(found: re.Match[str]) -> Clocks:
    """Such as "half past 9" or "quarter to 10am"."""
    before, hour, half = found.groups()
    amount = before.split(" ")[0]
    minutes = {"half": 30, "quarter": 15}.get(amount) or int(amount)
    if minutes > 30 or not 1 <= int(hour) <= 12:
        return ()
    after = int(hour) * 60 + (-minutes if before.endswith("to") else minutes)
    clock = ((after // 60 - 1) % 12 + 1, after % 60)
    return _on_twelve_hours(*clock, half) if half else _either_half(*clock)


def _either_half(hour: int, minute: int) -> Clocks:
    if (hour, minute) == (12, 0):
        return (NOON, LAST_THING)
    if hour > 12 and minute == 0:
        return (Clock(time(hour)),) if hour < 24 else ()
    return (*_on_twelve_hours(hour, minute, "am"), *_on_twelve_hours(hour, minute, "pm"))


def _on_twelve_hours(hour: int, minute: int, half: str) -> Clocks:
    if not 1 <= hour <= 12 or minute > 59:
        return ()
    if (hour, minute, half) == (12, 0, "am"):
        return NAMED["midnight"]
    return (Clock(time(hour % 12 + (12 if half == "pm" else 0), minute)),)


def _is_in(clock: Clock, part: str) -> bool:
    hour = clock.at.hour + 24 * clock.days_later
    return {
        "morning": hour < 12,
        "afternoon": 12 <= hour < 18,
        "evening": 17 <= hour <= 24,
        "night": 18 <= hour <= 24,
    }[part]


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Clocks]], ...] = (
    (_NAMED, lambda found: NAMED[found[1]]),
    (_SPOKEN, _spoken),
    (_TWELVE_HOURS, lambda found: _on_twelve_hours(int(found[1]), int(found[2] or 0), found[3])),
    (_TWENTY_FOUR_HOURS, _whole_day),
    (_FOUR_DIGITS, _whole_day),
    (_BARE, lambda found: _either_half(int(found[1]), 0)),
    (_ALONE, lambda found: _either_half(int(found[1]), 0)),
)
