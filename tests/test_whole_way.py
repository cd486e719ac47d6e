"""The whole way of a new network: founders, a member who pays, an announcement that goes out."""

import pytest

from coop.standing import State
from tests.handlers.acting import POUND, appointed, closing_text, fills_in, labels, standing_of
from tests.handlers.announcing.acts import MEETUP, approve, propose, tweeted, worker_runs
from tests.practice import user


@pytest.mark.settings(join_approval="steering", **POUND)
def test_from_an_empty_record_to_a_paid_member_and_a_sent_announcement(practice_on_both):
    practice = practice_on_both
    practice.found()
    practice.command("dev", "/countmein")
    assert "The steering group has your application now" in closing_text(fills_in(practice, "dev"))
    practice.settle()
    assert standing_of(practice, "dev").state is State.APPLIED
    asked = practice.messages("asha", "steering")[-1]
    assert labels(asked) == ["Approve", "Decline"]
    practice.press("asha", "approving.approve", asked)
    practice.settle()
    [decided] = [one for one in practice.messages("bryn", "steering") if one["ts"] == asked["ts"]]
    assert decided["text"] == f"Dev's application was approved by <@{user('asha')}> on 27 March 2027."
    assert labels(decided) == []
    assert standing_of(practice, "dev").state is State.APPROVED_FEE_DUE
    to_pay = practice.texts("dev")[-1]
    reference = standing_of(practice, "dev").owed[0].reference
    for part in ("£1", POUND["pay_to"], reference, "by 26 April 2027.", "https://fenmarch.example"):
        assert part in to_pay
    appointed(practice, "bryn", "treasurer")
    practice.command("bryn", "/member", f"paid {reference}")
    practice.submit("bryn", practice.modal("bryn"), paid_on="2027-03-26")
    practice.settle()
    assert standing_of(practice, "dev").state is State.MEMBER
    assert any("We have your £1, paid on 26 March 2027." in text for text in practice.texts("dev"))
    for text in practice.texts("asha", "steering"):
        assert "@fenmarch.example" not in text
    worker_runs(practice)
    propose(practice, MEETUP, who="asha", when="asap")
    approve(practice, "bryn")
    practice.forward(minutes=11)
    practice.tick()
    assert tweeted(practice) == [MEETUP]
