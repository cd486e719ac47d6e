from datetime import date, timedelta
from itertools import product

import pytest

from coop import offices
from coop.errors import NotAllowed, UserError
from coop.offices import Contact, Seat, Term
from storage.log import LogEntry, broken_links
from storage.offices import Office, Role
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


@pytest.mark.parametrize("until", [date(2027, 3, 31), date(2028, 12, 31)])
def test_a_term_granted_twice_in_one_day_is_one_office_with_the_later_end_and_two_entries(
    database, now, until
):
    with database.write() as session:
        asha = a_member(session, "UASHA", now=now)
        for last, at in ((date(2027, 12, 31), now), (until, now + timedelta(minutes=5))):
            term = Term(Role.TREASURER, TODAY, last)
            offices.grant(session, person_id=asha, term=term, by="command line", now=at)
    with database.read() as session:
        assert spans(session, asha) == [(TODAY, until, None)]
        assert [officer.until_on for officer in offices.current(session, TODAY)] == [until]
        assert [entry.act for entry in session.query(LogEntry).order_by("seq")] == ["office granted"] * 2
        assert list(broken_links(session)) == []


def test_an_office_ended_and_granted_again_in_one_day_keeps_both_terms(database, now):
    with database.write() as session:
        asha = a_member(session, "UASHA", now=now)
        term = Term(Role.TREASURER, TODAY, date(2027, 12, 31))
        offices.grant(session, person_id=asha, term=term, by="command line", now=now)
        offices.end(session, person_id=asha, role=Role.TREASURER, by="command line", today=TODAY, now=now)
        offices.grant(session, person_id=asha, term=term, by="command line", now=now)
        assert spans(session, asha) == [
            (TODAY, date(2027, 12, 31), TODAY),
            (TODAY, date(2027, 12, 31), None),
        ]


def test_no_office_ever_ends_before_it_begins(database, now):
    with database.write() as session:
        asha = an_officer(session, "UASHA", Role.TREASURER, now=now)
        for wait, length in product((0, 0, 1, 5, 5), (0, 3)):
            day = TODAY + timedelta(days=wait)
            term = Term(Role.TREASURER, day, day + timedelta(days=length))
            offices.grant(session, person_id=asha, term=term, by="command line", now=now)
        held = spans(session, asha)
    assert [span for span in held if span[2] is not None and span[2] < span[0]] == []
    assert len([span for span in held if span[2] is None]) == 1


def spans(session, person_id):
    """First day, last day of the term, and the day it ended if it did."""
    rows = session.query(Office).filter_by(person_id=person_id).order_by(Office.id)
    return [(row.from_on, row.until_on, row.ended_on) for row in rows]


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
