"""A time as somebody typed it, read by a small grammar that refuses what it does not know.

What can mean two things is never decided here: every meaning comes back, and a person chooses. Why there is
no library for it: docs/decisions/008-our-own-grammar-of-times.md
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from coop import words
from coop.announcing import times
from coop.announcing.times import Wall
from coop.announcing.typed import series
from coop.announcing.typed.clocks import Clock, clocks_in
from coop.announcing.typed.days import days_in
from coop.announcing.typed.words import (
    LONGEST,
    TOO_LONG,
    NoSuch,
    NotUnderstood,
    Words,
    not_known,
    shown,
    unreadable,
)

EXAMPLES = ("tomorrow 9am", "friday 14:30", "30 march at noon")
_AT_ONCE = re.compile(
    r"(?:now|right now|asap|immediately|instantly|at once|(?:straight|right) ?away"
    r"|as soon as (?:possible|you can|(?:it is |it s )?approved))(?: please)?"
)
_NO_DAY = re.compile(
    r"\b(?:this|next|coming|in a|in \d+) (?:month|year)s?\b|\b(?:this|next) week\b|\bweekend\b"
)
_SEVERAL = re.compile(r"(?:^| )(?:and|&|until|till|times|repeat\w*|recurring|weekly|monthly)(?= |$)")
_PART = re.compile(r"\b(?:morning|afternoon|evening|night)\b")
_FROM_NOW = re.compile(r"in (?:(\d{1,3})|an?|(half an)) (minute|hour)s?(?: time)?")


@dataclass(frozen=True)
class Reading:
    """What it can mean, the soonest first; of several somebody has to choose.

    `changes` are the times asked for that the clocks skip or repeat.
    """

    walls: tuple[Wall, ...]
    changes: tuple[Wall, ...] = ()


class Passed(NotUnderstood):
    """It is behind us; says by which day, or on that day by the clock."""

    def __init__(self, typed: str, day: date, now: datetime, zone: str) -> None:
        local = now.astimezone(ZoneInfo(zone))
        why = f"it is {words.at(local.time())} now, {times.zone_said(zone)}"
        if day < local.date():
            why = f"{words.weekday(day)} {words.on(day)} has gone by"
        super().__init__(f"“{shown(typed)}” is in the past: {why}.", EXAMPLES)


def read(typed: str, *, now: datetime, zone: str) -> Reading:
    """Raises NotUnderstood and Passed."""
    if len(typed) > LONGEST:
        raise NotUnderstood(TOO_LONG, EXAMPLES)
    left = Words(typed)
    if _AT_ONCE.fullmatch(left.left):
        raise NotUnderstood(
            f"“{shown(typed)}” is no time: to have it sent as soon as it is approved, empty this field and "
            "choose “As soon as it is approved” above.",
            EXAMPLES,
        )
    if moment := _from_now(left, now):
        return Reading((times.wall_at(moment, zone),))
    echo = left.take(_echo(zone))
    today = words.today_in(now, zone)
    try:
        days = days_in(left, today)
        clocks = clocks_in(left)
    except NoSuch as why:
        raise NotUnderstood(unreadable(typed, why), EXAMPLES) from why
    if unknown := left.unknown():
        raise _unknown(typed, unknown, has_day=days is not None)
    if days and max(days) < today:
        raise Passed(typed, max(days), now, zone)
    if not clocks:
        raise _timeless(typed, has_day=days is not None)
    if not (reading := _ahead(_asked(days, clocks, today, zone), now)).walls:
        raise Passed(typed, max(days or (today,)), now, zone)
    return _as_echoed(typed, reading, echo, now) if echo else reading


def _unknown(typed: str, unknown: str, *, has_day: bool) -> NotUnderstood:
    if _SEVERAL.search(unknown):
        said = f"“{shown(typed)}” is more than one time: for a series, say how often and until when."
        return NotUnderstood(said, series.EXAMPLES)
    if not has_day and _NO_DAY.search(unknown):
        return NotUnderstood(f"On which day? “{shown(typed)}” does not name one.", EXAMPLES)
    return NotUnderstood(not_known(typed, unknown), EXAMPLES)


def _timeless(typed: str, *, has_day: bool) -> NotUnderstood:
    if not has_day:
        return NotUnderstood(not_known(typed, Words(typed).unknown()), EXAMPLES)
    day = shown(typed)
    with_times = tuple(f"{day.rstrip(' ,.!?')} {clock}" for clock in ("9am", "14:30", "at noon"))
    named = EXAMPLES if _PART.search(Words(typed).left) else with_times
    return NotUnderstood(f"At what time? “{day}” names no hour.", named)


def _from_now(left: Words, now: datetime) -> datetime | None:
    """An instant, whatever the clocks do meanwhile: "in 2 hours"."""
    found = _FROM_NOW.fullmatch(left.left)
    if found is None:
        return None
    length = timedelta(hours=1) if found[3] == "hour" else timedelta(minutes=1)
    number = 0.5 if found[2] else int(found[1] or 1)
    return (now + length * number).replace(second=0, microsecond=0) if number else None


def _asked(
    days: tuple[date, ...] | None, clocks: Iterable[Clock], today: date, zone: str
) -> list[list[Wall]]:
    """In groups, of each of which the first that is ahead counts; without a day that is today or tomorrow."""
    if days is None:
        several = [today, today + timedelta(days=1)]
        return [[_wall(day, clock, zone) for day in several] for clock in clocks]
    return [[_wall(day, clock, zone)] for day in days for clock in clocks]


def _wall(day: date, clock: Clock, zone: str) -> Wall:
    return Wall(day + timedelta(days=clock.days_later), clock.at, zone)


def _ahead(asked: list[list[Wall]], now: datetime) -> Reading:
    """Without a wall when no meaning of it is ahead."""
    found: dict[datetime, Wall] = {}
    changes: list[Wall] = []
    for group in asked:
        for wall in group:
            meant = times.choices(wall.day, wall.clock, wall.zone)
            ahead = {times.instant(one): one for one in meant if times.instant(one) > now}
            if ahead:
                found |= ahead
                changes += [wall] if len(meant) > 1 else []
                break
    return Reading(tuple(found[moment] for moment in sorted(found)), tuple(changes))


def _echo(zone: str) -> re.Pattern[str]:
    """Our own way to say a time ends like this: "UK time (BST), in 3 days"."""
    return re.compile(rf"\b{re.escape(times.zone_said(zone).casefold())}(?: \(([^\s()]+)\))?(?: (.+))?$")


def _as_echoed(typed: str, reading: Reading, echo: re.Match[str], now: datetime) -> Reading:
    """Of its meanings the one that says which clock it is on. Raises NotUnderstood when none does."""
    kept = [wall for wall in reading.walls if _fits(wall, echo[1], echo[2], now)]
    if not kept:
        raise NotUnderstood(unreadable(typed, f"“{echo[0][:40]}” does not fit the rest of it"), EXAMPLES)
    spelled = Words(typed).left
    exact = [
        wall for wall in kept if spelled.startswith(Words(times.dated(times.instant(wall), wall.zone)).left)
    ]
    return Reading(tuple(exact or kept), () if exact else reading.changes)


def _fits(wall: Wall, short: str | None, away: str | None, now: datetime) -> bool:
    moment = times.instant(wall)
    name = moment.astimezone(ZoneInfo(wall.zone)).tzname() or ""
    return (not short or short == name.casefold()) and (
        not away or away == times.away(moment, wall.zone, now)
    )
