"""What is Mastodon's own: its key of an hour, its refusals, its HTML, its counting. Against the practice Mastodon."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.jobs import learning
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
from publishers.mastodon import limits, media
from publishers.mastodon.limits import Taken
from publishers.mastodon.publisher import Account, Mastodon
from publishers.mastodon.text import links, measure
from publishers.pictures import PNG
from publishers.pictures import Limits as PictureLimits
from publishers.rehearsal import Rehearsal
from sandbox.social import mastodon
from tests.publishers.conftest import attempt
from tests.publishers.drawing import TWO

AT = 1_806_400_000
WORDS = "We are becoming a co-operative <3 & you can join: https://fenmarch.example"


@pytest.fixture
def publisher(practice_mastodon, mastodon_token):
    return Mastodon(practice_mastodon.url, mastodon_token, seconds=0.5)


def test_a_post_is_public_and_has_its_address(practice_mastodon, publisher):
    outcome = publisher.publish(attempt(WORDS))
    (post,) = practice_mastodon.control("timeline")
    assert outcome == Published(post["id"], f"https://fenmarch.example/@fenmarch/{post['id']}")
    assert post["record"] == {"visibility": "public"}


def test_the_second_sending_of_a_lost_post_is_answered_with_the_first(practice_mastodon, publisher):
    practice_mastodon.fault("drop", "after")
    tried = attempt(WORDS)
    assert isinstance(publisher.publish(tried), Unknown)
    (post,) = practice_mastodon.control("timeline")
    assert publisher.publish(replace(tried, number=2)).remote_id == post["id"]
    assert practice_mastodon.texts() == [WORDS]


def test_other_words_and_other_deliveries_are_other_posts(practice_mastodon, publisher):
    tried = attempt(WORDS)
    publisher.publish(tried)
    publisher.publish(replace(tried, content=Content("Edited")))
    publisher.publish(replace(tried, delivery_id=8))
    assert practice_mastodon.texts() == [WORDS, "Edited", WORDS]


NOTED = Content("It has happened.", note="Grief https://fenmarch.example")


def test_a_content_note_leaves_beside_the_words_and_the_post_is_still_found(practice_mastodon, publisher):
    practice_mastodon.fault("drop", "after")
    tried = replace(attempt(NOTED.text), content=NOTED)
    assert isinstance(publisher.publish(tried), Unknown)
    (post,) = practice_mastodon.control("timeline")
    assert (post["text"], post["record"]["spoiler_text"]) == (NOTED.text, NOTED.note)
    assert publisher.look(tried).remote_id == post["id"]
    assert publisher.publish(replace(tried, number=2)).remote_id == post["id"]


def test_another_content_note_is_another_post(practice_mastodon, publisher):
    tried = replace(attempt(NOTED.text), content=NOTED)
    publisher.publish(tried)
    publisher.publish(replace(tried, content=replace(NOTED, note=None)))
    assert practice_mastodon.texts() == [NOTED.text] * 2


@pytest.mark.parametrize("letters", [470, 471])
def test_a_content_note_takes_its_letters_from_the_limit_its_link_in_full(
    practice_mastodon, publisher, letters
):
    content = replace(NOTED, text="x" * letters)
    assert len(NOTED.note) == 30
    assert publisher.check(content).over_by == letters - 470
    assert publisher.check(content).fits_until == 470
    sent = publisher.publish(replace(attempt(content.text), content=content))
    assert isinstance(sent, Published) is publisher.check(content).sendable


def test_a_name_without_its_scheme_is_no_link(publisher):
    checked = publisher.check(Content("https://a.example, b.example/join. me@c.example: setup.py, 9.30"))
    assert (checked.links, checked.no_links) == (("https://a.example",), ("b.example/join", "setup.py"))


def test_after_the_keys_hour_the_accounts_own_posts_still_tell(practice_mastodon, publisher):
    practice_mastodon.control("clock", stand_still=AT)
    practice_mastodon.fault("drop", "after")
    tried = attempt(WORDS, at=AT)
    publisher.publish(tried)
    practice_mastodon.control("clock", advance=7200)
    seen = publisher.look(tried)
    assert isinstance(seen, Found)
    assert seen.at == datetime.fromtimestamp(AT, UTC)


def test_a_post_that_somebody_deleted_is_not_made_again_within_the_hour(practice_mastodon, publisher):
    tried = attempt(WORDS)
    made = publisher.publish(tried)
    practice_mastodon.control("timeline", delete=made.remote_id)
    assert publisher.publish(replace(tried, number=2)) == Refused(
        "Mastodon has had this post, and somebody deleted it there: “Record not found”",
        "If it should be out, propose it anew.",
    )


def test_a_full_window_is_tried_again_at_its_reset(practice_mastodon, publisher):
    practice_mastodon.control("clock", stand_still=AT)
    practice_mastodon.fault("rate_limited", "before", seconds=240)
    free = datetime.fromtimestamp(AT + 240, UTC)
    assert publisher.publish(attempt(WORDS, at=AT)) == TryLater(
        free, "Mastodon takes no more posts from us for now"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("  ", "Mastodon does not take these words: “Validation failed: Text can't be blank”"),
        (
            "x" * 501,
            "Mastodon does not take these words: “Validation failed: Text character limit of 500 exceeded”",
        ),
    ],
)
def test_words_mastodon_does_not_take_are_refused_with_its_reason(practice_mastodon, publisher, text, reason):
    assert publisher.publish(attempt(text)) == Refused(
        reason, "Change the words, then have it approved again."
    )
    assert practice_mastodon.texts() == []


def test_a_wrong_token_is_refused(publisher):
    wrong = replace(publisher, token="wrong")
    assert wrong.publish(attempt(WORDS)) == Refused(
        "Mastodon does not accept our access token: “The access token is invalid”",
        "Make a new access token in Mastodon (Preferences, Development), set MASTODON_ACCESS_TOKEN and start the bot "
        "again.",
        account=True,
    )
    assert wrong.look(attempt(WORDS)) == CouldNotLook(
        "Mastodon answered with 401: “The access token is invalid”"
    )


def test_a_token_that_may_only_read_is_refused(practice_mastodon, publisher):
    reader = replace(publisher, token=mastodon.READ_ONLY_TOKEN)
    assert reader.publish(attempt(WORDS)) == Refused(
        "Our Mastodon token may not post: “This action is outside the authorized scopes”",
        "Give the application write:statuses, write:media and read in Mastodon, then set its new "
        "MASTODON_ACCESS_TOKEN.",
        account=True,
    )
    assert practice_mastodon.texts() == []


def test_a_locked_account_and_a_wrong_address_are_refused(practice_mastodon, publisher):
    practice_mastodon.fault("forbidden", "before")
    assert publisher.publish(attempt(WORDS)) == Refused(
        "Mastodon does not let the account post: “Your login is currently disabled”",
        "Sign in there as the account and see what it says.",
        account=True,
    )
    lost = replace(publisher, url=f"{practice_mastodon.url}/nowhere")
    assert lost.publish(attempt(WORDS)) == Refused(
        "There is no Mastodon at MASTODON_URL: “Not Found”",
        "Correct MASTODON_URL and start the bot again.",
        account=True,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Plain words",
        "Written as &lt; and &amp;gt; on purpose, <b>not</b> bold",
        "Read https://www.gov.uk/search?q=co-op&order=newest today (or https://www.gov.uk/a_(b)).",
        "Home page: https://www.gov.uk/",
        "Thanks to @asha and @bryn@oxmere.example for #CoOps27 & more",
        "Cafe\u0301 at Zoë's 👩‍👩‍👧",
        "First line\nsecond line\n\nNew paragraph, with space at the end  ",
        "A long one https://fenmarch.example/a/very/long/path/that/is/shown/shortened/by/servers?and=more#end",
    ],
)
def test_a_post_is_found_whatever_html_is_made_of_it(publisher, text):
    tried = attempt(text)
    outcome = publisher.publish(tried)
    seen = publisher.look(tried)
    assert isinstance(outcome, Published)
    assert isinstance(seen, Found)
    assert seen.remote_id == outcome.remote_id


def test_other_words_and_older_posts_are_not_taken_for_ours(practice_mastodon, publisher):
    for other in (
        "We meet on Tuesday",
        "We meet on Monday!",
        "We meet",
        "We meet on Monday https://www.gov.uk",
    ):
        practice_mastodon.control("timeline", text=other)
    assert publisher.look(attempt("We meet on Monday")) == NotFound()
    practice_mastodon.control("clock", stand_still=AT)
    publisher.publish(attempt("Every week", at=AT))
    assert publisher.look(attempt("Every week", at=AT + 91)) == NotFound()
    assert isinstance(publisher.look(attempt("Every week", at=AT + 89)), Found)


@pytest.mark.parametrize("kind", ["missing", "wrong"])
def test_a_timeline_without_it_finds_nothing(practice_mastodon, publisher, kind):
    tried = attempt(WORDS)
    publisher.publish(tried)
    practice_mastodon.fault(kind, on="GET /api/v1/accounts/{id}/statuses")
    assert publisher.look(tried) == NotFound()


def test_a_late_timeline_shows_nothing_until_it_does(practice_mastodon, publisher):
    practice_mastodon.control("clock", stand_still=AT)
    practice_mastodon.control("switches", lag=60)
    tried = attempt(WORDS, at=AT)
    publisher.publish(tried)
    assert publisher.look(tried) == NotFound()
    practice_mastodon.control("clock", advance=61)
    assert isinstance(publisher.look(tried), Found)


def test_more_posts_than_a_page_since_the_attempt_are_not_taken_for_nothing(practice_mastodon, publisher):
    for number in range(41):
        practice_mastodon.control("timeline", text=f"Busy {number}")
    assert publisher.look(attempt("Lost")) == CouldNotLook("The account has more than 40 posts since then")


def test_whose_token_it_is_and_what_the_server_takes(practice_mastodon, publisher):
    assert publisher.whoami() == Account("109300000000000001", "fenmarch")
    practice_mastodon.control("switches", most=1_000)
    assert publisher.limits() == Taken(characters=1_000)
    assert publisher.check(Content("Hello")).limit == 500
    assert learning.learn([Rehearsal(publisher)])
    assert publisher.check(Content("x" * 1_001)).over_by == 1
    practice_mastodon.shut()
    unreachable = CouldNotLook("Mastodon could not be asked: it refused the connection")
    assert publisher.whoami() == publisher.limits() == unreachable
    assert not learning.learn([publisher])
    assert publisher.check(Content("Hello")).limit == 1_000


STATUSES = {"max_characters": 300, "characters_reserved_per_url": 25, "max_media_attachments": 2}
MEDIA = {
    "supported_mime_types": ["image/png", "video/mp4"],
    "image_size_limit": 1_000,
    "image_matrix_limit": 100,
    "description_limit": 50,
}


@pytest.mark.parametrize(
    ("configuration", "taken"),
    [
        (
            {"statuses": STATUSES, "media_attachments": MEDIA},
            Taken(300, 25, PictureLimits("Mastodon", {PNG: 1_000}, alt_text=50, pictures=2, pixels=100)),
        ),
        ({"statuses": STATUSES}, Taken(300, 25, replace(media.LIMITS, pictures=2))),
        ({"statuses": STATUSES, "media_attachments": {"supported_mime_types": ["video/mp4"]}},
         Taken(300, 25, replace(media.LIMITS, pictures=2))),
        ({"statuses": {**STATUSES, "max_characters": 0}}, None),
        ({"statuses": {**STATUSES, "max_characters": "many"}}, None),
        ({}, None),
    ],
)  # fmt: skip
def test_what_a_server_does_not_say_is_as_on_most_and_nonsense_is_not_believed(configuration, taken):
    if taken is None:
        with pytest.raises((KeyError, ValueError)):
            limits.read({"configuration": configuration})
    else:
        assert limits.read({"configuration": configuration}) == taken


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Hello", 5),
        ("https://www.gov.uk/a/very/long/address/that/goes/on?and=on", 23),
        ("http://a.io", 23),
        ("See https://www.gov.uk, please.", 4 + 23 + 9),
        ("(https://www.gov.uk/a_(b))", 25),
        ("gov.uk is no link there", 23),
        ("https://localhost is none either", 32),
        ("@asha and @bryn@oxmere.example", 5 + 5 + 5),
        ("asha@oxmere.example", 19),
        ("👩‍👩‍👧e\u0301🇬🇧", 3),
        ("a\nb", 3),
    ],
)
def test_length_is_counted_as_mastodon_counts_it(text, length):
    assert measure(text).length == length


def test_a_link_ends_where_mastodon_ends_it():
    text = "“https://www.gov.uk/co-ops”, (https://fenmarch.example/a?b=c#d) https://oxmere.example:8443/x!"
    assert links(text) == [
        "https://www.gov.uk/co-ops",
        "https://fenmarch.example/a?b=c#d",
        "https://oxmere.example:8443/x",
    ]


def test_what_the_author_is_told(publisher):
    assert publisher.check(Content("Hello")) == Checked(length=5, limit=500, fits_until=5, takes_note=True)
    assert publisher.check(Content("Thanks @asha, @bryn@oxmere.example and @asha ")).warnings == (
        "Mastodon notifies @asha and @bryn@oxmere.example; a name without a server is somebody on our own.",
        "Mastodon takes away the space before and after the text.",
    )
    assert publisher.check(Content(" ")).refusals == (
        "There are no words in it: Mastodon takes no empty post.",
    )
    assert publisher.price(Content("https://www.gov.uk")) == 0
    assert publisher.guarantee is Guarantee.SAFE_TO_REPEAT


@pytest.mark.parametrize(
    "text",
    ["a." * 50_000, "https://" + "a." * 50_000, "@a" * 50_000, "(" * 100_000, "https://a.io/" + ")" * 20_000],
)
def test_a_hundred_thousand_characters_are_measured_in_passing(text):
    began = datetime.now(UTC)
    assert measure(text).length > 20
    assert datetime.now(UTC) - began < timedelta(seconds=5)


def tried_with_pictures():
    return replace(attempt(WORDS), content=Content(WORDS, TWO))


def test_a_status_waits_until_its_pictures_have_been_read(practice_mastodon, publisher):
    practice_mastodon.control("switches", reading=1)
    outcome = replace(publisher, seconds=5).publish(tried_with_pictures())
    assert isinstance(outcome, Published)
    asked = practice_mastodon.control("ledger")
    assert [entry["method"] for entry in asked] == ["POST", "GET", "POST", "GET", "POST"]


def test_pictures_that_are_not_read_in_time_are_no_post(practice_mastodon, publisher):
    practice_mastodon.control("switches", reading=1_000)
    assert publisher.publish(tried_with_pictures()) == NotSent(
        "Mastodon had not read picture 1 in time; nothing was posted"
    )
    assert practice_mastodon.texts() == []


def test_a_token_that_may_not_send_pictures_is_told_what_it_lacks(practice_mastodon, publisher):
    words_only = replace(publisher, token=mastodon.WORDS_ONLY_TOKEN)
    assert words_only.publish(tried_with_pictures()) == Refused(
        "Our Mastodon token may not send pictures: “This action is outside the authorized scopes”",
        "Give the application write:statuses, write:media and read in Mastodon, then set its new "
        "MASTODON_ACCESS_TOKEN.",
    )
    assert isinstance(words_only.publish(attempt(WORDS)), Published)


def test_the_same_words_with_another_picture_are_another_post(practice_mastodon, publisher):
    first = tried_with_pictures()
    publisher.publish(first)
    publisher.publish(replace(first, content=Content(WORDS, TWO[:1])))
    publisher.publish(replace(first, content=Content(WORDS, (replace(TWO[0], alt_text="Other"), TWO[1]))))
    assert len(practice_mastodon.texts()) == 3


@pytest.mark.parametrize(
    ("token", "told"),
    [
        ("spoilt", Refused),
        (mastodon.READ_ONLY_TOKEN, Refused),
        (mastodon.WORDS_ONLY_TOKEN, TakenDown),
    ],
)
def test_who_may_not_delete_is_told_so(practice_mastodon, publisher, token, told):
    out = publisher.publish(attempt(WORDS))
    removal = Removal(7, "", out.remote_id, out.url, datetime.now(UTC))
    assert isinstance(replace(publisher, token=token).take_down(removal), told)


def test_thirty_deletions_in_half_an_hour_are_all(practice_mastodon, publisher):
    for _ in range(30):
        publisher.take_down(Removal(7, "", "1", None, datetime.now(UTC)))
    assert isinstance(publisher.take_down(Removal(7, "", "1", None, datetime.now(UTC))), TryLater)
