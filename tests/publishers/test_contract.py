"""What is asked of every publisher that sends by itself, each against its practice server over real sockets."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from coop.publishing import (
    Attempt,
    CannotTakeDown,
    Content,
    CouldNotLook,
    Found,
    GoneAlready,
    Guarantee,
    Image,
    NotFound,
    NotSent,
    Published,
    Refused,
    Removal,
    TakenDown,
    TryLater,
    Unknown,
)
from tests.publishers.benches import Bench, OnBluesky, OnMastodon, OnSlack, OnX
from tests.publishers.drawing import TWO, image, png

WORDS = "We are becoming a co-operative <3 & you can join: https://fenmarch.example"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def slack(slack) -> OnSlack:
    return OnSlack(slack)


@pytest.fixture
def x(practice, keys) -> OnX:
    return OnX(practice, keys)


@pytest.fixture
def mastodon(practice_mastodon, mastodon_token) -> OnMastodon:
    return OnMastodon(practice_mastodon, mastodon_token)


@pytest.fixture
def bluesky(practice_bluesky) -> OnBluesky:
    return OnBluesky(practice_bluesky)


@pytest.fixture(params=["x", "slack", "mastodon", "bluesky"])
def bench(request: pytest.FixtureRequest) -> Bench:
    found: Bench = request.getfixturevalue(request.param)
    return found


def test_what_goes_well_is_published_once_and_found_again(bench):
    publisher, tried = bench.publisher, bench.tried(WORDS)
    outcome = publisher.publish(tried)
    assert isinstance(outcome, Published)
    assert bench.texts() == [WORDS]
    seen = publisher.look(tried)
    assert isinstance(seen, Found)
    assert (seen.remote_id, seen.url) == (outcome.remote_id, outcome.url)
    assert publisher.look(replace(tried, delivery_id=8, content=Content("Other words"))) == NotFound()


@pytest.mark.parametrize(
    ("kind", "when"),
    [
        ("hang", "before"),
        ("hang", "after"),
        ("drip", "after"),
        ("drop", "after"),
        ("cut", "after"),
        ("reset", "before"),
        ("reset", "after"),
        ("redirect", "before"),
        ("html", "before"),
        ("html", "after"),
        ("unavailable", "before"),
        ("unavailable", "after"),
    ],
)
def test_what_fails_after_sending_is_unknown_sent_once_and_told_by_looking(bench, kind, when):
    bench.fault(kind, when)
    publisher, tried = bench.publisher, bench.tried(WORDS)
    assert isinstance(publisher.publish(tried), Unknown)
    assert bench.requests() == 1
    assert bench.texts() == ([WORDS] if when == "after" else [])
    assert isinstance(publisher.look(tried), Found if when == "after" else NotFound)


def test_what_was_never_connected_is_not_sent(bench):
    tried, lost = bench.tried(WORDS), bench.unreachable
    assert lost.publish(tried) == NotSent(f"{bench.name} could not be reached: it refused the connection")
    assert lost.look(tried) == CouldNotLook(f"{bench.name} could not be asked: it refused the connection")


def test_when_there_is_too_much_it_is_tried_later(bench):
    bench.fault("rate_limited", "before")
    tried = bench.tried(WORDS)
    outcome = bench.publisher.publish(tried)
    assert isinstance(outcome, TryLater)
    assert outcome.at > tried.started_at
    assert bench.texts() == []


@pytest.mark.parametrize("kind", ["unavailable", "html", "unauthorized", "hang"])
def test_a_network_that_cannot_be_read_is_not_an_empty_one(bench, kind):
    bench.blind(kind)
    assert isinstance(bench.publisher.look(bench.tried(WORDS)), CouldNotLook)


@pytest.fixture(params=["mastodon", "bluesky"])
def repeatable(request: pytest.FixtureRequest) -> Bench:
    found: Bench = request.getfixturevalue(request.param)
    return found


def test_what_may_be_repeated_is_out_once_however_often_it_is_sent(repeatable):
    publisher, tried = repeatable.publisher, repeatable.tried(WORDS)
    assert publisher.guarantee is Guarantee.SAFE_TO_REPEAT
    repeatable.fault("hang", "after")
    assert isinstance(publisher.publish(tried), Unknown)
    for number in range(2, 5):
        again = replace(tried, number=number, started_at=tried.started_at + timedelta(minutes=number))
        assert isinstance(publisher.publish(again), Published | Unknown)
    assert repeatable.texts() == [WORDS]
    assert isinstance(publisher.look(tried), Found)


def pictured(bench: Bench, *images: Image) -> Attempt:
    tried = bench.tried(WORDS)
    return replace(tried, content=Content(WORDS, images or TWO))


def test_pictures_go_out_in_order_with_their_alt_texts_and_the_post_is_found_again(bench):
    publisher, tried = bench.publisher, pictured(bench)
    assert publisher.check(tried.content).refusals == ()
    outcome = publisher.publish(tried)
    assert isinstance(outcome, Published)
    assert bench.texts() == [WORDS]
    assert bench.pictures() == [(image.alt_text, len(image.data)) for image in TWO]
    seen = publisher.look(tried)
    assert isinstance(seen, Found)
    assert (seen.remote_id, seen.url) == (outcome.remote_id, outcome.url)


@pytest.mark.parametrize(
    ("kind", "when"),
    [
        ("hang", "before"),
        ("hang", "after"),
        ("drop", "after"),
        ("cut", "after"),
        ("reset", "before"),
        ("redirect", "before"),
        ("html", "before"),
        ("unavailable", "after"),
    ],
)
def test_an_upload_that_fails_is_certainly_not_a_post(bench, kind, when):
    bench.fault(kind, when, bench.upload_call)
    publisher, tried = bench.publisher, pictured(bench)
    assert isinstance(publisher.publish(tried), NotSent)
    assert bench.requests() == 0
    assert isinstance(publisher.publish(replace(tried, number=2)), Published)
    assert bench.texts() == [WORDS]


def test_when_there_are_too_many_uploads_it_is_tried_later(bench):
    bench.fault("rate_limited", "before", bench.upload_call)
    tried = pictured(bench)
    outcome = bench.publisher.publish(tried)
    assert isinstance(outcome, TryLater)
    assert outcome.at > tried.started_at
    assert bench.requests() == 0


def test_after_its_pictures_a_post_may_fail_as_any_other(bench):
    bench.fault("hang", "after")
    publisher, tried = bench.publisher, pictured(bench)
    assert isinstance(publisher.publish(tried), Unknown)
    assert bench.requests() == 1
    assert isinstance(publisher.look(tried), Found)


@pytest.mark.parametrize(
    "images",
    [
        [image(b"rubbish")],
        [image(png())] * 5,
        [image(png(size=21 * 1024 * 1024))],
        [image(png(), "x" * 2_001)],
    ],
    ids=["broken", "five", "too large", "alt text too long"],
)
def test_pictures_it_does_not_take_are_refused_with_a_sentence_before_anything_leaves(bench, images):
    tried = pictured(bench, *images)
    outcome = bench.publisher.publish(tried)
    (sentence,) = bench.publisher.check(tried.content).refusals
    assert isinstance(outcome, Refused)
    assert sentence.startswith(f"{outcome.reason}: ")
    assert outcome.fix.endswith(", then have it approved again.")
    assert bench.requests() == 0


def published(bench: Bench, *images: Image) -> Removal:
    tried = replace(bench.tried(WORDS), content=Content(WORDS, images))
    out = bench.publisher.publish(tried)
    assert isinstance(out, Published)
    return Removal(tried.delivery_id, tried.target, out.remote_id, out.url, tried.started_at)


@pytest.mark.parametrize("images", [(), TWO], ids=["words", "pictures"])
def test_what_went_out_is_taken_down_and_a_second_time_it_is_gone_already(bench, images):
    removal = published(bench, *images)
    assert bench.publisher.take_down(removal) == TakenDown()
    assert bench.texts() == []
    assert bench.publisher.take_down(replace(removal, asked_at=removal.asked_at + MINUTE)) == GoneAlready()


@pytest.mark.parametrize(
    ("kind", "when"),
    [
        ("hang", "before"),
        ("hang", "after"),
        ("drop", "after"),
        ("cut", "after"),
        ("redirect", "before"),
        ("html", "after"),
        ("unavailable", "before"),
    ],
)
def test_a_deletion_in_doubt_may_be_tried_again(bench, kind, when):
    removal = published(bench)
    bench.fault(kind, when, bench.delete_call)
    assert isinstance(bench.publisher.take_down(removal), Unknown)
    assert bench.publisher.take_down(removal) == (TakenDown() if when == "before" else GoneAlready())
    assert bench.texts() == []


def test_deletions_that_cannot_be_made_now_are_made_later(bench):
    removal = published(bench)
    assert bench.unreachable.take_down(removal) == NotSent(
        f"{bench.name} could not be reached: it refused the connection"
    )
    bench.fault("rate_limited", "before", bench.delete_call)
    told = bench.publisher.take_down(removal)
    assert isinstance(told, TryLater)
    assert told.at > removal.asked_at
    assert bench.texts() == [WORDS]


def test_what_only_a_person_saw_only_a_person_can_take_down(bench):
    removal = replace(published(bench), remote_id=None)
    assert isinstance(bench.publisher.take_down(removal), CannotTakeDown)
    assert bench.texts() == [WORDS]


@pytest.mark.parametrize("letter", ["a", "é", "字", "👩‍👩‍👧"])
def test_the_length_check_says_where_a_text_stops_fitting(bench, letter):
    check = bench.publisher.check
    checked = check(Content(letter * 4_001))
    assert checked.over_by > 0
    assert not checked.sendable
    fitting = letter * (checked.fits_until // len(letter))
    assert check(Content(fitting)).sendable
    assert not check(Content(fitting + letter)).sendable


def test_a_text_without_words_is_refused_and_one_with_words_is_not(bench):
    assert not bench.publisher.check(Content(" ")).sendable
    assert bench.publisher.check(Content(WORDS)).refusals == ()


def test_no_secret_is_logged_or_shown(bench, caplog):
    caplog.set_level(logging.DEBUG)
    publisher, tried = bench.publisher, bench.tried(WORDS)
    for kind in ("hang", "unavailable", "redirect"):
        bench.fault(kind, "before")
        publisher.publish(tried)
    publisher.publish(tried)
    publisher.look(tried)
    shown = caplog.text + repr(publisher)
    assert [secret for secret in bench.secrets if secret in shown] == []
