"""A year that was owed when somebody left, paid in time, and found paid only after they had come back.

Such a year lasts to its end, as any year does: no other one runs beside it.
"""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from coop import entering, fees, words
from coop.settings import FeePeriod, Settings
from storage import fees as record
from storage import log, members
from storage.fees import Fee

DAY = timedelta(days=1)


def lasts(fee: Fee, settings: Settings, day: date) -> bool:
    """Whether it is for a year that is not over on `day`."""
    is_year = settings.fee_period is FeePeriod.YEARLY
    return is_year and fee.covers_until is not None and fee.covers_until >= day


def make_room(session: Session, found: Fee, *, by: str, settings: Settings, now: datetime) -> None:
    """Years of the same person that ran into `found` follow it if they are paid; if not, nobody owes them:
    the next year is charged when the last that is paid for is over.
    """
    if settings.fee_period is not FeePeriod.YEARLY or found.covers_until is None:
        return
    if lasts(found, settings, words.today_in(now, settings.network_timezone)):
        for waiting in record.uncovered_fees(session, found.person_id):
            if waiting.paid_on is None:
                fees.cancel(session, waiting, by=by, now=now)
    last, moves = found.covers_until, list[tuple[Fee, date]]()
    for year in record.years_after(session, found):
        if year.covers_from is None or year.covers_from > last:
            break
        if year.paid_on is None:
            fees.cancel(session, year, by=by, now=now)
        else:
            moves.append((year, last + DAY))
            last = words.day_before_anniversary(last + DAY)
    for year, first in reversed(moves):  # the last one first: no two may begin on one day
        _move(session, year, first, by=by, now=now)


def give_back(session: Session, found: Fee, *, by: str, settings: Settings, now: datetime) -> bool:
    """Years that had made room for `found` begin again when they had begun. False if none had."""
    if settings.fee_period is not FeePeriod.YEARLY:
        return False
    before, moved = found, []
    for year in record.years_after(session, found):
        # Nobody is charged for a year before it begins, so this one began earlier once.
        if before.covers_until is None or year.covers_from != before.covers_until + DAY:
            break
        if year.raised_on > before.covers_until:
            break
        before = year
        moved.append(year)
    for year in moved:
        _move(session, year, _began(session, year), by=by, now=now)
    return bool(moved)


def _began(session: Session, year: Fee) -> date:
    """A year charged by an application begins with the membership, any other when it is charged."""
    of_it = (
        membership.entered_on
        for membership in members.memberships_of(session, year.person_id)
        if membership.application_id is not None and membership.application_id == year.application_id
    )
    return next(of_it, year.raised_on)


def _move(session: Session, year: Fee, first: date, *, by: str, now: datetime) -> None:
    entering.cover(year, first)
    session.flush()
    facts: dict[str, log.Fact] = {"fee": year.id, "covers_from": first.isoformat()}
    log.record(session, act="year moved", by=by, about=f"person:{year.person_id}", now=now, facts=facts)
