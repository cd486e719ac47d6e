"""The secret address at which somebody's own calendar reads what is planned. It ends with their office."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing.moment import Moment
from storage import calendar_addresses, log
from storage.calendar_addresses import CalendarAddress
from storage.offices import Role

SECRET_BYTES = 32


@dataclass(frozen=True)
class Address:
    """`secret` is told once, when it is made; after that it is None, and nobody can find it out again."""

    secret: str | None
    made_at: datetime


def address(session: Session, *, by: int | None, moment: Moment) -> Address:
    """The person's address, made if they have none. Raises NotAllowed outside the steering group."""
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    if row := calendar_addresses.address_of(session, person):
        return Address(None, row.made_at)
    return _made(session, person, moment)


def renew(session: Session, *, by: int | None, moment: Moment) -> Address:
    """A new address; the old one stops with this. Raises NotAllowed outside the steering group."""
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    return _made(session, person, moment)


def may_read(session: Session, *, secret: str, moment: Moment) -> bool:
    """Whether it is the secret of somebody who is on the steering group today."""
    asked, reader = _hash(secret), None
    for person, known in calendar_addresses.addresses(session):
        if hmac.compare_digest(asked, known):
            reader = person
    return reader is not None and Role.STEERING in offices.roles_of(session, reader, moment.today)


def _made(session: Session, person: int, moment: Moment) -> Address:
    secret = secrets.token_urlsafe(SECRET_BYTES)
    session.merge(CalendarAddress(person_id=person, sha256=_hash(secret), made_at=moment.now))
    who = f"person:{person}"
    log.record(session, act="calendar address made", by=who, about=who, now=moment.now)
    return Address(secret, moment.now)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
