"""The steering group decides on who has applied."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from coop import joining, offices, words
from coop.errors import FieldError, NotAllowed, UserError
from coop.settings import Settings
from storage import log, members, outbox, people
from storage.members import Application, ApplicationState
from storage.offices import Role

REASON = "reason"  # the block of the form
LONGEST_REASON = 500  # written out with &amp; for &, it still fits one block of a window
OWN_APPLICATION = (
    "Nobody decides on their own application, so nothing changed. Another member of the steering group can."
)


@dataclass(frozen=True)
class Applicant:
    """What those who decide may see of an application."""

    application_id: int
    name: str
    slack_user: str | None
    applied_on: date


def waiting(session: Session, *, application_id: int, by: int | None, today: date) -> Applicant:
    """The applicant, for somebody who may decide now. Raises NotAllowed, UserError."""
    application = _undecided(session, application_id, by, today)
    return _applicant(session, application)


def checked_reason(typed: str) -> str:
    """Raises FieldError."""
    reason = typed.strip()
    if not reason:
        raise FieldError(REASON, "Say why, in a sentence that they will read.")
    if len(reason) > LONGEST_REASON:
        raise FieldError(REASON, f"This is too long: {LONGEST_REASON:,} characters are the most.")
    return reason


def approve(
    session: Session, *, application_id: int, by: int | None, settings: Settings, now: datetime
) -> Applicant:
    """Raises NotAllowed for anybody but a current member of the steering group other than the applicant."""
    today = words.today_in(now, settings.network_timezone)
    application = _undecided(session, application_id, by, today)
    joining.admit(session, application=application, by=f"person:{by}", settings=settings, now=now)
    _tell_steering(session, application, "approved", by, settings, now)
    return _applicant(session, application)


def decline(
    session: Session,
    *,
    application_id: int,
    reason: str,
    by: int | None,
    settings: Settings,
    now: datetime,
) -> Applicant:
    """The applicant is sent the reason exactly as given, and may apply again. Raises as `approve` does."""
    today = words.today_in(now, settings.network_timezone)
    application = _undecided(session, application_id, by, today)
    application.state, application.reason = ApplicationState.DECLINED, checked_reason(reason)
    application.decided_on, application.decided_at, application.decided_by = today, now, f"person:{by}"
    about = f"person:{application.person_id}"
    facts: dict[str, log.Fact] = {"application": application.id, "reason": application.reason}
    log.record(session, act="declined", by=f"person:{by}", about=about, now=now, facts=facts)
    _tell_steering(session, application, "declined", by, settings, now)
    if (user := people.slack_user_of(session, application.person_id)) is not None:
        contacts = [[contact.slack_user, contact.role] for contact in offices.contacts(session, today)]
        told = {"reason": application.reason, "decided_on": today.isoformat(), "contacts": contacts}
        outbox.put(session, kind="application_declined", to=user, facts=told, now=now)
    return _applicant(session, application)


def _undecided(session: Session, application_id: int, by: int | None, today: date) -> Application:
    decider = offices.require(session, by=by, role=Role.STEERING, today=today)
    application = members.application(session, application_id)
    if application is None:
        raise UserError("I cannot find this application any more. Nothing changed.")
    if application.person_id == decider:
        raise NotAllowed(OWN_APPLICATION)
    if application.state != ApplicationState.WAITING:
        raise UserError(_decided(session, application))
    return application


def _decided(session: Session, application: Application) -> str:
    name = people.person(session, application.person_id).name or "The applicant"
    if application.state == ApplicationState.WITHDRAWN:
        return f"{name} has taken the application back, so there is nothing to decide. Nothing changed."
    word = "declined" if application.state == ApplicationState.DECLINED else "approved"
    when = f" on {words.on(application.decided_on)}" if application.decided_on else ""
    whom = _decider(session, application)
    return f"{name}'s application was {word}{when}{whom} already. Nothing changed."


def _decider(session: Session, application: Application) -> str:
    kind, _, person_id = (application.decided_by or "").partition(":")
    if kind != "person":
        return ""
    return f" by {people.person(session, int(person_id)).name or 'an officer'}"


def _applicant(session: Session, application: Application) -> Applicant:
    return Applicant(
        application.id,
        people.person(session, application.person_id).name or "",
        people.slack_user_of(session, application.person_id),
        application.applied_on,
    )


def _tell_steering(
    session: Session, application: Application, word: str, by: int | None, settings: Settings, now: datetime
) -> None:
    if application.message_id is None or not settings.steering_channel or by is None:
        return
    facts = {
        "name": people.person(session, application.person_id).name or "",
        "word": word,
        "by": people.mentionable(session, by),
        "on": words.today_in(now, settings.network_timezone).isoformat(),
    }
    outbox.put(
        session,
        kind="application_decided",
        to=settings.steering_channel,
        facts=facts,
        now=now,
        after_id=application.message_id,
        replaces=True,
    )
