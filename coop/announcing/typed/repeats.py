"""How often, as people type it: "every 2 weeks on Thursday", "monthly on the last Friday", "weekdays"."""

import re
from collections.abc import Callable

from coop.announcing.series import recurrence
from coop.announcing.series.recurrence import WORKING_DAYS
from coop.announcing.typed.days import WEEKDAY, weekday_number
from coop.announcing.typed.words import NoSuch, Words

CODES = tuple(recurrence.WEEKDAYS)
NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}
_ONE_DAY = WEEKDAY.replace("(", "(?:", 1)
_DAYS = rf"({_ONE_DAY}(?:(?: and| &)? {_ONE_DAY})*)\b"
_ORDINAL = f"({'|'.join(NTH)})"


class NoSuchSeries(NoSuch):
    """None that we make."""


def forms_in(often: Words) -> list[str]:
    """Parts of RFC 5545 rules that it can mean, which are taken out of it. Raises NoSuchSeries."""
    for pattern, meaning in _FORMS:
        if found := often.take(pattern):
            return meaning(found)
    return []


def _nth(found: re.Match[str]) -> list[str]:
    """The second of each month for some, and every other one for others: "every second Monday"."""
    number, day = NTH[found[2]], CODES[weekday_number(found[3])]
    monthly = f"FREQ=MONTHLY;BYDAY={number}{day}"
    if number > 1 and re.match("every|each", found[1]) and "month" not in found[0]:
        return [monthly, f"FREQ=WEEKLY;INTERVAL={number};BYDAY={day}"]
    return [monthly]


def _weekly(days: str, every: str | None = None) -> list[str]:
    wanted = {CODES[weekday_number(name)] for name in re.findall(_ONE_DAY, days)}
    listed = ",".join(code for code in CODES if code in wanted)
    number = _number(every)
    if not 1 <= number <= 52:
        raise NoSuchSeries("I count at most 52 weeks from one run to the next")
    return [f"FREQ=WEEKLY;{f'INTERVAL={number};' if number > 1 else ''}BYDAY={listed}"]


def _daily(found: re.Match[str]) -> list[str]:
    number = _number(found[1])
    if number < 1:
        raise NoSuchSeries("it does not say how often")
    return [f"FREQ=DAILY;INTERVAL={number}" if number > 1 else "FREQ=DAILY"]


def _number(every: str | None) -> int:
    """Of "every 3 weeks" or "every other day"."""
    return 2 if every == "other" else int(every or 1)


def _on_day_of_month(found: re.Match[str]) -> list[str]:
    day = next(filter(None, found.groups()), None)
    if day is None:
        return ["FREQ=MONTHLY;BYMONTHDAY=-1"]
    if not 1 <= int(day) <= 28:
        raise NoSuchSeries(f"not every month has a {recurrence.ordinal(int(day))}. Write “on the last day”")
    return [f"FREQ=MONTHLY;BYMONTHDAY={int(day)}"]


_IN_A_MONTH = r"(?:of|in) (?:the|each|every|a) month"
_EVERY_MONTH = r"(?:every|each) month|monthly"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], list[str]]], ...] = (
    (
        re.compile(
            rf"((?:every|each|{_EVERY_MONTH}|)(?: ?on)?(?: ?the)? ?)\b{_ORDINAL} {WEEKDAY}\b"
            rf"(?: {_IN_A_MONTH})?"
        ),
        _nth,
    ),
    (
        re.compile(rf"\b(?:every|each) (other|\d{{1,2}}) weeks?(?: on)? {_DAYS}"),
        lambda found: _weekly(found[2], found[1]),
    ),
    (re.compile(rf"\b(?:every|each) other {_DAYS}"), lambda found: _weekly(found[1], "other")),
    (
        re.compile(rf"\b(?:every fortnight|fortnightly)(?: on)? {_DAYS}"),
        lambda found: _weekly(found[1], "other"),
    ),
    (
        re.compile(r"\b(?:every|each) (?:weekday|working day)s?\b|\bweekdays\b"),
        lambda _found: [f"FREQ=WEEKLY;BYDAY={WORKING_DAYS}"],
    ),
    (re.compile(r"\bevery (other|\d{1,2}) days?\b|\b(?:every|each) day\b|\bdaily\b"), _daily),
    (
        re.compile(
            rf"\b(?:{_EVERY_MONTH})(?: on)?(?: the)? (?:(\d{{1,2}})(?:st|nd|rd|th)|last day)(?!\S)"
            rf"|(?:\bon )?\bthe (?:(\d{{1,2}})(?:st|nd|rd|th)|last day)(?: day)? {_IN_A_MONTH}"
        ),
        _on_day_of_month,
    ),
    (re.compile(rf"\b(?:every week|weekly|every|each)(?: on)? {_DAYS}"), lambda found: _weekly(found[1])),
    (re.compile(rf"(?:\bon )?{_DAYS}"), lambda found: _weekly(found[1])),
)
