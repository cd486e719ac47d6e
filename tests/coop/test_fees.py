from datetime import date, timedelta

import pytest

from coop import fees, standing
from coop.settings import FeePeriod, Settings
from coop.standing import State
from storage import fees as record
from storage import members
from storage.offices import Role
from tests.coop.people import TEAM, a_member, an_officer, queued

ONCE = Settings(network_name="Barset Digital", fee_period=FeePeriod.ONCE, fee_pence=100, pay_to="Sort code")
YEARLY = ONCE.model_copy(update={"fee_period": FeePeriod.YEARLY})


def raised(database, settings, now):
    with database.write() as session:
        return fees.raise_fees(session, settings=settings, now=now)


def owed_by(database, person_id):
    with database.read() as session:
        return [
            (fee.covers_from, fee.covers_until, fee.due_on) for fee in record.open_fees(session, person_id)
        ]


def test_turning_a_fee_on_charges_every_member_once_and_all_stay_members(database, now):
    with database.write() as session:
        an_officer(session, "UDEE", Role.TREASURER, now=now)
        asha = a_member(session, "UASHA", now=now)
    assert raised(database, ONCE, now) == 2
    assert raised(database, ONCE, now + timedelta(days=800)) == 0
    assert owed_by(database, asha) == [(date(2027, 3, 27), date(2028, 3, 26), date(2027, 4, 26))]
    with database.read() as session:
        for day, state in ((date(2027, 4, 26), State.MEMBER), (date(2027, 4, 27), State.FEE_OVERDUE)):
            found = standing.of_account(session, TEAM, "UASHA", today=day, now=now)
            assert (found.state, found.is_member) == (state, True)
        [(kind, facts)] = queued(session, to="UASHA")
        assert (kind, facts["why"], facts["covers"], facts["due_on"]) == (
            "fee_to_pay",
            "member",
            None,
            "2027-04-26",
        )
        assert facts["contacts"] == [["UDEE", "the treasurer"]]


@pytest.mark.parametrize("settings", [Settings(), Settings(fee_pence=100), Settings(fee_period="once")])
def test_without_a_fee_nobody_is_charged(database, now, settings):
    with database.write() as session:
        a_member(session, "UASHA", now=now)
    assert raised(database, settings, now) == 0


def test_a_yearly_fee_follows_the_year_before_whenever_the_job_runs(database, now):
    with database.write() as session:
        asha = a_member(session, "UASHA", now=now)
    assert raised(database, YEARLY, now) == 1
    assert raised(database, YEARLY, now + timedelta(days=364)) == 0
    assert raised(database, YEARLY, now + timedelta(days=376)) == 1
    assert owed_by(database, asha) == [
        (date(2027, 3, 27), date(2028, 3, 26), date(2027, 4, 26)),
        (date(2028, 3, 27), date(2029, 3, 26), date(2028, 5, 6)),
    ]


def test_after_years_without_fees_nobody_pays_for_a_year_that_is_over(database, now):
    with database.write() as session:
        asha = a_member(session, "UASHA", now=now)
    raised(database, ONCE, now)
    later = now + timedelta(days=1000)
    assert raised(database, YEARLY, later) == 1
    assert owed_by(database, asha)[-1][0] == later.date()


def test_who_left_is_not_charged_and_who_came_back_is_charged_for_the_new_membership(database, now):
    with database.write() as session:
        asha = a_member(session, "UASHA", now=now, since=date(2026, 1, 1))
    raised(database, ONCE, now - timedelta(days=100))
    with database.write() as session:
        members.current_membership(session, asha).ceased_on = date(2027, 3, 1)
    assert raised(database, ONCE, now) == 0
    with database.write() as session:
        a_member(session, "UASHA", now=now, since=date(2027, 3, 27))
    assert raised(database, ONCE, now) == 1


def test_members_are_charged_a_batch_at_a_time(database, now):
    with database.write() as session:
        for at in range(5):
            a_member(session, f"U{at}", now=now)
    counts = []
    while not counts or counts[-1]:
        with database.write() as session:
            counts.append(fees.raise_fees(session, settings=ONCE, now=now, limit=2))
    assert counts == [2, 2, 1, 0]
