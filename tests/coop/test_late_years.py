"""Yearly fees, and money for a year before somebody left that is found after they came back."""

from datetime import date

import pytest

from coop import paying
from coop.settings import FeePeriod, Settings
from coop.standing import State
from storage import fees as record
from storage import people
from storage.fees import Fee
from storage.log import broken_links
from tests.coop.network import DAY, Network
from tests.coop.people import TEAM, queued

YEARLY = Settings(
    network_name="Barset Digital", fee_period=FeePeriod.YEARLY, fee_pence=100, pay_to="Sort code"
)
DEARER = YEARLY.model_copy(update={"fee_pence": 1_200})  # money for another year cannot be meant for it
FIRST = (date(2027, 3, 27), date(2028, 3, 26))
SECOND = (date(2027, 7, 15), date(2028, 7, 14))
SECOND_AFTER_FIRST = (date(2028, 3, 27), date(2029, 3, 26))
OWED_ON = date(2027, 7, 4)  # while the first year was owed


@pytest.fixture
def network(database, now):
    """Dev was a member from 27 March 2027, owed the year, and left on 5 July."""
    made = Network(database, now, YEARLY)
    made.joins()
    [payment] = payments(made)
    made.act(paying.undo, entry_id=payment.entry_id, by=made.treasurer)
    made.now += 100 * DAY
    made.leaves()
    made.now += 10 * DAY
    return made


def payments(network):
    with network.database.read() as session:
        return record.standing_payments(session, 10)


def books_the_first_year(network):
    """The treasurer finds what had come before Dev left."""
    with network.database.read() as session:
        first = session.query(Fee).filter_by(covers_from=FIRST[0]).one()
    facts = {"fee_ids": [first.id], "gone": [first.id], "paid_on": OWED_ON, "by": network.treasurer}
    [payment] = network.act(paying.mark_paid, **facts)
    assert payment.is_owed
    return payment


def standing_years(network):
    """First day, last day and whether it is paid, of every fee of Dev's that counts."""
    with network.database.read() as session:
        dev = people.person_id_of(session, TEAM, "UDEV")
        rows = session.query(Fee).filter_by(person_id=dev, cancelled_at=None).order_by(Fee.covers_from)
        return [(row.covers_from, row.covers_until, row.paid_on is not None) for row in rows]


def next_charge(network):
    """The day on which the daily job next charges somebody who is a member all the time."""
    before = len(network.fees())
    for _ in range(900):
        network.charges()
        if len(network.fees()) > before:
            return network.now.date()
        network.now += DAY
    return None


def test_who_has_paid_again_meanwhile_has_both_years_one_after_the_other(network):
    network.joins()
    assert standing_years(network) == [(*SECOND, True)]
    books_the_first_year(network)
    assert standing_years(network) == [(*FIRST, True), (*SECOND_AFTER_FIRST, True)]
    assert (network.state(), network.owed()) == (State.MEMBER, [])
    assert next_charge(network) == date(2029, 3, 27)
    with network.database.read() as session:
        assert list(broken_links(session)) == []


def test_years_that_followed_follow_still(network):
    network.joins()
    network.now += 366 * DAY
    network.charges()
    network.pays()
    books_the_first_year(network)
    assert standing_years(network) == [
        (*FIRST, True),
        (*SECOND_AFTER_FIRST, True),
        (date(2029, 3, 27), date(2030, 3, 26), True),
    ]


def test_found_by_mistake_and_taken_back_everything_is_as_before(network):
    network.joins()
    network.now += 366 * DAY
    network.charges()
    network.pays()
    before = standing_years(network)
    with network.database.read() as session:
        told = len(queued(session, to="UDEV"))
    payment = books_the_first_year(network)
    network.act(paying.undo, entry_id=payment.entry_id, by=network.treasurer)
    assert (standing_years(network), network.owed()) == (before, [])
    with network.database.read() as session:
        assert [kind for kind, _ in queued(session, to="UDEV")[told:]] == ["receipt_paid"]
    books_the_first_year(network)
    assert [first for first, *_ in standing_years(network)] == [
        date(2027, 3, 27), date(2028, 3, 27), date(2029, 3, 27)
    ]  # fmt: skip


def test_a_year_that_is_due_since_they_came_back_is_owed_no_more(network):
    network.settings = DEARER
    network.joins()
    newest, *_ = payments(network)
    network.act(paying.undo, entry_id=newest.entry_id, by=network.treasurer)
    assert standing_years(network) == [(*SECOND, False)]
    payment = books_the_first_year(network)
    assert (standing_years(network), network.owed()) == ([(*FIRST, True)], [])
    network.act(paying.undo, entry_id=payment.entry_id, by=network.treasurer)
    assert (standing_years(network), len(network.owed())) == ([(*FIRST, False)], 1)


def test_who_waits_only_for_their_new_fee_is_a_member_at_once(network):
    network.settings = DEARER
    network.applies()
    assert network.state() is State.APPROVED_FEE_DUE
    books_the_first_year(network)
    assert (network.state(), network.owed()) == (State.MEMBER, [])
    assert standing_years(network) == [(*FIRST, True)]
    with network.database.read() as session:
        assert [kind for kind, _ in queued(session, to="UDEV")[-2:]] == ["receipt_joined", "card"]


def test_a_year_that_is_over_leaves_the_new_fee_due(network):
    network.now += 300 * DAY
    network.settings = DEARER
    network.applies()
    books_the_first_year(network)
    assert (network.state(), len(network.owed())) == (State.APPROVED_FEE_DUE, 1)
    network.pays()
    assert standing_years(network)[1:] == [(date(2028, 5, 10), date(2029, 5, 9), True)]
