"""Announcements at every wall time around every clock change, in three zones, over ten years.

What each is worked out to mean is compared with a clock on the wall, watched through every quarter of an hour.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coop.announcing import times

ZONES = ("Europe/London", "America/New_York", "Australia/Sydney")
YEARS = range(2026, 2036)
CLOCKS = tuple(time(minute // 60, minute % 60) for minute in range(0, 24 * 60, 15))
NINE = time(9)
QUARTER = timedelta(minutes=15)


@dataclass
class Change:
    """One night on which the clocks change, and what came of every quarter of an hour around it: of the day
    before, the day and the day after.
    """

    zone: str
    day: date
    shift: timedelta
    once: int = 0
    skipped: int = 0
    twice: int = 0
    wrong: int = 0


def changes(zone: str) -> Iterator[Change]:
    for year in YEARS:
        day = date(year, 1, 1)
        while day.year == year:
            shift = _offset(day + timedelta(days=1), zone) - _offset(day, zone)
            if shift:
                yield Change(zone, day, shift)
            day += timedelta(days=1)


def worked_through(change: Change) -> Change:
    shown = _on_the_wall(change)
    for days in (-1, 0, 1):
        day = change.day + timedelta(days=days)
        for clock in CLOCKS:
            _compare(change, day, clock, shown.get((day, clock), []))
    return change


def _compare(change: Change, day: date, clock: time, shown: list[datetime]) -> None:
    """A time shown once means that moment; one shown twice is asked about, with both; one never shown is asked
    about as well, with the same moment as counted from before the gap and from after it.
    """
    meant = [times.instant(wall) for wall in times.choices(day, clock, change.zone)]
    if len(shown) == 1 and meant == shown:
        change.once += 1
    elif len(shown) == 2 and meant == shown:
        change.twice += 1
    elif not shown and len(meant) == 2 and meant[1] - meant[0] == change.shift:
        change.skipped += 1
    else:
        change.wrong += 1


def _on_the_wall(change: Change) -> dict[tuple[date, time], list[datetime]]:
    """At which moments a clock there shows each time, in five days."""
    zone, found = ZoneInfo(change.zone), defaultdict(list)
    moment = datetime.combine(change.day - timedelta(days=2), time(), UTC)
    for _ in range(5 * len(CLOCKS)):
        local = moment.astimezone(zone)
        found[local.date(), local.time()].append(moment)
        moment += QUARTER
    return found


def daily(zone: str) -> Counter[date]:
    """How often nine o'clock comes on each local date of the ten years, found by going through all hours."""
    moment = datetime(YEARS.start, 1, 1, tzinfo=UTC) - timedelta(days=1)
    ends = datetime(YEARS.stop, 1, 1, tzinfo=UTC) + timedelta(days=1)
    found: Counter[date] = Counter()
    while moment < ends:
        local = moment.astimezone(ZoneInfo(zone))
        if local.time() == NINE and local.year in YEARS:
            found[local.date()] += 1
        moment += timedelta(hours=1)
    return found


def nine_is_once_a_day(zone: str) -> bool:
    """The instant worked out for nine o'clock of each date is the one that a clock on the wall shows."""
    found = daily(zone)
    days = (date(YEARS.stop, 1, 1) - date(YEARS.start, 1, 1)).days
    agreed = all(
        len(walls := times.choices(day, NINE, zone)) == 1
        and times.instant(walls[0]).astimezone(ZoneInfo(zone)).time() == NINE
        for day in found
    )
    return agreed and len(found) == days and set(found.values()) == {1}


def _offset(day: date, zone: str) -> timedelta:
    return datetime.combine(day, time(), ZoneInfo(zone)).utcoffset() or timedelta()


def lines() -> Iterator[str]:
    yield from ("## Clock changes, 2026–2035", "")
    yield (
        "Every quarter of an hour of the day before, the day and the day after each change, beside a clock on "
        "the wall there. A time shown once is due at that moment and at no other; one that is shown twice, or "
        "skipped, is asked about with both choices."
    )
    heads = "zone | changes | due once | asked, as it is skipped | asked, as it comes twice | wrong | 9:00 once on each date"
    yield from ("", f"| {heads} |", "|---|---|---|---|---|---|---|")
    for zone in ZONES:
        found = [worked_through(change) for change in changes(zone)]
        cells = [
            f"{sum(getattr(change, name) for change in found):,}"
            for name in ("once", "skipped", "twice", "wrong")
        ]
        nine = "yes, all ten years" if nine_is_once_a_day(zone) else "NO"
        yield f"| {zone} | {len(found)} | {' | '.join(cells)} | {nine} |"


def failures() -> Iterator[str]:
    for zone in ZONES:
        found = [worked_through(change) for change in changes(zone)]
        if len(found) != 2 * len(YEARS):
            yield f"{zone}: {len(found)} changes in ten years"
        yield from (f"{zone} on {change.day}: {change.wrong} wrong" for change in found if change.wrong)
        if not nine_is_once_a_day(zone):
            yield f"{zone}: nine o'clock does not come once a day"
