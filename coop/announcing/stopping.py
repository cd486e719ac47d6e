"""Keep things from going out: one announcement, or everything."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import acts, seeing, telling
from coop.announcing.moment import Moment
from coop.announcing.sending import outcomes
from coop.errors import UserError
from coop.settings import Settings
from storage import announcements, deliveries, log, people, stops, threads
from storage.announcements import Announcement, AnnouncementState
from storage.deliveries import Delivery, DeliveryState, Hold
from storage.offices import Role
from storage.stops import Stop


@dataclass(frozen=True)
class Stopped:
    """`gone` is how many of its deliveries had left or were leaving already."""

    id: int
    title: str
    gone: int


@dataclass(frozen=True)
class Resumed:
    """`asked` is how many announcements came due meanwhile: their owners are asked about each."""

    stopped_by: str
    stopped_at: datetime
    asked: int


class NothingToStop(UserError):
    def __init__(self) -> None:
        super().__init__("There is nothing left of it to stop, so nothing changed.")


def withdraw(
    session: Session, *, announcement_id: int, by: int | None, now: datetime, settings: Settings
) -> seeing.Seen:
    """Give it up; its text stays in the record. What has gone out stays out."""
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = seeing.named(session, announcement_id)
    if row.state == AnnouncementState.WITHDRAWN:
        raise UserError("It was withdrawn before, so nothing changed.")
    # A claim is not out yet: whoever holds it finds it cancelled.
    states = (DeliveryState.SCHEDULED, DeliveryState.CLAIMED, DeliveryState.HELD, DeliveryState.REFUSED)
    open_ones = _open(session, row, *states)
    if not open_ones:
        raise NothingToStop
    for to in open_ones:
        outcomes.clear(to, DeliveryState.CANCELLED)
    announcements.void_approvals(session, row.id, now)
    row.state, row.changed_at = AnnouncementState.WITHDRAWN, now
    session.flush()
    telling.in_thread(session, row, telling.WITHDRAWN, moment, by=people.mentionable(session, person))
    telling.record(session, row, "announcement withdrawn", moment, by=person)
    return seeing.seen(session, row.id, moment)


def stop_one(
    session: Session, *, announcement_id: int, by: int | None, now: datetime, settings: Settings
) -> Stopped:
    """Hold one announcement, whoever approved it; it goes nowhere until it is approved again."""
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = seeing.named(session, announcement_id)
    # A claim is not out yet: without its approval the check before sending holds it.
    waiting = _open(session, row, DeliveryState.SCHEDULED, DeliveryState.CLAIMED)
    if not waiting or row.state != AnnouncementState.PROPOSED:
        raise NothingToStop
    for to in waiting:
        outcomes.clear(to, DeliveryState.HELD)
        to.hold = Hold.STOPPED
    announcements.void_approvals(session, row.id, now)
    row.changed_at = now
    session.flush()
    stopper = people.mentionable(session, person)
    telling.in_thread(session, row, telling.STOPPED, moment, by=stopper)
    if person != row.owner_id:
        telling.to_person(session, row.owner_id, row, telling.STOPPED, moment, by=stopper)
    telling.record(session, row, "announcement stopped", moment, by=person)
    one = seeing.seen(session, row.id, moment)
    gone = sum(to.state in acts.BEGUN for to in one.deliveries)
    return Stopped(row.id, one.title, gone)


def stop_all(session: Session, *, by: int | None, now: datetime, settings: Settings) -> Stop:
    """From this commit on nothing leaves for any network. Raises UserError when it is stopped already."""
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    refuse_to_stop(session)
    stop = Stop(stopped_by=person, stopped_at=now, open=True)
    session.add(stop)
    session.flush()
    by_whom = people.mentionable(session, person)
    telling.to_channel(session, telling.STOPPED_ALL, moment, by=by_whom)
    log.record(session, act="all stopped", by=f"person:{person}", about="announcements", now=now)
    return stop


def refuse_to_stop(session: Session) -> None:
    """Raises UserError when everything is stopped already."""
    if already := stops.open_stop(session):
        raise UserError(
            f"Everything is stopped already, by {seeing.called(session, already.stopped_by)}. "
            "Nothing changed. Type `/announce resume-all` to let announcements go again."
        )


def open_stop(session: Session) -> Stop:
    """What holds everything now. Raises UserError when nothing does."""
    stop = stops.open_stop(session)
    if stop is None:
        raise UserError(
            "Announcements are not stopped, so nothing changed. One that was stopped by itself goes out once "
            "somebody approves it again: see `/announce list`."
        )
    return stop


def resume_all(session: Session, *, by: int | None, now: datetime, settings: Settings) -> Resumed:
    """Let announcements go again. What came due meanwhile is asked about, never sent by itself."""
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    stop = open_stop(session)
    stop.open, stop.resumed_by, stop.resumed_at = None, person, now
    missed = [
        to
        for to in deliveries.deliveries_in(session, DeliveryState.HELD, DeliveryState.SCHEDULED)
        if to.hold == Hold.STOPPED_ALL
        or (to.state == DeliveryState.SCHEDULED and to.not_before is not None and to.not_before <= now)
    ]
    missed = [to for to in missed if (before := threads.before(session, to)) is None or before not in missed]
    by_whom = people.mentionable(session, person)
    telling.to_channel(session, telling.RESUMED_ALL, moment, by=by_whom, asked=len(missed))
    outcomes.hold_together(session, [(to, _why_missed(session, to, moment), None) for to in missed], moment)
    log.record(session, act="all resumed", by=f"person:{person}", about="announcements", now=now)
    return Resumed(people.mentionable(session, stop.stopped_by), stop.stopped_at, len(missed))


def _why_missed(session: Session, to: Delivery, moment: Moment) -> Hold:
    row = seeing.named(session, to.announcement_id)
    return Hold.UNAPPROVED if seeing.approvals_missing(session, row, moment) else Hold.LATE


def _open(session: Session, row: Announcement, *states: DeliveryState) -> list[Delivery]:
    rows = deliveries.deliveries_of(session, row.id)
    return [to for to in rows if to.state in states and not to.may_be_out]
