from datetime import date, timedelta

import pytest

from coop import offices
from coop.errors import NotAllowed, UserError
from coop.offices import Contact, Seat, Term
from storage.log import broken_links
from storage.offices import Role
from tests.coop.people import TEAM, a_member, a_person, an_officer

TODAY = date(2027, 3, 27)


def test_an_office_is_held_from_its_first_to_its_last_day(database, now):
    with database.write() as session:
        asha = a_member(session, "UASHA", now=now)
        term = Term(Role.TREASURER, TODAY, date(2027, 4, 30))
        seat = offices.grant(session, person_id=asha, term=term, by="command line", now=now)
    assert seat == Seat(asha, "Uasha", Role.TREASURER, date(2027, 4, 30))
    with database.read() as session:
        assert offices.require(session, by=asha, role=Role.TREASURER, today=TODAY) == asha
        assert offices.require(session, by=asha, role=Role.TREASURER, today=date(2027, 4, 30)) == asha
        for day in (TODAY - timedelta(days=1), date(2027, 5, 1)):
            with pytest.raises(NotAllowed, match="Only the treasurer can do this"):
                offices.require(session, by=asha, role=Role.TREASURER, today=day)
        with pytest.raises(NotAllowed, match="Only members of the steering group"):
            offices.require(session, by=asha, role=Role.STEERING, today=TODAY)
        with pytest.raises(NotAllowed):
            offices.require(session, by=None, role=Role.TREASURER, today=TODAY)
        assert list(broken_links(session)) == []


def test_only_members_hold_offices(database, now):
    term = Term(Role.STEERING, TODAY, date(2028, 3, 31))
    with database.write() as session:
        bryn = a_person(session, "UBRYN", now=now, name="Bryn")
        with pytest.raises(UserError, match="Bryn is not a member"):
            offices.grant(session, person_id=bryn, term=term, by="command line", now=now)


def test_a_term_cannot_end_before_it_begins(database, now):
    term = Term(Role.STEERING, TODAY, date(2027, 3, 26))
    with database.write() as session:
        bryn = a_member(session, "UBRYN", now=now)
        with pytest.raises(UserError, match="26 March 2027 is in the past"):
            offices.grant(session, person_id=bryn, term=term, by="command line", now=now)


def test_a_new_term_replaces_the_current_one(database, now):
    with database.write() as session:
        asha = an_officer(session, "UASHA", Role.SECRETARY, now=now, until=date(2027, 12, 31))
        term = Term(Role.SECRETARY, TODAY, date(2028, 12, 31))
        offices.grant(session, person_id=asha, term=term, by="command line", now=now)
    with database.read() as session:
        held = offices.current(session, TODAY)
        assert [(officer.role, officer.until_on) for officer in held] == [
            (Role.SECRETARY, date(2028, 12, 31))
        ]
        assert offices.current(session, TODAY, Role.TREASURER) == []


def test_an_ended_office_is_gone_at_once_and_cannot_end_twice(database, now):
    with database.write() as session:
        asha = an_officer(session, "UASHA", Role.TREASURER, now=now)
        offices.end(session, person_id=asha, role=Role.TREASURER, by="command line", today=TODAY, now=now)
        assert offices.current(session, TODAY) == []
        assert not offices.is_officer(session, TEAM, "UASHA", TODAY)
        with pytest.raises(UserError, match="Uasha is not the treasurer"):
            offices.end(session, person_id=asha, role=Role.TREASURER, by="command line", today=TODAY, now=now)


def test_offices_end_with_the_membership_and_come_back_when_that_is_undone(database, now):
    with database.write() as session:
        asha = an_officer(session, "UASHA", Role.TREASURER, Role.STEERING, now=now)
        offices.end_all(session, person_id=asha, by="person:1", today=TODAY, now=now)
        assert offices.current(session, TODAY) == []
        later = now + timedelta(minutes=20)
        offices.restore(session, person_id=asha, ended_at=now, by="person:1", now=later)
        assert {officer.role for officer in offices.current(session, TODAY)} == {
            Role.TREASURER,
            Role.STEERING,
        }


def test_two_different_people_are_named_to_ask_the_treasurer_first(database, now):
    with database.write() as session:
        assert offices.contacts(session, TODAY) == ()
        an_officer(session, "UASHA", Role.STEERING, now=now)
        an_officer(session, "UBRYN", Role.STEERING, Role.TREASURER, now=now)
        an_officer(session, "UCARYS", Role.SECRETARY, now=now)
        assert offices.contacts(session, TODAY) == (
            Contact("UBRYN", "Ubryn", "the treasurer"),
            Contact("UCARYS", "Ucarys", "the secretary"),
        )
