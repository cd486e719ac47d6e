from coop.publishing import AskPerson, Checked, Content, CouldNotLook, Guarantee
from publishers.by_hand import ByHand
from tests.publishers.conftest import attempt


def test_nothing_leaves_and_a_person_is_asked():
    assert ByHand().publish(attempt("Hello", target="the newsletter")) == AskPerson(
        "Copy the words, post them on the newsletter yourself, then press the button to say they are out."
    )
    assert ByHand().publish(attempt("Hello")) == AskPerson(
        "Copy the words, post them yourself, then press the button to say they are out."
    )


def test_only_a_person_can_look():
    assert ByHand().look(attempt("Hello")) == CouldNotLook("only the person who posts it can see it")
    assert ByHand().guarantee is Guarantee.PERSON


def test_it_costs_nothing_and_has_to_say_something():
    assert ByHand().check(Content("Hello")) == Checked(length=5, limit=3_000, fits_until=5)
    assert ByHand().check(Content(" ")).refusals == ("There are no words in it.",)
    assert ByHand().price(Content("https://www.gov.uk")) == 0
