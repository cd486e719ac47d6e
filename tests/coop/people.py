"""Invented people, put into the record the short way for tests of rules."""

from datetime import date, datetime

from coop import offices
from storage import members, people
from storage.members import Membership
from storage.offices import Role
from storage.outbox import OutboxRow

TEAM = "T0HOME"


def a_person(session, user, *, now, name=None):
    person_id = people.add_with_account(session, TEAM, user, now)
    row = people.person(session, person_id)
    row.name, row.email = name or user.title(), f"{user.lower()}@barsetshire.example"
    return person_id


def a_member(session, user, *, now, name=None, since=date(2027, 1, 4)):
    person_id = a_person(session, user, now=now, name=name)
    row = people.person(session, person_id)
    row.member_number = row.member_number or members.next_number(session)
    session.add(Membership(person_id=person_id, kind="individual", entered_on=since, entered_at=now))
    session.flush()
    return person_id


def an_officer(session, user, *roles: Role, now: datetime, until=date(2028, 3, 31)):
    person_id = a_member(session, user, now=now)
    for role in roles:
        term = offices.Term(role, date(2027, 1, 4), until)
        offices.grant(session, person_id=person_id, term=term, by="command line", now=now)
    return person_id


def queued(session, *, to):
    """(kind, facts) of every message queued for a person or channel, in order."""
    rows = session.query(OutboxRow).filter(OutboxRow.to == to).order_by(OutboxRow.id)
    return [(row.kind, row.facts) for row in rows]
