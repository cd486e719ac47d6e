"""Periods in which nothing goes out: entered with a reason, shortened or ended by the steering group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from coop import offices, words
from coop.announcing import seeing, telling
from coop.announcing.moment import Moment
from coop.announcing.seeing import Seen
from coop.announcing.sending import outcomes
from coop.errors import UserError
from coop.settings import Settings
from storage import blackouts, deliveries, log, people
from storage.announcements import AnnouncementState
from storage.blackouts import Blackout
from storage.deliveries import Delivery, DeliveryState, Hold
from storage.offices import Role

LONG = timedelta(days=92)  # longer than any election's; more than that is asked about before it counts
FAR_OFF = timedelta(days=366)
ONE = "a blackout period, "
OPEN = (DeliveryState.SCHEDULED, DeliveryState.CLAIMED)


@dataclass(frozen=True)
class Period:
    """Both days are part of it; `entered_by` is as `people.mentionable` has them."""

    id: int
    first_day: date
    last_day: date
    reason: str
    entered_by: str


@dataclass(frozen=True)
class Changed:
    """`inside` is what is planned within it; `freed` what was, and no longer is."""

    period: Period
    inside: tuple[Seen, ...] = ()
    freed: tuple[Seen, ...] = ()


class Backwards(UserError):
    """Its last day comes before its first."""

    def __init__(self, first: date) -> None:
        super().__init__(f"The last day can't be before the first, {words.on(first)}. Nothing was changed.")


class Passed(UserError):
    """Its last day is over already."""

    def __init__(self, last: date) -> None:
        super().__init__(f"{words.on(last)} has passed. Choose a later day. Nothing was changed.")


class PeriodOver(UserError):
    def __init__(self) -> None:
        super().__init__(
            "That period is over or was ended, so nothing changed. Type `/announce blackout` to see all."
        )


def periods(session: Session, *, by: int | None, moment: Moment) -> tuple[Period, ...]:
    """Those that have begun or are still to come. Raises NotAllowed outside the steering group."""
    offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    return tuple(_period(session, row) for row in blackouts.not_over(session, moment.today))


def open_period(session: Session, *, blackout_id: int, by: int | None, moment: Moment) -> Period:
    """One that can still be changed, by this person. Raises NotAllowed or PeriodOver."""
    offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    return _period(session, _open(session, blackout_id, moment))


def doubtful(
    session: Session, *, first_day: date, last_day: date, by: int | None, moment: Moment
) -> tuple[Seen, ...] | None:
    """What it would hold, if it is so long or so far off that it may be a slip; None if it is neither.

    Raises NotAllowed, Backwards or Passed.
    """
    offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    _refuse(first_day, last_day, moment.today)
    if last_day - first_day < LONG and first_day - moment.today < FAR_OFF:
        return None
    return _planned(session, first_day, last_day, moment)


def enter(
    session: Session,
    *,
    first_day: date,
    last_day: date,
    reason: str,
    by: int | None,
    now: datetime,
    settings: Settings,
) -> Changed:
    """Nothing goes out on these days, what is planned already included. Raises Backwards or Passed."""
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    _refuse(first_day, last_day, moment.today)
    row = Blackout(first_day=first_day, last_day=last_day, reason=reason, entered_by=person, entered_at=now)
    session.add(row)
    session.flush()
    inside = _planned(session, first_day, last_day, moment)
    by_whom = people.mentionable(session, person)
    facts = {"by": by_whom, **_facts(row), "inside": len(inside)}
    telling.to_channel(session, telling.BLACKOUT_ENTERED, moment, **facts)
    _record(session, "blackout entered", row, person, moment)
    _redraw(session, inside, moment)
    return Changed(_period(session, row), inside=inside)


def shorten(
    session: Session, *, blackout_id: int, last_day: date, by: int | None, now: datetime, settings: Settings
) -> Changed:
    """Let it end on an earlier day. Raises Backwards, PeriodOver or UserError."""
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = _open(session, blackout_id, moment)
    if last_day < row.first_day:
        raise Backwards(row.first_day)
    if last_day < moment.today:
        raise UserError(f"{words.on(last_day)} has passed. To end it at once, press “End it now”.")
    if last_day >= row.last_day:
        raise UserError(
            f"It ends on {words.on(row.last_day)} as it is, so nothing changed. "
            "For more days, add another period."
        )
    freed = _planned(session, row.first_day, row.last_day, moment)
    row.last_day = last_day
    return _changed(session, row, freed, person, moment, "blackout shortened", telling.BLACKOUT_SHORTENED)


def end(session: Session, *, blackout_id: int, by: int | None, now: datetime, settings: Settings) -> Changed:
    """It covers nothing any more from now on. Raises PeriodOver."""
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = _open(session, blackout_id, moment)
    freed = _planned(session, row.first_day, row.last_day, moment)
    row.ended_by, row.ended_at = person, now
    return _changed(session, row, freed, person, moment, "blackout ended", telling.BLACKOUT_ENDED)


def over(session: Session, moment: Moment) -> list[Delivery]:
    """What a blackout period held that is over now: its owner has to say what becomes of it."""
    held = [to for to in deliveries.deliveries_in(session, DeliveryState.HELD) if to.hold == Hold.BLACKOUT]
    return held if held and not blackouts.covering(session, moment.today) else []


def ask(session: Session, moment: Moment) -> None:
    """Each is asked about once: it waits from now on like anything else whose time has gone by."""
    outcomes.hold_together(
        session, [(to, _from_now_on(session, to, moment), None) for to in over(session, moment)], moment
    )


def _from_now_on(session: Session, to: Delivery, moment: Moment) -> Hold:
    row = seeing.named(session, to.announcement_id)
    return Hold.UNAPPROVED if seeing.approvals_missing(session, row, moment) else Hold.LATE


def said(row: Blackout | Period) -> str:
    """Such as "a blackout period, from 4 May 2027 to 6 May 2027 (local elections)"."""
    return f"{ONE}{words.during(row.first_day, row.last_day)} ({row.reason})"


def together(said: Sequence[str]) -> str:
    """Several as one, the last to end by its name: notes have no room for more."""
    if len(said) < 2:
        return "".join(said)
    return f"{len(said)} blackout periods, of which the last is {said[0].removeprefix(ONE)}"


def _refuse(first_day: date, last_day: date, today: date) -> None:
    if last_day < first_day:
        raise Backwards(first_day)
    if last_day < today:
        raise Passed(last_day)


def _changed(
    session: Session, row: Blackout, freed: tuple[Seen, ...], person: int, moment: Moment, act: str, kind: str
) -> Changed:
    session.flush()
    still = blackouts.covering
    freed = tuple(
        one for one in freed if not still(session, words.today_in(one.due_at or moment.now, one.zone))
    )
    telling.to_channel(session, kind, moment, by=people.mentionable(session, person), **_facts(row))
    _record(session, act, row, person, moment)
    _redraw(session, freed, moment)
    return Changed(_period(session, row), freed=freed)


def _open(session: Session, blackout_id: int, moment: Moment) -> Blackout:
    row = blackouts.blackout(session, blackout_id)
    if row is None or row.ended_at is not None or row.last_day < moment.today:
        raise PeriodOver
    return row


def _planned(session: Session, first_day: date, last_day: date, moment: Moment) -> tuple[Seen, ...]:
    """Announcements that are to go out on these days."""
    zone = moment.settings.network_timezone
    ids = dict.fromkeys(
        to.announcement_id
        for to in deliveries.deliveries_in(session, *OPEN)
        if to.due_at and first_day <= words.today_in(to.due_at, zone) <= last_day
    )
    found = (seeing.seen(session, each, moment) for each in ids)
    return tuple(one for one in found if one.state != AnnouncementState.WITHDRAWN)


def _redraw(session: Session, changed: Sequence[Seen], moment: Moment) -> None:
    for one in changed:
        telling.redraw(session, seeing.named(session, one.id), moment)


def _facts(row: Blackout) -> dict[str, str]:
    return {
        "first_day": row.first_day.isoformat(),
        "last_day": row.last_day.isoformat(),
        "reason": row.reason,
    }


def _record(session: Session, act: str, row: Blackout, person: int, moment: Moment) -> None:
    log.record(
        session, act=act, by=f"person:{person}", about=f"blackout:{row.id}", now=moment.now, facts=_facts(row)
    )


def _period(session: Session, row: Blackout) -> Period:
    by = people.mentionable(session, row.entered_by)
    return Period(row.id, row.first_day, row.last_day, row.reason, by)
