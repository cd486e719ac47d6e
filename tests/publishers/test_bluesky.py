"""What is Bluesky's own: its key chosen beforehand, its sessions, its facets and its two limits."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coop.publishing import (
    Checked,
    Content,
    CouldNotLook,
    Found,
    Guarantee,
    NotFound,
    NotSent,
    Published,
    Refused,
    Removal,
    TakenDown,
    TryLater,
    Unknown,
)
from publishers.bluesky.publisher import Bluesky, record_key
from publishers.bluesky.text import facets, measure
from sandbox.social import bluesky
from tests.publishers.benches import OnBluesky
from tests.publishers.conftest import attempt
from tests.publishers.drawing import TWO, gif, image

AT = 1_806_400_000
SIGN_IN = "POST /xrpc/com.atproto.server.createSession"
WORDS = "We are becoming a co-operative – join: https://fenmarch.example #CoOps"
THERE = Unknown("Bluesky says it has had this very post already", duplicate=True)
NEW_PASSWORD = (
    "Make a new app password in Bluesky (Settings, Privacy and security), set BLUESKY_APP_PASSWORD and start the bot "
    "again."
)


@pytest.fixture
def publisher(practice_bluesky):
    return Bluesky(bluesky.HANDLE, bluesky.APP_PASSWORD, practice_bluesky.url, seconds=0.5)


def test_a_post_carries_its_links_and_hashtags_as_facets(practice_bluesky, publisher):
    tried = attempt(WORDS, at=AT)
    key = record_key(tried)
    assert publisher.publish(tried) == Published(
        f"at://{bluesky.DID}/app.bsky.feed.post/{key}",
        f"https://bsky.app/profile/fenmarch.example/post/{key}",
    )
    (post,) = practice_bluesky.control("timeline")
    assert post["record"] == {
        "$type": "app.bsky.feed.post",
        "text": WORDS,
        "createdAt": "2027-03-30T09:46:40.000Z",
        "facets": [
            {
                "index": {"byteStart": 41, "byteEnd": 65},
                "features": [{"$type": "app.bsky.richtext.facet#link", "uri": "https://fenmarch.example"}],
            },
            {
                "index": {"byteStart": 66, "byteEnd": 72},
                "features": [{"$type": "app.bsky.richtext.facet#tag", "tag": "CoOps"}],
            },
        ],
    }


def test_the_same_attempt_twice_is_one_post(practice_bluesky, publisher):
    tried = attempt(WORDS)
    assert publisher.publish(tried) == publisher.publish(tried)
    assert practice_bluesky.texts() == [WORDS]


def test_a_second_attempt_is_refused_by_the_server_and_the_first_is_found(practice_bluesky, publisher):
    tried = attempt(WORDS, at=AT)
    practice_bluesky.fault("drop", "after")
    assert isinstance(publisher.publish(tried), Unknown)
    assert publisher.publish(attempt(WORDS, number=2, at=AT + 300)) == THERE
    seen = publisher.look(tried)
    assert isinstance(seen, Found)
    assert seen.at == datetime.fromtimestamp(AT, UTC)
    assert practice_bluesky.texts() == [WORDS]


def test_the_key_is_a_tid_that_depends_on_delivery_and_words_alone():
    tried = attempt(WORDS)
    keys = {
        record_key(tried),
        record_key(replace(tried, delivery_id=8)),
        record_key(replace(tried, content=Content("Other words"))),
    }
    assert len(keys) == 3
    assert all(re.fullmatch(r"[2-7a-j][2-7a-z]{12}", key) for key in keys)
    assert record_key(replace(tried, number=5, started_at=tried.started_at + timedelta(days=9))) in keys
    # Frozen: another key for a delivery already attempted would be a second post.
    assert record_key(attempt("Hello")) == "3itqeez77ndaa"


def test_one_session_serves_many_posts_and_a_new_one_follows_it(practice_bluesky, publisher):
    practice_bluesky.control("clock", stand_still=AT)
    for number in range(3):
        assert isinstance(publisher.publish(attempt(f"Number {number}", at=AT)), Published)
    assert len(practice_bluesky.received(SIGN_IN)) == 1
    practice_bluesky.control("clock", advance=7201)
    late = attempt("Later", at=AT + 7201)
    assert publisher.publish(late) == TryLater(late.started_at, "Bluesky wants us to sign in again")
    assert isinstance(publisher.publish(late), Published)
    assert len(practice_bluesky.received(SIGN_IN)) == 2


def test_looking_with_a_session_that_is_refused_is_done_again_at_once_with_another(
    practice_bluesky, publisher
):
    tried = attempt(WORDS)
    publisher.publish(tried)
    practice_bluesky.fault("unauthorized", "before", on="GET /xrpc/com.atproto.repo.getRecord")
    assert isinstance(publisher.look(tried), Found)
    assert len(practice_bluesky.received(SIGN_IN)) == 2
    practice_bluesky.fault("unauthorized", "before", on="GET /xrpc/com.atproto.repo.getRecord", times=2)
    assert publisher.look(tried) == CouldNotLook("Bluesky answered with 400: “Token could not be verified”")


def test_a_session_that_is_refused_at_once_is_said_rather_than_asked_for_for_ever(
    practice_bluesky, publisher
):
    practice_bluesky.fault("unauthorized", "before")
    assert publisher.publish(attempt(WORDS)) == Refused(
        "Bluesky does not accept the session it gave us: “Token could not be verified”",
        NEW_PASSWORD,
        account=True,
    )


def test_a_wrong_app_password_is_refused(practice_bluesky, publisher):
    wrong = replace(publisher, password="aaaa-bbbb-cccc-dddd")
    reason = "Bluesky does not accept our handle and app password: “Invalid identifier or password”"
    assert wrong.publish(attempt(WORDS)) == Refused(reason, NEW_PASSWORD, account=True)
    unread = CouldNotLook("Bluesky answered with 401: “Invalid identifier or password”")
    assert wrong.look(attempt(WORDS)) == wrong.whoami() == unread
    assert practice_bluesky.texts() == []


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("hang", "Bluesky could not be reached: no whole answer came within 0.5 seconds"),
        ("unavailable", "Bluesky did not let us sign in: it answered with 503: “Service Unavailable”"),
        ("html", "Bluesky did not let us sign in: it answered with 200"),
        ("redirect", "Bluesky did not let us sign in: it answered with 307"),
    ],
)
def test_while_signing_in_nothing_can_have_been_sent(practice_bluesky, publisher, kind, reason):
    practice_bluesky.fault(kind, "after", on=SIGN_IN)
    assert publisher.publish(attempt(WORDS)) == NotSent(reason)
    assert practice_bluesky.texts() == []
    assert isinstance(publisher.publish(attempt(WORDS)), Published)


def test_too_many_sign_ins_and_too_many_posts_are_tried_again_at_the_reset(practice_bluesky, publisher):
    practice_bluesky.control("clock", stand_still=AT)
    for on in (SIGN_IN, practice_bluesky.posting):
        practice_bluesky.fault("rate_limited", "before", on=on, seconds=240)
        assert publisher.publish(attempt(WORDS, at=AT)) == TryLater(
            datetime.fromtimestamp(AT + 240, UTC), "Bluesky takes no more from us for now"
        )


def test_an_account_that_was_shut_and_a_wrong_address_are_refused(practice_bluesky, publisher):
    practice_bluesky.fault("forbidden", "before")
    assert publisher.publish(attempt(WORDS)) == Refused(
        "Bluesky has shut the account: “Account has been taken down”",
        "Sign in to Bluesky as the account and see what it says.",
        account=True,
    )
    lost = replace(publisher, url=f"{practice_bluesky.url}/nowhere")
    assert lost.publish(attempt(WORDS)) == Refused(
        "There is no Bluesky server at BLUESKY_URL: “Not Found”",
        "Correct BLUESKY_URL and start the bot again.",
        account=True,
    )


@pytest.mark.parametrize("text", ["x" * 301, "👩‍👩‍👧" * 167])
def test_words_bluesky_does_not_take_are_refused_with_its_reason(practice_bluesky, publisher, text):
    assert publisher.publish(attempt(text)) == Refused(
        "Bluesky does not take this post: “Invalid app.bsky.feed.post record: string too big at $.text”",
        "Change the words, then have it approved again.",
    )
    assert not publisher.check(Content(text)).sendable
    assert practice_bluesky.texts() == []


def test_a_deleted_post_is_not_found_and_other_words_are_not_taken_for_ours(practice_bluesky, publisher):
    tried = attempt(WORDS)
    publisher.publish(tried)
    practice_bluesky.fault("wrong", on="GET /xrpc/com.atproto.repo.getRecord")
    assert publisher.look(tried) == CouldNotLook("Bluesky has other words in its place")
    practice_bluesky.control("timeline", delete=record_key(tried))
    assert publisher.look(tried) == NotFound()


def test_whose_app_password_it_is(practice_bluesky, publisher):
    account = publisher.whoami()
    assert (account.did, account.handle) == (bluesky.DID, "fenmarch.example")
    practice_bluesky.shut()
    fresh = replace(publisher)
    assert fresh.whoami() == CouldNotLook("Bluesky could not be asked: it refused the connection")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Plain words, gov.uk and a@b.example", []),
        ("“https://www.gov.uk/a_(b)”, ok?", ["https://www.gov.uk/a_(b)"]),
        ("🎉 https://fenmarch.example/a?b=c#d.", ["https://fenmarch.example/a?b=c#d"]),
        ("#Übung #27 #co_ops! x#no", ["#Übung", "#co_ops"]),
        ("#" + "x" * 65, []),
    ],
)
def test_facets_point_at_their_words_by_bytes(text, parts):
    told = facets(text)
    spans = [(each["index"]["byteStart"], each["index"]["byteEnd"]) for each in told]
    assert [text.encode()[start:end].decode() for start, end in spans] == parts


@pytest.mark.parametrize(
    ("text", "length"),
    [("Hello", 5), ("https://www.gov.uk", 18), ("👩‍👩‍👧e\u0301🇬🇧", 3), ("a\nb", 3), ("字" * 300, 300)],
)
def test_length_is_counted_in_grapheme_clusters(text, length):
    assert measure(text).length == length


def test_what_is_marked_as_a_link_is_told_and_what_only_looks_like_one(publisher):
    checked = publisher.check(Content("https://a.example/b, then c.example and @d.example"))
    assert (checked.links, checked.no_links) == (("https://a.example/b",), ("c.example",))


def test_what_the_author_is_told(publisher):
    assert publisher.check(Content("Hello")) == Checked(length=5, limit=300, fits_until=5)
    assert publisher.check(Content("Thanks @asha.bsky.social and @bryn, a@b.example")).warnings == (
        "Bluesky does not notify @asha.bsky.social: names go out as plain words.",
    )
    assert publisher.check(Content("👩‍👩‍👧" * 167)) == Checked(
        length=167,
        limit=300,
        fits_until=166 * len("👩‍👩‍👧"),
        refusals=("It takes 3,006 bytes, and Bluesky allows 3,000: use fewer emoji, or shorten it.",),
    )
    assert publisher.check(Content(" ")).refusals == (
        "There are no words in it: an empty post says nothing.",
    )
    assert publisher.price(Content("https://www.gov.uk")) == 0
    assert publisher.guarantee is Guarantee.SAFE_TO_REPEAT


@pytest.mark.parametrize(
    "text", ["a." * 50_000, "#a" * 50_000, "@a." * 33_000, "https://a.io/" + ")" * 20_000]
)
def test_a_hundred_thousand_characters_are_measured_in_passing(publisher, text):
    began = datetime.now(UTC)
    assert not publisher.check(Content(text)).sendable
    assert facets(text) is not None
    assert datetime.now(UTC) - began < timedelta(seconds=5)


def with_pictures(images=TWO):
    return replace(attempt(WORDS), content=Content(WORDS, images))


def test_a_record_names_its_pictures_with_alt_text_and_shape(practice_bluesky, publisher):
    publisher.publish(with_pictures())
    (post,) = practice_bluesky.control("timeline")
    embed = post["record"]["embed"]
    assert embed["$type"] == "app.bsky.embed.images"
    assert [(each["alt"], each["aspectRatio"]) for each in embed["images"]] == [
        (TWO[0].alt_text, {"width": 3, "height": 2}),
        (TWO[1].alt_text, {"width": 5, "height": 4}),
    ]


def test_the_same_words_with_another_picture_have_another_key():
    assert len({record_key(with_pictures(images)) for images in ((), TWO, TWO[:1], TWO[::-1])}) == 4


def test_a_session_that_ends_between_posts_is_replaced_before_a_picture_goes(practice_bluesky, publisher):
    publisher.publish(attempt("First"))
    practice_bluesky.control("clock", advance=7_201)
    tried = with_pictures()
    assert publisher.publish(tried) == TryLater(tried.started_at, "Bluesky wants us to sign in again")
    assert isinstance(publisher.publish(tried), Published)


def test_a_session_that_ends_before_a_deletion_is_replaced_at_once(practice_bluesky, publisher):
    out = publisher.publish(attempt(WORDS))
    removal = Removal(7, "", out.remote_id, out.url, datetime.now(UTC))
    practice_bluesky.control("clock", advance=7_201)
    assert publisher.take_down(removal) == TakenDown()
    assert len(practice_bluesky.received(SIGN_IN)) == 2
    practice_bluesky.fault("unauthorized", "before", on=OnBluesky.delete_call, times=2)
    assert publisher.take_down(removal) == Refused(
        "Bluesky does not accept the session it gave us: “Token could not be verified”",
        NEW_PASSWORD,
        account=True,
    )
    wrong = replace(publisher, password="aaaa-bbbb-cccc-dddd")
    assert isinstance(wrong.take_down(removal), Refused)


def test_a_gif_is_warned_of(publisher):
    moving = publisher.check(Content("Look", (image(gif()),)))
    assert moving.warnings == ("Bluesky shows a GIF as a picture that does not move.",)
    assert moving.sendable
