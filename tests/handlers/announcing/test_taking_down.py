"""“Take down”: from the button to the empty timeline, and to the person where the network will not."""

from tests.handlers.announcing.acts import (
    MEETUP,
    approve,
    labels,
    proposal,
    propose,
    said,
    steering,
    thread,
)

PLACE = "As @FenmarchDigital on X"
TAKE_DOWN = "Take down: Leeds meetup on Tuesday at 6pm…, Sat 27 March"


def sent(practice, **entered):
    propose(practice, **entered)
    approve(practice)
    practice.forward(minutes=10)
    practice.tick()


def up(practice):
    return [post["text"] for post in practice.tweets() if not post["deleted"]]


def ask(practice, who="carys", **entered):
    practice.press(who, "announcing.take_down", proposal(practice, who))
    return practice.submit(who, practice.modal(who), **{"reason": "The wrong day", **entered})


def test_a_post_is_taken_down_by_one_person_with_a_reason_and_everything_says_so(practice):
    sent(practice)
    note = proposal(practice)
    assert labels(note) == [TAKE_DOWN]
    practice.press("carys", "announcing.take_down", proposal(practice))
    window = "\n".join(block["text"]["text"] for block in practice.modal("carys")["blocks"][:2])
    assert f"deleted for everybody: “{MEETUP}”" in window
    practice.press("bryn", "announcing.take_down", note)
    assert (
        f"{PLACE}: deleting costs $0.01 (X's price in 2026). It counts towards what the month costs, and no cap keeps it back. For about a day"
        in window
    )
    answer = practice.submit("carys", practice.modal("carys"), reason="The wrong day")
    assert said(answer).startswith("I am taking it down now, and say in its thread what came of it")
    assert up(practice) == [MEETUP]
    practice.forward(minutes=1)
    went = "went out on Sat 27 March 2027,"
    address = f"https://x.com/FenmarchDigital/status/{practice.tweets()[0]['id']}"
    for second in (
        practice.press("asha", "announcing.take_down", note),
        practice.submit("bryn", practice.modal("bryn"), reason="So it is"),
    ):
        assert said(second).splitlines()[-3:] == [
            "Somebody was quicker, so nothing changed.",
            "<@U00000CARYS> asked for it on Sat 27 March 2027, 9:40am UK time (GMT): “The wrong day”.",
            f"It {went} 9:40am UK time (GMT): {address} I am taking it down for <@U00000CARYS>.",
        ]
    practice.tick()
    assert up(practice) == []
    assert thread(practice)[-2:] == [
        f"<@U00000CARYS> has it taken down {PLACE[0].lower()}{PLACE[1:]}: “The wrong day.”".replace(
            "day.”", "day”."
        ),
        f"{PLACE}: taken down on Sat 27 March 2027, 9:41am UK time (GMT) by <@U00000CARYS>.",
    ]
    told = proposal(practice)
    assert (labels(told), MEETUP in told["text"]) == ([], True)
    listed = practice.command("asha", "/announce", "list")
    assert "by <@U00000CARYS>: “The wrong day”" in said(listed)


def test_without_a_reason_nothing_is_deleted(practice):
    sent(practice)
    answer = ask(practice, reason="  ")
    assert answer["field_errors"] == {
        "reason": "Please say why: it stays in the record. Nothing is deleted yet."
    }
    practice.tick()
    assert up(practice) == [MEETUP]


def test_of_several_places_some_may_be_chosen(practice):
    sent(practice, where=["x", "slack"], channel="C00ANNOUNCE")
    ask(practice, where=["2"])
    practice.tick()
    assert (up(practice), MEETUP in practice.texts("dev", "announcements")) == ([MEETUP], False)
    assert "In <#C00ANNOUNCE>: taken down" in thread(practice)[-1]


def test_what_x_refuses_to_delete_is_left_with_its_link_and_a_button(practice):
    sent(practice)
    practice.workspace.asked("x/faults", kind="forbidden", when="before", on="DELETE /2/tweets/{id}")
    ask(practice)
    practice.tick()
    (post,) = practice.tweets()
    note = next(each for each in reversed(steering(practice)) if "I could not" in each["text"])
    assert note["text"].endswith(
        "<@U00000CARYS> wants it taken down, and I could not: X does not let us delete it: “You are not permitted "
        "to perform this action.” Delete it there by hand. "
        f"https://x.com/FenmarchDigital/status/{post['id']}"
    )
    assert labels(note) == [
        "I have deleted it: Leeds meetup on Tuesday at 6pm…, X",
        "Try again to delete it: Leeds meetup on Tuesday at 6pm…, X",
    ]
    answer = practice.press("bryn", "announcing.deleted", note)
    assert said(answer).startswith("Thank you: I have written down that you deleted it.")
    practice.settle()
    assert thread(practice)[-1].endswith("by <@U00000CARYS>. <@U000000BRYN> says that they deleted it.")
    answer = practice.press("asha", "announcing.take_down_again", note)
    assert said(answer).startswith("That is settled, so nothing changed.")


def test_an_answer_that_is_lost_is_asked_for_again_and_costs_nobody_a_thought(practice):
    sent(practice)
    practice.workspace.asked("x/faults", kind="drop", when="after", on="DELETE /2/tweets/{id}")
    ask(practice)
    practice.tick()
    assert "I am taking it down for <@U00000CARYS>. Not yet:" in proposal(practice)["text"]
    practice.forward(seconds=5)
    practice.tick()
    assert thread(practice)[-1].endswith("It was gone there already.")
