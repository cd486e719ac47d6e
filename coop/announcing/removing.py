"""The work of taking down: one try after another, until it is gone or left to a person.

Deleting twice is harmless everywhere, so what came of a try need not be known: it is tried again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from coop.announcing import seeing, telling
from coop.announcing.moment import Moment
from coop.announcing.networks import name_of
from coop.announcing.sending.deciding import BACK_OFF
from coop.publishing import (
    CannotTakeDown,
    GoneAlready,
    NotSent,
    Refused,
    Removal,
    Removed,
    TakenDown,
    TryLater,
    Unknown,
)
from coop.settings import Settings
from storage import deliveries, takedowns
from storage.announcements import Announcement
from storage.deliveries import Delivery, DeliveryState
from storage.takedowns import Takedown, TakedownState

# Longer than the 30 seconds that a publisher may take altogether.
LEASE = timedelta(seconds=120)
MOST_TRIES = 12  # the last about an hour and a half after the first
BY_HAND = "Delete it there by hand."
# What a network charges for is done; what it may have done, it may have charged for.
AT_NO_COST = (NotSent, Refused, TryLater, CannotTakeDown)


@dataclass(frozen=True)
class Gone:
    """`was` says that the network had nothing to delete any more."""

    was: bool


@dataclass(frozen=True)
class Again:
    at: datetime
    reason: str


@dataclass(frozen=True)
class Leave:
    """A person has to see to it."""

    reason: str
    fix: str
    url: str | None = None


def after(outcome: Removed, *, tries: int, now: datetime) -> Gone | Again | Leave:
    match outcome:
        case TakenDown() | GoneAlready():
            return Gone(was=isinstance(outcome, GoneAlready))
        case CannotTakeDown(reason=reason, url=url):
            return Leave(reason, BY_HAND, url)
        case Refused(reason=reason, fix=fix):
            return Leave(reason, fix)
        case TryLater(at=at, reason=reason) if tries < MOST_TRIES:
            return Again(max(at, now + BACK_OFF[0]), reason)
        case NotSent(reason=reason) | Unknown(reason=reason) if tries < MOST_TRIES:
            return Again(now + BACK_OFF[min(tries, len(BACK_OFF)) - 1], reason)
    return Leave(f"I have tried {MOST_TRIES} times. {outcome.reason}", BY_HAND)


def begin(
    session: Session, *, network: str, now: datetime, settings: Settings, price: int = 0
) -> Removal | None:
    """Take the next one on this network, for a try at that price; None when there is none, or it was left to
    a person. No cap keeps it back: what is wrong has to come down.
    """
    row = takedowns.lease(session, network, now, LEASE, price)
    if row is None:
        return None
    to, announcement = about(session, row)
    if announcement.rehearsal != settings.rehearsal:
        row.charged -= 1
        step = Leave("I am set to rehearse now, and it was sent in earnest", BY_HAND, to.url)
        if announcement.rehearsal:
            step = Leave("It was sent in a rehearsal only", "There is nothing to delete.")
        _leave(session, row, step, Moment(now, settings))
        return None
    return Removal(to.id, to.target, to.remote_id, to.url, now)


def nowhere(session: Session, *, network: str, now: datetime, settings: Settings) -> bool:
    """The network is not set up any more: the next one there is left to a person. False: there is none."""
    row = takedowns.lease(session, network, now, LEASE)
    if row is not None:
        row.charged -= 1
        step = Leave(f"{name_of(network)} is not set up any more", BY_HAND, about(session, row)[0].url)
        _leave(session, row, step, Moment(now, settings))
    return row is not None


def finish(
    session: Session, *, removal: Removal, outcome: Removed, now: datetime, settings: Settings
) -> None:
    """Write what became of a try. That it is gone always counts, however late it is told."""
    row = takedowns.takedown(session, removal.delivery_id)
    if row is None:
        return
    if isinstance(outcome, AT_NO_COST) and row.charged:
        row.charged -= 1
    if row.state == TakedownState.DONE:
        return
    moment = Moment(now, settings)
    row.outcome = type(outcome).__name__.lower()
    match after(outcome, tries=row.tries, now=now):
        case Gone(was=was):
            done(session, row, moment, was_gone=was)
        case Leave() as step if row.state == TakedownState.WANTED:
            _leave(session, row, step, moment)
        case Again(at=at, reason=reason) if row.state == TakedownState.WANTED:
            row.not_before, row.lease_until, row.said = at, None, reason


def about(session: Session, row: Takedown) -> tuple[Delivery, Announcement]:
    to = deliveries.delivery(session, row.delivery_id)
    assert to is not None and to.state == DeliveryState.DELIVERED  # noqa: S101, PT018 -- it has a row of its own
    return to, seeing.named(session, to.announcement_id)


def done(
    session: Session, row: Takedown, moment: Moment, *, was_gone: bool = False, by: int | None = None
) -> None:
    to, announcement = about(session, row)
    row.state, row.ended_at, row.done_by = TakedownState.DONE, moment.now, by
    row.lease_until = row.said = row.fix = None
    telling.record(session, announcement, "taken down", moment, by=by, delivery=row.delivery_id)
    if takedowns.wanted_of_thread(session, to):
        telling.redraw(session, announcement, moment)
        return
    telling.in_thread(
        session, announcement, telling.TAKEN_DOWN, moment, delivery=row.delivery_id, was_gone=was_gone
    )


def _leave(session: Session, row: Takedown, step: Leave, moment: Moment) -> None:
    to, announcement = about(session, row)
    row.state, row.lease_until = TakedownState.LEFT, None
    row.said, row.fix, row.url = step.reason, step.fix, step.url or to.url
    telling.record(session, announcement, "take-down left to a person", moment, delivery=to.id)
    telling.in_thread(session, announcement, telling.TAKE_DOWN_LEFT, moment, delivery=to.id)
