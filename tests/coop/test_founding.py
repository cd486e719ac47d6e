from datetime import date

import pytest

from coop import founding, offices, standing
from coop.errors import UserError
from coop.founding import Founder
from coop.settings import FeePeriod, Settings
from coop.standing import NextStep, State
from storage import members
from storage.offices import Role
from tests.coop.people import TEAM, queued

TODAY, UNTIL = date(2027, 3, 27), date(2028, 3, 31)
THREE = [Founder(TEAM, "UASHA", "Asha"), Founder(TEAM, "UBRYN", "Bryn"), Founder(TEAM, "UCARYS", "Carys")]
POUND = Settings(fee_period=FeePeriod.ONCE, fee_pence=100, pay_to="Sort code")


def found(database, now, founders=THREE, settings=POUND):
    with database.write() as session:
        return founding.found(session, founders=founders, until=UNTIL, settings=settings, now=now)


def test_founders_are_members_and_the_steering_group_and_owe_the_fee(database, now):
    seats = found(database, now)
    assert [(seat.name, seat.role, seat.until_on) for seat in seats] == [
        ("Asha", Role.STEERING, UNTIL),
        ("Bryn", Role.STEERING, UNTIL),
        ("Carys", Role.STEERING, UNTIL),
    ]
    with database.read() as session:
        assert [officer.name for officer in offices.current(session, TODAY, Role.STEERING)] == [
            "Asha",
            "Bryn",
            "Carys",
        ]
        asha = standing.of_account(session, TEAM, "UASHA", today=TODAY, now=now)
        assert (asha.state, asha.next_step, asha.number) == (State.MEMBER, NextStep.PAY, 1)
        assert len(asha.owed) == 1
        first, second = queued(session, to="UASHA")
        assert (first[0], first[1]["name"], len(first[1]["contacts"])) == ("founder_entered", "Asha", 2)
        assert (second[0], second[1]["why"]) == ("fee_to_pay", "founder")


def test_one_person_is_not_a_steering_group(database, now):
    with pytest.raises(UserError, match="at least two people"):
        found(database, now, founders=[THREE[0], THREE[0]])
    with database.read() as session:
        assert members.count_of_members(session) == 0


def test_a_network_is_founded_once(database, now):
    found(database, now, settings=Settings())
    with pytest.raises(UserError, match="role grant"):
        found(database, now)
