"""Pictures for X and deletions there, step by step, against the practice X."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coop.publishing import (
    CannotTakeDown,
    Content,
    GoneAlready,
    NotSent,
    Published,
    Refused,
    Removal,
    TakenDown,
    Unknown,
)
from publishers.x.publisher import Prices
from tests.publishers.conftest import attempt
from tests.publishers.drawing import TWO, gif, image, png

WORDS = "Come and see"


def tried(*images):
    return replace(attempt(WORDS), content=Content(WORDS, images or TWO))


def calls(practice) -> list[str]:
    return [f"{entry['method']} {entry['path']}" for entry in practice.control("ledger")]


def test_each_picture_is_sent_then_described_then_all_are_posted(practice, publisher):
    publisher.publish(tried())
    one = ["POST /2/media/upload", "POST /2/media/metadata"]
    assert calls(practice) == [*one, *one, "POST /2/tweets"]


def test_a_picture_whose_alt_text_was_waived_is_not_described(practice, publisher):
    publisher.publish(tried(image(png(), "")))
    assert calls(practice) == ["POST /2/media/upload", "POST /2/tweets"]


@pytest.mark.parametrize("kind", ["hang", "unavailable", "html"])
def test_without_its_alt_text_a_picture_does_not_go_out(practice, publisher, kind):
    practice.fault(kind, "before", on="POST /2/media/metadata")
    assert isinstance(publisher.publish(tried()), NotSent)
    assert practice.texts() == []


def test_a_post_waits_until_x_has_read_its_pictures(practice, publisher):
    practice.control("switches", reading=2)
    assert isinstance(replace(publisher, seconds=5).publish(tried(image(gif()))), Published)
    asked = ["POST /2/media/upload", *["GET /2/media/upload"] * 2, "POST /2/media/metadata", "POST /2/tweets"]
    assert calls(practice) == asked


def test_pictures_x_has_not_read_in_time_are_no_post(practice, publisher):
    practice.control("switches", reading=1_000)
    assert publisher.publish(tried()) == NotSent("X had not read picture 1 in time; nothing was posted")


def test_a_picture_x_cannot_read_is_refused(practice, publisher):
    practice.control("switches", reading=-1)
    assert replace(publisher, seconds=5).publish(tried(image(gif()))) == Refused(
        "X could not read the picture", "Use another picture, then have it approved again."
    )
    assert practice.texts() == []


def test_alt_texts_and_deletions_have_their_price(practice, publisher):
    dear = replace(publisher, prices=Prices(post=10, alt_text=3, delete=7))
    assert dear.price(Content(WORDS, (*TWO, image(png(), "")))) == 16
    assert dear.price_to_take_down() == 7
    assert publisher.price(Content(WORDS, TWO)) == 15 + 2 * 5
    before = practice.control("credits")["spent"]
    out = publisher.publish(tried())
    publisher.take_down(removal_of(out))
    spent = practice.control("credits")["spent"] - before
    assert spent == publisher.price(Content(WORDS, TWO)) + publisher.price_to_take_down()


def removal_of(out) -> Removal:
    return Removal(7, "", out.remote_id, out.url, datetime.now(UTC) - timedelta(seconds=1))


def test_what_x_forbids_of_a_picture_it_forbids_of_the_post(practice, publisher):
    practice.fault("forbidden", "before", on="POST /2/media/metadata")
    refused = publisher.publish(tried())
    assert refused == Refused(
        "X does not permit this post: “You are not permitted to perform this action.”",
        "Change the words or take out what X does not allow, then have it approved again.",
    )
    assert practice.texts() == []


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("unauthorized", Refused),
        ("no_credits", Refused),
        ("unavailable_html", Unknown),
        ("forbidden", CannotTakeDown),
    ],
)
def test_a_refused_deletion_is_told_from_one_in_doubt(practice, publisher, fault, told):
    removal = removal_of(publisher.publish(attempt(WORDS)))
    practice.fault(fault, "before", on="DELETE /2/tweets/{id}")
    assert isinstance(publisher.take_down(removal), told)
    assert practice.texts() == [WORDS]


def test_somebody_elses_post_is_not_ours_to_delete(practice, publisher):
    posts = practice.control("timeline", username="oxmere_council", text="Ours")
    removal = Removal(7, "", posts[0]["id"], "https://there", datetime.now(UTC))
    assert publisher.take_down(removal) == CannotTakeDown(
        "X does not let us delete it: “You are not authorized to delete this Tweet.”", "https://there"
    )


def test_not_deleted_means_gone_only_once_x_does_not_show_it(practice, publisher):
    removal = removal_of(publisher.publish(attempt(WORDS)))
    assert publisher.take_down(removal) == TakenDown()
    practice.fault("unavailable", "before", on="GET /2/tweets/{id}")
    assert isinstance(publisher.take_down(removal), Unknown)
    assert publisher.take_down(removal) == GoneAlready()
