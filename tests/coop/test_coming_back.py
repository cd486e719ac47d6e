"""Leaving and coming back: what was paid is not asked for twice, whichever way the network charges."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from coop import paying
from coop.settings import FeePeriod, JoinApproval, LegalForm, Settings
from coop.standing import State
from storage import fees as record
from storage import people, register
from tests.coop.network import DAY, Network
from tests.coop.people import TEAM, queued


@pytest.fixture(params=[(period, way) for period in ("once", "yearly") for way in JoinApproval], ids=str)
def network(request, database, now):
    period, way = request.param
    settings = Settings(
        network_name="Barset Digital",
        fee_period=FeePeriod(period),
        fee_pence=100,
        pay_to="Sort code",
        join_approval=way,
        steering_channel="GSTEER",
    )
    return Network(database, now, settings)


@pytest.mark.parametrize("decided_after", [timedelta(0), DAY, 3 * DAY], ids=str)
def test_who_leaves_and_applies_again_in_one_day_is_asked_for_one_fee(network, decided_after):
    network.joins()
    network.leaves()
    network.joins(decided_after=decided_after)
    assert network.state() is State.MEMBER
    assert len(network.fees()) == 1
    for _ in range(3):
        network.charges()
        network.now += DAY
    assert [paid for *_, paid in network.fees()] == [True]
    with network.database.read() as session:
        assert [kind for kind, _ in queued(session, to="UDEV")].count("fee_to_pay") == 1


def test_so_is_who_had_paid_long_before(network):
    network.joins()
    network.now += 100 * DAY
    network.leaves()
    network.joins(decided_after=2 * DAY)
    network.charges()
    network.now += DAY
    network.charges()
    assert network.state() is State.MEMBER
    assert [paid for *_, paid in network.fees()] == [True]


def test_three_times_in_one_day_is_one_fee_still(network):
    for _ in range(3):
        network.joins()
        network.leaves()
    network.joins()
    network.charges()
    assert (network.state(), len(network.fees())) == (State.MEMBER, 1)


def test_who_had_not_paid_owes_one_fee_when_they_come_back_in_one_day(network):
    network.applies()
    network.decides()
    network.leaves()
    network.joins()
    network.charges()
    assert network.state() is State.MEMBER
    assert [paid for *_, paid in network.fees()] == [False, True]
    assert network.owed() == []


def test_a_payment_taken_back_is_due_once_after_coming_back_in_one_day(network):
    network.joins()
    network.leaves()
    network.joins()
    with network.database.read() as session:
        [payment] = record.standing_payments(session, 10)
    network.act(paying.undo, entry_id=payment.entry_id, by=network.treasurer)
    network.charges()
    assert [paid for *_, paid in network.fees()] == [False]
    assert len(network.owed()) == 1


def test_a_member_charged_on_the_day_they_leave_and_come_back_is_charged_once(network):
    chosen, network.settings = network.settings, Settings()
    network.joins()
    network.settings = chosen
    network.charges()
    network.pays()
    network.leaves()
    network.joins()
    network.charges()
    assert [(since, paid) for since, _, paid in network.fees()] == [(date(2027, 3, 27), True)]


def test_a_year_paid_for_lasts_to_its_end_whoever_was_away_in_it(network):
    network.joins()
    network.now += 100 * DAY
    network.leaves()
    network.now += 10 * DAY
    network.joins()
    network.charges()
    asked = {FeePeriod.ONCE: 2, FeePeriod.YEARLY: 1}[network.settings.fee_period]
    assert (network.state(), len(network.fees())) == (State.MEMBER, asked)
    network.now += 256 * DAY  # the year that was paid first is over
    network.charges()
    if network.settings.fee_period is FeePeriod.YEARLY:
        assert [since for since, *_ in network.fees()] == [date(2027, 3, 27), date(2028, 3, 27)]
    assert len(network.fees()) == 2


def test_a_payment_taken_back_after_coming_back_is_due_once_and_nothing_else_is(network):
    network.joins()
    network.now += 100 * DAY
    network.leaves()
    network.now += 10 * DAY
    network.joins()
    with network.database.read() as session:
        newest, *_ = record.standing_payments(session, 10)
    network.act(paying.undo, entry_id=newest.entry_id, by=network.treasurer)
    before = network.fees()
    network.charges()
    assert network.fees() == before
    assert len(network.owed()) == 1


def test_in_a_society_the_share_goes_on_with_the_membership_and_was_held_before(network):
    society = {"legal_form": LegalForm.SOCIETY, "fee_period": FeePeriod.ONCE}
    network.settings = network.settings.model_copy(update=society)
    network.joins()
    network.now += 30 * DAY
    network.leaves()
    network.joins(decided_after=DAY)
    network.charges()
    with network.database.read() as session:
        dev = people.person_id_of(session, TEAM, "UDEV")
        for day in (date(2027, 3, 27), date(2027, 4, 25), network.now.date()):
            end = datetime.combine(day, time(23, 59), tzinfo=UTC)
            assert register.shares_as_at(session, day, end)[dev] == 1
            assert register.pence_for_shares_as_at(session, day)[dev] == 100
