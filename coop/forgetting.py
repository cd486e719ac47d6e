"""Keeping the promises of the privacy notice: what is past its time is erased without being asked, and what
need not be kept when somebody asks.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from coop import details, leaving, offices, words
from coop.errors import UserError
from coop.settings import Settings
from storage import erasing, log, members, people
from storage.members import CeaseReason, MembershipKind

EMAIL_KEPT = timedelta(days=30)
APPLICATIONS_KEPT = timedelta(days=365)


@dataclass(frozen=True)
class Erasable:
    """Somebody whose details can be erased. An expulsion stays known, or it would end by asking for this."""

    person_id: int
    name: str
    was_member: bool
    was_expelled: bool
    has_paid: bool


def erasable(session: Session, *, user_id: str, settings: Settings, now: datetime) -> Erasable:
    """Who is behind a Slack member ID. Raises UserError for strangers, members, officers and applicants."""
    person_id = offices.holder(session, user_id)
    name = people.person(session, person_id).name or user_id
    if offices.roles_of(session, person_id, words.today_in(now, settings.network_timezone)):
        raise UserError(
            f"{name} holds an office, and members have to know who does. Once it has ended with "
            "`countmein role end` and they have left with `/member leave`, type this again. Nothing changed."
        )
    if any(members.current_membership(session, person_id, kind) for kind in MembershipKind):
        raise UserError(
            f"{name} is a member, and the register needs to say who that is. Once they have left with "
            "`/member leave`, type this again. Nothing changed."
        )
    if members.open_application(session, person_id) is not None:
        raise UserError(
            f"{name} has applied and waits to become a member. Once they have taken it back with "
            "`/member leave`, or the steering group has declined it, type this again. Nothing changed."
        )
    last = members.last_membership(session, person_id)
    if last is not None and leaving.can_undo(last.ceased_at, now):
        raise UserError(
            f"{name} left less than an hour ago and can still undo it. Type this again in an hour. "
            "Nothing changed."
        )
    return Erasable(
        person_id,
        name,
        was_member=erasing.was_member(session, person_id),
        was_expelled=last is not None and last.cease_reason == CeaseReason.EXPELLED,
        has_paid=erasing.has_paid(session, person_id),
    )


def erase(session: Session, *, user_id: str, by: str, settings: Settings, now: datetime) -> Erasable:
    """Erase all that need not be kept. Raises as `erasable` does. The log's chain stays verifiable."""
    found = erasable(session, user_id=user_id, settings=settings, now=now)
    if found.was_member:
        erasing.erase_beyond_register(session, found.person_id, keeps_account=found.was_expelled)
    else:
        erasing.erase_applicant(session, found.person_id)
        log.forget(session, f"person:{found.person_id}")
    log.forget(session, details.email_subject(found.person_id))
    _record(session, "details erased", found.person_id, now, by=by)
    return found


def forget(session: Session, *, settings: Settings, now: datetime, limit: int = 50) -> int:
    """Erase e-mails 30 days after leaving and refused applications after a year; how many it erased.

    Call again until it says 0. The log's chain stays verifiable.
    """
    today = words.today_in(now, settings.network_timezone)
    left = erasing.left_before(session, today - EMAIL_KEPT, limit)
    for person_id in left:
        erasing.erase_email(session, person_id)
        log.forget(session, details.email_subject(person_id))
        _record(session, "e-mail erased", person_id, now)
    refused = erasing.refused_before(session, today - APPLICATIONS_KEPT, limit)
    for person_id in refused:
        erasing.erase_applicant(session, person_id)
        log.forget(session, details.email_subject(person_id))
        log.forget(session, f"person:{person_id}")
        _record(session, "application erased", person_id, now)
    return len(left) + len(refused)


def _record(session: Session, act: str, person_id: int, now: datetime, *, by: str = "countmein") -> None:
    log.record(session, act=act, by=by, about=f"person:{person_id}", now=now)
