from concurrent.futures import ThreadPoolExecutor

import pytest

from coop import joining
from coop.details import Form
from coop.standing import State
from handlers.accounts import BOT, GUEST, NO_ANSWER
from handlers.blocks import standing
from tests.handlers.acting import (
    closing_text,
    count_of_memberships,
    fills_in,
    form,
    joins,
    labels,
    shown,
    standing_of,
)
from tests.practice import user

WELCOME = (
    "Welcome, Dev. You're a member of Fenmarch Digital Network: you joined on 27 March 2027, "
    "and your member number is 1. I've sent you your receipt and card."
)


def by_command(practice):
    practice.command("dev", "/countmein")


def by_member_command(practice):
    practice.command("dev", "/member", "join")


def by_reserved_command(practice):
    practice.command("dev", "/join")


def by_home(practice):
    practice.press("dev", "joining.open", practice.home("dev"))


def by_plain_word(practice):
    practice.say("dev", "join")
    practice.press("dev", "joining.open", practice.messages("dev")[-1])


def by_mention(practice):
    practice.mention("dev", "how do I join?")
    practice.press("dev", "joining.open", practice.messages("dev", "general")[-1])


def by_answer(practice):
    practice.press("dev", "joining.open", practice.command("dev", "/member")["response"])


def test_a_member_who_says_join_hears_that_they_are_one(practice):
    joins(practice, "dev")
    practice.say("dev", "join")
    answer = practice.messages("dev")[-1]
    assert answer["text"].startswith("Yes, you're a member of Fenmarch Digital Network.")
    assert labels(answer) == ["Send me my card"]


@pytest.mark.parametrize(
    "way", [by_command, by_member_command, by_reserved_command, by_home, by_plain_word, by_mention, by_answer]
)
def test_every_way_in_leads_through_the_one_form_to_membership(practice, way):
    way(practice)
    assert closing_text(fills_in(practice, "dev")) == WELCOME
    assert standing_of(practice, "dev").state is State.MEMBER


@pytest.mark.settings(next_steps="Say hello in <#C000GENERAL>.")
def test_a_receipt_comes_by_direct_message_with_one_thing_to_do_next(practice):
    joins(practice, "dev")
    assert practice.texts("dev")[0] == (
        "Welcome, Dev. You're a member of Fenmarch Digital Network. "
        "This is your receipt: you joined on 27 March 2027. "
        "Your member number is 1, and it is yours for life. One thing to do next: Say hello in <#C000GENERAL>."
    )


def test_the_form_shows_what_we_stand_for_and_what_becomes_of_the_details(practice):
    practice.found()
    practice.command("dev", "/countmein")
    view = practice.modal("dev")
    said = shown(view)
    assert "What Fenmarch Digital Network stands for" in said
    assert "What we do with your details" in said
    assert "https://fenmarch.example/membership" in said
    assert f"<@{user('asha')}>" in said
    assert f"<@{user('bryn')}>" in said
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    assert inputs == ["name", "email", "age", "agreement"]


def test_wrong_fields_are_shown_in_the_form_which_may_come_again(practice):
    practice.command("dev", "/countmein")
    answer = fills_in(practice, "dev", name="12345")
    assert answer["field_errors"] == {"name": "Give the name you are known by, between 2 and 100 characters."}
    assert count_of_memberships(practice) == 0
    assert closing_text(fills_in(practice, "dev")) == WELCOME


def test_names_of_every_script_stand_in_the_register_as_typed(practice):
    practice.command("dev", "/countmein")
    answer = fills_in(practice, "dev", name="ab\u202eba")
    assert answer["field_errors"] == {
        "name": "This name has a character in it that cannot be shown. Type it again."
    }
    name = "علی\u200cرضا O'Brien-Ñuñez"  # noqa: RUF001 -- Persian
    assert closing_text(fills_in(practice, "dev", name=name)).startswith(f"Welcome, {name}.")


@pytest.mark.parametrize("command", ["/join", "/countmein", "/member join"])
def test_a_member_who_joins_again_hears_how_they_stand_and_gets_no_form(practice, command):
    joins(practice, "dev")
    name, _, word = command.partition(" ")
    answer = practice.command("dev", name, word)
    assert answer["opened_view"] is None
    assert answer["response"]["text"].startswith("Yes, you're a member of Fenmarch Digital Network.")
    assert labels(answer["response"]) == ["Send me my card"]


def test_an_old_button_to_join_tells_a_member_how_they_stand(practice):
    practice.say("dev", "join")
    old, home = practice.messages("dev")[-1], practice.home("dev")
    joins(practice, "dev")
    pressed = practice.press("dev", "joining.open", old)
    assert pressed["response"]["text"].startswith("Yes, you're a member of Fenmarch Digital Network.")
    practice.press("dev", "joining.open", home)
    assert shown(practice.modal("dev")).startswith("Yes, you're a member of Fenmarch Digital Network.")


@pytest.mark.settings(join_approval="steering")
def test_an_applicant_who_joins_again_hears_that_the_steering_group_has_it(practice):
    joins(practice, "dev")
    answer = practice.command("dev", "/countmein")["response"]
    assert answer["text"].startswith("You're not a member yet: the steering group has your application")
    assert labels(answer) == ["Change my details"]


def test_a_second_form_changes_nothing(practice):
    practice.command("dev", "/countmein")
    with practice.deps.write() as session:  # as from another window
        joining.apply(
            session,
            account=joining.Account(practice.team, user("dev")),
            form=Form("Dev", "dev@fenmarch.example", is_old_enough=True, agrees=True),
            settings=practice.deps.settings,
            now=practice.clock.now,
        )
    assert closing_text(fills_in(practice, "dev", name="Somebody Else")).startswith(
        "You're a member already: you joined on 27 March 2027, number 1. Nothing changed."
    )
    assert standing_of(practice, "dev").name == "Dev"


def test_a_form_delivered_twenty_times_at_once_and_again_makes_one_member(practice_on_both):
    practice = practice_on_both
    practice.command("dev", "/countmein")
    fills_in(practice, "dev")
    practice.redeliver(kind="submission", times=20, concurrently=True)
    practice.redeliver(kind="submission", times=2)
    assert count_of_memberships(practice) == 1
    practice.settle()
    assert sum("This is your receipt" in text for text in practice.texts("dev")) == 1


def test_people_who_join_at_once_get_a_number_each(practice_on_both):
    practice = practice_on_both
    practice.workspace.asked("people", count=8)
    people = [person["id"] for person in practice.workspace.seen("people")["people"]][-8:]
    for one in people:
        practice.command(one, "/countmein")
    forms = {one: practice.modal(one) for one in people}
    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(lambda one: practice.submit(one, forms[one], **form("dev")), people))
    for late in [one for one in people if not standing_of(practice, one).is_member]:
        joins(practice, late)  # on a machine that is very busy some are asked to try again
    assert sorted(standing_of(practice, one).number for one in people) == list(range(1, 9))


@pytest.mark.parametrize(
    ("who", "where", "refusal"),
    [("ines", "open-data", standing.GUEST), ("jonas", "tea-room", standing.VISITOR)],
)
def test_guests_and_people_of_other_teams_are_told_before_any_form(practice, who, where, refusal):
    answer = practice.command(who, "/countmein", where=where)
    assert answer["response"]["text"] == refusal
    assert practice.modal(who) is None


def test_a_slack_that_hangs_over_who_somebody_is_leaves_time_for_the_form(practice):
    practice.workspace.asked("faults", method="users.info", kind="hang", times=1)
    assert practice.command("dev", "/countmein")["opened_view"]["callback_id"] == "joining.form"


def test_somebody_who_became_a_guest_while_the_form_was_open_is_refused(practice):
    practice.command("dev", "/countmein")
    practice.workspace.asked("change-person", user=user("dev"), profile={"is_restricted": True})
    assert closing_text(fills_in(practice, "dev")) == GUEST
    assert count_of_memberships(practice) == 0


def test_somebody_who_became_a_bot_or_was_switched_off_cannot_join(practice):
    practice.command("dev", "/countmein")
    practice.workspace.asked("change-person", user=user("dev"), profile={"is_bot": True})
    assert closing_text(fills_in(practice, "dev")) == BOT


@pytest.mark.parametrize(
    "trouble",
    [
        {"kind": "status", "status": 503},
        {"kind": "reset_before"},
        {"kind": "drop_after"},
        {"kind": "cut"},
        {"kind": "redirect"},
        {"kind": "rate_limited"},
        {"kind": "html"},
        {"kind": "error", "error": "user_not_found"},
    ],
)
def test_when_slack_does_not_say_who_it_is_nobody_joins(practice, trouble):
    practice.command("dev", "/countmein")
    practice.workspace.asked("faults", method="users.info", times=9, **trouble)
    assert closing_text(fills_in(practice, "dev")) == NO_ANSWER
    assert count_of_memberships(practice) == 0


def test_names_arrive_escaped(practice):
    practice.command("dev", "/countmein")
    said = closing_text(fills_in(practice, "dev", name="<!channel> & *co*"))
    assert "&lt;!channel&gt; &amp; ∗co∗" in said  # noqa: RUF001
