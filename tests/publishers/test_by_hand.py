from datetime import UTC, datetime

from coop.publishing import (
    AskPerson,
    Attempt,
    CannotTakeDown,
    Checked,
    Content,
    CouldNotLook,
    Guarantee,
    Removal,
)
from publishers.by_hand import ByHand
from tests.publishers.conftest import attempt
from tests.publishers.drawing import image, png


def test_nothing_leaves_and_a_person_is_asked():
    assert ByHand().publish(attempt("Hello", target="the newsletter")) == AskPerson(
        "Copy the words, post them on the newsletter yourself, then press the button to say they are out."
    )
    assert ByHand().publish(attempt("Hello")) == AskPerson(
        "Copy the words, post them yourself, then press the button to say they are out."
    )


def test_pictures_are_named_in_order_with_their_alt_texts():
    content = Content("Hello", (image(png(), "A map"), image(png(3), "")))
    assert ByHand().publish(Attempt(7, 1, "", content, datetime.now(UTC))) == AskPerson(
        "Copy the words, post them yourself, then press the button to say they are out. Add 2 pictures, in this "
        "order: picture 1 with the alt text “A map”; picture 2."
    )


def test_only_a_person_can_take_it_down():
    removal = Removal(7, "the newsletter", None, None, datetime.now(UTC))
    assert ByHand().take_down(removal) == CannotTakeDown("A person posted it, so a person has to delete it")
    assert ByHand().price_to_take_down() == 0


def test_only_a_person_can_look():
    assert ByHand().look(attempt("Hello")) == CouldNotLook("only the person who posts it can see it")
    assert ByHand().guarantee is Guarantee.PERSON


def test_it_costs_nothing_and_has_to_say_something():
    assert ByHand().check(Content("Hello")) == Checked(length=5, limit=3_000, fits_until=5)
    assert ByHand().check(Content(" ")).refusals == ("There are no words in it.",)
    assert ByHand().price(Content("https://www.gov.uk")) == 0
