"""Announcements at every wall time around every clock change, in three zones, over ten years.

What each is worked out to mean is compared with a clock on the wall, watched through every quarter of an hour.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from coop.announcing import times
from coop.announcing.series import recurrence
from coop.announcing.series.recurrence import Rule, Skipped

ZONES = ("Europe/London", "America/New_York", "Australia/Sydney")
YEARS = range(2026, 2036)
CLOCKS = tuple(time(minute // 60, minute % 60) for minute in range(0, 24 * 60, 15))
NINE = time(9)
QUARTER = timedelta(minutes=15)
NIGHT = (*CLOCKS[: 4 * 4], NINE)  # no clock is changed later than at three
# For a time that comes twice, and for one that is skipped, what somebody may have chosen.
CHOICES = ((0, Skipped.LATER), (1, Skipped.EARLIER), (0, Skipped.LEFT_OUT))


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
    runs: int = 0
    wrong_runs: int = 0


def changes(zone: str) -> Iterator[Change]:
    for year in YEARS:
        day = date(year, 1, 1)
        while day.year == year:
            shift = _offset(day + timedelta(days=1), zone) - _offset(day, zone)
            if shift:
                yield Change(zone, day, shift)
            day += timedelta(days=1)


def worked_through(change: Change) -> Change:
    shown = _on_the_wall(change.zone, change.day)
    days = [change.day + timedelta(days=days) for days in (-1, 0, 1)]
    for day in days:
        for clock in CLOCKS:
            _compare(change, day, clock, shown.get((day, clock), []))
    for clock in NIGHT:
        for fold, skipped in CHOICES:
            _let_run(change, days, clock, fold, skipped)
    return change


def _let_run(change: Change, days: list[date], clock: time, fold: int, skipped: Skipped) -> None:
    """A series of each day at that time: one run on each local date, at the moment that was chosen, and none
    where a skipped one is left out.
    """
    shown = _on_the_wall(change.zone, change.day)
    rule = f"DTSTART:{days[0]:%Y%m%d}T{clock:%H%M%S}\nRRULE:FREQ=DAILY;COUNT={len(days)}"
    found = [
        (run.day, times.instant(run.wall)) for run in recurrence.runs(Rule(rule, change.zone, fold, skipped))
    ]
    wanted = []
    for day in days:
        meant = shown.get((day, clock)) or _on_both_sides(change, day, clock, skipped)
        wanted += [(day, meant[fold] if len(meant) == 2 else moment) for moment in meant[:1]]
    change.runs += len(found)
    change.wrong_runs += len(set(found) ^ set(wanted)) + len(found) - len(set(found))


def _on_both_sides(change: Change, day: date, clock: time, skipped: Skipped) -> list[datetime]:
    """What a time that is never shown means, by the clock of the day before or of the day after."""
    asked = datetime.combine(day, clock, UTC)
    beside = sorted(asked - _offset(day + timedelta(days=days), change.zone) for days in (0, 1))
    return {Skipped.EARLIER: beside[:1], Skipped.LATER: beside[1:], Skipped.LEFT_OUT: []}[skipped]


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


@lru_cache(maxsize=4)
def _on_the_wall(named: str, middle: date) -> dict[tuple[date, time], list[datetime]]:
    """At which moments a clock there shows each time, in five days."""
    zone, found = ZoneInfo(named), defaultdict(list)
    moment = datetime.combine(middle - timedelta(days=2), time(), UTC)
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
    """A series of ten years runs at the instants at which a clock on the wall shows nine, and at no others."""
    found = daily(zone)
    rule = f"DTSTART:{YEARS.start}0101T090000\nRRULE:FREQ=DAILY;UNTIL={YEARS.stop - 1}1231T090000"
    runs = recurrence.runs(Rule(rule, zone))
    shown = [times.instant(run.wall).astimezone(ZoneInfo(zone)) for run in runs]
    days = (date(YEARS.stop, 1, 1) - date(YEARS.start, 1, 1)).days
    agreed = all((at.date(), at.time()) == (run.day, NINE) for run, at in zip(runs, shown, strict=True))
    is_once = [run.day for run in runs] == sorted(found) and set(found.values()) == {1}
    return agreed and is_once and len(found) == days


def _offset(day: date, zone: str) -> timedelta:
    return datetime.combine(day, time(), ZoneInfo(zone)).utcoffset() or timedelta()


def lines() -> Iterator[str]:
    yield from ("## Clock changes, 2026–2035", "")
    yield (
        "Every quarter of an hour of the day before, the day and the day after each change, beside a clock on "
        "the wall there. A time shown once is due at that moment and at no other; one that is shown twice, or "
        "skipped, is asked about with both choices. Series of these three days run at each quarter of an hour "
        "of the night and at nine, with each answer to such a question: one run on each local date, at its time."
    )
    heads = (
        "zone | changes | due once | asked, as it is skipped | asked, as it comes twice | wrong | "
        "runs of series | wrong | 9:00 once on each date"
    )
    yield from ("", f"| {heads} |", "|" + "---|" * 9)
    for zone in ZONES:
        found = [worked_through(change) for change in changes(zone)]
        cells = [
            f"{sum(getattr(change, name) for change in found):,}"
            for name in ("once", "skipped", "twice", "wrong", "runs", "wrong_runs")
        ]
        nine = "yes, all ten years" if nine_is_once_a_day(zone) else "NO"
        yield f"| {zone} | {len(found)} | {' | '.join(cells)} | {nine} |"


def failures() -> Iterator[str]:
    for zone in ZONES:
        found = [worked_through(change) for change in changes(zone)]
        if len(found) != 2 * len(YEARS):
            yield f"{zone}: {len(found)} changes in ten years"
        for change in found:
            if change.wrong or change.wrong_runs:
                yield f"{zone} on {change.day}: {change.wrong} times and {change.wrong_runs} runs wrong"
        if not nine_is_once_a_day(zone):
            yield f"{zone}: nine o'clock does not come once a day"
