"""Dates, times, money and names as people write them: "4 June 2027", "9:30am", "£1.50"."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency

LOCALE = Locale("en", "GB")


@lru_cache(maxsize=1024)
def on(day: date) -> str:
    """Such as "4 June 2027"."""
    return format_date(day, "d MMMM y", LOCALE)


def weekday(day: date) -> str:
    return format_date(day, "EEEE", LOCALE)


def at(moment: time) -> str:
    """Such as "9:30am", "midday", "midnight"."""
    if (moment.hour, moment.minute) in {(0, 0), (12, 0)}:
        return "midday" if moment.hour else "midnight"
    half = "am" if moment.hour < 12 else "pm"
    return f"{(moment.hour - 1) % 12 + 1}:{moment.minute:02}{half}"


def pounds(pence: int) -> str:
    """Such as "£1", "£1.50", "£1,200"; a negative amount begins with a minus sign."""
    pattern = "¤#,##0.00" if pence % 100 else "¤#,##0"
    return format_currency(Decimal(pence) / 100, "GBP", pattern, LOCALE, currency_digits=False)


def today_in(now: datetime, zone: str) -> date:
    """The calendar date of an instant in a time zone: 11:30pm UTC on 31 March is 1 April in London."""
    return now.astimezone(ZoneInfo(zone)).date()


def moment_in(now: datetime, zone: str) -> str:
    """Such as "9:30am on 4 June 2027"."""
    local = now.astimezone(ZoneInfo(zone))
    return f"{at(local.time())} on {on(local.date())}"


def listed(things: Sequence[str], *, last: str = "and") -> str:
    """Such as "Asha, Bryn and Carys"."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} {last} {things[-1]}"


def ended(sentence: str) -> str:
    """With a full stop, unless it, or what it quotes last, ends by itself."""
    return sentence if sentence.rstrip("”").endswith((".", "!", "?", "…")) else f"{sentence}."


def during(first: date, last: date) -> str:
    """Such as "from 4 June 2027 to 30 March 2028", or "on 4 June 2027" when that was the only day."""
    return f"on {on(first)}" if first == last else f"from {on(first)} to {on(last)}"


def lasting(first: date, last: date) -> str:
    """Such as "6 days", or "1,096 days, about 3 years" where nobody counts in days."""
    days = (last - first).days + 1
    said = f"{days:,} {'day' if days == 1 else 'days'}"
    if days >= 700:
        return f"{said}, about {days / 365.25:.0f} years"
    return f"{said}, about {days / 30.4:.0f} months" if days >= 60 else said


def counted(number: int, one: str, many: str = "") -> str:
    """Such as "1 member", "2 members", "no members"."""
    if number == 1:
        return f"1 {one}"
    return f"{number or 'no'} {many or one + 's'}"


def day_before_anniversary(day: date) -> date:
    """The last day of the year that begins on `day`; one that begins on 29 February ends on the 27th."""
    try:
        anniversary = day.replace(year=day.year + 1)
    except ValueError:
        anniversary = day.replace(year=day.year + 1, day=28)
    return anniversary - timedelta(days=1)
