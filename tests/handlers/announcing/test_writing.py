"""Other words on some networks: fields that come and go, and keep what was typed into them."""

from tests.handlers.announcing.acts import (
    IN_THREE_DAYS,
    MEETUP,
    approve,
    open_window,
    proposal,
    propose,
    said,
    thread,
    tweeted,
    words,
)

ON_BOTH = {"where": ["x", "slack"], "channel": "C00ANNOUNCE"}
SHORT = "Leeds, Tuesday, 6pm."


def blocks_of(view):
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def standing(view, block_id):
    return view["state"]["values"][block_id]["entered"]["value"]


def choose(practice, view, block_id, *chosen, who="asha"):
    """Tick exactly these in the window; the window as it is then."""
    practice.press(who, "entered", view, block_id=block_id, chosen=list(chosen))
    return practice.modal(who)


def with_own_words(practice, **kept):
    view = open_window(practice)
    view = choose(practice, view, "where", "x", "slack")
    return choose(practice, view, "more", "words")


def propose_both(practice, **entered):
    view = with_own_words(practice)
    answer = practice.submit("asha", view, text_x=SHORT, channel="C00ANNOUNCE", **entered)
    practice.settle()
    return answer


def test_the_plain_window_has_one_field_for_words(practice):
    view = open_window(practice)
    assert blocks_of(view) == [
        "text",
        "where",
        "channel",
        "files",
        "more",
        "when",
        "date",
        "time",
        "typed_time",
    ]
    assert choose(practice, view, "where", "x", "slack")["hash"] == view["hash"]


def test_each_ticked_network_gets_a_field_with_its_limit_when_asked_for(practice):
    view = with_own_words(practice)
    assert blocks_of(view)[4:7] == ["more", "text_x", "text_slack"]
    own = [block for block in view["blocks"] if block.get("block_id", "").startswith("text_")]
    assert [(block["label"]["text"], block["hint"]["text"], block["optional"]) for block in own] == [
        (
            "Words for X",
            "X takes 280 characters, and a link counts as 23. Leave it empty for the same words as above.",
            True,
        ),
        (
            "Words for Slack",
            "Slack: 3,000 characters at most. Leave it empty for the same words as above.",
            True,
        ),
    ]


def test_nothing_typed_is_lost_while_fields_come_and_go(practice):
    view = with_own_words(practice)
    for block_id, typed in (("text", "For all of you"), ("text_x", SHORT), ("text_slack", "Here!")):
        practice.press("asha", "entered", view, block_id=block_id, chosen=typed)
    practice.press("asha", "entered", view, block_id="date", chosen="2027-03-30")
    view = choose(practice, practice.modal("asha"), "where", "slack")
    assert "text_x" not in blocks_of(view)
    view = choose(practice, view, "more")
    assert "text_slack" not in blocks_of(view)
    practice.close("asha", view)
    view = choose(practice, open_window(practice, text=""), "more", "words")
    view = choose(practice, view, "where", "x", "slack")
    assert [standing(view, each) for each in ("text", "text_x", "text_slack")] == [
        "For all of you",
        SHORT,
        "Here!",
    ]
    assert view["state"]["values"]["date"]["entered"]["selected_date"] == "2027-03-30"


def test_each_network_gets_exactly_its_own_words(practice):
    propose_both(practice)
    approve(practice)
    practice.forward(minutes=10)
    practice.tick()
    assert tweeted(practice) == [SHORT]
    assert practice.texts("asha", "announcements")[-1] == MEETUP


def test_the_proposal_shows_the_exact_words_of_each_network(practice):
    propose_both(practice, text="We meet at fenmarch.example/leeds")
    message = proposal(practice)
    assert [words(block) for block in message["blocks"]][1:7] == [
        "As @FenmarchDigital on X:",
        SHORT,
        "X: 20 of 280 characters, costs $0.015 (X's price in 2026).",
        "In <#C00ANNOUNCE>:",
        "We meet at fenmarch.example/leeds",
        "Slack: 33 of 4,000 characters. No link without https:// in front: fenmarch.example/leeds.",
    ]
    assert (
        "As @FenmarchDigital on X: “Leeds, Tuesday, 6pm.” X: 20 of 280 characters, costs $0.015 (X's price in "
        "2026). In <#C00ANNOUNCE>: “We meet at fenmarch.example/leeds” Slack: 33 of 4,000 characters."
    ) in message["text"]
    practice.press("bryn", "announcing.approve", message)
    assert [words(block) for block in practice.modal("bryn")["blocks"]][1:3] == [
        "As @FenmarchDigital on X:",
        SHORT,
    ]


def test_words_that_become_links_are_listed_and_bare_names_warned_about(practice):
    propose(practice, "Read setup.py at https://fenmarch.example/a or x.ai", **ON_BOTH)
    measures = proposal(practice)["blocks"][2]["elements"][0]["text"]
    assert measures == (
        "X: 85 of 280 characters, costs $0.20 (X's price in 2026); Slack: 51 of 4,000.\n"
        "Links on X: setup.py, https://fenmarch.example/a, x.ai.\n"
        "Link on Slack: https://fenmarch.example/a. No link without https:// in front: setup.py, x.ai.\n"
        "Note: X reads setup.py as a link: it counts as 23, and the post costs $0.20.\n"
        "Note: X reads x.ai as a link: it counts as 23, and the post costs $0.20."
    )


def test_what_is_too_long_for_one_network_says_so_beside_its_own_words(practice):
    view = with_own_words(practice)
    answer = practice.submit("asha", view, text_x="word " * 57, channel="C00ANNOUNCE")
    assert answer["field_errors"] == {
        "text_x": "4 too many for X: 284 of 280. This does not fit: “word”. Nothing was proposed; your words "
        "are kept."
    }


def test_common_words_too_long_for_one_of_two_networks_may_become_other_words_there(practice):
    answer = practice.submit("asha", open_window(practice), text="word " * 57, **ON_BOTH)
    assert answer["field_errors"] == {
        "text": "4 too many for X: 284 of 280. This does not fit: “word”. Nothing was proposed; your words "
        "are kept. Or tick “Other words on some networks” below."
    }
    view = choose(practice, open_window(practice, text=""), "more", "words")
    practice.submit("asha", view, text_x=SHORT)
    practice.settle()
    assert SHORT in proposal(practice)["text"]


def test_emoji_of_this_slack_alone_are_refused_beside_the_words_they_stand_in(practice):
    view = with_own_words(practice)
    answer = practice.submit("asha", view, text_slack="Hooray :oxmere-logo:", channel="C00ANNOUNCE")
    assert list(answer["field_errors"]) == ["text_slack"]


def test_an_edit_opens_with_the_words_of_every_network_and_one_character_voids(practice):
    propose_both(practice, **IN_THREE_DAYS)
    approve(practice)
    practice.press("asha", "announcing.edit", proposal(practice, "asha"))
    view = practice.modal("asha")
    assert (standing(view, "text"), standing(view, "text_x")) == (MEETUP, SHORT)
    practice.submit("asha", view, text_x=SHORT.replace("6", "7"))
    practice.settle()
    assert "Nobody has approved it yet" in proposal(practice)["text"]
    assert (
        "It now reads, as @FenmarchDigital on X: “Leeds, Tuesday, 7pm.” It now reads, in <#C00ANNOUNCE>: "
        f"“{MEETUP}”"
    ) in thread(practice)[-1]


def test_the_words_of_a_network_unticked_at_last_are_not_agreed_to(practice):
    view = with_own_words(practice)
    practice.press("asha", "entered", view, block_id="text_x", chosen=SHORT)
    view = choose(practice, practice.modal("asha"), "where", "slack")
    practice.submit("asha", view, channel="C00ANNOUNCE")
    practice.settle()
    assert SHORT not in proposal(practice)["text"]


def test_the_time_asked_about_keeps_other_words(practice):
    view = with_own_words(practice)
    night = {"when": "at", "date": "2027-03-28", "time": "01:30"}
    practice.submit("asha", view, text_x=SHORT, channel="C00ANNOUNCE", **night)
    which = practice.modal("asha")
    practice.submit("asha", which, which=which["blocks"][1]["element"]["options"][1]["value"])
    practice.settle()
    assert SHORT in proposal(practice)["text"]


def test_the_window_says_that_closing_it_keeps_a_draft(practice):
    view = open_window(practice)
    assert view["close"]["text"] == "Save and close"
    assert words(view["blocks"][-1]) == (
        "Closing this keeps what you wrote as a draft that only you see: `/announce list` brings it back."
    )
    choose(practice, view, "where", "slack")
    practice.close("asha", view)
    listed = said(practice.command("asha", "/announce", "list"))
    assert f"“{MEETUP[:20]}" in listed
