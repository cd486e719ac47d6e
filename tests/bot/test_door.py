"""What the door promises of work in hand: a bound, one at a time for each request, and an answer in time."""

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from bot.entrance.door import Full, NotReady
from coop.errors import UserError
from handlers.answers import Reply
from handlers.blocks.message import Message
from handlers.listening import Listen
from tests.bot.front_door import command, event, house, opened
from tests.bot.two_ways_in import OverHttp
from tests.bot.waiting import until
from tests.serving import serving

pytestmark = pytest.mark.usefixtures("plain_log")
NOTHING = event("reaction_added", user="U1")


class Gate:
    """A handler that comes to its end when it is let: `ends` says how, one after another."""

    def __init__(self, *ends):
        self.ends = list(ends)
        self.open = threading.Event()
        self.running = self.most = self.runs = 0
        self._lock = threading.Lock()

    def __call__(self, _request, _deps):
        with self._lock:
            self.running += 1
            self.runs += 1
            self.most = max(self.most, self.running)
            end = self.ends.pop(0) if self.ends else None
        self.open.wait(20)
        with self._lock:
            self.running -= 1
        if end is not None:
            raise end
        return Reply(Message(f"Run {self.runs}."))


@pytest.fixture
def behind(tmp_path):
    """A door with one command, /wait, and one event, team_join, that are let through by a gate."""
    houses = []

    def built(gate, **settings):
        listen = Listen()
        listen.command("/wait", gate)
        listen.happening("team_join", gate)
        made = house(f"sqlite:///{tmp_path}/record.db", listen, **settings)
        houses.append((made, gate))
        return made, opened(made)

    yield built
    for made, gate in houses:
        gate.open.set()
        made.door.close(lambda is_idle: until(is_idle, "done"))
        made.database.dispose()


def waiting(number):
    return command(name="/wait", trigger=f"{number}.1.x")


def test_past_its_bound_signed_work_is_sent_away_and_what_is_not_for_us_is_not(behind):
    gate = Gate()
    made, application = behind(gate)
    made.door.in_hand = 2
    with serving(application) as url, ThreadPoolExecutor(2) as aside:
        slack = OverHttp(url)
        taken = [aside.submit(slack.send, waiting(number)) for number in range(2)]
        until(lambda: gate.running == 2, "two in hand")
        assert not slack.send(waiting(3)).done
        assert slack.send(NOTHING).done
        gate.open.set()
        assert all(one.result().done for one in taken)
        assert slack.send(waiting(3)).done


def test_it_never_blocks_whoever_brings_the_work(behind):
    gate = Gate()
    made, _ = behind(gate, work_threads=1)
    began = time.monotonic()
    taken = [made.door.take(waiting(number)) for number in range(16)]
    with pytest.raises(Full):
        made.door.take(waiting(16))
    assert time.monotonic() - began < 1
    assert {type(one) for one in taken} == {Future}
    gate.open.set()
    assert {one.result(10).status for one in taken} == {200}
    assert gate.most == 1


def test_after_two_and_a_half_seconds_slack_is_asked_to_come_back_and_gets_the_answer_then(behind):
    gate = Gate()
    _, application = behind(gate)
    with serving(application) as url:
        slack, began = OverHttp(url), time.monotonic()
        assert not slack.send(waiting(1)).done
        assert 2.4 < time.monotonic() - began < 3
        gate.open.set()
        until(lambda: gate.running == 0, "done")
        assert slack.send(waiting(1)).body == {"text": "Run 1.", "response_type": "ephemeral"}
    assert gate.runs == 1


def together(made, gate, payload, times):
    """All taken while the first is still running; their answers."""
    taken = [made.door.take(payload) for _ in range(times)]
    until(lambda: gate.running == 1, "the first is running")
    gate.open.set()
    return [one.result(10) for one in taken]


def test_whoever_waits_for_an_earlier_delivery_gets_its_answer(behind):
    gate = Gate()
    made, _ = behind(gate)
    answers = together(made, gate, waiting(1), 5)
    assert {(answer.status, answer.body) for answer in answers} == {(200, answers[0].body)}
    assert gate.runs == 1


def test_whoever_waits_for_one_that_was_refused_or_failed_has_a_turn_and_never_two_at_once(behind):
    gate = Gate(UserError("Not yet."), RuntimeError("broken on purpose"), UserError("Not yet."))
    made, _ = behind(gate)
    answers = [answer.body for answer in together(made, gate, waiting(1), 6)]
    assert [("Not yet." in body, "went wrong" in body, "Run 4." in body) for body in answers] == [
        (True, False, False),
        (False, True, False),
        (True, False, False),
        *[(False, False, True)] * 3,
    ]
    assert (gate.runs, gate.most) == (4, 1)


def test_an_event_that_failed_is_answered_with_500_and_the_one_behind_it_runs(behind):
    gate = Gate(RuntimeError("broken on purpose"))
    made, _ = behind(gate)
    arrival = event("team_join", user={"id": "U9", "team_id": "T100"})
    assert [answer.status for answer in together(made, gate, arrival, 3)] == [500, 200, 200]
    assert (gate.runs, gate.most) == (2, 1)


def test_when_it_closes_what_does_not_end_in_time_is_given_back_and_nothing_more_is_taken(behind):
    gate = Gate()
    made, _ = behind(gate, work_threads=1)
    taken = [made.door.take(waiting(number)) for number in (1, 1, 2)]
    until(lambda: gate.running == 1, "one is running")
    made.door.close(lambda _is_idle: None)
    assert [one.result(1).status for one in taken] == [503, 503, 503]
    with pytest.raises(NotReady):
        made.door.take(waiting(3))
    assert made.door.take(NOTHING).status == 200
    assert gate.runs == 1


def test_a_mention_in_a_channel_is_taken_once_although_slack_sends_it_twice(tmp_path):
    heard = []
    listen = Listen()
    listen.message(lambda request, _deps: heard.append(request.mentioned), wants=lambda _text, _kind: True)
    made = house(f"sqlite:///{tmp_path}/record.db", listen)
    opened(made)
    said = {"text": "<@UBOT> am I a member?", "channel": "C1", "user": "U1", "ts": "1.1"}
    for kind, event_id, more in (
        ("message", "Ev1", {"channel_type": "channel"}),
        ("app_mention", "Ev2", {}),
    ):
        taken = made.door.take(event(kind, event_id=event_id, **said, **more))
        if isinstance(taken, Future):
            taken.result(10)
    assert heard == [True]
    made.database.dispose()


@pytest.mark.parametrize(
    "said",
    [
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message", "bot_id": "B1"},
        {"bot_id": "B1"},
    ],
)
def test_edits_deletions_and_what_bots_say_are_not_for_us(tmp_path, said):
    listen = Listen()
    listen.message(lambda _request, _deps: None, wants=lambda _text, _kind: True)
    made = house(f"sqlite:///{tmp_path}/record.db", listen)
    opened(made)
    inner = {"text": "am I a member?", "channel": "D1", "channel_type": "im", "user": "U1", "ts": "1.1"}
    assert not isinstance(made.door.take(event("message", **inner, **said)), Future)
    made.database.dispose()
