"""Wall times and instants: what 9:00am on a day means, and how it is said."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coop import words

UK = {"Europe/London", "Europe/Belfast", "GB"}
COUNTED_DAYS = 60  # further off than that nobody counts in days


@dataclass(frozen=True)
class Wall:
    """A time on a clock in `zone`. `fold` is 1 for the second of two equal ones."""

    day: date
    clock: time
    zone: str
    fold: int = 0


def instant(wall: Wall) -> datetime:
    """UTC. A wall time that does not exist must have been refused before: see `choices`."""
    local = datetime.combine(wall.day, wall.clock, ZoneInfo(wall.zone)).replace(fold=wall.fold)
    return local.astimezone(UTC)


def choices(day: date, clock: time, zone: str) -> tuple[Wall, ...]:
    """What a clock's time can mean: one wall time, or two that somebody has to choose from.

    A time the clocks skip becomes the same moment counted from before and from after the gap.
    """
    asked = Wall(day, clock, zone), Wall(day, clock, zone, fold=1)
    first, second = (instant(wall) for wall in asked)
    if first == second:
        return asked[:1]
    if first < second:  # the clocks go back: it happens twice
        return asked
    return tuple(wall_at(moment, zone) for moment in (second, first))  # they go forward: it never happens


def is_skipped(day: date, clock: time, zone: str) -> bool:
    return all(wall.clock != clock for wall in choices(day, clock, zone))


def wall_at(moment: datetime, zone: str) -> Wall:
    local = moment.astimezone(ZoneInfo(zone))
    return Wall(local.date(), local.time(), zone, local.fold)


def said(moment: datetime, zone: str, now: datetime) -> str:
    """Such as "Tue 30 March 2027, 9:00am UK time (BST), in 3 days"; far off, the date alone."""
    if abs(_days(moment, zone, now)) > COUNTED_DAYS:
        return dated(moment, zone)
    return f"{dated(moment, zone)}, {away(moment, zone, now)}"


def going_out(moment: datetime, zone: str, now: datetime) -> str:
    """Such as "in 10 minutes, at 9:40am UK time (GMT)", "on Tue 30 March 2027, 9:00am …", or "now"."""
    minutes = round((moment - now) / timedelta(minutes=1))
    if minutes < 1:
        return "now"
    if minutes < 60:
        at = words.at(moment.astimezone(ZoneInfo(zone)).time())
        return f"{_length(minutes, 'minute', ahead=True)}, at {at} {clock_of(moment, zone)}"
    return f"on {said(moment, zone, now)}"


def dated(moment: datetime, zone: str) -> str:
    """Such as "Tue 30 March 2027, 9:00am UK time (BST)"."""
    local = moment.astimezone(ZoneInfo(zone))
    day = f"{words.weekday(local.date())[:3]} {words.on(local.date())}"
    return f"{day}, {words.at(local.time())} {clock_of(moment, zone)}"


def short_day(moment: datetime, zone: str) -> str:
    """Such as "Tue 30 March", for names of things."""
    local = moment.astimezone(ZoneInfo(zone)).date()
    return f"{words.weekday(local)[:3]} {words.on(local).rsplit(' ', 1)[0]}"


def clock_of(moment: datetime, zone: str) -> str:
    """Whose time it is: "UK time (BST)", "New York time (EDT)"."""
    short = moment.astimezone(ZoneInfo(zone)).tzname() or ""
    return f"{zone_said(zone)} ({short})" if short.isalpha() else zone_said(zone)


def zone_said(zone: str) -> str:
    return "UK time" if zone in UK else f"{zone.rsplit('/', 1)[-1].replace('_', ' ')} time"


def away(moment: datetime, zone: str, now: datetime) -> str:
    """How far off, by the calendar once it is another day: "in 3 days", "in 2 hours", "20 minutes ago"."""
    if days := _days(moment, zone, now):
        near = {1: "tomorrow", -1: "yesterday"}
        return near.get(days) or _length(abs(days), "day", ahead=days > 0)
    minutes = round((moment - now) / timedelta(minutes=1))
    if minutes == 0:
        return "now"
    if abs(minutes) < 60:
        return _length(abs(minutes), "minute", ahead=minutes > 0)
    return _length(round(abs(minutes) / 60), "hour", ahead=minutes > 0)


def on_own_clock(moment: datetime, zone: str, own: str) -> str:
    """The reader's own local time where it differs from the network's, else nothing."""
    theirs, ours = moment.astimezone(ZoneInfo(own)), moment.astimezone(ZoneInfo(zone))
    if theirs.replace(tzinfo=None) == ours.replace(tzinfo=None):
        return ""
    day = "" if theirs.date() == ours.date() else f" on {words.weekday(theirs.date())[:3]} {theirs.day}"
    return f"{words.at(theirs.time())}{day} on your own clock ({zone_said(own)})"


def _days(moment: datetime, zone: str, now: datetime) -> int:
    """By the calendar."""
    home = ZoneInfo(zone)
    return (moment.astimezone(home).date() - now.astimezone(home).date()).days


def _length(number: int, unit: str, *, ahead: bool) -> str:
    length = words.counted(number, unit)
    return f"in {length}" if ahead else f"{length} ago"
