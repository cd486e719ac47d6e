"""Applying to join: one act, however often and from however many places it is asked for."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from coop import details, entering, fees, offices, words
from coop.details import Details, Form
from coop.errors import UserError
from coop.fees import Owed
from coop.settings import JoinApproval, Settings
from storage import fees as fee_record
from storage import log, members, outbox, people
from storage.members import Application, ApplicationState, CeaseReason


class Outcome(StrEnum):
    JOINED = "joined"
    WAITING = "waiting"
    FEE_DUE = "fee due"
    MEMBER_ALREADY = "member already"
    WAITING_ALREADY = "waiting already"
    FEE_DUE_ALREADY = "fee due already"
    DETAILS_ADDED = "details added"


@dataclass(frozen=True)
class Applied:
    """What came of it. `since` is the day of joining, or of applying while nothing is decided."""

    outcome: Outcome
    name: str
    since: date
    number: int | None = None
    owed: Owed | None = None


@dataclass(frozen=True)
class Account:
    """A Slack account that Slack itself says is a full member of the workspace."""

    team_id: str
    user_id: str


def apply(session: Session, *, account: Account, form: Form, settings: Settings, now: datetime) -> Applied:
    """Apply to join; whoever has joined or applied already keeps what they have.

    Raises FieldError for a wrong field, UserError for somebody whom only the members can let back in.
    """
    given = details.checked(form)
    today = words.today_in(now, settings.network_timezone)
    person_id = people.add_with_account(session, account.team_id, account.user_id, now)
    if (known := _known_already(session, person_id, given, today, now)) is not None:
        return known
    _refuse_expelled(session, person_id, settings, today)
    details.record_agreement(session, person_id=person_id, details=given, today=today, now=now)
    application = _application(session, person_id, given, today, now)
    if settings.join_approval is JoinApproval.STEERING:
        _ask_steering(session, application, given, settings, now)
        return Applied(Outcome.WAITING, given.name, today)
    return admit(session, application=application, by="countmein", settings=settings, now=now)


def admit(
    session: Session, *, application: Application, by: str, settings: Settings, now: datetime
) -> Applied:
    """Approve an application: with a fee still to pay it waits for that, otherwise it makes a member."""
    today = words.today_in(now, settings.network_timezone)
    person_id = application.person_id
    application.decided_on, application.decided_at, application.decided_by = today, now, by
    log.record(session, act="approved", by=by, about=f"person:{person_id}", now=now)
    paid = fees.paid_before(
        session, person_id, settings=settings, applied_on=application.applied_on, today=today
    )
    if fees.are_charged(settings) and paid is None:
        application.state = ApplicationState.APPROVED
        fee = fees.raise_fee(
            session, person_id=person_id, application_id=application.id, settings=settings, now=now
        )
        why = "approved" if settings.join_approval is JoinApproval.STEERING else "joining"
        fees.ask_to_pay(session, fee, why=why, settings=settings, now=now)
        name = people.person(session, person_id).name or ""
        return Applied(Outcome.FEE_DUE, name, application.applied_on, owed=fees.owed(fee))
    entered = entering.enter(
        session, person_id=person_id, application=application, by=by, settings=settings, now=now
    )
    if paid is not None:
        fees.carry_over(paid, since=today, settings=settings)
    entering.give_receipt(session, entered, paid=None, settings=settings, now=now)
    return Applied(Outcome.JOINED, entered.name, entered.since, entered.number)


def _known_already(
    session: Session, person_id: int, given: Details, today: date, now: datetime
) -> Applied | None:
    if (membership := members.current_membership(session, person_id)) is not None:
        number = people.person(session, person_id).member_number
        if members.last_agreement(session, person_id) is None:  # a founder completes the register
            details.record_agreement(session, person_id=person_id, details=given, today=today, now=now)
            return Applied(Outcome.DETAILS_ADDED, given.name, membership.entered_on, number)
        return Applied(Outcome.MEMBER_ALREADY, given.name, membership.entered_on, number)
    application = members.open_application(session, person_id)
    if application is None:
        return None
    if application.state == ApplicationState.WAITING:
        return Applied(Outcome.WAITING_ALREADY, given.name, application.applied_on)
    due = next(iter(fee_record.open_fees(session, person_id)), None)
    owed = fees.owed(due) if due else None
    return Applied(Outcome.FEE_DUE_ALREADY, given.name, application.applied_on, owed=owed)


def _refuse_expelled(session: Session, person_id: int, settings: Settings, today: date) -> None:
    # Usual rule of co-operatives: who was expelled comes back only by a decision of the members.
    last = members.last_membership(session, person_id)
    if last is None or last.ceased_on is None or last.cease_reason != CeaseReason.EXPELLED:
        return
    asked = [contact.name for contact in offices.contacts(session, today)]
    whom = words.listed(asked, last="or") or f"an officer of {settings.network_name}"
    raise UserError(
        f"You were a member until {words.on(last.ceased_on)}. To come back takes a decision of the members, "
        f"so nothing changed. Ask {whom} how to bring it to a meeting."
    )


def _application(session: Session, person_id: int, given: Details, today: date, now: datetime) -> Application:
    application = Application(
        person_id=person_id, state=ApplicationState.WAITING, applied_on=today, applied_at=now
    )
    session.add(application)
    session.flush()
    log.record(
        session,
        act="applied",
        by=f"person:{person_id}",
        about=f"person:{person_id}",
        now=now,
        facts={"application": application.id, "name": given.name},
    )
    return application


def _ask_steering(
    session: Session, application: Application, given: Details, settings: Settings, now: datetime
) -> None:
    user = people.slack_user_of(session, application.person_id)
    facts = {
        "application": application.id,
        "name": given.name,
        "user": user,
        "applied_on": application.applied_on.isoformat(),
    }
    application.message_id = outbox.put(
        session, kind="application_waiting", to=settings.steering_channel, facts=facts, now=now
    )
    if user is not None:
        outbox.put(
            session,
            kind="receipt_applied",
            to=user,
            facts={"name": given.name, "applied_on": application.applied_on.isoformat()},
            now=now,
        )
