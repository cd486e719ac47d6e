"""Days as people type them: "tomorrow", "next friday", "30 march", "30/3/2027", "friday week"."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from coop import words as said
from coop.announcing.typed.words import NoSuch, Words

YEARS_AHEAD = 5
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAY = (
    r"(mondays?|mon|tuesdays?|tues?|wednesdays?|weds?|thursdays?|thurs?|thu|fridays?|fri|saturdays?|sat"
    r"|sundays?|sun)"
)
MONTH = (
    r"(january|jan|february|feb|march|mar|april|apr|may|june|jun|july|jul|august|aug|september|sept?"
    r"|october|oct|november|nov|december|dec)"
)
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_NAMED_FIRST = rf"(?:\b{WEEKDAY} )?(?:the )?"
_YEAR = r"(?: (20\d{2})(?!\S))?"  # any other four digits are a time: "3 march 0900"
Days = tuple[date, ...]


class NoSuchDay(NoSuch):
    """A date that the calendar does not have."""


def days_in(words: Words, today: date) -> Days | None:
    """What the day in it can mean, which is taken out of it; None when it names no day.

    Raises NoSuchDay.
    """
    for pattern, meaning in _FORMS:
        if found := words.take(pattern):
            return meaning(found, today)
    return None


def weekday_number(name: str) -> int:
    return WEEKDAYS.index(name[:3])


def month_number(name: str) -> int:
    return MONTHS.index(name[:3]) + 1


def coming(weekday: int, today: date) -> date:
    """The first such day from `today` on, which may be today."""
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def in_next_week(weekday: int, today: date) -> date:
    """The one between the Monday and the Sunday that come next."""
    return today + timedelta(days=7 - today.weekday() + weekday)


def dated(day: int, month: int, year: int | None, today: date) -> date:
    """Without a year, the next such day from `today` on. Raises NoSuchDay."""
    if year is not None and year > today.year + YEARS_AHEAD:
        raise NoSuchDay(f"I plan at most {YEARS_AHEAD} years ahead")
    if year is not None and year < today.year - YEARS_AHEAD:
        raise NoSuchDay(f"{year} is in the past")
    # 29 February comes again after four years, and after eight around a year such as 2100.
    for candidate in [year] if year is not None else range(today.year, today.year + 9):
        if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(candidate, month)[1]):
            continue
        if year is not None or date(candidate, month, day) >= today:
            return date(candidate, month, day)
    raise NoSuchDay("there is no such date")


def _iso(found: re.Match[str], today: date) -> Days:
    year, month, day = (int(part) for part in found.groups())
    return (dated(day, month, year, today),)


def _numeric(found: re.Match[str], today: date) -> Days:
    """Day before month, as in the UK; where the other order is a date as well, both."""
    first, second = int(found[2]), int(found[3])
    year = int(found[4]) if found[4] else None
    if year is not None and year < 100:
        year += today.year // 100 * 100
    days = [dated(first, second, year, today)] if second <= 12 else []
    if first <= 12 and first != second:
        days.append(dated(second, first, year, today))
    return _on_its_weekday(found[1], tuple(days))


def _spelled(found: re.Match[str], today: date) -> Days:
    weekday, day, month, year = found.groups()
    return _on_its_weekday(weekday, (dated(int(day), month_number(month), _year(year), today),))


def _month_first(found: re.Match[str], today: date) -> Days:
    weekday, month, day, year = found.groups()
    return _on_its_weekday(weekday, (dated(int(day), month_number(month), _year(year), today),))


def _year(typed: str | None) -> int | None:
    return int(typed) if typed else None


def _on_its_weekday(weekday: str | None, days: Days) -> Days:
    """Raises NoSuchDay when none of the days is the weekday that was typed before it."""
    if not days:
        raise NoSuchDay("there is no such date")
    if weekday is None:
        return days
    kept = tuple(day for day in days if day.weekday() == weekday_number(weekday))
    if not kept:
        raise NoSuchDay(f"{said.on(days[0])} is a {said.weekday(days[0])}")
    return kept


def _days_on(found: re.Match[str], today: date) -> Days:
    number = int(found[1]) if found[1].isdecimal() else 1
    days = {"day": 1, "week": 7, "fortnight": 14}[found[2]] * number
    if days > 366 * YEARS_AHEAD:
        raise NoSuchDay(f"I plan at most {YEARS_AHEAD} years ahead")
    return (today + timedelta(days=days),)


def _next_weekday(found: re.Match[str], today: date) -> Days:
    """The first to come for some, next week's for others: one day where both are the same."""
    weekday = weekday_number(found[1])
    first = coming(weekday, today + timedelta(days=1))
    return tuple(dict.fromkeys((first, in_next_week(weekday, today))))


def _day_of_month(found: re.Match[str], today: date) -> Days:
    """The next such day; said on that very day it may be today's or next month's."""
    number = int(found[2])
    first = today.replace(day=1)
    months = [first := _next_month(first) if ahead else first for ahead in range(4)]
    days = [
        month.replace(day=number)
        for month in months
        if 1 <= number <= calendar.monthrange(month.year, month.month)[1]
    ]
    coming_days = [day for day in days if day >= today]
    if not coming_days:
        raise NoSuchDay("there is no such date")
    return _on_its_weekday(found[1], tuple(coming_days[: 2 if coming_days[0] == today else 1]))


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _bare_weekday(found: re.Match[str], today: date) -> Days:
    """On that very weekday it may be today's or next week's."""
    day = coming(weekday_number(found[1]), today)
    return (day, day + timedelta(days=7)) if day == today else (day,)


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Days]], ...] = (
    (re.compile(r"(?<!\S)(\d{4})-(\d{1,2})-(\d{1,2})(?!\S)"), _iso),
    (re.compile(rf"{_NAMED_FIRST}(?<!\S)(\d{{1,2}})/(\d{{1,2}})(?:/(\d{{4}}|\d{{2}}))?(?!\S)"), _numeric),
    (re.compile(rf"{_NAMED_FIRST}(?<!\S){_DAY}(?: of)? {MONTH}\b{_YEAR}"), _spelled),
    (re.compile(rf"{_NAMED_FIRST}\b{MONTH} (?:the )?{_DAY}(?!\S){_YEAR}"), _month_first),
    (re.compile(r"\bin (\d{1,4}|an?) (day|week|fortnight)s?\b(?: time)?"), _days_on),
    (re.compile(rf"{_NAMED_FIRST}(?<!\S)(\d{{1,2}})(?:st|nd|rd|th)(?!\S)"), _day_of_month),
    (re.compile(r"\byesterday\b"), lambda _found, today: (today - timedelta(days=1),)),
    (re.compile(r"\bday after tomorrow\b"), lambda _found, today: (today + timedelta(days=2),)),
    (re.compile(r"\btoday\b"), lambda _found, today: (today,)),
    (re.compile(r"\btomorrow\b"), lambda _found, today: (today + timedelta(days=1),)),
    (
        re.compile(rf"\b{WEEKDAY} (?:of )?next week\b|\bnext week(?: on)? {WEEKDAY}\b"),
        lambda found, today: (in_next_week(weekday_number(found[1] or found[2]), today),),
    ),
    (
        re.compile(rf"\ba week on {WEEKDAY}\b|\b{WEEKDAY} week\b"),
        lambda found, today: (
            coming(weekday_number(found[1] or found[2]), today + timedelta(days=1)) + timedelta(days=7),
        ),
    ),
    (re.compile(rf"\bnext {WEEKDAY}\b"), _next_weekday),
    (
        re.compile(rf"\b(?:this|this coming|coming) {WEEKDAY}\b"),
        lambda found, today: (coming(weekday_number(found[1]), today),),
    ),
    (re.compile(rf"\b{WEEKDAY}\b"), _bare_weekday),
)
