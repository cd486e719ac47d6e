"""What becomes of a post to X, by what goes wrong on the way. Over real sockets, against the practice X."""

import socket
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coop.publishing import (
    Found,
    NotFound,
    NotSent,
    Published,
    Refused,
    TryLater,
    Unknown,
)
from publishers.x.publisher import X
from tests.publishers.conftest import attempt

WORDS = "We are becoming a co-operative <3 & you can join: https://fenmarch.example"


def test_a_post_that_goes_well_is_published_with_its_address(practice, publisher):
    outcome = publisher.publish(attempt(WORDS))
    post_id = practice.control("timeline")[0]["id"]
    assert outcome == Published(post_id, f"https://x.com/FenmarchDigital/status/{post_id}")
    assert practice.texts() == [WORDS]


def test_a_refused_connection_is_not_sent(practice, publisher):
    practice.on_loop(practice.front.shut())
    assert publisher.publish(attempt(WORDS)) == NotSent("X could not be reached: it refused the connection")
    assert practice.received() == []


def test_a_failed_tls_handshake_is_not_sent(practice, keys):
    publisher = X(keys, "FenmarchDigital", api_url=practice.url.replace("http:", "https:"), seconds=2)
    assert isinstance(publisher.publish(attempt(WORDS)), NotSent)
    assert practice.received() == []


def test_a_connection_that_never_comes_about_is_not_sent(keys):
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        fillers = [socket.socket() for _ in range(3)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(deaf.getsockname())
        publisher = X(
            keys, "FenmarchDigital", api_url=f"http://127.0.0.1:{deaf.getsockname()[1]}", seconds=0.3
        )
        outcome = publisher.publish(attempt(WORDS))
        for filler in fillers:
            filler.close()
    assert outcome == NotSent("X could not be reached: no connection came about in time")


def test_a_connection_reset_before_the_request_is_read_may_have_sent_it(practice, publisher):
    practice.front.reset_next()
    lost = Unknown("The post left for X, but the connection broke after sending")
    assert publisher.publish(attempt(WORDS)) == lost
    assert practice.received() == []


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("hang", "The post left for X, but no whole answer came within 0.5 seconds"),
        ("drip", "The post left for X, but no whole answer came within 0.5 seconds"),
        ("drop", "The post left for X, but the connection was closed without an answer"),
        ("cut", "The post left for X, but the answer was cut short"),
        ("redirect", "X answered with 307, which does not say whether it is out"),
        ("html", "X said yes, but its answer does not name the post"),
        ("unavailable", "X answered with 503, which does not say whether it is out"),
        ("unavailable_html", "X answered with 503, which does not say whether it is out"),
        ("unavailable_empty", "X answered with 503, which does not say whether it is out"),
    ],
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_what_fails_after_sending_is_unknown_sent_once_and_told_by_looking(
    practice, publisher, fault, when, reason
):
    practice.fault(fault, when)
    tried = attempt(WORDS)
    assert publisher.publish(tried) == Unknown(reason)
    assert len(practice.received()) == 1
    assert practice.texts() == ([WORDS] if when == "after" else [])
    assert isinstance(publisher.look(tried), Found if when == "after" else NotFound)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_connection_reset_in_place_of_an_answer_is_unknown(practice, publisher, when):
    # Without the front, which passes a reset on as an end.
    direct = replace(publisher, api_url=practice.url)
    practice.fault("reset", when)
    tried = attempt(WORDS)
    assert direct.publish(tried) == Unknown("The post left for X, but the connection broke after sending")
    assert len(practice.received()) == 1
    assert isinstance(direct.look(tried), Found if when == "after" else NotFound)


def test_a_full_window_is_tried_again_at_its_reset(practice, publisher):
    practice.control("clock", stand_still=1_806_400_000)
    practice.fault("rate_limited", "before", seconds=240)
    tried = attempt(WORDS, at=1_806_400_000)
    free = datetime.fromtimestamp(1_806_400_240, UTC)
    assert publisher.publish(tried) == TryLater(free, "X takes no more posts from us for now")
    assert practice.texts() == []


def test_a_hundred_posts_are_taken_and_the_next_is_told_when(practice, publisher):
    practice.control("clock", stand_still=1_806_400_000)
    practice.control("credits", balance=10**6)
    for number in range(100):
        assert isinstance(publisher.publish(attempt(f"Number {number}")), Published)
    refused = publisher.publish(attempt("One more", at=1_806_400_001))
    assert refused == TryLater(
        datetime.fromtimestamp(1_806_400_900, UTC), "X takes no more posts from us for now"
    )


def test_words_that_are_out_already_are_unknown_and_looking_names_the_older_post(practice, publisher):
    practice.control("clock", stand_still=1_806_400_000)
    practice.control("timeline", username="FenmarchDigital", text=WORDS)
    practice.control("clock", advance=3600)
    tried = attempt(WORDS, at=1_806_403_600)
    assert publisher.publish(tried) == Unknown(
        "X says it already has a post with these words", duplicate=True
    )
    older = practice.control("timeline")[0]["id"]
    assert publisher.look(tried) == Found(
        older, f"https://x.com/FenmarchDigital/status/{older}", datetime.fromtimestamp(1_806_400_000, UTC)
    )


def test_a_duplicate_refusal_without_such_a_post_stays_unknown(practice, publisher):
    practice.fault("duplicate", "before")
    tried = attempt(WORDS)
    assert publisher.publish(tried) == Unknown(
        "X says it already has a post with these words", duplicate=True
    )
    assert publisher.look(tried) == NotFound()


NEW_KEYS = "Check the clock of the bot's machine; if it is right, run `countmein x-login` for new keys."


def test_keys_x_does_not_know_are_refused(practice, publisher, keys):
    wrong = replace(publisher, keys=replace(keys, access_token_secret="wrong"))
    assert wrong.publish(attempt(WORDS)) == Refused(
        "X does not accept our keys: “Unauthorized”", NEW_KEYS, account=True
    )


def test_keys_that_may_only_read_are_refused(practice, publisher, keys):
    token = next(t for t in practice.store.tokens.values() if t.access == "read")
    reader = replace(publisher, keys=replace(keys, access_token=token.key, access_token_secret=token.secret))
    assert reader.publish(attempt(WORDS)) == Refused(
        "Our X keys may read but not write: “Your client app is not configured with the appropriate oauth1 "
        "app permissions for this endpoint.”",
        "Set the app to “Read and write” in X's developer console, then run `countmein x-login` again.",
        account=True,
    )


def test_without_credits_a_post_is_refused(practice, publisher):
    practice.control("credits", balance=14)
    assert publisher.publish(attempt("Hello")) == Refused(
        "The credits of our X developer account are used up: “Your enrolled account [1700000000000000002] "
        "does not have any credits to fulfill this request.”",
        "Add credits in X's developer console.",
        account=True,
    )


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("  ", "X could not take this post: “$.text: is missing but it is required”"),
        ("x" * 281, "X does not permit this post: “You are not permitted to perform this action.”"),
        ("Buy $AAA and $BBB", "X takes one cashtag a post: “"),
    ],
)
def test_what_x_does_not_take_is_refused_with_its_reason(practice, publisher, text, begins):
    outcome = publisher.publish(attempt(text))
    assert isinstance(outcome, Refused)
    assert outcome.reason.startswith(begins)
    assert not outcome.account
    assert practice.texts() == []


@pytest.mark.parametrize(
    ("kind", "begins", "fix"),
    [
        ("locked", "X has locked the account: “", "Sign in on x.com as the account and unlock it."),
        (
            "suspended",
            "X has suspended the account: “",
            "Sign in on x.com as the account and see what X asks.",
        ),
    ],
)
def test_an_account_that_x_has_shut_is_told_from_a_post_it_does_not_permit(
    practice, publisher, kind, begins, fix
):
    practice.fault(kind, "before")
    outcome = publisher.publish(attempt(WORDS))
    assert (outcome.reason.startswith(begins), outcome.fix, outcome.account) == (True, fix, True)


def test_a_wrong_address_is_refused(practice, publisher):
    lost = replace(publisher, api_url=f"{practice.url}/nowhere")
    assert lost.publish(attempt(WORDS)) == Refused(
        "There is nothing to post to at X_API_URL", "Correct X_API_URL and start the bot again.", account=True
    )


def test_each_post_has_a_connection_of_its_own(practice, publisher):
    before = practice.front.connections
    for number in range(3):
        publisher.publish(attempt(f"Number {number}"))
    assert practice.front.connections == before + 3


def reply(words, to):
    return replace(attempt(words), reply_to=to)


def test_a_part_of_a_thread_answers_the_post_before(practice, publisher):
    practice.control("switches", own_replies=True)
    first = publisher.publish(attempt("One."))
    publisher.publish(reply("Two.", first.remote_id))
    assert [post["reply_to"] for post in practice.control("timeline")] == [None, first.remote_id]


def test_an_answer_to_our_own_post_that_x_refuses_is_told_as_that(practice, publisher):
    first = publisher.publish(attempt("One."))
    outcome = publisher.publish(reply("Two.", first.remote_id))
    assert outcome == Refused(
        "X does not let us answer our own post: “You are not permitted to perform this action.”",
        "If X refuses it again, take down what is out, or leave it at that; then have X_THREADS set to no.",
    )


def test_an_answer_to_a_post_that_is_gone_is_refused(practice, publisher):
    outcome = publisher.publish(reply("Two.", "12345"))
    assert isinstance(outcome, Refused)
    assert outcome.reason.startswith("The post it answers is gone from X")
    assert practice.texts() == []
