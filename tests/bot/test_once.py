"""However often a request is delivered, it has one effect; an acknowledgement means the effect is committed.

Held for everything the product listens to, over both ways in: a new handler is tested by being listed in
tests/bot/acts.py, and not listing it fails here.
"""

import pytest

from bot.wiring import listens
from tests.bot.acts import ACTS, Sender, listed, message

WAYS = ["http", "socket"]
EFFECTS = [name for name, act in ACTS.items() if act.effect]
READS = [name for name, act in ACTS.items() if not act.effect]
AT_ONCE = 20


def counts(rows):
    return {table: len(found) for table, found in rows.items()}


def assert_answered_once(front, payload):
    """Twice in a row, and another twenty times at once: one answer to each."""
    twice, at_once, calls = payload(), payload(), front.slack.calls
    first = front.way.send(twice)
    told = [method for method, _ in calls]
    assert first.done
    assert front.way.send(twice) == first
    assert [method for method, _ in calls] == told
    answers = front.way.send_at_once(at_once, AT_ONCE)
    assert answers == [answers[0]] * AT_ONCE
    assert answers[0].done
    assert [method for method, _ in calls] == told * 2


def test_everything_the_product_listens_to_is_tried_here():
    assert sorted(listed(listens())) == sorted(ACTS)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", READS)
def test_a_question_is_answered_and_leaves_no_trace(fronts, name, way):
    with fronts.opened(way) as front:
        before = front.rows()
        assert_answered_once(front, lambda: front.payload(name, ACTS[name].by))
        assert (front.rows(), front.keys()) == (before, 0)


@pytest.mark.parametrize("way", WAYS)
def test_a_message_that_is_refused_is_told_so_once(fronts, way):
    with fronts.opened(way) as front:
        leave = message("leave", "im")
        assert_answered_once(
            front, lambda: leave(front.world, Sender("nobody", next(front.numbers), front.slack.url))
        )
        assert [given["text"] for _, given in front.slack.calls] == [
            "You are not a member, so there is nothing to leave."
        ] * 2


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", EFFECTS)
def test_an_effect_is_there_once(fronts, name, way):
    """Twice in a row, and again after a restart: the first delivery's effect, and its answer as long as it is
    remembered.
    """
    act = ACTS[name]
    with fronts.opened(way) as front:
        act.given(front.deps)
        before, asked = front.rows(), len(front.slack.calls)
        payload = front.payload(name, act.by)
        first = front.way.send(payload)
        effect, calls = front.rows(), front.slack.calls[asked:]
        assert first.done
        assert effect != before
        assert front.way.send(payload) == first
        assert front.rows() == effect
        assert front.slack.calls[asked:] == calls
    with fronts.opened(way, again=True) as restarted:
        assert restarted.way.send(payload).done
        assert restarted.rows() == effect


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", EFFECTS)
def test_twenty_deliveries_at_once_have_one_effect_and_one_answer(fronts, name, way):
    act = ACTS[name]
    with fronts.opened(way) as alone:
        act.given(alone.deps)
        single = alone.way.send(alone.payload(name, act.by))
        expected = counts(alone.rows())
    with fronts.opened(way) as front:
        act.given(front.deps)
        answers = front.way.send_at_once(front.payload(name, act.by), AT_ONCE)
        assert counts(front.rows()) == expected
        assert all(answer.done for answer in answers)
        assert [answer.body for answer in answers[1:]] == [answers[0].body] * (AT_ONCE - 1)
        assert (answers[0].body is None) == (single.body is None)
