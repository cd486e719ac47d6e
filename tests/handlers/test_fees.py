from dataclasses import replace

import pytest

from bot.jobs import duties, house_jobs
from coop.settings import FeePeriod
from coop.standing import State
from tests.handlers.acting import POUND, appointed, closing_text, joins, labels, shown, standing_of
from tests.practice import user

pytestmark = pytest.mark.settings(**POUND)


@pytest.fixture
def treasurer(practice):
    practice.found()
    appointed(practice, "bryn", "treasurer")
    return "bryn"


def reference_of(practice, who):
    return standing_of(practice, who).owed[0].reference


def books(practice, who, *references, paid_on="2027-03-27"):
    practice.command(who, "/member", f"paid {' '.join(references)}")
    return practice.submit(who, practice.modal(who), paid_on=paid_on)


def test_names_amounts_and_the_day_are_shown_before_anything_is_booked(practice, treasurer):
    joins(practice, "dev", "ebele")
    dev, ebele = reference_of(practice, "dev"), reference_of(practice, "ebele")
    practice.command("bryn", "/member", f"paid {dev} {ebele.lower()}, NOTAREF1")
    view = practice.modal("bryn")
    assert shown(view) == (
        f"Dev: £1, reference {dev}\n"
        f"Ebele: £1, reference {ebele}\n"
        "Left out: NOTAREF1 is not a reference of ours: a character is wrong or missing.\n"
        "Together: £2, 2 payments."
    )
    assert standing_of(practice, "dev").state is State.APPROVED_FEE_DUE
    booked = practice.submit("bryn", view, paid_on="2027-03-20")["opened_view"]
    assert shown(booked) == (
        "Booked: £2, 2 payments. Each has been sent a receipt.\n"
        f"Dev: £1, reference {dev}, paid on 20 March 2027.\n"
        f"Ebele: £1, reference {ebele}, paid on 20 March 2027."
    )
    assert standing_of(practice, "dev").state is State.MEMBER
    assert standing_of(practice, "ebele").state is State.MEMBER


def test_a_booking_delivered_again_books_once(practice, treasurer):
    joins(practice, "dev")
    books(practice, "bryn", reference_of(practice, "dev"))
    practice.redeliver(kind="submission", times=5, concurrently=True)
    practice.settle()
    assert sum("This is your receipt" in text for text in practice.texts("dev")) == 1


def test_a_payment_taken_back_leaves_a_member_who_is_asked_again(practice, treasurer):
    joins(practice, "dev")
    booked = books(practice, "bryn", reference_of(practice, "dev"))["opened_view"]
    answer = practice.press("bryn", "fees.undo", booked)
    assert closing_text(answer) == (
        "Taken back: £1 of Dev. If they are still a member, it is due again and they are being told."
    )
    practice.settle()
    assert practice.texts("dev")[-1].startswith(
        "A payment of yours had been marked by mistake and was taken back, so this is due again. "
        "You're a member all the same. Pay £1 to "
    )
    assert practice.command("dev", "/member")["response"]["text"].startswith("Yes, you're a member")


def test_payments_are_marked_and_taken_back_from_the_list_when_messages_have_gone(practice, treasurer):
    joins(practice, "dev")
    with practice.deps.read():
        reference = reference_of(practice, "dev")
    practice.command("bryn", "/member", "list")
    practice.press("bryn", "members_list.turn.fee_due", practice.modal("bryn"))
    practice.press("bryn", "fees.mark", practice.modal("bryn"), value=reference)
    practice.submit("bryn", practice.modal("bryn"), paid_on="2027-03-27")
    assert standing_of(practice, "dev").state is State.MEMBER
    practice.command("bryn", "/member", "list")
    practice.press("bryn", "members_list.payments", practice.modal("bryn"))
    practice.press("bryn", "fees.undo", practice.modal("bryn"))
    assert len(standing_of(practice, "dev").owed) == 1


@pytest.mark.parametrize("who", ["asha", "dev"])
def test_nobody_but_the_treasurer_marks_payments(practice, treasurer, who):
    joins(practice, "dev")
    answer = practice.command(who, "/member", f"paid {reference_of(practice, 'dev')}")
    assert answer["response"]["text"] == "Only the treasurer can do this, so nothing changed."
    assert answer["opened_view"] is None


def test_the_treasurer_cannot_mark_their_own_payment(practice, treasurer):
    reference = reference_of(practice, "bryn")
    practice.command("bryn", "/member", f"paid {reference}")
    assert shown(practice.modal("bryn")) == (
        f"Left out: {reference} is your own fee. Another treasurer has to mark it."
    )
    assert practice.modal("bryn")["submit"] is None


def test_a_day_to_come_is_refused_beside_its_field(practice, treasurer):
    joins(practice, "dev")
    answer = books(practice, "bryn", reference_of(practice, "dev"), paid_on="2027-03-28")
    assert answer["field_errors"] == {"paid_on": "This day has not come yet. Give the day the money arrived."}


def test_a_day_long_before_the_reference_is_refused_beside_its_field(practice, treasurer):
    joins(practice, "dev")
    reference = reference_of(practice, "dev")
    answer = books(practice, "bryn", reference, paid_on="2026-03-27")
    assert answer["field_errors"] == {
        "paid_on": f"The reference {reference} was given on 27 March 2027, and this day is long before that. "
        "Give the day the money arrived, 24 February 2027 at the earliest."
    }
    assert standing_of(practice, "dev").state is State.APPROVED_FEE_DUE


def test_money_of_somebody_who_has_left_is_shown_booked_and_told_without_making_them_a_member(
    practice, treasurer
):
    joins(practice, "dev")
    reference = reference_of(practice, "dev")
    practice.press("bryn", "fees.undo", books(practice, "bryn", reference)["opened_view"])
    practice.press("dev", "leaving.open", practice.command("dev", "/member", "leave")["response"])
    practice.submit("dev", practice.modal("dev"))
    practice.forward(days=2)
    practice.command("bryn", "/member", f"paid {reference}")
    assert shown(practice.modal("bryn")) == (
        f"Dev: £1, reference {reference} (left on 27 March 2027)\n"
        "What is not owed any more can be booked all the same; it makes nobody a member again. What arrived "
        "by the day somebody left pays their fee. Anything else is booked as received but not owed, and they "
        "are told how to have it back.\n"
        "Together: £1, 1 payment."
    )
    booked = practice.submit("bryn", practice.modal("bryn"), paid_on="2027-03-29")["opened_view"]
    assert shown(booked) == (
        "Booked: £1, 1 payment. Each has been sent a receipt. What was not owed is theirs: once you have sent "
        "it back, press “Take back” beside it. If they want the network to keep it, leave it as it is.\n"
        f"Dev: £1, reference {reference}, paid on 29 March 2027, not owed."
    )
    practice.settle()
    assert practice.texts("dev")[-1] == (
        f"We have your £1, paid on 29 March 2027, reference {reference}. You had left on 27 March 2027, so you "
        f"did not owe it. To have it back, ask <@{user('bryn')}> (the treasurer) or <@{user('asha')}> "
        "(on the steering group). Our page is https://fenmarch.example/membership. It does not make you a "
        "member: if you meant to join again, type `/countmein`."
    )
    assert standing_of(practice, "dev").state is State.LEFT
    practice.command("bryn", "/member", "list")
    practice.press("bryn", "members_list.payments", practice.modal("bryn"))
    answer = practice.press("bryn", "fees.undo", practice.modal("bryn"))
    assert closing_text(answer) == (
        "Taken back: £1 of Dev. It was not owed, so nobody is asked for it again."
    )


def test_the_command_alone_says_how_it_is_used(practice, treasurer):
    answer = practice.command("bryn", "/member", "paid")
    assert answer["response"]["text"] == (
        "Type the references from the bank statement after the command, with spaces between them, for example "
        "`/member paid FDN7K3QF8C`. I show you names and amounts before anything is booked. "
        "Every fee that is due is also listed by `/member list`."
    )


def test_how_to_pay_is_told_again_whenever_it_is_asked_for(practice, treasurer):
    joins(practice, "dev")
    answer = practice.command("dev", "/member")["response"]
    assert labels(answer) == ["How to pay"]
    practice.press("dev", "fees.how_to_pay", answer)
    told = practice.messages("dev", "general")[-1]["text"]
    assert told == (
        f"This is how to pay your fee. Pay £1 to {POUND['pay_to']}. "
        f"Use the reference {reference_of(practice, 'dev')}, so that we know it is yours. "
        "Pay by 26 April 2027. It is your membership fee, not a donation. "
        "When it has arrived I send you a receipt. To check that this is really us, "
        f"ask <@{user('bryn')}> (the treasurer) or <@{user('asha')}> (on the steering group), or "
        "look at https://fenmarch.example/membership."
    )


@pytest.mark.settings(fee_period="none")
def test_turning_a_fee_on_charges_members_who_stay_members(practice):
    practice.found()
    joins(practice, "dev")
    yearly = practice.deps.settings.model_copy(update={"fee_period": FeePeriod.YEARLY})
    house_jobs.run_due(duties.DAILY, replace(practice.deps, settings=yearly), practice.clock.now)
    practice.settle()
    answer = practice.command("dev", "/member")["response"]["text"]
    assert answer.startswith("Yes, you're a member of Fenmarch Digital Network.")
    assert "Missing: £1, due by 26 April 2027. You're a member all the same." in answer
    assert practice.texts("dev")[-1].startswith(
        "Your fee is due. You're a member all the same. It is for 27 March 2027 to 26 March 2028. Pay £1 to "
    )
    practice.forward(days=31)
    late = practice.command("dev", "/member")["response"]["text"]
    assert late.startswith("Yes, you're still a member of Fenmarch Digital Network.")
    assert "Missing: £1, which was due by 26 April 2027." in late
