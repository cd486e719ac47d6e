"""How much may go out in an hour, a day and a month; over that, a person has to say so."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from coop.announcing import networks
from coop.announcing.content import Target
from coop.announcing.moment import Moment
from coop.settings import Settings
from storage import caps
from storage.deliveries import Delivery

HOUR = timedelta(minutes=60)


class Cap(StrEnum):
    """Each by the name of its setting."""

    PER_HOUR = "most_per_hour"
    PER_DAY = "most_per_day"
    PER_MONTH = "most_cents_per_month"


CALLED = {
    Cap.PER_HOUR: "the cap for an hour",
    Cap.PER_DAY: "the cap for a day",
    Cap.PER_MONTH: "the cap on what a month costs",
}


@dataclass(frozen=True)
class Reached:
    """`used` and `limit` are announcements, or tenths of a US cent; one more does not fit."""

    cap: Cap
    used: int
    limit: int


@dataclass(frozen=True)
class Used:
    """What counts against each cap when something is about to leave; spent in tenths of a US cent."""

    this_hour: int
    today: int
    spent: int


def reached(session: Session, row: Delivery, price: int, moment: Moment) -> tuple[Reached, ...]:
    """The caps that this delivery, at this price, would go over. What people post themselves has none."""
    if row.network == networks.BY_HAND:
        return ()
    return over(_used(session, row.account, moment), price, moment.settings)


def over(used: Used, price: int, settings: Settings) -> tuple[Reached, ...]:
    cents = settings.most_cents_per_month
    found = []
    if settings.most_per_hour is not None and used.this_hour >= settings.most_per_hour:
        found.append(Reached(Cap.PER_HOUR, used.this_hour, settings.most_per_hour))
    if settings.most_per_day is not None and used.today >= settings.most_per_day:
        found.append(Reached(Cap.PER_DAY, used.today, settings.most_per_day))
    if cents is not None and price and used.spent + price > cents * 10:
        found.append(Reached(Cap.PER_MONTH, used.spent, cents * 10))
    return tuple(found)


def spent_this_month(session: Session, moment: Moment) -> int:
    """Tenths of a US cent, deletions included, since the first midnight of the month in the network's time
    zone.
    """
    first = moment.today.replace(day=1)
    spent = caps.spent(session, _midnight(first, moment), rehearsal=moment.settings.rehearsal)
    return sum(spent.values())


def said(found: Reached, target: Target, price: int, settings: Settings) -> str:
    """Such as "3 have gone out on X in the last hour, and at most 3 may (MOST_PER_HOUR)"."""
    if found.cap is Cap.PER_MONTH:
        most, one = networks.dollars(found.limit), networks.dollars(price)
        return (
            f"{networks.dollars(found.used)} has been spent this month, this one costs {one}, "
            f"and at most {most} may be spent ({found.cap.upper()})"
        )
    when = "in the last hour" if found.cap is Cap.PER_HOUR else "today"
    have = "has" if found.used == 1 else "have"
    place = networks.place(target, settings)
    return (
        f"{found.used or 'none'} {have} gone out {place} {when}, "
        f"and at most {found.limit} may ({found.cap.upper()})"
    )


def _used(session: Session, account: str, moment: Moment) -> Used:
    """Asked only for caps there are: most networks have none."""
    settings, rehearsal = moment.settings, moment.settings.rehearsal

    def gone_out(since: datetime, cap: int | None) -> int:
        return 0 if cap is None else caps.gone_out(session, account, since, rehearsal=rehearsal)

    return Used(
        this_hour=gone_out(moment.now - HOUR, settings.most_per_hour),
        today=gone_out(_midnight(moment.today, moment), settings.most_per_day),
        spent=0 if settings.most_cents_per_month is None else spent_this_month(session, moment),
    )


def _midnight(day: date, moment: Moment) -> datetime:
    zone = ZoneInfo(moment.settings.network_timezone)
    return datetime.combine(day, time(), zone).astimezone(UTC)
