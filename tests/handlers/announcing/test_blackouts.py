"""Blackout periods and caps from Slack: entered, warned of, held for, let out by a second person."""

import pytest

from tests.handlers.announcing.acts import (
    IN_THREE_DAYS,
    MEETUP,
    approve,
    labels,
    proposal,
    propose,
    said,
    steering,
    thread,
    tweeted,
)

PERIOD = "a blackout period, from 30 March 2027 to 31 March 2027 (Local elections)"


def enter(practice, who="carys", first="2027-03-30", last="2027-03-31", reason="Local elections"):
    answer = practice.command(who, "/announce", "blackout")
    practice.press(who, "announcing.add_blackout", answer["response"])
    answer = practice.submit(who, practice.modal(who), first_day=first, last_day=last, reason=reason)
    practice.settle()
    return answer


def let_out(practice, who="carys"):
    practice.press(who, "announcing.all_the_same", proposal(practice, who))
    view = practice.modal(who)
    answer = practice.submit(who, view)
    practice.settle()
    return view, answer


def test_a_period_is_entered_and_says_what_falls_into_it(practice):
    propose(practice, **IN_THREE_DAYS)
    assert said(practice.command("carys", "/announce", "blackout")).startswith(
        "No blackout period is entered."
    )
    assert said(enter(practice)).splitlines() == [
        "Entered: nothing goes out from 30 March 2027 to 31 March 2027 (Local elections).",
        (
            "1 announcement falls into it. Each is held at its time, unless somebody other than its writer "
            "lets it out:"
        ),
        f"- “{MEETUP}” by <@U000000ASHA>, Tue 30 March 2027, 9:00am UK time (BST), in 3 days",
    ]
    assert steering(practice)[-1]["text"] == (
        "<@U00000CARYS> entered a blackout period: nothing goes out from 30 March 2027 to 31 March 2027 "
        "(Local elections). 1 planned announcement falls into it."
    )
    listed = practice.command("bryn", "/announce", "blackout")["response"]
    assert (
        "*From 30 March 2027 to 31 March 2027*: Local elections. Entered by <@U00000CARYS>." in listed["text"]
    )
    assert labels(listed) == [
        "Shorten: Local elections, from 30 March 2027 to 31 March 2027",
        "End it now: Local elections, from 30 March 2027 to 31 March 2027",
        "Add a period: in which nothing goes out",
    ]


@pytest.mark.parametrize(
    ("entered", "refused"),
    [
        (
            {"first": "2027-03-31", "last": "2027-03-30"},
            {"last_day": "The last day can't be before the first, 31 March 2027. Nothing was changed."},
        ),
        (
            {"first": "2027-03-25", "last": "2027-03-26"},
            {"last_day": "26 March 2027 has passed. Choose a later day. Nothing was changed."},
        ),
        (
            {"reason": " "},
            {"reason": "Say why: people read it when something is held. Nothing was changed."},
        ),
        (
            {"first": "2020-01-01", "last": "2026-12-31"},
            {"last_day": "31 December 2026 has passed. Choose a later day. Nothing was changed."},
        ),
    ],
)
def test_what_cannot_be_entered_is_said_beside_its_field(practice, entered, refused):
    assert enter(practice, **entered)["field_errors"] == refused


def test_periods_that_overlap_are_warned_of_in_one_breath(practice):
    enter(practice)
    enter(practice, reason="Mourning")
    enter(practice, last="2027-04-02", reason="By-election")
    assert said(propose(practice, **IN_THREE_DAYS)).splitlines()[-1] == (
        "It is held at its time: it falls into 3 blackout periods, of which the last is from 30 March 2027 to "
        "2 April 2027 (By-election). Anybody on the steering group but its writer can let it out. "
        "`/announce blackout` shows them all."
    )


@pytest.mark.parametrize(
    ("first", "last", "said_of_it"),
    [
        (
            "2027-03-30",
            "2030-03-29",
            "from 30 March 2027 to 29 March 2030: that is 1,096 days, about 3 years",
        ),
        (
            "2020-03-30",
            "2027-03-31",
            "from 30 March 2020 to 31 March 2027: that is 2,558 days, about 7 years",
        ),
        ("2028-12-01", "2028-12-01", "on 1 December 2028: that is 1 day"),
    ],
)
def test_a_period_that_may_be_a_slip_is_entered_only_when_that_is_confirmed(
    practice, first, last, said_of_it
):
    propose(practice, **IN_THREE_DAYS)
    asked = said(enter(practice, first=first, last=last))
    assert asked.startswith(f"Nothing would go out {said_of_it} (Local elections). Nothing was entered yet.")
    held = "It would hold 1 planned announcement:\n- “Leeds meetup on Tuesday" in asked
    assert held is (first < "2028")
    listed = said(practice.command("carys", "/announce", "blackout"))
    assert listed.startswith("No blackout period is entered.")
    entered = said(practice.submit("carys", practice.modal("carys")))
    assert entered.startswith("Entered: nothing goes out")


def test_the_proposal_warns_and_a_second_person_lets_it_out(practice):
    enter(practice)
    assert f"It is held at its time: it falls into {PERIOD}." in said(propose(practice, **IN_THREE_DAYS))
    assert f"it falls into {PERIOD}." in proposal(practice)["text"]
    refused = practice.press("asha", "announcing.all_the_same", proposal(practice, "asha"))
    assert said(refused).startswith(
        "You wrote this one, so somebody else on the steering group has to let it"
    )
    view, answer = let_out(practice)
    assert view["blocks"][0]["text"]["text"] == f"What keeps it back: {PERIOD}."
    assert said(answer) == f"Once it is approved, it goes out all the same. It is about “{MEETUP}”"
    assert thread(practice)[-1] == (
        f"<@U00000CARYS> lets it go out at its time all the same, in {PERIOD}. All else waits."
    )
    assert PERIOD not in proposal(practice)["text"]
    approve(practice)
    practice.forward(days=3)
    practice.tick()
    assert tweeted(practice) == [MEETUP]


@pytest.mark.settings(most_per_hour=1)
def test_what_is_over_a_cap_is_held_and_sent_all_the_same_by_somebody_else(practice):
    for text in ("The first one.", MEETUP):
        propose(practice, text)
        approve(practice)
    practice.forward(minutes=10)
    practice.tick()
    assert tweeted(practice) == ["The first one."]
    held = (
        "1 has gone out as @FenmarchDigital on X in the last hour, and at most 1 may (MOST_PER_HOUR). Anybody "
        "on the steering group but its writer can press “Send it all the same”, and whoever looks after the "
        "bot can change the cap."
    )
    assert held in thread(practice)[-1]
    assert "Send it all the same: Leeds meetup on Tuesday at 6pm…, Sat 27 March" in labels(proposal(practice))
    let_out(practice)
    assert thread(practice)[-1] == (
        "<@U00000CARYS> lets it go now all the same, over the cap for an hour. All else waits."
    )
    practice.tick()
    assert sorted(tweeted(practice)) == sorted(["The first one.", MEETUP])


@pytest.mark.settings(most_cents_per_month=500, approvals_needed=2)
def test_whoever_is_about_to_agree_sees_cost_and_company_and_who_else_has_to(practice):
    propose(practice, "Another one.", **{**IN_THREE_DAYS, "time": "10:30"})
    answer = propose(practice, **IN_THREE_DAYS)
    warned = [
        (
            "Within two hours of another as @FenmarchDigital on X: “Another one.”, Tue 30 March 2027, 10:30am "
            "UK time (BST)."
        ),
        "With this one, this month costs $0.015; at most $5.00 may be spent.",
    ]
    assert said(answer).splitlines()[-2:] == warned
    practice.press("bryn", "announcing.approve", proposal(practice))
    view = practice.modal("bryn")
    assert "\n".join(warned) in [
        element["text"]
        for block in view["blocks"]
        if block["type"] == "context"
        for element in block["elements"]
    ]
    practice.submit("bryn", view)
    practice.settle()
    assert "Approved by <@U000000BRYN>; one more person has to agree." in proposal(practice)["text"]
    assert thread(practice)[-1] == (
        "<@U000000BRYN> approved it. One more person has to agree before it goes out."
    )
    approve(practice, "carys")
    assert "Approved by <@U000000BRYN> and <@U00000CARYS>." in proposal(practice)["text"]
