"""A time typed into the window comes back in absolute words before anything is proposed."""

from tests.handlers.announcing.acts import MEETUP, open_window, proposal, said


def type_time(practice, typed, **entered):
    return practice.submit("asha", open_window(practice), **{"where": ["x"], "typed_time": typed, **entered})


def options(practice):
    return practice.modal("asha")["blocks"][1]["element"]["options"]


def test_a_typed_time_is_shown_as_it_was_read_and_proposed_once_that_is_confirmed(practice):
    answer = type_time(practice, "tomorrow 9am")
    assert said(answer) == (
        "I think “tomorrow 9am” means the time below. Nothing was proposed yet. If this is wrong, close the "
        "window and open it again: what you wrote is kept.\nIt is to go out on"
    )
    view = practice.modal("asha")
    assert view["title"]["text"] == "Is this the time?"
    assert [one["text"]["text"] for one in options(practice)] == [
        "Sun 28 March 2027, 9:00am UK time (BST), tomorrow"
    ]
    practice.settle()
    assert MEETUP not in "".join(practice.texts("asha", "steering"))
    practice.submit("asha", view)
    practice.settle()
    assert "Sun 28 March 2027, 9:00am UK time (BST), tomorrow" in proposal(practice)["text"]


def test_of_several_meanings_somebody_has_to_choose(practice):
    answer = type_time(practice, "03/04 9am", when="at", date="2027-05-01", time="10:00")
    assert "“03/04 9am” can mean 2 times." in said(answer)
    assert practice.submit("asha", practice.modal("asha"))["error"] == "incomplete"
    assert [one["text"]["text"] for one in options(practice)] == [
        "Sat 3 April 2027, 9:00am UK time (BST), in 7 days",
        "Sat 4 March 2028, 9:00am UK time (GMT)",
    ]
    practice.submit("asha", practice.modal("asha"), which=options(practice)[0]["value"])
    practice.settle()
    assert "Sat 3 April 2027, 9:00am UK time (BST), in 7 days" in proposal(practice)["text"]


def test_in_the_night_the_clocks_change_it_is_said_why_there_are_two(practice):
    assert "the clocks go forward, and 1:30am is skipped." in said(type_time(practice, "tomorrow 1:30am"))


def test_what_is_not_understood_is_said_beside_the_field_and_the_words_are_kept(practice):
    answer = type_time(practice, "some time *soon*")
    assert answer["field_errors"] == {
        "typed_time": "I can't read “some time *soon*” as a time. Nothing was proposed. "
        "Write it like “tomorrow 9am”, “friday 14:30” or “30 march at noon”."
    }
    again = open_window(practice, text="")["state"]["values"]
    assert again["typed_time"]["entered"]["value"] == "some time *soon*"
