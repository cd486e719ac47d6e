"""Times of day as people type them: "9am", "9.30am", "14:30", "at 9", "noon", "at 8 in the evening"."""

import re
from dataclasses import dataclass
from datetime import time

from coop.announcing.typed.words import Words


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
_TWENTY_FOUR_HOURS = re.compile(r"(?<![\d:.])(\d{1,2}):(\d{2})(?![\d:.])")
_BARE = re.compile(r"\bat (\d{1,2})(?!\S)")
_PART = re.compile(r"\b(?:in the )?(morning|afternoon|evening)\b")


def clocks_in(words: Words) -> tuple[Clock, ...]:
    """What the time of day in it can mean, which is taken out of it; nothing when there is none."""
    part = words.take(_PART)
    found = _clocks(words)
    return tuple(clock for clock in found if part is None or _is_in(clock, part[1]))


def _clocks(words: Words) -> tuple[Clock, ...]:
    if named := words.take(_NAMED):
        return NAMED[named[1]]
    if half_day := words.take(_TWELVE_HOURS):
        return _on_twelve_hours(int(half_day[1]), int(half_day[2] or 0), half_day[3])
    if whole_day := words.take(_TWENTY_FOUR_HOURS):
        hour, minute = int(whole_day[1]), int(whole_day[2])
        if len(whole_day[1]) == 1 and hour:
            return _either_half(hour, minute)
        return (Clock(time(hour, minute)),) if hour < 24 and minute < 60 else ()
    if bare := words.take(_BARE):
        return _either_half(int(bare[1]), 0)
    return ()


def _either_half(hour: int, minute: int) -> tuple[Clock, ...]:
    if hour == 12:
        return (NOON, LAST_THING)
    if hour > 12 and minute == 0:
        return (Clock(time(hour)),) if hour < 24 else ()
    return (*_on_twelve_hours(hour, minute, "am"), *_on_twelve_hours(hour, minute, "pm"))


def _on_twelve_hours(hour: int, minute: int, half: str) -> tuple[Clock, ...]:
    if not 1 <= hour <= 12 or minute > 59:
        return ()
    if (hour, minute, half) == (12, 0, "am"):
        return NAMED["midnight"]
    return (Clock(time(hour % 12 + (12 if half == "pm" else 0), minute)),)


def _is_in(clock: Clock, part: str) -> bool:
    hour = clock.at.hour + 24 * clock.days_later
    return {"morning": hour < 12, "afternoon": 12 <= hour < 18, "evening": 17 <= hour <= 24}[part]
