import pytest

from coop import courtesies


@pytest.mark.parametrize(
    "said",
    ["ok", "OK, got it.", ":+1:", "ok will do", "Will do!", "that's all", "great, and good bye", "right so"],
)
def test_a_nod_asks_for_nothing(said):
    assert courtesies.is_nod(said)


@pytest.mark.parametrize(
    "said",
    [
        "is that right",
        "is the bot ok",
        "ok do it",
        "ok is that it",
        "will you",
        "do it",
        "so is that ok",
        "for you",
        "ok?",
    ],
)
def test_a_question_or_an_order_is_no_nod_even_without_its_mark(said):
    assert not courtesies.is_nod(said)


@pytest.mark.parametrize(
    ("said", "is_one"), [("ok thanks", True), ("thanks, is that all?", False), ("cheers all", True)]
)
def test_thanks_that_ask_something_are_no_thanks(said, is_one):
    assert courtesies.is_thanks(said) is is_one
