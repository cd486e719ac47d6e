from datetime import timedelta

import pytest

from coop import words
from coop.standing import State
from handlers.blocks.leaving import KEPT
from tests.handlers.acting import closing_text, count_of_memberships, joins, labels, shown, standing_of


def leaves(practice, who):
    practice.press(who, "leaving.open", practice.command(who, "/member", "leave")["response"])
    return practice.submit(who, practice.modal(who))


def by_member_command(practice):
    return practice.command("dev", "/member", "leave")["response"]


def by_reserved_command(practice):
    return practice.command("dev", "/leave")["response"]


def by_plain_word(practice):
    practice.say("dev", "leave")
    return practice.messages("dev")[-1]


def by_home(practice):
    return practice.home("dev")


@pytest.mark.parametrize("way", [by_member_command, by_reserved_command, by_plain_word, by_home])
def test_every_way_out_takes_two_clicks(practice, way):
    joins(practice, "dev")
    practice.press("dev", "leaving.open", way(practice))
    assert KEPT in shown(practice.modal("dev"))
    assert standing_of(practice, "dev").state is State.MEMBER
    assert closing_text(practice.submit("dev", practice.modal("dev"))) == (
        "You have left: your membership ended on 27 March 2027. I've sent you a receipt, and you can undo "
        "this for an hour."
    )
    assert standing_of(practice, "dev").state is State.LEFT


def test_the_receipt_says_when_what_is_kept_and_until_when_it_can_be_undone(practice):
    joins(practice, "dev")
    practice.forward(days=3)
    until = words.moment_in(practice.clock.now + timedelta(hours=1), "Europe/London")
    leaves(practice, "dev")
    practice.settle()
    receipt = practice.messages("dev")[-1]
    assert receipt["text"] == (
        "Receipt: you have left Fenmarch Digital Network. You were a member from 27 March 2027 to "
        f"30 March 2027, number 1. You owe nothing. Until {until} you can undo this, also from my Home tab. "
        f"After that you can join again at any time, with the same number. {KEPT}"
    )
    practice.press("dev", "leaving.undo", receipt)
    practice.settle()
    assert practice.texts("dev")[-1] == (
        "Receipt: your leaving is undone. You're still a member, as you have been since 27 March 2027."
    )
    assert standing_of(practice, "dev").state is State.MEMBER


def test_within_the_hour_the_home_tab_undoes_it_too(practice):
    joins(practice, "dev")
    leaves(practice, "dev")
    home = practice.home("dev")
    assert labels(home)[0] == "Undo: I stay"
    practice.press("dev", "leaving.undo", home)
    assert standing_of(practice, "dev").state is State.MEMBER


def test_after_an_hour_there_is_only_joining_again_with_the_same_number(practice):
    joins(practice, "ebele", "dev")
    leaves(practice, "dev")
    practice.settle()
    receipt = practice.messages("dev")[-1]
    practice.forward(hours=2)
    practice.press("dev", "leaving.undo", receipt)
    assert "only within an hour of leaving, so nothing changed" in practice.texts("dev")[-1]
    answer = practice.command("dev", "/member")["response"]
    assert answer["text"] == (
        "You're not a member any more. You were a member on 27 March 2027. "
        "If you join again you keep your member number, 2. "
        "To check that this is really us, look at https://fenmarch.example/membership."
    )
    assert labels(answer) == ["Join again"]
    joins(practice, "dev")
    assert standing_of(practice, "dev").number == 2
    assert count_of_memberships(practice) == 3


def test_leaving_delivered_again_happens_once(practice):
    joins(practice, "dev")
    leaves(practice, "dev")
    practice.redeliver(kind="submission", times=5, concurrently=True)
    practice.settle()
    assert sum(text.startswith("Receipt: you have left") for text in practice.texts("dev")) == 1


def test_who_has_not_joined_has_nothing_to_leave(practice):
    nothing = "You are not a member, so there is nothing to leave."
    assert practice.command("dev", "/member", "leave")["response"]["text"] == nothing
    practice.say("dev", "leave")
    assert practice.messages("dev")[-1]["text"] == nothing
    joins(practice, "dev")
    first_click = practice.command("dev", "/member", "leave")["response"]
    leaves(practice, "dev")
    practice.press("dev", "leaving.open", first_click)
    assert practice.messages("dev", "general")[-1]["text"] == nothing


@pytest.mark.settings(legal_form="society")
def test_a_society_that_falls_below_three_members_alarms_its_officers(practice):
    practice.found()
    leaves(practice, "carys")
    practice.settle()
    assert practice.texts("asha", "steering")[-1].startswith(
        "A member has left, and there are now 2 members. A registered society needs at least 3"
    )
