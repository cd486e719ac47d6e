"""Leaving is never refused, takes effect at once, and can be undone for an hour."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from coop import fees, offices, words
from coop.errors import UserError
from coop.settings import LegalForm, Settings
from storage import log, members, outbox, people
from storage.members import ApplicationState, CeaseReason, Membership

UNDO = timedelta(hours=1)
SMALLEST_SOCIETY = 3  # Co-operative and Community Benefit Societies Act 2014, s.2(2)(b)


@dataclass(frozen=True)
class Left:
    """What ended on `on`: a membership since `since`, or an application that was taken back."""

    on: date
    since: date
    was_member: bool
    number: int | None = None


def can_leave(session: Session, *, team_id: str, user_id: str) -> bool:
    person_id = people.person_id_of(session, team_id, user_id)
    if person_id is None:
        return False
    is_member = members.current_membership(session, person_id) is not None
    return is_member or members.open_application(session, person_id) is not None


def leave(session: Session, *, team_id: str, user_id: str, settings: Settings, now: datetime) -> Left:
    """End a membership today, or take an application back. Raises UserError when there is neither."""
    today = words.today_in(now, settings.network_timezone)
    person_id = people.person_id_of(session, team_id, user_id)
    if person_id is None:
        raise UserError("You are not a member, so there is nothing to leave. Nothing changed.")
    if (membership := members.current_membership(session, person_id)) is not None:
        return _end_membership(session, membership, user_id, settings, now)
    application = members.open_application(session, person_id)
    if application is None:
        raise UserError("You are not a member, so there is nothing to leave. Nothing changed.")
    application.state = ApplicationState.WITHDRAWN
    application.decided_on, application.decided_at = today, now
    by = f"person:{person_id}"
    fees.cancel_open(session, person_id=person_id, by=by, now=now)
    log.record(session, act="application taken back", by=by, about=by, now=now)
    left = Left(today, application.applied_on, was_member=False)
    _give_receipt(session, left, user_id, undo=None, now=now)
    return left


def undo(session: Session, *, team_id: str, user_id: str, now: datetime) -> date:
    """Take a leaving back within the hour; returns since when they are, and were, a member.

    The membership goes on as if nothing had happened, its offices and what was owed included.
    """
    person_id = people.person_id_of(session, team_id, user_id)
    membership = members.last_membership(session, person_id) if person_id is not None else None
    if membership is not None and membership.ceased_at is None:
        raise UserError("You're a member, so there is nothing to undo. Nothing changed.")
    if person_id is None or membership is None or membership.ceased_at is None:
        raise UserError("You have not left, so there is nothing to undo. Nothing changed.")
    if membership.cease_reason != CeaseReason.LEFT or not can_undo(membership.ceased_at, now):
        raise UserError(
            "This can be undone only within an hour of leaving, so nothing changed. You can join again at "
            "any time, and you keep your member number."
        )
    _take_back_new_application(session, person_id, now)
    ended_at, by = membership.ceased_at, f"person:{person_id}"
    membership.ceased_on = membership.ceased_at = membership.cease_reason = None
    session.flush()
    offices.restore(session, person_id=person_id, ended_at=ended_at, by=by, now=now)
    fees.restore_cancelled(session, person_id=person_id, cancelled_at=ended_at, by=by, now=now)
    log.record(session, act="leaving undone", by=by, about=by, now=now)
    facts = {"since": membership.entered_on.isoformat()}
    outbox.put(session, kind="receipt_leaving_undone", to=user_id, facts=facts, now=now)
    return membership.entered_on


def can_undo(left_at: datetime | None, now: datetime) -> bool:
    return left_at is not None and now - left_at <= UNDO


def _end_membership(
    session: Session, membership: Membership, user_id: str, settings: Settings, now: datetime
) -> Left:
    today = words.today_in(now, settings.network_timezone)
    by = f"person:{membership.person_id}"
    membership.ceased_on, membership.ceased_at = today, now
    membership.cease_reason = CeaseReason.LEFT
    session.flush()
    log.record(session, act="left", by=by, about=by, now=now, facts={"ceased_on": today.isoformat()})
    offices.end_all(session, person_id=membership.person_id, by=by, today=today, now=now)
    fees.cancel_open(session, person_id=membership.person_id, by=by, now=now)
    number = people.person(session, membership.person_id).member_number
    left = Left(today, membership.entered_on, was_member=True, number=number)
    _give_receipt(
        session, left, user_id, undo=words.moment_in(now + UNDO, settings.network_timezone), now=now
    )
    _warn_if_too_few(session, settings, today, now)
    return left


def _give_receipt(session: Session, left: Left, user_id: str, *, undo: str | None, now: datetime) -> None:
    facts = {
        "on": left.on.isoformat(),
        "since": left.since.isoformat(),
        "was_member": left.was_member,
        "number": left.number,
        "undo_until": undo,
    }
    outbox.put(session, kind="receipt_left", to=user_id, facts=facts, now=now)


def _take_back_new_application(session: Session, person_id: int, now: datetime) -> None:
    """Somebody who left, applied again and then undoes the leaving needs no application any more."""
    application = members.open_application(session, person_id)
    if application is not None:
        application.state, application.decided_at = ApplicationState.WITHDRAWN, now
        fees.cancel_open(session, person_id=person_id, by=f"person:{person_id}", now=now)


def _warn_if_too_few(session: Session, settings: Settings, today: date, now: datetime) -> None:
    if settings.legal_form is not LegalForm.SOCIETY:
        return
    count = members.count_of_members(session)
    if count >= SMALLEST_SOCIETY:
        return
    places = [settings.steering_channel] if settings.steering_channel else []
    officers = {officer.slack_user for officer in offices.current(session, today)}
    for place in places or sorted(officers):
        outbox.put(session, kind="too_few_members", to=place, facts={"members": count}, now=now)
