"""X turns our account away: the steering group reads it once, with the fix, and anybody lets it try again."""

import pytest

from publishers.bluesky.publisher import Bluesky
from publishers.mastodon.publisher import Mastodon
from sandbox.social import bluesky, mastodon
from tests.handlers.announcing.acts import (
    MEETUP,
    approve,
    labels,
    open_window,
    proposal,
    propose,
    said,
    steering,
    thread,
    tweeted,
    worker_runs,
)

SINCE = "*Nothing goes out on X, since Sat 27 March 2027, 9:"


@pytest.fixture
def due(practice):
    """Two announcements for X that are approved and due."""
    for text in (MEETUP, "Drinks afterwards."):
        propose(practice, text)
        approve(practice)
    practice.forward(minutes=10)
    return practice


def x_answers(practice, kind, times=1):
    practice.workspace.asked("x/faults", kind=kind, when="before", times=times)


def notices(practice):
    return [one for one in steering(practice, "carys") if one["text"].startswith(SINCE)]


def test_the_steering_group_reads_once_within_a_minute_what_is_wrong_and_what_waits(due):
    x_answers(due, "no_credits", times=9)
    before = due.clock.now
    due.tick()
    (notice,) = notices(due)
    assert float(notice["ts"]) - before.timestamp() < 60
    assert notice["text"].split("* ", 1)[1] == (
        "The credits of our X developer account are used up: “Your enrolled account [1700000000000000002] does not "
        "have any credits to fulfill this request.” Add credits in X's developer console. Then press “Try again”: "
        "one announcement goes first, and if it goes out, the others follow. 2 announcements wait: “Leeds meetup on "
        "Tuesday at 6pm…”, due Sat 27 March 2027, 9:40am UK time (GMT); “Drinks afterwards.”, due Sat 27 March 2027, "
        "9:40am UK time (GMT)."
    )
    assert labels(notice) == ["Try again: X"]
    due.tick()
    assert (len(notices(due)), len(due.workspace.seen("x/faults"))) == (1, 1)
    assert due.workspace.seen("x/faults")[0]["times"] == 8  # one request in all


def test_one_goes_first_when_somebody_tries_again_and_the_others_follow(due):
    x_answers(due, "locked")
    due.tick()
    (notice,) = notices(due)
    answer = due.press("bryn", "announcing.try_network", notice)
    assert said(answer) == (
        "I try again. “Leeds meetup on Tuesday at 6pm…” goes first, and if it goes out on X, the others follow. "
        "The thread in the steering channel says what comes of it."
    )
    due.tick()
    assert tweeted(due) == [MEETUP]
    due.tick()
    assert tweeted(due) == [MEETUP, "Drinks afterwards."]
    assert "X takes announcements again. 1 post that waited goes out now, one after another." in thread(due)
    assert notices(due) == []  # drawn anew: it is over
    over = next(one for one in steering(due) if one["ts"] == notice["ts"])
    assert over["text"].startswith("X takes announcements again, since ")
    assert not over.get("blocks")


def test_a_try_that_is_turned_away_as_well_is_said_in_the_thread_and_nothing_else_is_tried(due):
    x_answers(due, "unauthorized", times=2)
    due.tick()
    (notice,) = notices(due)
    heard = due.texts("asha")
    due.press("bryn", "announcing.try_network", notice)
    due.tick()
    assert due.texts("asha") == heard
    assert (
        "I tried, and X still says no. X does not accept our keys: “Unauthorized”. Check the clock of the bot's "
        "machine; if it is right, run `countmein x-login` for new keys. Then press “Try again” above."
    ) in thread(due)
    assert (tweeted(due), len(notices(due)), due.workspace.seen("x/faults")) == ([], 1, [])


def test_the_list_proposing_and_approving_say_so(due):
    x_answers(due, "suspended")
    due.tick()
    worker_runs(due)
    listed = due.command("carys", "/announce", "list")["response"]
    assert listed["text"].startswith(SINCE)
    assert "Sign in on x.com as the account and see what X asks." in listed["text"]
    assert labels(listed)[0] == "Try again: X"
    hindered = (
        "*Nothing goes out on X at the moment.* X has suspended the account: “Your account is suspended and is not "
        "permitted to access this feature.” What is for there waits until that is put right: `/announce list` says how."
    )
    assert hindered in said(propose(due, "One more."))
    approved = said(approve(due))
    assert hindered in approved
    assert "It is due as @FenmarchDigital on X in 10 minutes" in approved


def test_a_thread_and_its_writer_are_told_and_the_button_there_lets_that_one_go_first(due):
    x_answers(due, "read_only")
    due.tick()
    note = next(
        one for one in steering(due, "carys") if one["text"].startswith("As @FenmarchDigital on X: held.")
    )
    assert "Our X keys may read but not write: “" in note["text"]
    assert "`countmein x-login` again. Then press “Try again”." in note["text"]
    assert any("Our X keys may read but not write" in text for text in due.texts("asha"))
    second = [one for one in steering(due) if one["text"].startswith("As @FenmarchDigital on X: held.")][-1]
    assert labels(second)[0] == "Try again: Drinks afterwards., X"
    assert said(due.press("carys", "announcing.try_again", second)).startswith("I try again now.")
    due.tick()
    assert tweeted(due) == ["Drinks afterwards."]
    due.tick()
    assert tweeted(due) == ["Drinks afterwards.", MEETUP]


@pytest.fixture
def everywhere(practice):
    """With accounts on the other practice networks."""
    address = practice.workspace.url
    for each in (
        Mastodon(f"{address}/mastodon", mastodon.TOKEN),
        Bluesky(bluesky.HANDLE, bluesky.APP_PASSWORD, f"{address}/bluesky"),
    ):
        practice.deps.publishers[each.network] = each
        practice.workspace.asked(f"{each.network}/reset")
    return practice


def test_a_content_note_leaves_for_mastodon_beside_the_words(everywhere):
    view = open_window(everywhere)
    for block, chosen in (("where", "mastodon"), ("more", "note")):
        everywhere.press("asha", "entered", view, block_id=block, chosen=[chosen])
        view = everywhere.modal("asha")
    everywhere.submit("asha", view, note="Grief")
    everywhere.settle()
    assert "Content note: “Grief”. Mastodon shows it first" in proposal(everywhere)["text"]
    approve(everywhere)
    everywhere.forward(minutes=10)
    everywhere.tick()
    (post,) = everywhere.workspace.asked("mastodon/timeline")
    assert (post["text"], post["record"]["spoiler_text"]) == (MEETUP, "Grief")


@pytest.mark.parametrize(
    ("network", "kind", "told"),
    [
        (
            "mastodon",
            "unauthorized",
            "Mastodon does not accept our access token: “The access token is invalid”",
        ),
        (
            "mastodon",
            "forbidden",
            "Mastodon does not let the account post: “Your login is currently disabled”",
        ),
        ("bluesky", "forbidden", "Bluesky has shut the account: “Account has been taken down”"),
    ],
)
def test_the_other_networks_are_told_of_within_a_minute_too_and_the_rest_waits(
    everywhere, network, kind, told
):
    propose(everywhere, where=[network])
    approve(everywhere)
    propose(everywhere, "Drinks afterwards.", where=[network])
    approve(everywhere)
    everywhere.forward(minutes=10)
    on = "POST /api/v1/statuses" if network == "mastodon" else "POST /xrpc/com.atproto.repo.putRecord"
    everywhere.workspace.asked(f"{network}/faults", kind=kind, when="before", on=on)
    before = everywhere.clock.now.timestamp()
    everywhere.tick()
    (notice,) = [
        one for one in steering(everywhere, "carys") if one["text"].startswith("*Nothing goes out on")
    ]
    assert float(notice["ts"]) - before < 60
    assert told in notice["text"]
    assert "2 announcements wait" in notice["text"]
    everywhere.press("bryn", "announcing.try_network", notice)
    everywhere.tick()
    everywhere.tick()
    posts = everywhere.workspace.asked(f"{network}/timeline")
    assert [post["text"] for post in posts] == [MEETUP, "Drinks afterwards."]
