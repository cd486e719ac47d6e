import pytest

from tests.handlers.acting import POUND, buttons, closing_text, joins, labels, shown
from tests.practice import user


def test_only_officers_see_the_list(practice):
    joins(practice, "dev")
    answer = practice.command("dev", "/member", "list")
    assert answer["response"]["text"] == "Only officers can do this, so nothing changed."
    assert practice.calls("views.open")[-1]["arguments"]["view"]["callback_id"] == "joining.form"


def test_the_list_counts_everybody_and_shows_members_by_number(practice):
    practice.found()
    joins(practice, "dev")
    practice.command("asha", "/member", "list")
    view = practice.modal("asha")
    assert labels(view) == ["Waiting (0)", "Fee due (0)", "Members (4)", "Left (0)", "Send me all as CSV"]
    assert shown(view) == (
        "Members: 4\n"
        "Asha Pennington, number 1, since 27 March 2027\n"
        "Bryn Callow, number 2, since 27 March 2027\n"
        "Carys Whitlock, number 3, since 27 March 2027\n"
        "Dev, number 4, since 27 March 2027"
    )


def test_the_list_turns_pages(practice):
    practice.found()
    practice.workspace.asked("people", count=9)
    people = [person["id"] for person in practice.workspace.seen("people")["people"]][-9:]
    joins(practice, *people)
    practice.command("asha", "/member", "list")
    first = practice.modal("asha")
    assert shown(first).count("number") == 10
    assert "Later" in labels(first)
    assert "Earlier" not in labels(first)
    practice.press("asha", "members_list.turn.later", first)
    second = practice.modal("asha")
    assert shown(second).count("number") == 2
    assert "Earlier" in labels(second)
    assert "Later" not in labels(second)


@pytest.mark.settings(**POUND)
def test_fees_due_are_listed_and_only_the_treasurer_has_buttons_for_them(practice):
    practice.found()
    practice.command("asha", "/member", "list")
    practice.press("asha", "members_list.turn.fee_due", practice.modal("asha"))
    view = practice.modal("asha")
    assert shown(view).startswith(
        "Fee due: 3\nAsha Pennington, number 1: £1 due by 26 April 2027, reference "
    )
    assert [button["action_id"] for button in buttons(view) if button["action_id"] == "fees.mark"] == []


def test_a_list_left_open_is_refused_once_the_office_has_ended(practice):
    practice.found()
    practice.command("asha", "/member", "list")
    view = practice.modal("asha")
    practice.forward(days=400)
    answer = practice.press("asha", "members_list.turn.waiting", view)
    assert closing_text(answer) == "Only officers can do this, so nothing changed."


def test_the_daily_line_says_who_joined_and_who_left(practice):
    practice.found("asha", "bryn")
    joins(practice, "dev", "ebele")
    practice.press("dev", "leaving.open", practice.command("dev", "/member", "leave")["response"])
    practice.submit("dev", practice.modal("dev"))
    practice.forward(days=1)
    practice.new_day()
    practice.new_day()
    [line] = [text for text in practice.texts("asha", "steering") if text.startswith("On 27 March 2027: ")]
    assert line == (
        "On 27 March 2027: Asha Pennington, Bryn Callow and Ebele joined. Dev left. "
        "Fenmarch Digital Network has 3 members now."
    )


def test_who_holds_which_office_is_told_to_anybody(practice):
    answer = practice.command("dev", "/member", "officers")["response"]["text"]
    assert answer == "Nobody holds an office yet."
    practice.found("asha", "bryn")
    assert practice.command("dev", "/member", "officers")["response"]["text"] == (
        f"<@{user('asha')}> is a member of the steering group, until 31 March 2028. "
        f"<@{user('bryn')}> is a member of the steering group, until 31 March 2028."
    )
