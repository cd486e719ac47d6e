"""What an author hears about a text before anybody approves it."""

import time

import pytest

from coop.publishing import Checked, Content, Image
from publishers.x.publisher import Keys, Prices, X


@pytest.fixture
def x() -> X:
    return X(Keys("", "", "", ""), "FenmarchDigital")


def check(x: X, text: str) -> Checked:
    return x.check(Content(text))


def test_a_text_that_fits_says_how_long_it_is(x):
    assert check(x, "We meet on Tuesday.") == Checked(length=19, limit=280, fits_until=19)


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("é" * 10, 10),
        ("日本", 4),
        ("🎉", 2),
        ("👩‍👩‍👧‍👦", 2),
        ("https://www.gov.uk/a/very/long/address/that/goes/on/and/on", 23),
        ("gov.uk", 23),
        ("https://x.y", 23),
        ("https://fenmarch.kids", 23),
        ("https://fenmarch.example/the/summer/meeting", 43),
    ],
)
def test_length_is_weighted_and_never_too_short(x, text, length):
    assert check(x, text).length == length


def test_a_text_that_is_too_long_says_by_how_much_and_where_it_stops_fitting(x):
    found = check(x, "日" * 139 + "abc" + " too much")
    assert (found.length, found.over_by, found.fits_until, found.sendable) == (290, 10, 141, False)


def test_a_link_that_does_not_fit_is_left_out_whole(x):
    found = check(x, "x" * 270 + " https://www.gov.uk/search")
    assert (found.over_by, found.fits_until) == (14, 271)


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        (
            "@leeds_digital welcomes us",
            (
                "It begins with @leeds_digital, so X shows it to few people: put a word in front.",
                "X notifies @leeds_digital. Its rules let a bot mention only those who asked for it.",
            ),
        ),
        (
            "Thanks to @asha and @bryn, and @asha again",
            ("X notifies @asha and @bryn. Its rules let a bot mention only those who asked for it.",),
        ),
        ("Write to hello@gov.uk", ()),
        ("$AAA and $BBB", ("It has 2 cashtags ($AAA and $BBB). X takes one a post.",)),
        ("Only $AAA, for $5", ()),
        (
            "Run setup.py, says x.ai",
            (
                "X reads setup.py as a link: it counts as 23, and the post costs $0.20.",
                "X reads x.ai as a link: it counts as 23, and the post costs $0.20.",
            ),
        ),
        ("https://www.gov.uk/setup.py", ()),
        (" in space ", ("X takes away the space before and after the text.",)),
    ],
)
def test_authors_are_warned_of_what_x_makes_of_it(x, text, warnings):
    found = check(x, text)
    assert (found.warnings, found.refusals) == (warnings, ())


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (Content(" \n\t "), "There are no words in it: X takes no empty post."),
        (Content(""), "There are no words in it: X takes no empty post."),
        (Content("odd \ufffe"), "X refuses U+FFFE: take out what you cannot see, or type the text again."),
        (Content("a." * 61), "It has more than 60 full stops, so its length cannot be told: use fewer."),
        (
            Content("A map", (Image("00", "image/png", "A map", b""),)),
            "The picture can't be read as PNG, JPEG, GIF or WebP: share it in Slack again, or use another.",
        ),
    ],
)
def test_what_cannot_go_out_is_refused(x, content, refusal):
    found = x.check(content)
    assert refusal in found.refusals
    assert not found.sendable


@pytest.mark.parametrize("text", ["a." * 2_000, "a." * 20_000, "https://a.b/" + "." * 40_000, "🎉" * 5_000])
def test_no_text_takes_long_to_measure(x, text):
    began = time.process_time()
    found = check(x, text)
    assert time.process_time() - began < 1
    assert found.over_by > 0


@pytest.mark.parametrize(
    ("text", "price"),
    [("No link", 15), ("https://www.gov.uk", 200), ("run setup.py", 200), ("https://fenmarch.kids", 200)],
)
def test_a_link_makes_a_post_dearer(x, text, price):
    assert x.price(Content(text)) == price


def test_prices_are_settings():
    x = X(Keys("", "", "", ""), "FenmarchDigital", Prices(post=20, post_with_link=1500))
    assert [x.price(Content(text)) for text in ("No link", "gov.uk")] == [20, 1500]
    assert x.check(Content("gov.uk")).warnings == (
        "X reads gov.uk as a link: it counts as 23, and the post costs $1.50.",
    )
