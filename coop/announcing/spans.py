"""A week or a month of the calendar, in days of the network's time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from coop.errors import UserError

# Nobody plans further, and a calendar that can be turned for ever ends where Python's dates do.
EARLIEST, LATEST = date(2000, 1, 3), date(2199, 12, 31)


class Length(StrEnum):
    WEEK = "week"
    MONTH = "month"


class NoSuchDays(UserError):
    def __init__(self) -> None:
        super().__init__(
            "I can't tell which days you mean, so nothing changed. "
            "Type `/announce list week` or `/announce list month`."
        )


@dataclass(frozen=True)
class Span:
    """A week from Monday to Sunday, or a calendar month; `first` and `last` are both part of it."""

    length: Length
    first: date
    last: date

    @classmethod
    def around(cls, day: date, length: Length) -> "Span":
        """The week or month that `day` is in. Raises NoSuchDays for a time nobody plans for."""
        if not EARLIEST <= day <= LATEST:
            raise NoSuchDays
        if length is Length.WEEK:
            monday = day - timedelta(days=day.weekday())
            return cls(length, monday, monday + timedelta(days=6))
        first = day.replace(day=1)
        return cls(length, first, _month_after(first) - timedelta(days=1))

    @classmethod
    def read(cls, value: str) -> "Span":
        """What `str` has written. Raises NoSuchDays for anything else."""
        length, _, day = value.partition(":")
        try:
            return cls.around(date.fromisoformat(day), Length(length))
        except ValueError:
            raise NoSuchDays from None

    def __str__(self) -> str:
        return f"{self.length}:{self.first.isoformat()}"

    @property
    def after(self) -> "Span":
        return Span.around(self.last + timedelta(days=1), self.length)

    @property
    def before(self) -> "Span":
        return Span.around(self.first - timedelta(days=1), self.length)

    def instants(self, zone: str) -> tuple[datetime, datetime]:
        """From its first midnight to the one after its last day, in UTC."""
        days = self.first, self.last + timedelta(days=1)
        start, end = (datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC) for day in days)
        return start, end


def _month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
