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
from coop.announcing.typed.clocks import Clock, clocks_in
from coop.announcing.typed.days import NoSuchDay, days_in
from coop.announcing.typed.words import LONGEST, NotUnderstood, Words
from coop.errors import UserError

EXAMPLES = ("tomorrow 9am", "friday 14:30", "30 march at noon")
_FROM_NOW = re.compile(r"in (?:(\d{1,3})|an?|(half an)) (minute|hour)s?(?: time)?")


@dataclass(frozen=True)
class Reading:
    """What it can mean, the soonest first; of several somebody has to choose.

    `changes` are the times asked for that the clocks skip or repeat.
    """

    walls: tuple[Wall, ...]
    changes: tuple[Wall, ...] = ()


class Passed(UserError):
    def __init__(self, due: datetime, zone: str, now: datetime) -> None:
        super().__init__(
            f"{times.said(due, zone, now)}, has passed. Type a later time. Nothing was proposed."
        )


def read(typed: str, *, now: datetime, zone: str) -> Reading:
    """Raises NotUnderstood and Passed."""
    if len(typed) > LONGEST:
        raise NotUnderstood(typed, f"it is longer than {LONGEST} characters", EXAMPLES)
    left = Words(typed)
    if moment := _from_now(left, now):
        return Reading((times.wall_at(moment, zone),))
    echo = left.take(_echo(zone))
    today = words.today_in(now, zone)
    try:
        days = days_in(left, today)
    except NoSuchDay as why:
        raise NotUnderstood(typed, str(why), EXAMPLES) from why
    clocks = clocks_in(left)
    if unknown := left.unknown():
        raise NotUnderstood(typed, f"I don't know “{unknown[:40]}”", EXAMPLES)
    if not clocks:
        raise NotUnderstood(typed, "it names no time of day that I know", EXAMPLES)
    asked = _asked(days, clocks, today, zone)
    reading = _ahead(asked, now)
    return _as_echoed(typed, reading, echo, now) if echo else reading


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
    """Raises Passed when no meaning of it is ahead."""
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
    if not found:
        first = asked[0][0]
        raise Passed(times.instant(first), first.zone, now)
    return Reading(tuple(found[moment] for moment in sorted(found)), tuple(changes))


def _echo(zone: str) -> re.Pattern[str]:
    """Our own way to say a time ends like this: "UK time (BST), in 3 days"."""
    return re.compile(rf"\b{re.escape(times.zone_said(zone).casefold())}(?: \(([^\s()]+)\))?(?: (.+))?$")


def _as_echoed(typed: str, reading: Reading, echo: re.Match[str], now: datetime) -> Reading:
    """Of its meanings the one that says which clock it is on. Raises NotUnderstood when none does."""
    kept = [wall for wall in reading.walls if _fits(wall, echo[1], echo[2], now)]
    if not kept:
        raise NotUnderstood(typed, f"“{echo[0][:40]}” does not fit the rest of it", EXAMPLES)
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
