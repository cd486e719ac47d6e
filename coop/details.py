"""A person's own details: what the form asks for, what is accepted, and changing it later."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from coop import texts
from coop.errors import FieldError, UserError
from storage import log, members, people
from storage.members import Agreement

# The blocks of the form, so that a refusal can name the field it belongs beside.
NAME, EMAIL, AGE, AGREEMENT = "name", "email", "age", "agreement"
MINIMUM_AGE = 16  # model rule 14 of co-operatives; facts are in the rules of each network
LONGEST_NAME, LONGEST_EMAIL = 100, 254
_JOINERS = str.maketrans("", "", "\u200c\u200d")  # no sign of their own; Persian and Indian names need them


@dataclass(frozen=True)
class Details:
    """What the register holds about somebody, as they gave it."""

    name: str
    email: str


@dataclass(frozen=True)
class Form:
    """The joining form as it was sent."""

    name: str
    email: str
    is_old_enough: bool
    agrees: bool


def checked(form: Form) -> Details:
    """Raises FieldError for the first field that cannot be accepted."""
    details = checked_details(form.name, form.email)
    if not form.is_old_enough:
        raise FieldError(AGE, f"Members have to be {MINIMUM_AGE} or over.")
    if not form.agrees:
        raise FieldError(AGREEMENT, "You can join only if you agree with what the network stands for.")
    return details


def checked_details(name: str, email: str) -> Details:
    """Raises FieldError."""
    name = " ".join(unicodedata.normalize("NFC", name).split())
    email = email.strip()
    if not 2 <= len(name) <= LONGEST_NAME or not any(character.isalpha() for character in name):
        raise FieldError(NAME, "Give the name you are known by, between 2 and 100 characters.")
    if not name.translate(_JOINERS).isprintable():
        raise FieldError(NAME, "This name has a character in it that cannot be shown. Type it again.")
    if len(email) > LONGEST_EMAIL or not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}", email):
        raise FieldError(EMAIL, "This is not an e-mail address. One looks like asha@council.example.")
    return Details(name, email)


def of_account(session: Session, team_id: str, user_id: str) -> Details | None:
    """What we hold about the person behind an account; None when that is nothing."""
    person_id = people.person_id_of(session, team_id, user_id)
    if person_id is None:
        return None
    row = people.person(session, person_id)
    return Details(row.name or "", row.email or "") if row.name or row.email else None


def change(session: Session, *, team_id: str, user_id: str, name: str, email: str, now: datetime) -> Details:
    """Members and applicants change what the register says about them. Raises FieldError, UserError."""
    details = checked_details(name, email)
    person_id = people.person_id_of(session, team_id, user_id)
    if person_id is None or not _is_kept(session, person_id):
        raise UserError("We keep no details about you: you have not joined. Nothing changed.")
    _keep(session, person_id, details, now)
    person = f"person:{person_id}"
    facts = {"name": details.name}
    log.record(session, act="details changed", by=person, about=person, now=now, facts=facts)
    return details


def email_subject(person_id: int) -> str:
    """What the log calls somebody's e-mail, kept apart so that it can be erased before the rest."""
    return f"email:{person_id}"


def _keep(session: Session, person_id: int, details: Details, now: datetime) -> None:
    row = people.person(session, person_id)
    row.name, row.email = details.name, details.email
    log.record(
        session,
        act="e-mail given",
        by=f"person:{person_id}",
        about=email_subject(person_id),
        now=now,
        facts={"email": details.email},
    )


def record_agreement(
    session: Session, *, person_id: int, details: Details, today: date, now: datetime
) -> None:
    """Keep what somebody gave and agreed to in the joining form, with the versions of both texts."""
    principles, privacy = texts.principles().version, texts.privacy_notice().version
    _keep(session, person_id, details, now)
    session.add(
        Agreement(
            person_id=person_id,
            principles_version=principles,
            privacy_version=privacy,
            minimum_age=MINIMUM_AGE,
            agreed_on=today,
            agreed_at=now,
        )
    )
    log.record(
        session,
        act="agreed",
        by=f"person:{person_id}",
        about=f"person:{person_id}",
        now=now,
        facts={
            "name": details.name,
            "principles": principles,
            "privacy notice": privacy,
            "age": MINIMUM_AGE,
        },
    )


def _is_kept(session: Session, person_id: int) -> bool:
    is_member = members.current_membership(session, person_id) is not None
    return is_member or members.open_application(session, person_id) is not None
