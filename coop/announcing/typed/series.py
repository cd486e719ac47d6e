"""A recurring time as somebody typed it: "every first Monday at 12:30 until June".

As with single times, what can mean two things comes back as two rules, and what is not known is refused.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice, product
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from coop.announcing import times
from coop.announcing.series import recurrence
from coop.announcing.series.recurrence import MOST_RUNS, Rule
from coop.announcing.typed.clocks import FIRST_THING, LAST_THING, clocks_in
from coop.announcing.typed.days import (
    MONTH,
    YEARS_AHEAD,
    dated,
    days_in,
    month_number,
)
from coop.announcing.typed.repeats import NoSuchSeries, forms_in
from coop.announcing.typed.words import (
    LONGEST,
    TOO_LONG,
    NoSuch,
    NotUnderstood,
    Words,
    not_known,
    unreadable,
)

EXAMPLES = (
    "every weekday 9am for 10 times",
    "every 2 weeks on Thursday 18:00 until 30 June",
    "monthly on the last Friday at noon for 6 times",
)
_SAYS_OFTEN = re.compile(
    r"\b(?:every|each|daily|weekly|fortnightly|monthly|weekdays|(?:mon|tues|wednes|thurs|fri|satur|sun)days)\b"
)
_PARTS = re.compile(r"\b(until|till|from|starting|beginning)\b")
_TIMES = re.compile(r"(?:\bfor )?\b(\d{1,3}) (?:times|runs)\b")
_WHOLE_MONTH = re.compile(rf"\b(?:the )?(?:(end) of )?{MONTH}(?: (\d{{4}}))?(?!\S)")


@dataclass(frozen=True)
class SeriesReading:
    """The rules it can mean; of several somebody has to choose."""

    rules: tuple[Rule, ...]


def is_recurring(typed: str) -> bool:
    """Whether it speaks of more than one time."""
    return _SAYS_OFTEN.search(Words(typed).left) is not None


def read(typed: str, *, now: datetime, zone: str) -> SeriesReading:
    """Raises NotUnderstood."""
    if len(typed) > LONGEST:
        raise NotUnderstood(TOO_LONG, EXAMPLES)
    try:
        found = _rules(typed, now.astimezone(ZoneInfo(zone)).replace(tzinfo=None), zone)
        ahead = {_ahead(rule, now): rule for rule in reversed(found)}
    except NoSuch as why:
        raise NotUnderstood(unreadable(typed, why), EXAMPLES) from why
    return SeriesReading(tuple(reversed(ahead.values())))


def _rules(typed: str, now: datetime, zone: str) -> list[Rule]:
    head, *pieces = _PARTS.split(Words(typed).left)
    often = Words(head)
    parts = {word: Words(piece) for word, piece in zip(pieces[::2], pieces[1::2], strict=True)}
    first = next((part for word, part in parts.items() if word not in {"until", "till"}), None)
    last = next((part for word, part in parts.items() if word in {"until", "till"}), None)
    everything = [often, *parts.values()]
    ends = _ends(last, everything, now.date())
    starts = _starts(first, now.date())
    forms = forms_in(often)
    clocks = _clocks(everything)
    if unknown := " ".join(filter(None, (part.unknown() for part in everything))):
        raise NotUnderstood(not_known(typed, unknown), EXAMPLES)
    for thing, why in ((forms, "how often"), (clocks, "at what time of day")):
        if not thing:
            raise NoSuchSeries(f"it does not say {why}")
    if not ends:
        raise NoSuchSeries("it does not say when it ends. Add “until” and a date, or “for 10 times”")
    asked = product(forms, clocks, starts, ends)
    return [
        Rule(_text(form, _first(form, clock, start, now), end), zone) for form, clock, start, end in asked
    ]


def _ends(last: Words | None, everything: list[Words], today: date) -> list[str]:
    """As a rule says it: "COUNT=10", or "UNTIL=…" with the last day included."""
    counts = [found for words in everything if (found := words.take(_TIMES))]
    if counts:
        if last is not None:
            raise NoSuchSeries("it says both how many times and until when")
        return [f"COUNT={max(1, int(counts[0][1]))}"]
    if last is None:
        return []
    days = days_in(last, today) or _whole_month(last, today)
    return [f"UNTIL={day:%Y%m%d}T235959" for day in days or ()]


def _whole_month(last: Words, today: date) -> tuple[date, ...] | None:
    """It ends before June for some and with June for others: "until June"."""
    if not (found := last.take(_WHOLE_MONTH)):
        return None
    month, year = month_number(found[2]), int(found[3]) if found[3] else None
    if year is None:
        year = today.year + (month < today.month)
    begins = dated(1, month, year, today)
    ends = begins.replace(day=calendar.monthrange(begins.year, month)[1])
    before = date.fromordinal(begins.toordinal() - 1)
    return (ends,) if found[1] else (before, ends)


def _starts(first: Words | None, today: date) -> tuple[date | None, ...]:
    if first is None:
        return (None,)
    return days_in(first, today) or (None,)


def _clocks(everything: list[Words]) -> list[time]:
    found = next((clocks for words in everything if (clocks := clocks_in(words))), ())
    if FIRST_THING in found and LAST_THING in found:
        raise NoSuchSeries("midnight begins a day and ends one. Type 00:00 for the beginning of each day")
    return [clock.at for clock in found if not clock.days_later]


def _first(form: str, clock: time, start: date | None, now: datetime) -> datetime:
    """The first day it names from `start` on, or ahead of us: every second week is counted from it."""
    begin = datetime.combine(start or now.date(), clock)
    plain = re.sub(r"INTERVAL=\d+;?", "", form).rstrip(";")
    days = rrulestr(f"DTSTART:{begin:%Y%m%dT%H%M%S}\nRRULE:{plain}")
    first = next((day for day in islice(days, 60) if start is not None or day > now), None)
    if first is None:
        raise NoSuchSeries("no run of it is ahead")
    return first


def _text(form: str, first: datetime, end: str) -> str:
    return f"DTSTART:{first:%Y%m%dT%H%M%S}\nRRULE:{form};{end}"


def _ahead(rule: Rule, now: datetime) -> tuple[datetime, ...]:
    """The instants still to come. Raises NoSuchSeries when there are none, or more than a series may have."""
    days = list(islice(rrulestr(rule.text), MOST_RUNS + 1))
    if len(days) > MOST_RUNS or (days and days[-1].year > now.year + YEARS_AHEAD):
        raise NoSuchSeries(f"a series has at most {MOST_RUNS} runs, within {YEARS_AHEAD} years")
    found = (times.instant(run.wall) for run in recurrence.runs(rule))
    if not (ahead := tuple(moment for moment in found if moment > now)):
        raise NoSuchSeries("no run of it is ahead")
    return ahead
