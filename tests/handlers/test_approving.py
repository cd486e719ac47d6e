import pytest

from coop.standing import State
from tests.handlers.acting import closing_text, fills_in, joins, labels, shown, standing_of
from tests.practice import user

pytestmark = pytest.mark.settings(join_approval="steering")
REASON = "We could not find out who you are.\nTell us where you work & apply again."


@pytest.fixture
def asked(practice):
    """The request in the steering channel that Dev's application made."""
    practice.found()
    joins(practice, "dev")
    return practice.messages("asha", "steering")[-1]


def test_the_request_shows_a_name_and_nothing_else_about_the_person(practice, asked):
    assert asked["text"] == (
        f"Dev (<@{user('dev')}>) has applied to join, on 27 March 2027. Anybody in the steering group can "
        "decide, but never on their own application. Everybody who waits is also listed by `/member list`."
    )
    assert [button["accessibility_label"] for button in asked["blocks"][1]["elements"]] == [
        "Approve: Dev",
        "Decline: Dev",
    ]


def test_an_applicant_hears_that_they_wait_and_can_change_what_they_sent(practice, asked):
    assert practice.texts("dev")[0].startswith("Receipt: on 27 March 2027 you applied to join")
    answer = practice.command("dev", "/member")["response"]
    assert answer["text"] == (
        "You're not a member yet: the steering group has your application of 27 March 2027. "
        "I'll write to you here as soon as they have decided."
    )
    practice.press("dev", "details.change", answer)
    changed = practice.submit("dev", practice.modal("dev"), name="Dev M", email="dev.m@fenmarch.example")
    assert closing_text(changed) == "Saved. The register now says Dev M, dev.m@fenmarch.example."


def test_a_second_decision_is_told_what_the_first_one_was(practice, asked):
    practice.press("asha", "approving.approve", asked)
    practice.press("bryn", "approving.approve", asked)
    assert practice.messages("bryn", "steering")[-1]["text"] == (
        "Dev's application was approved on 27 March 2027 by Asha Pennington already. Nothing changed."
    )


def test_a_decision_delivered_twice_is_made_once(practice, asked):
    practice.press("asha", "approving.approve", asked)
    practice.redeliver(kind="action", times=3, concurrently=True)
    practice.settle()
    assert sum("This is your receipt" in text for text in practice.texts("dev")) == 1


def test_the_office_is_checked_at_the_moment_of_deciding(practice, asked):
    practice.forward(days=400)
    practice.press("asha", "approving.approve", asked)
    assert practice.messages("asha", "steering")[-1]["text"] == (
        "Only members of the steering group can do this, so nothing changed."
    )
    assert standing_of(practice, "dev").state is State.APPLIED


def test_nobody_decides_on_themselves(practice):
    practice.found()
    practice.command("asha", "/member", "leave")
    practice.press("asha", "leaving.open", practice.command("asha", "/member", "leave")["response"])
    practice.submit("asha", practice.modal("asha"))
    joins(practice, "asha")
    asked = practice.messages("asha", "steering")[-1]
    practice.press("asha", "approving.approve", asked)
    assert "nothing changed" in practice.messages("asha", "steering")[-1]["text"]
    assert standing_of(practice, "asha").state is State.APPLIED


def test_the_applicant_reads_the_reason_exactly_as_the_officer_saw_it(practice, asked):
    practice.press("asha", "approving.decline", asked)
    first = practice.submit("asha", practice.modal("asha"), reason=REASON)
    preview = first["opened_view"]
    told = preview["blocks"][2]["text"]["text"]
    closed = practice.submit("asha", preview)
    assert closing_text(closed) == "Dev's application is declined, and they are being told."
    practice.settle()
    assert practice.texts("dev")[-1] == told
    assert told == (
        "On 27 March 2027 the steering group of Fenmarch Digital Network declined your application.\n"
        "This is what they wrote:\n"
        ">We could not find out who you are.\n"
        ">Tell us where you work &amp; apply again.\n"
        "You can apply again at any time: type `/countmein`.\n"
        f"If you want to talk about it, ask <@{user('asha')}> or <@{user('bryn')}> "
        "(both on the steering group)."
    )
    assert all("find out who" not in text for text in practice.texts("bryn", "steering"))
    answer = practice.command("dev", "/member")["response"]
    assert labels(answer) == ["Apply again"]
    assert "We could not find out who you are." in answer["text"]


def test_a_declined_applicant_may_apply_again(practice, asked):
    practice.press("asha", "approving.decline", asked)
    practice.submit("asha", practice.submit("asha", practice.modal("asha"), reason=REASON)["opened_view"])
    practice.command("dev", "/countmein")
    assert "has your application now" in closing_text(fills_in(practice, "dev"))
    assert standing_of(practice, "dev").state is State.APPLIED


def test_an_empty_reason_is_refused_beside_its_field(practice, asked):
    practice.press("asha", "approving.decline", asked)
    answer = practice.submit("asha", practice.modal("asha"), reason="   ")
    assert answer["field_errors"] == {"reason": "Say why, in a sentence that they will read."}


def test_an_application_is_decided_from_the_list_when_its_message_has_gone(practice, asked):
    practice.command("bryn", "/member", "list")
    practice.press("bryn", "members_list.turn.waiting", practice.modal("bryn"))
    practice.press("bryn", "approving.approve", practice.modal("bryn"))
    assert "Dev's application is approved" in shown(practice.modal("bryn"))
    assert standing_of(practice, "dev").state is State.MEMBER


def test_an_application_is_decided_from_the_home_tab(practice, asked):
    practice.press("carys", "approving.approve", practice.home("carys"))
    assert standing_of(practice, "dev").state is State.MEMBER


def test_an_application_can_be_taken_back_before_it_is_decided(practice, asked):
    practice.press("dev", "leaving.open", practice.command("dev", "/member", "leave")["response"])
    assert "Your application is taken back." in closing_text(practice.submit("dev", practice.modal("dev")))
    practice.press("asha", "approving.approve", asked)
    assert practice.messages("asha", "steering")[-1]["text"] == (
        "Dev has taken the application back, so there is nothing to decide. Nothing changed."
    )
