import pytest

from handlers.blocks.standing import GUEST, VISITOR
from tests.handlers.acting import POUND, closing_text, joins, labels, shown
from tests.handlers.announcing.acts import approve, proposal, propose, worker_runs
from tests.practice import user


def test_a_newcomer_sees_what_joining_is_and_one_button_to_it(practice):
    home = practice.home("dev")
    assert shown(home).startswith(
        "Am I a member?\nYou're in our Slack. You're not a member yet: nobody is unless they join."
    )
    assert labels(home) == ["Join", "No more messages"]


def test_a_member_finds_card_details_and_whom_to_ask(practice):
    practice.found()
    joins(practice, "dev")
    home = practice.home("dev")
    said = shown(home)
    assert "Fenmarch Digital Network\nDev\nNumber 4, since 27 March 2027" in said
    assert "Name: Dev\nE-mail: dev@fenmarch.example" in said
    assert f"Ask <@{user('asha')}> or <@{user('bryn')}> (both on the steering group)." in said
    assert labels(home) == ["Send me my card", "Change my details", "No more messages", "Leave"]
    assert "For officers" not in said


def test_joining_from_the_home_tab_redraws_it(practice):
    practice.press("dev", "joining.open", practice.home("dev"))
    practice.submit(
        "dev",
        practice.modal("dev"),
        name="Dev",
        email="dev@fenmarch.example",
        age=["yes"],
        agreement=["yes"],
    )
    assert "Yes, you're a member" in shown(practice.workspace.seen("home", user=user("dev"))["view"])


def test_details_are_changed_from_the_home_tab(practice):
    joins(practice, "dev")
    practice.press("dev", "details.change", practice.home("dev"))
    view = practice.modal("dev")
    assert [block["element"]["initial_value"] for block in view["blocks"] if block["type"] == "input"] == [
        "Dev",
        "dev@fenmarch.example",
    ]
    changed = practice.submit("dev", view, name="Dev <Marchetti>", email="dev.m@fenmarch.example")
    assert closing_text(changed) == (
        "Saved. The register now says Dev &lt;Marchetti&gt;, dev.m@fenmarch.example."
    )
    assert "Name: Dev &lt;Marchetti&gt;\nE-mail: dev.m@fenmarch.example" in shown(practice.home("dev"))


@pytest.mark.settings(join_approval="steering")
def test_officers_see_what_is_waiting_and_decide_there(practice):
    practice.found()
    joins(practice, "dev", "ebele")
    home = practice.home("asha")
    said = shown(home)
    assert "Applications waiting: 2. Fees due: 0. Members: 3. Left: 0." in said
    assert "Dev applied on 27 March 2027." in said
    assert [button for button in labels(home) if button in {"Approve", "Decline"}] == [
        "Approve",
        "Decline",
        "Approve",
        "Decline",
    ]


def test_founders_are_asked_for_what_the_register_still_lacks(practice):
    practice.found(told=True)
    [told] = practice.messages("asha")
    assert labels(told) == ["Add my details"]
    practice.press("asha", "joining.open", told)
    added = practice.submit(
        "asha",
        practice.modal("asha"),
        name="Asha Pennington",
        email="asha@fenmarch.example",
        age=["yes"],
        agreement=["yes"],
    )
    assert closing_text(added) == "Thank you, Asha Pennington. The register is complete now."
    assert labels(practice.home("asha"))[0] == "Send me my card"


@pytest.mark.settings(join_approval="steering")
def test_an_applicant_can_take_the_application_back_from_the_home_tab(practice):
    joins(practice, "dev")
    home = practice.home("dev")
    assert labels(home) == ["Change my details", "No more messages", "Take my application back"]
    practice.press("dev", "leaving.open", home)
    practice.submit("dev", practice.modal("dev"))
    assert labels(practice.home("dev"))[0] == "Join"


@pytest.mark.settings(**POUND)
def test_a_founder_who_owes_the_fee_still_finds_where_to_add_details(practice):
    practice.found()
    assert labels(practice.home("asha"))[:3] == ["How to pay", "Send me my card", "Add my details"]


def test_no_more_messages_can_be_asked_for_on_the_home_tab(practice):
    practice.press("dev", "welcome.no_more", practice.home("dev"))
    assert labels(practice.home("dev")) == ["Join", "Send me messages again"]
    practice.press("dev", "welcome.again", practice.home("dev"))
    assert labels(practice.home("dev")) == ["Join", "No more messages"]


@pytest.mark.parametrize(("who", "said"), [("ines", GUEST), ("jonas", VISITOR)])
def test_who_cannot_join_is_told_so_and_offered_nothing(practice, who, said):
    home = practice.home(who)
    assert shown(home).startswith(f"Am I a member?\n{said}")
    assert labels(home) == []


def test_the_steering_group_sees_the_announcements_that_need_them(practice):
    practice.found()
    worker_runs(practice)
    assert "Announcements that need you\nNone." in shown(practice.home("bryn"))
    propose(practice, "Hers to approve")
    propose(practice, "Mine, so not for me", who="bryn")
    propose(practice, "Approved and stopped", who="carys")
    approve(practice)
    practice.press("asha", "announcing.stop", proposal(practice))
    propose(practice, "Approved, so nobody needs to do anything", who="carys")
    approve(practice)
    home = practice.home("bryn")
    needing = shown(home).partition("Announcements that need you")[2].splitlines()[1:]
    assert [line.partition("”")[0] for line in needing] == ["“Approved and stopped", "“Hers to approve"]
    assert labels(home).count("Open") == 2
    assert "Announcements that need you" not in shown(practice.home("dev"))


def test_what_was_sent_back_needs_whoever_wrote_it(practice):
    practice.found()
    propose(practice, "Hers to change")
    practice.press("bryn", "announcing.ask_for_changes", proposal(practice))
    practice.submit("bryn", practice.modal("bryn"), comment="Shorter, please")
    assert "“Hers to change”" in shown(practice.home("asha"))
    assert "“Hers to change”" not in shown(practice.home("bryn"))


def test_approving_from_the_home_tab_takes_the_announcement_off_it(practice):
    practice.found()
    worker_runs(practice)
    propose(practice, "Approve me at home")
    practice.press("bryn", "announcing.open", practice.home("bryn"))
    practice.press("bryn", "announcing.approve", practice.modal("bryn"))
    practice.submit("bryn", practice.modal("bryn"))
    assert "Approve me at home" not in shown(practice.workspace.seen("home", user=user("bryn"))["view"])


@pytest.mark.settings(join_approval="steering")
def test_declining_from_the_home_tab_takes_the_application_off_it(practice):
    practice.found()
    joins(practice, "dev")
    practice.press("asha", "approving.decline", practice.home("asha"))
    practice.submit("asha", practice.modal("asha"), reason="We could not reach you.")
    practice.submit("asha", practice.modal("asha"))
    assert "Dev applied" not in shown(practice.workspace.seen("home", user=user("asha"))["view"])
