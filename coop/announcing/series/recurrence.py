"""When a series runs: a rule of RFC 5545 in local wall time, and at most one run on a calendar day."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from dateutil.rrule import rrulestr

from coop import words
from coop.announcing import times
from coop.announcing.times import Wall

MOST_RUNS = 260
WEEKDAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
WORKING_DAYS = "MO,TU,WE,TH,FR"
ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth", "-1": "last"}


class Skipped(StrEnum):
    """What becomes of a run whose time the clocks skip: counted from before the gap, after it, or none."""

    EARLIER = "earlier"
    LATER = "later"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class Rule:
    """`text` is a DTSTART and an RRULE, on two lines, in the local time of `zone`.

    `fold` is 1 for the second of two equal times in the night the clocks go back.
    """

    text: str
    zone: str
    fold: int = 0
    skipped: Skipped = Skipped.LATER


@dataclass(frozen=True)
class Run:
    """`day` is the calendar date of the rule, by which a run is known; `wall` is when it really goes out."""

    day: date
    wall: Wall


@lru_cache(maxsize=64)
def runs(rule: Rule) -> tuple[Run, ...]:
    """Every run from the first to the last, each local date at most once."""
    asked = [Wall(at.date(), at.time(), rule.zone) for at in rrulestr(rule.text)]
    found = [(wall.day, _meant(wall, rule)) for wall in asked]
    return tuple(Run(day, wall) for day, wall in found if wall is not None)


def changes(rule: Rule) -> tuple[Wall, ...]:
    """Times within the rule that the clocks skip or repeat: somebody has to say what then."""
    asked = [Wall(at.date(), at.time(), rule.zone) for at in rrulestr(rule.text)]
    return tuple(wall for wall in asked if len(times.choices(wall.day, wall.clock, wall.zone)) > 1)


def clock(rule: Rule) -> datetime:
    """The first date and time of the rule, as a clock on the wall shows it."""
    return datetime.strptime(rule.text.split("\n")[0], "DTSTART:%Y%m%dT%H%M%S")  # noqa: DTZ007 -- local


def said(rule: Rule) -> str:
    """Such as "every month on the first Monday, 12:30pm UK time"."""
    return f"{_how_often(rule)}, {words.at(clock(rule).time())} {times.zone_said(rule.zone)}"


def spelled(rule: Rule) -> str:
    """As somebody could have typed it: read again it is the same rule."""
    part, first = _parts(rule), clock(rule)
    end = f"for {part['COUNT']} times" if "COUNT" in part else f"until {words.on(_until(part))}"
    return f"{_how_often(rule)} at {first:%H:%M} from {words.on(first.date())} {end}"


def _meant(asked: Wall, rule: Rule) -> Wall | None:
    choices = times.choices(asked.day, asked.clock, asked.zone)
    if len(choices) == 1:
        return asked
    if not times.is_skipped(asked.day, asked.clock, asked.zone):
        return choices[rule.fold]
    if rule.skipped == Skipped.LEFT_OUT:
        return None
    return choices[rule.skipped == Skipped.LATER]


def _how_often(rule: Rule) -> str:
    part = _parts(rule)
    every = int(part.get("INTERVAL", "1"))
    days = part.get("BYDAY", "")
    match part["FREQ"]:
        case "DAILY":
            return "every day" if every == 1 else f"every {every} days"
        case "WEEKLY" if days == WORKING_DAYS and every == 1:
            return "every weekday"
        case "WEEKLY":
            named = words.listed([WEEKDAYS[day] for day in days.split(",")])
            return f"every {named}" if every == 1 else f"every {every} weeks on {named}"
    if "BYMONTHDAY" in part:
        return f"every month on the {ordinal(int(part['BYMONTHDAY']))}"
    return f"every month on the {ORDINALS[days[:-2]]} {WEEKDAYS[days[-2:]]}"


def ordinal(number: int) -> str:
    """Such as "1st", "22nd", "last day"."""
    if number < 0:
        return "last day"
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _parts(rule: Rule) -> dict[str, str]:
    line = rule.text.split("\n")[1].removeprefix("RRULE:")
    return dict(part.split("=", 1) for part in line.split(";"))


def _until(part: dict[str, str]) -> date:
    return datetime.strptime(part["UNTIL"], "%Y%m%dT%H%M%S").date()  # noqa: DTZ007 -- local
