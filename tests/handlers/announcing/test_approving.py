"""The proposal in the steering channel: approving it, sending it back, being reminded of it."""

import pytest

from tests.handlers.announcing.acts import (
    IN_THREE_DAYS,
    MEETUP,
    approve,
    approve_series,
    end_term,
    labels,
    plan_series,
    proposal,
    propose,
    said,
    thread,
    tweeted,
)

NOBODY = "*Nobody else is on the steering group today, so nobody can approve it.*"


def test_approving_says_when_and_where_before_and_after(practice):
    propose(practice, **IN_THREE_DAYS)
    practice.press("bryn", "announcing.approve", proposal(practice))
    view = practice.modal("bryn")
    shown = [block["text"]["text"] for block in view["blocks"] if block["type"] == "section"]
    assert shown == [
        (
            "Once you approve it, it goes out as @FenmarchDigital on X on Tue 30 March 2027, 9:00am UK time "
            "(BST), in 3 days."
        ),
        MEETUP,
    ]
    assert said(practice.submit("bryn", view)) == (
        "You have approved “Leeds meetup on Tuesday at 6pm…”. "
        "It goes out as @FenmarchDigital on X on Tue 30 March 2027, 9:00am UK time (BST), in 3 days."
    )
    practice.settle()
    assert thread(practice) == [
        (
            "<@U000000BRYN> approved it. It goes out as @FenmarchDigital on X on Tue 30 March 2027, 9:00am "
            "UK time (BST), in 3 days."
        )
    ]
    assert "Approved by <@U000000BRYN>." in proposal(practice)["text"]


def test_what_leaves_once_approved_says_how_long_after(practice):
    propose(practice)
    assert (
        "proposes an announcement, as @FenmarchDigital on X, 10 minutes after it is approved."
        in (proposal(practice)["text"])
    )
    practice.press("bryn", "announcing.approve", proposal(practice))
    view = practice.modal("bryn")
    assert view["blocks"][0]["text"]["text"] == (
        "It goes out as @FenmarchDigital on X 10 minutes after you approve it."
    )
    assert said(practice.submit("bryn", view)).splitlines() == [
        (
            "You have approved “Leeds meetup on Tuesday at 6pm…”. It goes out as @FenmarchDigital on X in 10 "
            "minutes, at 9:40am UK time (GMT)."
        ),
        "Until then anybody on the steering group can press “Stop this one”.",
    ]
    practice.press("carys", "announcing.approve", practice.messages("carys")[-1])
    assert practice.modal("carys")["blocks"][0]["text"]["text"] == (
        "Approved by <@U000000BRYN>. It goes out as @FenmarchDigital on X in 10 minutes, at 9:40am UK time (GMT). "
        "You can approve it as well."
    )


def test_all_who_approved_it_are_named_and_nobody_whose_term_has_ended(practice):
    propose(practice, **IN_THREE_DAYS)
    approve(practice, "bryn")
    practice.press("carys", "announcing.approve", practice.messages("carys")[-1])
    practice.submit("carys", practice.modal("carys"))
    practice.settle()
    assert "Approved by <@U000000BRYN> and <@U00000CARYS>." in proposal(practice)["text"]
    end_term(practice, "bryn")
    listed = said(practice.command("asha", "/announce", "list"))
    assert "Approved by <@U00000CARYS>." in listed
    end_term(practice, "carys")
    listed = said(practice.command("asha", "/announce", "list"))
    assert "Approved by" not in listed
    assert "Nobody has approved it yet. Anybody on the steering group but <@U000000ASHA> can." in listed


@pytest.mark.parametrize(
    ("gone", "told", "told_of_edit"),
    [
        ([], "I have told the 2 people who can approve it.", "2 people can approve it."),
        (["bryn"], "I have told the 1 person who can approve it.", "1 person can approve it."),
        (["bryn", "carys"], NOBODY, NOBODY),
    ],
)
def test_its_writer_reads_how_many_can_approve_it_today(practice, gone, told, told_of_edit):
    for who in gone:
        end_term(practice, who)
    assert said(propose(practice)).splitlines()[-1] == told
    practice.press("asha", "announcing.edit", proposal(practice, "asha"))
    assert (
        said(practice.submit("asha", practice.modal("asha"), text="Later.")).splitlines()[-1] == told_of_edit
    )


def test_a_message_to_who_can_approve_offers_only_what_they_may_do(practice):
    propose(practice)
    assert [label.partition(":")[0] for label in labels(practice.messages("bryn")[-1])] == [
        "Approve",
        "Ask for changes",
        "Withdraw",
        "One daily summary instead",
    ]


def test_it_goes_out_at_its_time_and_the_link_comes_back_in_its_thread(practice):
    propose(practice, **IN_THREE_DAYS)
    approve(practice)
    practice.forward(days=2, hours=22, minutes=29)
    practice.tick()
    assert tweeted(practice) == []
    practice.forward(minutes=1)
    practice.tick()
    assert tweeted(practice) == [MEETUP]
    (post,) = practice.tweets()
    assert thread(practice)[-1] == (
        "As @FenmarchDigital on X: it went out on Tue 30 March 2027, 9:00am UK time (BST): "
        f"https://x.com/FenmarchDigital/status/{post['id']}"
    )
    assert labels(proposal(practice)) == ["Take down: Leeds meetup on Tuesday at 6pm…, Tue 30 March"]


def test_it_goes_to_a_slack_channel_and_by_hand_as_well(practice):
    propose(practice, where=["slack", "by_hand"], channel="C00ANNOUNCE")
    approve(practice)
    practice.forward(minutes=10)
    practice.tick()
    assert MEETUP in practice.texts("dev", "announcements")
    asked = next(text for text in thread(practice) if text.startswith("By hand:"))
    assert asked.endswith(f"The words to post: “{MEETUP}”")
    message = next(message for message in practice.messages("carys", "steering") if message["text"] == asked)
    practice.press("carys", "announcing.posted", message)
    practice.settle()
    assert thread(practice)[-1].startswith("By hand: out, as <@U00000CARYS> said on Sat 27 March 2027")


def test_the_owner_cannot_approve_nor_can_anybody_whose_term_ended(practice):
    propose(practice)
    answer = practice.press("asha", "announcing.approve", proposal(practice, "asha"))
    assert said(answer).startswith("You wrote this one")
    practice.press("bryn", "announcing.approve", proposal(practice))
    view = practice.modal("bryn")
    end_term(practice, "bryn")
    assert "Only members of the steering group can do this" in said(practice.submit("bryn", view))
    practice.settle()
    assert "Nobody has approved it yet" in proposal(practice)["text"]


def test_what_was_edited_while_its_approval_was_open_is_not_approved(practice):
    propose(practice)
    practice.press("bryn", "announcing.approve", proposal(practice))
    view = practice.modal("bryn")
    practice.press("asha", "announcing.edit", proposal(practice, "asha"))
    practice.submit("asha", practice.modal("asha"), text="Something else")
    assert said(practice.submit("bryn", view)).startswith("It was edited while you were looking at it")
    practice.forward(minutes=20)
    practice.tick()
    assert tweeted(practice) == []


def test_an_approval_sent_twice_and_twenty_times_at_once_counts_once(practice):
    propose(practice)
    approve(practice)
    practice.redeliver(kind="submission", times=2)
    practice.redeliver(kind="submission", times=20, concurrently=True)
    practice.settle()
    assert len([text for text in thread(practice) if "approved it" in text]) == 1


def test_sent_back_with_a_comment_it_waits_for_its_owner(practice):
    propose(practice)
    practice.press("bryn", "announcing.ask_for_changes", proposal(practice))
    practice.submit("bryn", practice.modal("bryn"), comment="Say <where> it is")
    practice.settle()
    assert thread(practice) == [
        (
            f"<@U000000BRYN> asks <@U000000ASHA> to change “{MEETUP}”: “Say &lt;where&gt; it is”. "
            "Nothing goes out meanwhile."
        )
    ]
    assert practice.texts("asha")[-1] == thread(practice)[0]
    assert "<@U000000BRYN> asked for changes: “Say &lt;where&gt; it is”" in proposal(practice)["text"]
    assert [label.partition(":")[0] for label in labels(proposal(practice))] == ["Edit", "Withdraw"]
    practice.press("asha", "announcing.edit", proposal(practice, "asha"))
    practice.submit("asha", practice.modal("asha"), text="Leeds meetup, in the town hall")
    practice.settle()
    approve(practice)
    practice.forward(minutes=10)
    practice.tick()
    assert tweeted(practice) == ["Leeds meetup, in the town hall"]


def test_unapproved_at_its_time_it_is_held_and_approving_it_later_asks_for_a_new_time(practice):
    propose(practice, **IN_THREE_DAYS)
    practice.forward(days=2, hours=22, minutes=30)
    practice.tick()
    held = (
        "held. Nobody had approved it at its time, Tue 30 March 2027, 9:00am UK time (BST). Whoever approves it "
        "now chooses a new time."
    )
    assert thread(practice)[-1] == f"As @FenmarchDigital on X: {held}"
    assert practice.texts("asha")[-1].startswith(f"Your announcement is {held}")
    practice.press("bryn", "announcing.approve", proposal(practice))
    view = practice.modal("bryn")
    answer = practice.submit("bryn", view, when="at", date="2027-03-30", time="09:00")
    assert list(answer["field_errors"]) == ["time"]
    answer = practice.submit("bryn", view, when="at", date="2027-03-31", time="10:30")
    assert "Wed 31 March 2027, 10:30am UK time (BST), tomorrow" in said(answer)
    practice.forward(days=1, hours=1, minutes=30)
    practice.tick()
    assert tweeted(practice) == [MEETUP]


def test_the_new_time_of_a_late_approval_may_fall_into_the_night_the_clocks_change(practice):
    propose(practice, **IN_THREE_DAYS)
    practice.forward(days=3)
    practice.tick()
    practice.press("bryn", "announcing.approve", proposal(practice))
    practice.submit("bryn", practice.modal("bryn"), when="at", date="2027-10-31", time="01:30")
    which = practice.modal("bryn")
    options = which["blocks"][1]["element"]["options"]
    answer = practice.submit("bryn", which, which=options[1]["value"])
    assert "Sun 31 October 2027, 1:30am UK time (GMT)" in said(answer)


def dms(practice, who):
    return [text for text in practice.texts(who) if "Leeds" in text]


def test_those_who_can_approve_are_told_once_then_a_day_and_two_hours_before(practice):
    propose(practice, **IN_THREE_DAYS)
    practice.tick()
    assert [len(dms(practice, who)) for who in ("asha", "bryn", "carys")] == [0, 1, 1]
    practice.forward(days=1, hours=22, minutes=30)
    for _ in range(3):
        practice.tick()
    assert [len(dms(practice, who)) for who in ("asha", "bryn", "carys")] == [0, 2, 2]
    assert "still waits for somebody to approve it" in dms(practice, "bryn")[-1]
    assert "tomorrow" in dms(practice, "bryn")[-1]
    practice.forward(hours=22)
    for _ in range(3):
        practice.tick()
    assert [len(dms(practice, who)) for who in ("asha", "bryn", "carys")] == [0, 3, 3]
    assert "in 2 hours" in dms(practice, "bryn")[-1]


def test_after_an_outage_two_reminders_are_one(practice):
    propose(practice, **IN_THREE_DAYS)
    practice.forward(days=2, hours=21)
    practice.tick()
    assert len(dms(practice, "bryn")) == 2


def test_nobody_is_reminded_of_what_is_approved(practice):
    propose(practice, **IN_THREE_DAYS)
    approve(practice)
    practice.forward(days=1, hours=23)
    practice.tick()
    assert len(dms(practice, "carys")) == 1


def test_what_waits_without_a_time_is_brought_up_after_a_day_and_its_owner_told_after_two(practice):
    propose(practice)
    practice.forward(days=1)
    practice.tick()
    assert [len(dms(practice, who)) for who in ("asha", "bryn")] == [0, 2]
    practice.forward(days=1)
    for _ in range(2):
        practice.tick()
    assert [len(dms(practice, who)) for who in ("asha", "bryn")] == [1, 2]
    assert dms(practice, "asha")[-1].startswith("Nobody has approved your announcement yet")


def test_a_daily_summary_takes_the_place_of_every_other_message_for_who_chose_it(practice):
    propose(practice, **IN_THREE_DAYS)
    told = practice.messages("bryn")[-1]
    answer = practice.press("bryn", "announcing.choose_digest", told)
    assert said(answer).startswith("From now on you get one summary a day, at 9:00am")
    propose(practice, "Leeds again", who="carys")
    assert len(dms(practice, "bryn")) == 1
    practice.new_day()
    practice.new_day()
    summary = dms(practice, "bryn")
    assert len(summary) == 2
    assert summary[-1].startswith("Good morning. 2 announcements wait for your approval:")
    practice.forward(days=1)
    practice.tick()
    practice.new_day()
    assert len(dms(practice, "bryn")) == 3
    message = practice.messages("bryn")[-1]
    assert labels(message)[0] == "Open: Leeds meetup on Tuesday at 6pm…, Tue 30 March"
    practice.press("bryn", "announcing.choose_each", message)
    propose(practice, "Leeds once more", who="carys")
    assert "asks the steering group to approve" in dms(practice, "bryn")[-1]


def test_a_series_that_waits_for_its_one_approval_is_in_the_summary_the_reminders_and_app_home(practice):
    propose(practice, **IN_THREE_DAYS)
    practice.press("bryn", "announcing.choose_digest", practice.messages("bryn")[-1])
    plan_series(practice, "every wednesday 9am for 5 times", how="fixed")
    line = (
        "“Leeds meetup on Tuesday at 6pm. Everybody is welcome.” by <@U000000ASHA>, as @FenmarchDigital on X, "
        "every Wednesday, 9:00am UK time: 5 runs, Wed 31 March 2027 to Wed 28 April 2027."
    )
    assert line in str(practice.home("carys"))
    assert line not in str(practice.home("asha"))
    practice.new_day()
    (summary,) = [text for text in dms(practice, "bryn") if text.startswith("Good morning")]
    assert summary.startswith("Good morning. 1 announcement and 1 series wait for your approval:\n")
    assert line in summary
    for hours in (48, 23):
        practice.forward(hours=hours)
        practice.tick()
    reminded = practice.messages("carys")[-1]
    assert "still waits for somebody to approve it" in reminded["text"]
    assert "The whole series waits for an approval as well" in reminded["text"]
    assert "Approve them all: series Leeds meetup on Tuesday at 6pm…" in labels(reminded)
    approve_series(practice, "carys")
    assert line not in str(practice.home("bryn"))
