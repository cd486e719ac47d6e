"""Leaving and coming back: what was paid is not asked for twice, whichever way the network charges."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from coop import approving, fees, joining, leaving, paying, standing
from coop.details import Form
from coop.joining import Account
from coop.settings import FeePeriod, JoinApproval, LegalForm, Settings
from coop.standing import State
from storage import fees as record
from storage import people, register
from storage.fees import Fee
from storage.members import Application, ApplicationState
from storage.offices import Role
from tests.coop.people import TEAM, an_officer, queued

DAY = timedelta(days=1)
FORM = Form("Dev Marchetti", "dev@barsetshire.example", is_old_enough=True, agrees=True)


class Network:
    """Dev, a treasurer, and a steering group where the network has one decide."""

    def __init__(self, database, now, settings):
        self.database, self.now, self.settings = database, now, settings
        with database.write() as session:
            self.treasurer = an_officer(session, "UTREE", Role.TREASURER, now=now)
            self.steering = an_officer(session, "USTEER", Role.STEERING, now=now)

    def act(self, rule, **facts):
        with self.database.write() as session:
            return rule(session, settings=self.settings, now=self.now, **facts)

    def applies(self):
        return self.act(joining.apply, account=Account(TEAM, "UDEV"), form=FORM)

    def decides(self):
        with self.database.read() as session:
            waiting = session.query(Application).filter_by(state=ApplicationState.WAITING).all()
            ids = [application.id for application in waiting]
        for application_id in ids:
            self.act(approving.approve, application_id=application_id, by=self.steering)

    def joins(self, *, decided_after=timedelta(0)):
        """Applies; whoever has to decide does; what is owed is paid."""
        applied = self.applies()
        self.now += decided_after
        self.decides()
        self.pays()
        return applied

    def pays(self):
        if due := [fee.id for fee in self.owed()]:
            paid_on = self.now.date()
            self.act(paying.mark_paid, fee_ids=due, paid_on=paid_on, by=self.treasurer)

    def leaves(self):
        return self.act(leaving.leave, team_id=TEAM, user_id="UDEV")

    def charges(self):
        """The daily job, until it says that nobody is left to charge."""
        while self.act(fees.raise_fees):
            pass

    def owed(self):
        with self.database.read() as session:
            return list(record.open_fees(session, people.person_id_of(session, TEAM, "UDEV")))

    def fees(self):
        """First day, last day and whether it is paid, of every fee that was ever asked of Dev."""
        with self.database.read() as session:
            dev = people.person_id_of(session, TEAM, "UDEV")
            rows = session.query(Fee).filter_by(person_id=dev).order_by(Fee.id)
            return [(row.covers_from, row.covers_until, row.paid_on is not None) for row in rows]

    def state(self):
        with self.database.read() as session:
            facts = {"today": self.now.date(), "now": self.now}
            return standing.of_account(session, TEAM, "UDEV", **facts).state


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
