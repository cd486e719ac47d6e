"""Every message of a busy workspace is looked at: what that may cost, in seconds of CPU."""

import time

import pytest

from coop import asking
from coop.asking import Names

LGD = Names("LocalGov Digital", ("LGD",))


def cost_of(text: str) -> float:
    """Seconds of CPU, the best of many."""
    asking.in_channel(text, LGD)
    spent = []
    for _ in range(200):
        start = time.process_time()
        asking.in_channel(text, LGD)
        spent.append(time.process_time() - start)
    return min(spent)


def test_a_message_that_is_not_for_us_costs_next_to_nothing() -> None:
    assert cost_of("We moved the planning register last month, happy to share what we learnt here :)") < 50e-6


@pytest.mark.parametrize("text", ["am I " * 8000, "word " * 8000, "a" * 40_000, "am I a member? " * 2700])
def test_the_longest_message_slack_delivers_costs_less_than_a_millisecond(text: str) -> None:
    assert cost_of(text) < 1e-3


@pytest.mark.parametrize(
    "text",
    [
        "my member of if i am ", "i am member , ", "not sure if ", "' am 'i ", "is it i ",
        "my membership form did it ", "membership? have i been get in ", "paid £1 did all of it not been ",
        "did i , then as one , by membership ", "has it that did this my membership ",
        "can you check if i was as one member , ", "i joined . did anyone has my membership as ",
        "confirm that a membership , is it me ",
    ],
)  # fmt: skip
def test_no_wording_makes_the_expressions_run_wild(text: str) -> None:
    assert cost_of((text * 100)[:900]) < 10e-3
