"""Money that comes after somebody left, or took an application back."""

from datetime import date, timedelta

import pytest

from coop import forgetting, joining, leaving, paying, standing
from coop.details import Form
from coop.errors import UserError
from coop.fees import raise_fees
from coop.joining import Account
from coop.paying import Payable
from coop.settings import FeePeriod, Settings
from coop.standing import State
from storage import fees, members, people
from storage.fees import LedgerEntry, Payment
from storage.log import broken_links
from storage.offices import Role
from tests.coop.people import TEAM, an_officer, queued

TODAY = date(2027, 3, 27)
ONCE = Settings(network_name="Barset Digital", fee_period=FeePeriod.ONCE, fee_pence=100, pay_to="Sort code")
FORM = Form("Asha Patel", "asha@barsetshire.example", is_old_enough=True, agrees=True)
LATER = timedelta(days=10)


@pytest.fixture
def treasurer(database, now):
    with database.write() as session:
        return an_officer(session, "UTREE", Role.TREASURER, now=now)


def applies(database, now, settings=ONCE):
    with database.write() as session:
        account = Account(TEAM, "UASHA")
        return joining.apply(session, account=account, form=FORM, settings=settings, now=now).owed


def leaves(database, now):
    with database.write() as session:
        return leaving.leave(session, team_id=TEAM, user_id="UASHA", settings=ONCE, now=now)


def find(database, treasurer, now, *references):
    with database.read() as session:
        return paying.find(session, typed=references, by=treasurer, today=now.date())


def mark(database, treasurer, now, *fee_ids, gone=(), paid_on=None):
    with database.write() as session:
        facts = {"paid_on": paid_on or now.date(), "by": treasurer, "settings": ONCE, "now": now}
        return paying.mark_paid(session, fee_ids=fee_ids, gone=gone, **facts)


def take_back(database, treasurer, now, payment):
    with database.write() as session:
        facts = {"by": treasurer, "settings": ONCE, "now": now}
        return paying.undo(session, entry_id=payment.entry_id, **facts)


def a_member_who_owes(database, treasurer, now):
    """Somebody whose payment was marked by mistake, so that the fee of their membership is due."""
    owed = applies(database, now)
    [payment] = mark(database, treasurer, now, owed.fee_id)
    take_back(database, treasurer, now, payment)
    return owed


def state_of(database, now):
    with database.read() as session:
        return standing.of_account(session, TEAM, "UASHA", today=now.date(), now=now).state


def ledger(database):
    with database.read() as session:
        rows = session.query(LedgerEntry).order_by(LedgerEntry.id)
        return [(row.kind, row.amount_pence) for row in rows][2:]  # without the mistake


def test_money_that_comes_after_somebody_left_is_shown_and_booked_and_makes_nobody_a_member(
    database, now, treasurer
):
    owed = a_member_who_owes(database, treasurer, now)
    leaves(database, now + timedelta(days=1))
    found = find(database, treasurer, now + LATER, owed.reference)
    assert found.problems == ()
    assert found.payable == (
        Payable(owed.fee_id, "Asha Patel", 100, owed.reference, "left on 28 March 2027"),
    )
    [payment] = mark(database, treasurer, now + LATER, owed.fee_id, gone=[owed.fee_id])
    assert payment == Payment(
        payment.entry_id,
        payment.person_id,
        "Asha Patel",
        100,
        owed.reference,
        date(2027, 4, 6),
        is_owed=False,
    )
    assert ledger(database) == [("not owed", 100)]
    assert state_of(database, now + LATER) is State.LEFT
    with database.read() as session:
        assert fees.standing_payments(session, 10) == [payment]
        assert queued(session, to="UASHA")[-1] == (
            "receipt_not_owed",
            {
                "pence": 100,
                "reference": owed.reference,
                "paid_on": "2027-04-06",
                "how": "left",
                "on": "2027-03-28",
                "contacts": [["UTREE", "the treasurer"]],
            },
        )
        assert list(broken_links(session)) == []
    again = find(database, treasurer, now + LATER, owed.reference)
    assert again.problems == (f"{owed.reference} (Asha Patel) was paid on 6 April 2027 already.",)


def test_money_sent_back_is_reversed_and_asked_for_of_nobody(database, now, treasurer):
    owed = a_member_who_owes(database, treasurer, now)
    leaves(database, now)
    [payment] = mark(database, treasurer, now + LATER, owed.fee_id, gone=[owed.fee_id])
    applies(database, now + LATER)  # they have come back meanwhile, and owe the fee of today
    with database.read() as session:
        before = queued(session, to="UASHA")
    assert take_back(database, treasurer, now + LATER, payment) == payment
    assert ledger(database) == [("not owed", 100), ("not owed", -100)]
    with database.read() as session:
        assert queued(session, to="UASHA") == before
        assert [fee.id for fee in fees.open_fees(session, payment.person_id)] != [owed.fee_id]


@pytest.mark.parametrize(("paid_on", "kind"), [(TODAY, "subscription"), (date(2027, 3, 28), "not owed")])
def test_what_had_arrived_by_the_last_day_pays_the_fee_however_late_it_is_booked(
    database, now, treasurer, paid_on, kind
):
    owed = a_member_who_owes(database, treasurer, now)
    leaves(database, now)
    [payment] = mark(database, treasurer, now + LATER, owed.fee_id, gone=[owed.fee_id], paid_on=paid_on)
    assert (payment.is_owed, ledger(database)) == (kind == "subscription", [(kind, 100)])
    assert state_of(database, now + LATER) is State.LEFT
    with database.read() as session:
        told = {"subscription": "receipt_paid", "not owed": "receipt_not_owed"}[kind]
        assert queued(session, to="UASHA")[-1][0] == told


def test_money_for_an_application_that_was_taken_back_is_never_owed(database, now, treasurer):
    owed = applies(database, now)
    leaves(database, now)
    [payable] = find(database, treasurer, now, owed.reference).payable
    assert payable.gone == "took the application back on 27 March 2027"
    [payment] = mark(database, treasurer, now, owed.fee_id, gone=[owed.fee_id])
    assert not payment.is_owed
    assert state_of(database, now) is State.NOT_KNOWN
    with database.read() as session:
        assert members.last_membership(session, payment.person_id) is None


def test_who_has_come_back_and_owes_the_same_is_marked_by_the_reference_of_today(database, now, treasurer):
    old = a_member_who_owes(database, treasurer, now)
    leaves(database, now)
    new = applies(database, now + LATER)
    [payable] = find(database, treasurer, now + LATER, old.reference).payable
    assert payable.gone == (
        f"left on 27 March 2027; {new.reference} is due: mark that one for money that came on 6 March 2027 "
        "or later"
    )
    with pytest.raises(UserError) as refused:
        mark(database, treasurer, now + LATER, old.fee_id, gone=[old.fee_id])
    assert str(refused.value) == (
        f"{old.reference} (Asha Patel) is not due any more, but {new.reference} is. Mark that one. "
        "Nothing was booked."
    )
    assert ledger(database) == []


def test_money_too_early_for_the_fee_of_today_is_booked_for_the_one_of_then(database, now, treasurer):
    old = a_member_who_owes(database, treasurer, now)
    leaves(database, now)
    much_later = now + timedelta(days=100)
    applies(database, much_later)
    [payment] = mark(database, treasurer, much_later, old.fee_id, gone=[old.fee_id], paid_on=TODAY)
    assert (payment.is_owed, ledger(database)) == (True, [("subscription", 100)])


def test_another_sum_is_booked_as_not_owed_and_leaves_the_fee_of_today_due(database, now, treasurer):
    old = a_member_who_owes(database, treasurer, now)
    leaves(database, now)
    new = applies(database, now + LATER, ONCE.model_copy(update={"fee_pence": 1200}))
    [payable] = find(database, treasurer, now + LATER, old.reference).payable
    assert payable.gone == f"left on 27 March 2027; {new.reference} is due, £12"
    [payment] = mark(database, treasurer, now + LATER, old.fee_id, gone=[old.fee_id])
    assert (payment.is_owed, payment.amount_pence) == (False, 100)
    with database.read() as session:
        assert [fee.id for fee in fees.open_fees(session, payment.person_id)] == [new.fee_id]


@pytest.mark.parametrize(
    ("paid_on", "kind"), [(TODAY, "subscription"), (date(2027, 3, 28), "not owed"), (None, "not owed")]
)
def test_money_for_an_old_fee_of_somebody_who_is_a_member_again_counts_for_the_time_of_then(
    database, now, treasurer, paid_on, kind
):
    old = a_member_who_owes(database, treasurer, now)
    leaves(database, now)
    new = applies(database, now + LATER)
    mark(database, treasurer, now + LATER, new.fee_id)
    [payable] = find(database, treasurer, now + LATER, old.reference).payable
    assert payable.gone == "left on 27 March 2027"
    [payment] = mark(database, treasurer, now + LATER, old.fee_id, gone=[old.fee_id], paid_on=paid_on)
    assert payment.is_owed == (kind == "subscription")
    assert state_of(database, now + LATER) is State.MEMBER
    assert ledger(database) == [("subscription", 100), (kind, 100)]


def test_who_came_back_on_the_day_they_left_has_paid_that_day_once(database, now, treasurer):
    old = a_member_who_owes(database, treasurer, now)
    leaves(database, now)
    new = applies(database, now)
    mark(database, treasurer, now, new.fee_id)
    [payment] = mark(database, treasurer, now, old.fee_id, gone=[old.fee_id])
    assert (payment.is_owed, ledger(database)) == (False, [("subscription", 100), ("not owed", 100)])


def test_a_fee_that_changed_while_it_was_shown_is_not_booked(database, now, treasurer):
    owed = a_member_who_owes(database, treasurer, now)
    leaves(database, now)
    with pytest.raises(UserError, match=r"Asha Patel left on 27 March 2027\. Nothing was booked\."):
        mark(database, treasurer, now, owed.fee_id)
    with database.write() as session:
        leaving.undo(session, team_id=TEAM, user_id="UASHA", now=now)
    with pytest.raises(UserError, match=r"Asha Patel owes it again\. Nothing was booked\."):
        mark(database, treasurer, now, owed.fee_id, gone=[owed.fee_id])
    assert ledger(database) == []


def test_a_payment_taken_back_after_leaving_is_due_again_when_the_leaving_is_undone(database, now, treasurer):
    owed = applies(database, now)
    [payment] = mark(database, treasurer, now, owed.fee_id)
    leaves(database, now)
    take_back(database, treasurer, now, payment)
    with database.write() as session:
        assert fees.open_fees(session, payment.person_id) == []
        leaving.undo(session, team_id=TEAM, user_id="UASHA", now=now)
        assert [fee.id for fee in fees.open_fees(session, payment.person_id)] == [owed.fee_id]


def test_a_one_off_fee_of_a_membership_that_is_over_is_not_asked_for_of_the_next(database, now, treasurer):
    first = applies(database, now)
    [old] = mark(database, treasurer, now, first.fee_id)
    leaves(database, now)
    second = applies(database, now + LATER)
    mark(database, treasurer, now + LATER, second.fee_id)
    take_back(database, treasurer, now + LATER, old)
    with database.read() as session:
        assert fees.open_fees(session, old.person_id) == []
        assert fees.fee(session, first.fee_id).cancelled_at == now
    [again] = mark(database, treasurer, now + LATER, first.fee_id, gone=[first.fee_id], paid_on=TODAY)
    assert again.is_owed


def test_money_that_was_not_owed_stays_so_when_the_leaving_is_undone(database, now, treasurer):
    owed = a_member_who_owes(database, treasurer, now)
    left = now.replace(hour=23, minute=40)
    leaves(database, left)
    later = left + timedelta(minutes=25)
    [payment] = mark(database, treasurer, later, owed.fee_id, gone=[owed.fee_id])
    assert not payment.is_owed
    undone = left + timedelta(minutes=40)
    with database.write() as session:
        leaving.undo(session, team_id=TEAM, user_id="UASHA", now=undone)
    with database.write() as session:
        raise_fees(session, settings=ONCE, now=undone)
    with database.read() as session:
        [due] = fees.open_fees(session, payment.person_id)
        assert (due.id != owed.fee_id, due.amount_pence) == (True, 100)
    assert ledger(database) == [("not owed", 100)]


def test_an_applicant_whose_money_came_is_erased_but_for_the_money(database, now, treasurer):
    owed = applies(database, now)
    leaves(database, now)
    [payment] = mark(database, treasurer, now, owed.fee_id, gone=[owed.fee_id])
    with database.write() as session:
        assert forgetting.forget(session, settings=ONCE, now=now + timedelta(days=400)) == 1
    with database.write() as session:
        assert forgetting.forget(session, settings=ONCE, now=now + timedelta(days=400)) == 0
        assert fees.standing_payment(session, payment.entry_id).name == ""
        assert people.person(session, payment.person_id).name is None
        assert people.person_id_of(session, TEAM, "UASHA") is None
