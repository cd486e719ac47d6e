"""The card: it arrives after the receipt, says all it shows in words too, and every name fits."""

import io
from itertools import product

import pytest
from PIL import Image, ImageChops

from handlers import card_picture, colours
from handlers.card_picture import Card
from tests.handlers.acting import fills_in

LONG = "Siân Ŵyn-O\u2019Connor de Montgomery-Featherstonehaugh of Great Fenmarch and the Isles"
UNBROKEN = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswessen" * 2
COLOURS = ["#1d4f73", "#f2c230", "#ffffff", "#000000", "#767676", "#ff0000", "#00ff00", "#949494"]


def card(**facts):
    shown = {
        "network": "Fenmarch Digital Network",
        "name": "Asha Patel",
        "number": 12,
        "since": "4 June 2027",
        "motto": "One member, one vote",
        "colour": "#1d4f73",
        **facts,
    }
    return Card(**shown)


def picture(**facts):
    return Image.open(io.BytesIO(card_picture.png(card(**facts)))).convert("RGB")


def test_the_card_is_a_picture_of_the_size_of_a_bank_card(now):
    shown = picture()
    assert (shown.format, shown.size) in {(None, (1200, 757)), ("PNG", (1200, 757))}
    assert abs(shown.width / shown.height - 85.60 / 53.98) < 0.01


def test_the_same_card_is_drawn_the_same_and_another_number_otherwise():
    assert card_picture.png(card()) == card_picture.png(card())
    assert card_picture.png(card()) != card_picture.png(card(number=13))


@pytest.mark.parametrize("name", ["Jo", LONG, UNBROKEN, "Ελένη Παπαδοπούλου", "Владимир Иванов", "李小龍"])
def test_no_word_reaches_the_dots_or_the_edge(name):
    with_words, without = picture(name=name), picture(name="X", network="X", motto="X", since="X")
    changed = ImageChops.difference(with_words, without).getbbox()
    assert changed[0] >= card_picture.MARGIN - 8
    assert changed[2] <= card_picture.MARGIN + card_picture.TEXT_WIDTH + 8
    assert changed[1] >= card_picture.MARGIN
    assert changed[3] <= card_picture.HEIGHT - card_picture.MARGIN + 12


def test_words_of_a_long_card_do_not_lie_on_each_other():
    """Between the three groups of words there are lines of the picture with the ground alone."""
    shown = picture(name=LONG, network=LONG, motto=f"One of 1,234 equal stakes: {LONG}")
    left = shown.crop((0, 0, card_picture.MARGIN + card_picture.TEXT_WIDTH, card_picture.HEIGHT))
    empty = [left.crop((0, y, left.width, y + 1)).getcolors(1) is not None for y in range(left.height)]
    groups = sum(1 for y in range(1, left.height) if not empty[y] and all(empty[max(0, y - 10) : y]))
    assert groups >= 4


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("Asha Patel", "Asha Patel"),
        ("Siân  Ŵyn", "Siân Ŵyn"),
        ("Zoe\u0308 Brown", "Zoë Brown"),
        ("Владимир Иванов", "Владимир Иванов"),
        ("Nguyễn Thị Minh", "Nguyễn Thị Minh"),
        ("Sam 🎉 Lee", "Sam Lee"),
        ("李小龍", ""),
        ("Ann 李", ""),
        ("🎉", ""),
    ],
)
def test_a_name_is_drawn_whole_or_not_at_all(name, drawn):
    assert card_picture.drawable(name) == drawn


@pytest.mark.parametrize("code", COLOURS)
def test_words_can_be_read_on_any_colour(code):
    ground = colours.of_hex(code)
    ink = colours.ink_on(ground)
    assert colours.contrast(ink, ground) >= colours.READABLE
    assert colours.contrast(colours.quiet_ink(ink, ground), ground) >= colours.READABLE


def test_words_can_be_read_on_every_colour_of_a_grid():
    for ground in product(range(0, 256, 15), repeat=3):
        ink = colours.ink_on(ground)
        assert colours.contrast(ink, ground) >= colours.READABLE
        assert colours.contrast(colours.quiet_ink(ink, ground), ground) >= colours.READABLE


def test_contrast_is_that_of_the_guidelines():
    assert colours.contrast(colours.WHITE, (0, 0, 0)) == pytest.approx(21)
    assert colours.contrast((0x76, 0x76, 0x76), colours.WHITE) == pytest.approx(4.54, abs=0.01)


def joined(practice, name="Asha Patel"):
    practice.command("dev", "/countmein")
    fills_in(practice, "dev", name=name)
    practice.settle()
    return practice.messages("dev")


def test_a_new_member_gets_a_card_after_the_receipt_with_everything_in_words(practice):
    *_, receipt, message = joined(practice)
    assert "member" in receipt["text"]
    assert message["text"] == (
        "Here is your membership card, Asha Patel: Fenmarch Digital Network, member 1 since 27 March 2027. "
        "One member, one vote."
    )
    assert message["blocks"][-1]["alt_text"] == (
        "Membership card of Asha Patel: Fenmarch Digital Network, member 1 since 27 March 2027. "
        "One member, one vote."
    )
    assert "thread_ts" not in message


@pytest.mark.settings(legal_form="society")
def test_a_society_says_how_many_equal_stakes_there_are(practice):
    *_, message = joined(practice)
    assert "One of 1 equal stakes on 27 March 2027." in message["text"]


def test_a_name_that_cannot_be_drawn_is_said_to_be_missing_from_the_picture(practice):
    *_, message = joined(practice, "李小龍")
    assert "李小龍" in message["text"]
    assert "shows your number and not your name" in message["text"]
    assert message["blocks"][-1]["alt_text"].startswith("Membership card of 李小龍")


def test_what_people_typed_as_their_name_pings_nobody(practice):
    *_, message = joined(practice, "<!channel> & Co")
    assert "&lt;!channel&gt; &amp; Co" in message["text"]
    assert "<!channel>" not in str(message["blocks"][0])
