"""The Socket Mode way in: with the practice workspace, and with a server that does what Slack should not."""

import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select
from websockets.sync.server import ServerConnection

from bot.entrance.socket_mode import SocketDoor
from bot.settings.environment import Environment
from bot.slack import connecting, manifest
from bot.slack.clients import JOB_SECONDS, client
from bot.slack.connecting import Unreachable, connect
from bot.wiring import build, deps_for, listens, open_door
from handlers.answers import Reply
from handlers.blocks.message import Message
from handlers.listening import Listen
from storage.base import Base
from storage.outbox import OutboxRow
from tests.bot.front_door import Noted, command, event, house, opened
from tests.bot.waiting import until
from tests.handlers.acting import closing_text, form
from tests.practice import Practice, channel
from tests.serving import hearing


def rows(made, kind):
    with made.database.read() as session:
        return session.scalar(select(func.count()).where(OutboxRow.kind == kind))


@dataclass
class Joined:
    """The bot in the practice workspace, over Socket Mode."""

    practice: Practice
    socket: SocketDoor

    def connections(self):
        return self.practice.workspace.seen("apps")["apps"][-1]["connections"]

    def farewell(self, act):
        return self.practice.workspace.asked("socket", do=act)

    def opened(self):
        return len(self.practice.calls("apps.connections.open"))


@pytest.fixture
def joined(workspace, sqlite, now) -> Iterator[Joined]:
    workspace.asked("reset")
    plain = Environment.of(network_name="Fenmarch Digital Network", steering_channel="steering").network
    rooms = [channel(name) for name in ("steering", "general")]
    tokens = workspace.asked("install", manifest=manifest.build(listens(plain), plain), channels=rooms)
    environment = Environment.of(
        **plain.model_dump(),
        database_url=sqlite.url.render_as_string(hide_password=False),
        slack_bot_token=tokens["bot_token"],
        slack_app_token=tokens["app_token"],
        slack_api_url=f"{workspace.url}/api/",
    )
    made = build(environment, now=lambda: now)
    connected = connect(environment)
    deps = deps_for(made, connected)
    open_door(made, connected, deps)
    reader = client(None, environment.slack_api_url, seconds=JOB_SECONDS)
    door = SocketDoor(made.door, lambda: connecting.socket_address(reader, tokens["app_token"]))
    door.connect()
    yield Joined(Practice(workspace, made, deps, lambda: now, connected.identity.user_id), door)
    door.close()
    made.door.close(lambda _is_idle: None)
    made.database.dispose()


def arrives(practice, user):
    person = {"id": user, "name": user.lower(), "real_name": user.title()}
    return practice.workspace.asked("join-workspace", user=person)["deliveries"][0]


def test_a_command_is_answered_in_its_acknowledgement(joined):
    answer = joined.practice.command("dev", "/member")
    assert answer["response"]["text"].startswith("You're in our Slack. You're not a member yet")


def test_a_form_is_answered_in_its_acknowledgement(joined):
    practice = joined.practice
    practice.command("dev", "/countmein")
    refused = practice.submit("dev", practice.modal("dev"), **(form("dev") | {"email": "nowhere"}))
    assert list(refused["field_errors"]) == ["email"]
    taken = practice.submit("dev", practice.modal("dev"), **form("dev"))
    assert closing_text(taken).startswith("Welcome, Dev.")


def test_an_event_is_acknowledged_only_once_its_effect_is_committed(joined):
    practice = joined.practice
    with ThreadPoolExecutor(1) as aside:
        with practice.deps.write():  # nobody else can write, so nothing can be committed
            arriving = aside.submit(arrives, practice, "UNIA")
            until(lambda: practice.house.door._unfinished, "taken in hand")
            assert [attempt["outcome"] for attempt in sent(practice)["attempts"]] == [""]
            assert rows(practice.house, "welcome") == 0
        assert arriving.result()["outcome"] == "ok"
    assert rows(practice.house, "welcome") == 1


def test_an_event_slack_did_not_wait_for_is_sent_again_and_has_one_effect(joined):
    practice = joined.practice
    practice.workspace.asked("clock", answer_within=0.05)
    with practice.deps.write():
        arrives(practice, "UNIA")
        until(lambda: len(sent(practice)["attempts"]) > 1, "sent again")
    until(lambda: not practice.house.door._unfinished, "both have come to their end")
    assert rows(practice.house, "welcome") == 1
    practice.workspace.asked("clock", answer_within=3)
    assert practice.redeliver(event_id=sent(practice)["id"])["outcomes"][0]["ok"]
    assert rows(practice.house, "welcome") == 1


def sent(practice):
    """The delivery that tells of somebody's arrival."""
    events = practice.workspace.seen("deliveries", kind="event")["deliveries"]
    (delivery,) = [one for one in events if one["payload"]["event"]["type"] == "team_join"]
    return delivery


@pytest.mark.parametrize("act", ["warning", "refresh", "disabled", "too_many"])
def test_when_slack_says_it_will_end_a_connection_nobody_is_left_unanswered(joined, act):
    """The next connection is there before the old one is let go, and both are listened to meanwhile."""
    before = joined.opened()
    with ThreadPoolExecutor(1) as aside:
        asking = aside.submit(lambda: [joined.practice.command("dev", "/member") for _ in range(20)])
        joined.farewell(act)
        until(lambda: joined.opened() > before and joined.connections() > 1, "another connection")
        assert {answer["error"] for answer in asking.result()} == {None}
    assert joined.practice.command("dev", "/member")["error"] is None


def test_what_happens_while_every_connection_is_gone_is_not_lost(joined):
    practice, before = joined.practice, joined.opened()
    joined.farewell("drop_all")
    arrives(practice, "UNIA")
    until(lambda: joined.opened() > before and joined.connections() == 1, "reconnected")
    until(lambda: rows(practice.house, "welcome") == 1, "the event that waited")
    assert practice.command("dev", "/member")["error"] is None


def test_while_slack_lets_nobody_in_it_says_why_and_keeps_trying(joined):
    joined.practice.workspace.asked(
        "faults", method="apps.connections.open", kind="error", error="internal_error", times=1
    )
    joined.farewell("drop_all")
    until(lambda: "internal_error" in joined.socket.trouble, "said why")
    until(joined.socket.is_connected, "reconnected")
    assert joined.socket.trouble == ""


def test_a_token_that_is_none_is_told_from_slack_being_away(workspace):
    reader = client(None, f"{workspace.url}/api/", seconds=2)
    with pytest.raises(connecting.SettingsWrong, match="Slack does not accept SLACK_APP_TOKEN"):
        connecting.socket_address(reader, "xapp-1-none")
    away = client(None, "http://127.0.0.1:1/api/", seconds=2)
    with pytest.raises(Unreachable, match="Slack cannot be reached"):
        connecting.socket_address(away, "xapp-1-none")


def gets_in(practice):
    """Asks Slack all that is asked before Socket Mode is open."""
    environment = practice.house.environment
    connect(environment)
    reader = client(None, environment.slack_api_url, seconds=2)
    connecting.socket_address(reader, environment.slack_app_token.get_secret_value() or "xapp-1-any")


@pytest.mark.parametrize("kind", ["cut", "html", "drop_after", "reset_before", "redirect", "status"])
@pytest.mark.parametrize("method", ["auth.test", "conversations.list", "apps.connections.open"])
def test_an_answer_that_does_not_arrive_whole_is_a_reason_to_try_again(practice, method, kind):
    practice.workspace.asked("faults", method=method, kind=kind, times=1)
    with pytest.raises(Unreachable, match="Slack"):
        gets_in(practice)


# From here on Slack's end is a server that does as it is told.


@dataclass
class End:
    """Slack's end of the socket, one connection after another."""

    url: str = ""
    lines: list[ServerConnection] = field(default_factory=list)
    acknowledged: dict[str, tuple[int, object]] = field(default_factory=dict)

    def listen(self, line: ServerConnection) -> None:
        self.lines.append(line)
        line.send(json.dumps({"type": "hello", "num_connections": 1}))
        number = len(self.lines)
        for text in line:
            frame = json.loads(text)
            self.acknowledged[frame["envelope_id"]] = (number, frame.get("payload"))

    def deliver(self, envelope_id: str, payload: object, *, line: int = -1) -> None:
        self.lines[line].send(json.dumps({"envelope_id": envelope_id, "payload": payload}))

    def break_off(self) -> None:
        """The connection ends as when a cable is cut at the far end: no close frame, only the end."""
        self.lines[-1].socket.shutdown(socket.SHUT_RDWR)

    def has(self, *envelope_ids: str) -> bool:
        return set(envelope_ids) <= set(self.acknowledged)


@contextmanager
def slack_end() -> Iterator[End]:
    end = End()
    with hearing(end.listen) as end.url:
        yield end


@pytest.fixture
def end() -> Iterator[End]:
    with slack_end() as made:
        yield made


@pytest.fixture
def noted():
    return Noted()


@pytest.fixture
def made(tmp_path, noted):
    built = house(f"sqlite:///{tmp_path}/record.db", noted.listen())
    Base.metadata.create_all(built.database.writer)
    opened(built)
    yield built
    built.database.dispose()


@pytest.fixture
def door(made, end):
    with connected(made, end) as joined:
        yield joined


@contextmanager
def connected(made, end):
    joined = SocketDoor(made.door, lambda: end.url)
    joined.connect()
    yield joined
    joined.close()


def arrival(number):
    return event("team_join", event_id=f"Ev{number}", user={"id": f"U{number}", "team_id": "T100"})


def test_an_answer_given_late_goes_out_on_the_next_connection(door, made, end):
    with made.database.write():
        end.deliver("slow", command())
        until(lambda: made.door._unfinished, "taken in hand")
        end.break_off()
        until(lambda: len(end.lines) == 2, "reconnected")
    until(lambda: end.has("slow"), "acknowledged")
    assert end.acknowledged["slow"] == (2, {"text": "Noted.", "response_type": "ephemeral"})


def test_an_answer_given_while_there_is_no_connection_waits_for_one(made, end):
    again = threading.Event()

    def address():
        if end.lines:
            again.wait(10)
        return end.url

    joined = SocketDoor(made.door, address)
    joined.connect()
    with made.database.write():
        end.deliver("slow", command())
        until(lambda: made.door._unfinished, "taken in hand")
        end.break_off()
        until(lambda: not joined.is_connected(), "gone")
    until(lambda: not made.door._unfinished, "answered")
    again.set()
    until(lambda: end.has("slow"), "acknowledged")
    joined.close()


def test_past_the_bound_nothing_is_acknowledged_until_it_is_delivered_again(door, made, end):
    made.door.in_hand = 2
    with made.database.write():
        for number in range(5):
            end.deliver(f"first {number}", arrival(number))
        until(lambda: len(made.door._unfinished) == 2, "two in hand")
        end.deliver("quiet", event("reaction_added", user="U1"))  # what is not for us needs no room
        until(lambda: end.has("quiet"), "acknowledged")
        assert set(end.acknowledged) == {"quiet"}
    until(lambda: not made.door._unfinished, "done")
    until(lambda: end.has("first 0", "first 1"), "acknowledged")
    assert rows(made, "met") == 2
    for number in range(5):
        end.deliver(f"again {number}", arrival(number))
        until(lambda number=number: end.has(f"again {number}"), "acknowledged")
    assert set(end.acknowledged) == {"quiet", "first 0", "first 1", *(f"again {n}" for n in range(5))}
    assert rows(made, "met") == 5


def test_what_fails_is_not_acknowledged(tmp_path, end):
    listen = Listen()
    fails = [True, False]

    def met(request, deps):
        if fails.pop(0):
            raise RuntimeError("broken on purpose")

    listen.happening("team_join", met)
    made = house(f"sqlite:///{tmp_path}/record.db", listen)
    opened(made)
    with connected(made, end):
        end.deliver("first", arrival(1))
        until(lambda: len(fails) == 1 and not made.door._unfinished, "failed")
        end.deliver("again", arrival(1))
        until(lambda: end.has("again"), "acknowledged")
    assert set(end.acknowledged) == {"again"}
    made.database.dispose()


def test_an_end_without_a_farewell_is_noticed_at_once(door, end):
    end.break_off()
    until(lambda: len(end.lines) == 2 and door.is_connected(), "reconnected", seconds=5)


def test_where_every_connection_ends_at_once_they_are_not_made_many_times_a_second(made):
    begun = []

    def hang_up(line):
        begun.append(time.monotonic())
        if len(begun) == 1:
            line.send(json.dumps({"type": "hello"}))

    with hearing(hang_up) as url:
        joined = SocketDoor(made.door, lambda: url)
        joined.connect()
        until(lambda: len(begun) == 3, "tried again and again")
        joined.close()
    assert begun[2] - begun[0] > 0.9


def test_an_acknowledgement_of_any_size_leaves(tmp_path, end):
    listen = Listen()
    listen.command("/long", lambda _request, _deps: Reply(Message("x" * 100_000)))
    made = house(f"sqlite:///{tmp_path}/record.db", listen)
    opened(made)
    with connected(made, end):
        end.deliver("long", command(name="/long"))
        until(lambda: end.has("long"), "acknowledged")
    assert len(end.acknowledged["long"][1]["text"]) == 100_000
    made.database.dispose()


def test_a_message_in_several_frames_is_heard(door, end):
    text = json.dumps({"envelope_id": "in pieces", "payload": command("café")}, ensure_ascii=False)
    end.lines[-1].send([text[:40], text[40:90], text[90:]])
    until(lambda: end.has("in pieces"), "acknowledged")


ODD = [
    "",
    "{",
    "[]",
    "null",
    "7",
    "[" * 100_000,
    '{"payload": {}}',
    '{"envelope_id": 7, "payload": {}}',
    '{"type": "pigeon"}',
    '{"type": "disconnected", "payload": 1}',
    b"\xff\xfe",
]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_messages_hide_no_other(door, end, odd):
    end.lines[-1].send(odd)
    end.deliver("after it", command())
    until(lambda: end.has("after it"), "acknowledged")
    assert len(end.lines) == 1


def test_an_odd_payload_is_acknowledged_because_it_would_never_be_better(door, end):
    end.deliver("odd", {"command": "/note"})
    until(lambda: end.has("odd"), "acknowledged")
    assert end.acknowledged["odd"] == (1, None)


def test_going_away_is_said_and_troubles_nobody(made, end, caplog):
    with caplog.at_level(logging.INFO):
        joined = SocketDoor(made.door, lambda: end.url)
        joined.connect()
        joined.close()
    until(lambda: end.lines[-1].close_code is not None, "closed")
    assert end.lines[-1].close_code == 1000
    assert not joined.is_connected()
    assert [record.getMessage() for record in caplog.records if record.levelno > logging.INFO] == []


def test_the_thread_that_reads_is_never_held_up(door, made, end):
    """Quiet messages go by while handlers wait for the record."""
    with made.database.write():
        for number in range(8):
            end.deliver(f"slow {number}", arrival(number))
        for number in range(200):
            quiet = event("message", text="hello", channel="C1", channel_type="channel", user="U1", ts="1.1")
            end.deliver(f"quiet {number}", {**quiet, "event_id": f"EvQ{number}"})
        until(lambda: end.has(*(f"quiet {number}" for number in range(200))), "acknowledged")
        assert len(end.acknowledged) == 200
    until(lambda: len(end.acknowledged) == 208, "the others")
