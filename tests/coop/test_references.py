import random
import re

import pytest

from coop import references


def drawn(*numbers):
    given = iter(numbers)
    return lambda _below: next(given)


def test_a_reference_is_the_networks_letters_six_characters_and_a_check():
    # 1 in base 32 is 1 modulo 37.
    assert references.new("LocalGov Digital", draw=drawn(0, 0, 0, 0, 0, 1)) == "LGD0000011"
    # 000018 is 40, 3 modulo 37.
    assert references.new("Barset", draw=drawn(0, 0, 0, 0, 1, 8)) == "B0000183"


def test_the_example_is_the_networks_own_and_fits():
    assert references.example("Barset Digital") == "BD7K3QF8C"
    assert references.code_of(references.example("Barset Digital")) == "7K3QF8C"


def test_draws_whose_check_is_punctuation_and_draws_all_alike_are_drawn_again():
    # 000010 is 32, whose check symbol is not a letter or a digit; 000000 is all alike.
    draw = drawn(0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2)
    assert references.new("Barset", draw=draw) == "B0000022"


@pytest.mark.parametrize(
    ("network", "letters"),
    [
        ("LocalGov Digital", "LGD"),
        ("the open data people of Barsetshire", "TODP"),
        ("our network", "ON"),
        ("42", "CMI"),
        ("", "CMI"),
    ],
)
def test_the_letters_come_from_the_networks_name(network, letters):
    assert references.letters_of(network) == letters


@pytest.mark.parametrize(
    "typed",
    ["LGD0000183", "lgd 000 0183", "LGD-0000183", "LGDOOOO183", "LGD0000I83", "lgd0000l83"],
)
def test_a_reference_is_known_however_it_is_typed(typed):
    assert references.code_of(typed) == "0000183"


def test_every_wrong_character_and_every_swap_of_neighbours_is_noticed():
    chosen = random.Random(20270327)
    for _ in range(200):
        code = references.new("Barset", draw=chosen.randrange)[-references.CODE :]
        assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{7}", code)
        assert references.code_of(code) == code
        for at in range(len(code)):
            for other in set(references.ALPHABET) - {code[at]}:
                assert references.code_of(code[:at] + other + code[at + 1 :]) is None
            swapped = code[:at] + code[at + 1 : at + 2] + code[at] + code[at + 2 :]
            assert references.code_of(swapped) == (code if swapped == code else None)


@pytest.mark.parametrize("typed", ["", "LGD", "00001", "£££££££", "LGD000018U"])
def test_what_cannot_be_a_reference_is_none(typed):
    assert references.code_of(typed) is None
