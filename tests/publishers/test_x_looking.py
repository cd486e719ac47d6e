"""Finding a post again on a timeline that rewrites it, lags and lies."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coop.publishing import CouldNotLook, Found, NotFound, Published
from publishers.x.publisher import Account
from tests.publishers.conftest import attempt

AT = 1_806_400_000


@pytest.mark.parametrize("newer_names", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "Plain words",
        "Written as &lt; and &amp;gt; on purpose",
        "Tea & cake <free> &amp; “lovely” at 6 > 5",
        "Read https://www.gov.uk/search?q=co-op&order=newest today",
        "Read www.gov.uk and gov.uk/browse, or run setup.py.",
        "Home page: https://www.gov.uk/",
        "A new ending: https://fenmarch.kids/summer",
        "Cafe\u0301 at Zoë's",
        "🎉👩‍👩‍👧 party",
        "First line\n\nSecond line, with space at the end  ",
        "See https://www.gov.uk and https://www.gov.uk/a and https://www.gov.uk",
    ],
)
def test_a_post_is_found_whatever_x_makes_of_its_text(practice, publisher, text, newer_names):
    practice.control("switches", newer_names=newer_names)
    tried = attempt(text)
    outcome = publisher.publish(tried)
    assert isinstance(outcome, Published)
    seen = publisher.look(tried)
    assert isinstance(seen, Found)
    assert (seen.remote_id, seen.url) == (outcome.remote_id, outcome.url)


@pytest.mark.parametrize("newer_names", [False, True])
def test_a_long_post_is_compared_by_its_whole_text(practice, publisher, newer_names):
    practice.control("switches", newer_names=newer_names, long_posts=["FenmarchDigital"])
    start = "Everything about the summer meeting & more. " * 10
    first, second = attempt(f"{start}https://www.gov.uk first"), attempt(f"{start}https://www.gov.uk second")
    outcome = publisher.publish(first)
    assert isinstance(outcome, Published)
    assert publisher.look(second) == NotFound()
    assert publisher.look(first).remote_id == outcome.remote_id


def test_other_words_are_not_taken_for_ours(practice, publisher):
    for other in (
        "We meet on Tuesday",
        "We meet on Monday!",
        "We meet",
        "We meet on Monday https://www.gov.uk",
    ):
        practice.control("timeline", username="FenmarchDigital", text=other)
    assert publisher.look(attempt("We meet on Monday")) == NotFound()


def test_a_late_timeline_shows_nothing_until_it_does(practice, publisher):
    practice.control("clock", stand_still=AT)
    practice.control("lag", seconds=180)
    tried = attempt("Late", at=AT)
    made = publisher.publish(tried)
    practice.control("clock", advance=179)
    assert publisher.look(tried) == NotFound()
    practice.control("clock", advance=2)
    assert publisher.look(tried) == Found(made.remote_id, made.url, datetime.fromtimestamp(AT, UTC))


def test_a_post_just_before_the_attempt_by_our_clock_is_the_attempts(practice, publisher):
    practice.control("clock", stand_still=AT)
    made = publisher.publish(attempt("Skew", at=AT))
    assert publisher.look(attempt("Skew", at=AT + 89)).remote_id == made.remote_id
    assert len(practice.received("/2/users/1700000000000000001/tweets", "GET")) == 1


def test_of_two_posts_since_the_attempt_the_first_is_it(practice, publisher):
    practice.control("clock", stand_still=AT)
    made = publisher.publish(attempt("Twice", at=AT))
    practice.control("clock", advance=5)
    practice.control("timeline", username="FenmarchDigital", text="Twice")
    assert publisher.look(attempt("Twice", at=AT)).remote_id == made.remote_id


def test_of_two_older_posts_the_newest_is_named(practice, publisher):
    practice.control("clock", stand_still=AT)
    for _ in range(2):
        practice.control("timeline", username="FenmarchDigital", text="Every week")
        practice.control("clock", advance=3600)
    newest = practice.control("timeline")[-1]["id"]
    assert publisher.look(attempt("Every week", at=AT + 7200)).remote_id == newest


def test_a_post_older_than_two_days_is_not_mentioned(practice, publisher):
    practice.control("clock", stand_still=AT)
    publisher.publish(attempt("Old", at=AT))
    practice.control("clock", advance=49 * 3600)
    assert publisher.look(attempt("Old", at=AT + 49 * 3600)) == NotFound()


@pytest.mark.parametrize("kind", ["missing", "wrong"])
def test_a_timeline_without_it_finds_nothing(practice, publisher, kind):
    tried = attempt("There")
    publisher.publish(tried)
    practice.fault(kind, on="GET /2/users/{id}/tweets", times=2)
    assert publisher.look(tried) == NotFound()


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("hang", "X could not be asked: no whole answer came within 0.5 seconds"),
        ("unavailable", "X answered with 503: “Service Unavailable”"),
        ("rate_limited", "X answered with 429: “Too Many Requests”"),
        ("html", "X answered with 200"),
        ("unauthorized", "X answered with 401: “Unauthorized”"),
    ],
)
def test_a_timeline_that_cannot_be_read_is_not_an_empty_one(practice, publisher, kind, reason):
    tried = attempt("There")
    publisher.publish(tried)
    practice.fault(kind, on="GET /2/users/{id}/tweets")
    assert publisher.look(tried) == CouldNotLook(reason)


def test_more_posts_than_a_page_since_the_attempt_are_not_taken_for_nothing(practice, publisher):
    for number in range(21):
        practice.control("timeline", username="FenmarchDigital", text=f"Busy {number}")
    assert publisher.look(attempt("Lost")) == CouldNotLook("The account has more than 20 posts since then")


def test_an_unreachable_x_could_not_be_looked_at(practice, publisher):
    practice.on_loop(practice.front.shut())
    assert publisher.look(attempt("There")) == CouldNotLook("X could not be asked: it refused the connection")


def test_whoami_names_the_account_behind_the_keys(publisher):
    assert publisher.whoami() == Account("1700000000000000001", "FenmarchDigital", may_write=True)


def test_portal_tokens_belong_to_whoever_owns_the_app(practice, publisher, keys):
    portal = practice.control("keys")["portal"]
    others = replace(
        keys, access_token=portal["X_ACCESS_TOKEN"], access_token_secret=portal["X_ACCESS_TOKEN_SECRET"]
    )
    publisher = replace(publisher, keys=others)
    assert publisher.whoami().handle == "dev_marchetti"
    publisher.publish(attempt("Whose is this?"))
    assert practice.control("timeline")[0]["username"] == "dev_marchetti"


def test_whoami_sees_keys_that_may_not_write(practice, publisher, keys):
    token = next(t for t in practice.store.tokens.values() if t.access == "read")
    reader = replace(publisher, keys=replace(keys, access_token=token.key, access_token_secret=token.secret))
    assert reader.whoami() == Account("1700000000000000001", "FenmarchDigital", may_write=False)


def test_whoami_says_why_it_could_not_look(publisher, keys):
    wrong = replace(publisher, keys=replace(keys, api_secret="wrong"))
    unread = wrong.whoami()
    assert (unread.reason, unread.refused.account) == ("X answered with 401: “Unauthorized”", True)
