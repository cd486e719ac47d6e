"""Writing an announcement: the window, what it refuses, what it keeps."""

import pytest

from tests.handlers.announcing.acts import (
    DAY_BY_DAY,
    IN_THREE_DAYS,
    MEETUP,
    approve,
    labels,
    open_window,
    proposal,
    propose,
    said,
    thread,
    tweeted,
)


def value(view, block_id):
    block = next(block for block in view["blocks"] if block.get("block_id") == block_id)
    return block["element"].get("initial_value")


def test_the_text_typed_after_the_command_fills_the_window(practice):
    assert value(open_window(practice, text="Hello :tada: & all"), "text") == "Hello 🎉 & all"


@pytest.mark.parametrize(("who", "where"), [("dev", "general"), ("ines", "open-data"), ("jonas", "tea-room")])
def test_only_the_steering_group_gets_the_window(practice, who, where):
    answer = practice.command(who, "/announce", "Mine!", where=where)
    assert "Only members of the steering group can do this" in said(answer)
    assert practice.modal(who) is None


def test_the_answer_says_what_happens_next(practice):
    assert said(propose(practice)) == (
        "It is proposed, in the steering channel.\n"
        "It goes out 10 minutes after somebody else on the steering group has approved it.\n"
        "I have told the 2 people who can approve it."
    )


def test_the_proposal_shows_everything_that_is_agreed_to(practice):
    propose(practice, "See https://fenmarch.example/news", **IN_THREE_DAYS)
    message = proposal(practice)
    assert message["text"] == (
        "<@U000000ASHA> proposes an announcement, as @FenmarchDigital on X, Tue 30 March 2027, 9:00am UK time "
        "(BST), in 3 days. The exact text: “See https://fenmarch.example/news” X: 33 of 280 characters, costs "
        "$0.20 (X's price in 2026). Link: https://fenmarch.example/news. Nobody has approved it yet. Anybody on "
        "the steering group but <@U000000ASHA> can."
    )
    assert message["blocks"][1]["text"] == {
        "type": "plain_text",
        "text": "See https://fenmarch.example/news",
        "emoji": False,
    }
    assert labels(message) == [
        f"{label}: See https://fenmarch.example/news, Tue 30 March"
        for label in ("Approve", "Ask for changes", "Edit", "Withdraw")
    ]


def test_what_is_approved_is_what_leaves_letter_for_letter(practice):
    odd = "“Curly” *x* _y_ ~z~ `code` @channel <here> &amp; A&B &lt; :tada: £5 é"
    propose(practice, odd)
    exact = "“Curly” *x* _y_ ~z~ `code` @channel <here> & A&B < 🎉 £5 é"
    assert proposal(practice)["blocks"][1]["text"]["text"] == exact
    approve(practice)
    practice.forward(minutes=10)
    practice.tick()
    assert tweeted(practice) == [exact]


def test_a_text_that_is_too_long_says_by_how_much_and_which_words_do_not_fit(practice):
    view = open_window(practice, text="word " * 55)
    answer = practice.submit("asha", view, text="word " * 55 + "and the end of it", where=["x"])
    assert answer["field_errors"] == {
        "text": "12 too many for X: 292 of 280. This does not fit: “the end of it”. "
        "Nothing was proposed; your words are kept."
    }


@pytest.mark.parametrize(
    ("entered", "error"),
    [
        ({"where": []}, {"where": "Tick at least one place."}),
        (
            {"where": ["slack"]},
            {"channel": "Choose the Slack channel, or untick “A Slack channel”."},
        ),
        ({"when": "at"}, {"date": "Choose a date, or “As soon as it is approved” above."}),
        (
            {"when": "at", "date": "2027-03-30"},
            {"time": "Choose a time, or “As soon as it is approved” above."},
        ),
        (
            {"when": "at", "date": "2027-03-27", "time": "09:00"},
            {
                "time": "Sat 27 March 2027, 9:00am UK time (GMT), 30 minutes ago, has passed. Choose a later "
                "time, or “as soon as approved”. Nothing changed."
            },
        ),
        ({"text": "   "}, {"text": "Write what should be announced."}),
        (
            {"text": "Hooray :oxmere-logo:"},
            {
                "text": ":oxmere-logo: cannot be shown outside this Slack. Take it out, or use a standard "
                "emoji."
            },
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_proposed(practice, entered, error):
    view = open_window(practice)
    answer = practice.submit("asha", view, **{"where": ["x"], **entered})
    practice.settle()
    assert {**answer["field_errors"]} == error or answer["error"] == "incomplete"
    assert "announcement" not in "".join(practice.texts("asha", "steering"))


def test_a_corrected_window_can_be_sent_again(practice):
    view = open_window(practice)
    practice.submit("asha", view, where=["slack"])
    practice.submit("asha", view, where=["x"])
    practice.settle()
    assert MEETUP in proposal(practice)["text"]


def test_a_closed_window_is_kept_and_opens_again(practice):
    view = open_window(practice, text="")
    practice.press("asha", "entered", view, block_id="text", chosen="Half a sentence")
    practice.close("asha", view)
    again = open_window(practice, text="")
    assert value(again, "text") == "Half a sentence"
    assert (
        "This is what you had written: I kept it on Sat 27 March 2027" in again["blocks"][0]["text"]["text"]
    )


def test_a_refused_window_is_kept_with_everything_in_it(practice):
    view = open_window(practice)
    practice.submit("asha", view, where=["x", "slack"], when="at", date="2027-03-30", time="09:00")
    again = open_window(practice, text="")
    assert value(again, "text") == MEETUP
    state = again["state"]["values"]
    assert state["date"]["entered"]["selected_date"] == "2027-03-30"
    assert [option["value"] for option in state["where"]["entered"]["selected_options"]] == ["x", "slack"]


def test_new_text_after_the_command_leaves_the_draft_alone(practice):
    practice.close("asha", open_window(practice, text="The first"))
    assert value(open_window(practice, text="The second"), "text") == "The second"
    listed = practice.command("asha", "/announce", "list")
    assert "“The first”, kept on" in said(listed)
    assert labels(listed["response"]) == ["Go on writing: The first", "Throw away: The first", *DAY_BY_DAY]
    practice.press("asha", "announcing.reopen", listed["response"])
    assert value(practice.modal("asha"), "text") == "The first"


def test_a_draft_can_be_thrown_away_and_is_gone_once_proposed(practice):
    practice.close("asha", open_window(practice, text="The first"))
    listed = practice.command("asha", "/announce", "list")
    practice.press("asha", "announcing.throw_away", listed["response"])
    assert "draft" not in said(practice.command("asha", "/announce", "list"))
    view = open_window(practice)
    practice.close("asha", view)
    practice.submit("asha", open_window(practice, text=""), where=["x"])
    assert "draft" not in said(practice.command("asha", "/announce", "list"))


def test_nobody_sees_or_opens_somebody_elses_draft(practice):
    practice.close("asha", open_window(practice, text="The first"))
    assert "The first" not in said(practice.command("bryn", "/announce", "list"))


def test_a_time_the_clocks_skip_is_asked_about(practice):
    view = open_window(practice)
    answer = practice.submit("asha", view, where=["x"], when="at", date="2027-03-28", time="01:30")
    assert said(answer) == (
        "On Sunday 28 March 2027 the clocks go forward, and 1:30am is skipped. Nothing was proposed or "
        "approved yet.\nWhich do you mean?"
    )
    which = practice.modal("asha")
    options = which["blocks"][1]["element"]["options"]
    assert [option["text"]["text"] for option in options] == ["12:30am UK time (GMT)", "2:30am UK time (BST)"]
    practice.submit("asha", which, which=options[1]["value"])
    practice.settle()
    assert "Sun 28 March 2027, 2:30am UK time (BST), tomorrow" in proposal(practice)["text"]


def test_a_time_that_happens_twice_is_asked_about(practice):
    view = open_window(practice)
    practice.submit("asha", view, where=["x"], when="at", date="2027-10-31", time="01:30")
    which = practice.modal("asha")
    options = which["blocks"][1]["element"]["options"]
    assert [option["text"]["text"] for option in options] == [
        "1:30am UK time (BST), the first",
        "1:30am UK time (GMT), the second",
    ]
    practice.submit("asha", which, which=options[1]["value"])
    practice.settle()
    assert "Sun 31 October 2027, 1:30am UK time (GMT)" in proposal(practice)["text"]


def test_the_readers_own_time_is_named_where_it_differs(practice):
    practice.workspace.asked("change-person", user="U000000ASHA", profile={"tz": "Europe/Madrid"})
    practice.workspace.asked("change-person", user="U000000BRYN", profile={"tz": "America/New_York"})
    assert "That is 10:00am on your own clock (Madrid time)." in said(propose(practice, **IN_THREE_DAYS))
    assert "That is 4:00am on your own clock (New York time)." in practice.texts("bryn")[-1]
    assert "own clock" not in practice.texts("carys")[-1]


@pytest.mark.parametrize("kind", ["cut", "html", "status", "reset_before", "redirect"])
def test_when_slack_does_not_say_the_readers_zone_the_networks_time_is_told_alone(practice, kind):
    view = open_window(practice)
    practice.workspace.asked("faults", method="users.info", kind=kind, times=9)
    answer = said(practice.submit("asha", view, where=["x"], **IN_THREE_DAYS))
    assert "Once approved, it goes out on Tue 30 March 2027, 9:00am UK time (BST), in 3 days." in answer
    assert "own clock" not in answer
    practice.settle()
    assert "9:00am UK time (BST)" in practice.texts("bryn")[-1]


def test_the_owner_edits_it_and_the_approval_is_void(practice):
    propose(practice, **IN_THREE_DAYS)
    approve(practice)
    practice.press("asha", "announcing.edit", proposal(practice, "asha"))
    view = practice.modal("asha")
    assert value(view, "text") == MEETUP
    practice.submit("asha", view, text=MEETUP.replace("6pm", "7pm"))
    practice.settle()
    assert "at 7pm" in proposal(practice)["text"]
    assert "Nobody has approved it yet" in proposal(practice)["text"]
    assert "The approval of <@U000000BRYN> no longer counts" in thread(practice)[-1]
    assert "your approval no longer counts" in practice.texts("bryn")[-1]


def test_an_edit_given_up_is_kept_for_the_next_time(practice):
    propose(practice)
    practice.press("asha", "announcing.edit", proposal(practice, "asha"))
    view = practice.modal("asha")
    practice.press("asha", "entered", view, block_id="text", chosen="Begun to change")
    practice.close("asha", view)
    practice.press("asha", "announcing.edit", proposal(practice, "asha"))
    assert value(practice.modal("asha"), "text") == "Begun to change"
    assert MEETUP in proposal(practice)["text"]


def test_somebody_else_is_told_to_ask_for_changes_instead(practice):
    propose(practice)
    answer = practice.press("bryn", "announcing.edit", proposal(practice))
    assert "Only Asha Pennington, who wrote it, can edit this announcement." in said(answer)


def test_text_with_entities_in_it_survives_an_edit_unchanged(practice):
    propose(practice, "Write &amp;lt; for a bracket")
    assert proposal(practice)["blocks"][1]["text"]["text"] == "Write &lt; for a bracket"
    practice.press("asha", "announcing.edit", proposal(practice, "asha"))
    practice.submit("asha", practice.modal("asha"))
    practice.settle()
    assert proposal(practice)["blocks"][1]["text"]["text"] == "Write &lt; for a bracket"


def test_what_people_typed_comes_to_life_nowhere(practice):
    propose(practice, "<!channel> <@U000000BRYN> *bold* <https://evil.example|good>")
    text = proposal(practice)["text"]
    assert "<!channel>" not in text
    assert "<https://" not in text


def test_it_says_when_nothing_is_running_that_would_send_it(practice):
    practice.clock.forward(minutes=3)
    assert "Nothing is running that would send this." in said(propose(practice))
    assert "Nothing is running that would send this." in said(approve(practice))
    assert "Nothing is running that would send this." in said(practice.command("asha", "/announce", "list"))


def test_a_submission_delivered_twice_and_twenty_times_proposes_once(practice):
    propose(practice, settle=False)
    practice.redeliver(kind="submission", times=2)
    practice.redeliver(kind="submission", times=20, concurrently=True)
    practice.settle()
    assert len([text for text in practice.texts("asha", "steering") if MEETUP in text]) == 1


def test_text_that_begins_like_a_command_is_still_text(practice):
    practice.command("asha", "/announce", "list of our events in April")
    assert value(practice.modal("asha"), "text") == "list of our events in April"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (
            "list year",
            "Did you mean `/announce list`? What is coming, sent, held or in doubt, with every button;",
        ),
        ("calender", "Did you mean `/announce calendar`? What is planned, in your own calendar. I opened"),
        ("cancel", "Did you mean `/announce list`? What is coming"),
        ("Delete my last announcement!", "Did you mean `/announce list`? What is coming"),
        ("stop-al", "Did you mean `/announce stop-all`? Hold everything, at once. I opened"),
        ("new", "Did you mean `/announce`? Write an announcement, which goes out once somebody else"),
        ("Purdah", "Did you mean `/announce blackout`? Days on which"),
        ("*Q&A*", "I know no command “∗Q&amp;A∗”, so I opened nothing"),  # noqa: RUF001
    ],
)
def test_what_reads_like_a_command_is_asked_about_and_may_become_an_announcement(practice, typed, meant):
    answer = practice.command("asha", "/announce", typed)
    assert said(answer).startswith(meant)
    assert practice.modal("asha") is None
    practice.press("asha", "announcing.write_these", answer["response"])
    assert value(practice.modal("asha"), "text") == typed


@pytest.mark.parametrize("typed", ["help", "help please", "help me"])
def test_help_lists_what_there_is(practice, typed):
    text = said(practice.command("asha", "/announce", typed))
    for line in ("/announce [text]", "/announce list", "/announce stop-all", "/announce resume-all"):
        assert f"`{line}`: " in text


def test_help_tells_everybody_else_whom_to_ask(practice):
    assert said(practice.command("dev", "/announce", "help")) == (
        "Only the steering group of Fenmarch Digital Network can announce things. To have something announced, "
        "ask <@U000000ASHA> or <@U000000BRYN>."
    )


def test_what_people_typed_is_not_formatted_in_lists_and_notes(practice):
    propose(practice, "*Bold* move, _really_ `now`: snake_case")
    practice.press("bryn", "announcing.ask_for_changes", proposal(practice))
    practice.submit("bryn", practice.modal("bryn"), comment="~No~ *thanks*")
    practice.settle()
    listed = practice.command("bryn", "/announce", "list")["response"]
    drawn = [
        block["text"]["text"]
        for message in (listed, *practice.messages("bryn", "steering"))
        for block in message["blocks"]
        if block["type"] == "section" and block["text"]["type"] == "mrkdwn"
    ]
    assert any("∗Bold∗ move, ˍreallyˍ ˋnowˋ: snake_case" in text for text in drawn)  # noqa: RUF001
    assert any("∼No∼ ∗thanks∗" in text for text in drawn)  # noqa: RUF001
    assert proposal(practice)["blocks"][1]["text"]["text"] == "*Bold* move, _really_ `now`: snake_case"


@pytest.mark.settings(rehearsal=True)
def test_in_a_rehearsal_refusals_errors_and_help_say_so_too(practice):
    assert said(practice.command("dev", "/announce", "Mine!")) == (
        "REHEARSAL: nothing leaves. Only members of the steering group can do this, so nothing changed."
    )
    assert practice.submit("asha", open_window(practice), where=["slack"])["field_errors"] == {
        "channel": "REHEARSAL: nothing leaves. Choose the Slack channel, or untick “A Slack channel”."
    }
    for who, begins in (("asha", "You can ask me"), ("dev", "Only the steering group of Fenmarch Digital")):
        text = said(practice.command(who, "/announce", "help"))
        assert text.startswith(f"REHEARSAL: nothing leaves. {begins}")


@pytest.mark.settings(rehearsal=True)
def test_in_a_rehearsal_every_message_says_so_and_nothing_leaves(practice):
    before = {place: len(practice.texts("bryn", place)) for place in ("bot", "steering")}
    view = open_window(practice)
    assert view["blocks"][0]["text"]["text"] == "*REHEARSAL: nothing leaves.*"
    assert said(practice.submit("asha", view, where=["x", "slack"], channel="C00ANNOUNCE")).startswith(
        "*REHEARSAL: nothing leaves.*"
    )
    practice.settle()
    approve(practice)
    practice.forward(minutes=10)
    practice.tick()
    for place, count in before.items():
        about = practice.texts("bryn", place)[count:]
        assert about
        assert [text for text in about if not text.startswith("REHEARSAL: nothing leaves.")] == []
    assert (tweeted(practice), MEETUP in practice.texts("asha", "announcements")) == ([], False)
    assert "it would have gone out" in thread(practice)[-1]
