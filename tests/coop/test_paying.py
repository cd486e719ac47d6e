from datetime import date, timedelta

import pytest

from coop import joining, leaving, paying, standing
from coop.details import Form
from coop.errors import FieldError, NotAllowed, UserError
from coop.joining import Account, Outcome
from coop.paying import Payable
from coop.settings import FeePeriod, LegalForm, Settings
from coop.standing import State
from storage import fees, people
from storage.fees import LedgerEntry, Payment
from storage.log import broken_links
from storage.offices import Role
from tests.coop.people import TEAM, a_member, an_officer, queued

TODAY = date(2027, 3, 27)
POUND = Settings(network_name="Barset Digital", fee_period=FeePeriod.ONCE, fee_pence=100, pay_to="Sort code")


@pytest.fixture
def treasurer(database, now):
    with database.write() as session:
        return an_officer(session, "UTREE", Role.TREASURER, now=now)


def applies(database, user, now, settings=POUND):
    """The reference that an approved applicant was given."""
    form = Form(f"{user.title()} Patel", f"{user}@barsetshire.example", is_old_enough=True, agrees=True)
    with database.write() as session:
        applied = joining.apply(session, account=Account(TEAM, user), form=form, settings=settings, now=now)
    return applied.owed


def mark(database, now, *fee_ids, by, paid_on=TODAY):
    with database.write() as session:
        return paying.mark_paid(session, fee_ids=fee_ids, paid_on=paid_on, by=by, settings=POUND, now=now)


def standing_of(database, user, now):
    with database.read() as session:
        return standing.of_account(session, TEAM, user, today=TODAY, now=now)


def test_references_become_names_and_amounts_and_each_that_cannot_says_why(database, now, treasurer):
    asha, bryn, carys = (applies(database, user, now) for user in ("UASHA", "UBRYN", "UCARYS"))
    mark(database, now, bryn.fee_id, by=treasurer)
    wrong = asha.reference[:-1] + ("2" if asha.reference[-1] != "2" else "3")
    typed = [asha.reference.lower(), bryn.reference, wrong, asha.reference, carys.reference[-7:]]
    with database.read() as session:
        found = paying.find(session, typed=typed, by=treasurer, today=TODAY)
    assert found.payable == (
        Payable(asha.fee_id, "Uasha Patel", 100, asha.reference),
        Payable(carys.fee_id, "Ucarys Patel", 100, carys.reference),
    )
    assert found.problems == (
        f"{bryn.reference} (Ubryn Patel) was paid on 27 March 2027 already.",
        f"{wrong} is not a reference of ours: a character is wrong or missing.",
    )


def test_more_references_than_one_window_shows_are_refused(database, treasurer):
    with database.read() as session, pytest.raises(UserError, match="These are 41 references"):
        paying.find(session, typed=[f"REF{at}" for at in range(41)], by=treasurer, today=TODAY)


def test_a_right_looking_reference_of_nobody_says_so(database, now, treasurer):
    with database.read() as session:
        found = paying.find(session, typed=["BD0000183"], by=treasurer, today=TODAY)
    assert found.problems == ("BD0000183 looks right, but no fee has this reference.",)


def test_a_marked_payment_makes_an_approved_person_a_member_with_a_receipt(database, now, treasurer):
    owed = applies(database, "UASHA", now)
    paid_on = date(2027, 3, 25)
    [payment] = mark(database, now, owed.fee_id, by=treasurer, paid_on=paid_on)
    assert payment == Payment(
        payment.entry_id, payment.person_id, "Uasha Patel", 100, owed.reference, paid_on
    )
    assert standing_of(database, "UASHA", now).state is State.MEMBER
    with database.read() as session:
        kinds = queued(session, to="UASHA")
        assert [kind for kind, _ in kinds] == ["fee_to_pay", "receipt_joined", "card"]
        assert (kinds[1][1]["paid_pence"], kinds[1][1]["paid_on"]) == (100, "2027-03-25")
        fee = fees.fee(session, owed.fee_id)
        assert (fee.covers_from, fee.covers_until) == (TODAY, date(2028, 3, 26))
        assert fees.standing_payments(session, 10) == [payment]
        assert list(broken_links(session)) == []


def test_all_are_booked_or_none(database, now, treasurer):
    asha, bryn = applies(database, "UASHA", now), applies(database, "UBRYN", now)
    mark(database, now, asha.fee_id, by=treasurer)
    with pytest.raises(UserError, match=r"was paid on 27 March 2027 already\. Nothing was booked\."):
        mark(database, now, bryn.fee_id, asha.fee_id, by=treasurer)
    assert standing_of(database, "UBRYN", now).state is State.APPROVED_FEE_DUE


def test_a_payment_marked_twice_in_one_list_is_booked_once(database, now, treasurer):
    owed = applies(database, "UASHA", now)
    assert len(mark(database, now, owed.fee_id, owed.fee_id, by=treasurer)) == 1


def test_money_cannot_arrive_on_a_day_to_come(database, now, treasurer):
    owed = applies(database, "UASHA", now)
    with pytest.raises(FieldError) as refused:
        mark(database, now, owed.fee_id, by=treasurer, paid_on=TODAY + timedelta(days=1))
    assert refused.value.block_id == paying.PAID_ON


@pytest.mark.parametrize(("days", "ok"), [(0, True), (31, True), (32, False), (365, False), (36500, False)])
def test_money_may_come_a_month_before_its_reference_and_no_earlier(database, now, treasurer, days, ok):
    owed = applies(database, "UASHA", now)
    paid_on = TODAY - timedelta(days=days)
    if ok:
        assert mark(database, now, owed.fee_id, by=treasurer, paid_on=paid_on)[0].paid_on == paid_on
        return
    other = applies(database, "UBRYN", now)
    with pytest.raises(FieldError) as refused:
        mark(database, now, owed.fee_id, other.fee_id, by=treasurer, paid_on=paid_on)
    assert refused.value.block_id == paying.PAID_ON
    assert refused.value.text == (
        f"The reference {owed.reference} was given on 27 March 2027, and this day is long before that. "
        "Give the day the money arrived, 24 February 2027 at the earliest."
    )
    with database.read() as session:
        assert fees.standing_payments(session, 10) == []


def test_only_a_treasurer_marks_payments_and_never_their_own(database, now, treasurer):
    with database.write() as session:
        secretary = an_officer(session, "USEC", Role.SECRETARY, now=now)
        member = a_member(session, "UMEM", now=now)
        own = fees.Fee(
            person_id=treasurer, kind="subscription", amount_pence=100, reference="BD0000183",
            code="0000183", raised_on=TODAY, raised_at=now, due_on=TODAY,
        )  # fmt: skip
        session.add(own)
        session.flush()
        own_fee = own.id
    owed = applies(database, "UASHA", now)
    for by in (None, secretary, member):
        with pytest.raises(NotAllowed):
            mark(database, now, owed.fee_id, by=by)
        with pytest.raises(NotAllowed), database.read() as session:
            paying.find(session, typed=[owed.reference], by=by, today=TODAY)
    with pytest.raises(UserError, match="is your own fee"):
        mark(database, now, owed.fee_id, own_fee, by=treasurer)
    assert standing_of(database, "UASHA", now).state is State.APPROVED_FEE_DUE


def test_a_payment_taken_back_leaves_a_member_who_owes_again(database, now, treasurer):
    owed = applies(database, "UASHA", now)
    [payment] = mark(database, now, owed.fee_id, by=treasurer)
    with database.write() as session:
        taken = paying.undo(session, entry_id=payment.entry_id, by=treasurer, settings=POUND, now=now)
    assert taken == payment
    after = standing_of(database, "UASHA", now)
    assert (after.state, [fee.id for fee in after.owed]) == (State.MEMBER, [owed.fee_id])
    with database.read() as session:
        entries = session.query(LedgerEntry).order_by(LedgerEntry.id).all()
        assert [(entry.amount_pence, entry.reverses) for entry in entries] == [
            (100, None),
            (-100, payment.entry_id),
        ]
        assert queued(session, to="UASHA")[-1][0] == "fee_to_pay"
        assert queued(session, to="UASHA")[-1][1]["why"] == "undone"
    refusal = pytest.raises(UserError, match="has been taken back already")
    with refusal, database.write() as session:
        paying.undo(session, entry_id=payment.entry_id, by=treasurer, settings=POUND, now=now)
    mark(database, now, owed.fee_id, by=treasurer)
    with database.read() as session:
        assert queued(session, to="UASHA")[-1] == (
            "receipt_paid",
            {"pence": 100, "kind": "subscription", "reference": owed.reference, "paid_on": "2027-03-27"},
        )


def test_nobody_takes_back_their_own_payment_or_without_being_treasurer(database, now, treasurer):
    with database.write() as session:
        other = an_officer(session, "UOTHER", Role.TREASURER, now=now)
    owed = applies(database, "UASHA", now)
    with database.write() as session:
        asha = people.person_id_of(session, TEAM, "UASHA")
    [payment] = mark(database, now, owed.fee_id, by=treasurer)
    for by in (None, asha):
        with pytest.raises(NotAllowed), database.write() as session:
            paying.undo(session, entry_id=payment.entry_id, by=by, settings=POUND, now=now)
    with database.write() as session:
        paying.undo(session, entry_id=payment.entry_id, by=other, settings=POUND, now=now)


def test_in_a_society_the_one_off_pound_is_a_share(database, now, treasurer):
    society = POUND.model_copy(update={"legal_form": LegalForm.SOCIETY})
    owed = applies(database, "UASHA", now, settings=society)
    with database.read() as session:
        assert fees.fee(session, owed.fee_id).kind == "share"


def test_who_comes_back_within_a_paid_year_pays_nothing_again(database, now, treasurer):
    yearly = Settings(fee_period=FeePeriod.YEARLY, fee_pence=100, pay_to="the bank")
    owed = applies(database, "UDEV", now, yearly)
    with database.write() as session:
        paying.mark_paid(
            session, fee_ids=[owed.fee_id], paid_on=TODAY, by=treasurer, settings=yearly, now=now
        )
    for wait in (timedelta(hours=1), timedelta(days=40)):  # on the same day, and later in the year
        with database.write() as session:
            leaving.leave(session, team_id=TEAM, user_id="UDEV", settings=yearly, now=now + wait)
        with database.write() as session:
            account, form = (
                Account(TEAM, "UDEV"),
                Form("Dev Marchetti", "dev@barsetshire.example", is_old_enough=True, agrees=True),
            )
            applied = joining.apply(session, account=account, form=form, settings=yearly, now=now + wait)
        assert applied.outcome == Outcome.JOINED
        assert standing_of(database, "UDEV", now + wait).state == State.MEMBER
