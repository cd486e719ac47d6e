"""What anybody on the internet can send to the front door, and what only Slack can."""

import asyncio
import contextlib
import http.client
import json
import random
import socket
import time
from concurrent.futures import Future, ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.entrance.patience import LARGEST_REQUEST, Patient
from bot.entrance.shape import Malformed
from bot.entrance.web import LARGEST_BODY, SlackEvents, application
from storage.base import Base
from storage.outbox import OutboxRow
from tests.bot.front_door import Noted, command, event, form, house, opened, signed
from tests.bot.oddities import changed, paths
from tests.serving import serving

EVENTS = "/slack/events"


class Client:
    def __init__(self, url: str) -> None:
        self.address = urlsplit(url)

    def post(self, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=10)
        connection.request("POST", EVENTS, body, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text

    def send(self, payload, **signing) -> tuple[int, str]:
        is_event = payload.get("type") == "event_callback"
        body, kind = (json.dumps(payload).encode(), "application/json") if is_event else form(payload)
        return self.post(body, {"Content-Type": kind, **signed(body, **signing)})


@pytest.fixture
def noted() -> Noted:
    return Noted()


@pytest.fixture
def made(tmp_path, noted):
    built = house(f"sqlite:///{tmp_path}/record.db", noted.listen())
    Base.metadata.create_all(built.database.writer)
    yield built
    built.database.dispose()


@pytest.fixture
def front(made):
    """The ASGI application."""
    return opened(made)


@pytest.fixture
def door(front):
    with serving(front) as url:
        yield Client(url)


def rows(made) -> int:
    with made.database.read() as session:
        return session.scalar(select(func.count()).select_from(OutboxRow))


def test_a_signed_command_is_answered_with_what_it_did(door, made):
    assert door.send(command()) == (200, '{"text": "Noted.", "response_type": "ephemeral"}')
    assert rows(made) == 1


def test_a_command_whose_text_says_payload_is_still_a_command(door):
    assert door.send(command("payload=1"))[0] == 200


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"X-Slack-Signature": ""}, 401),
        ({"X-Slack-Signature": "v0=" + "0" * 64}, 401),
        ({"X-Slack-Signature": "v0=é" + "0" * 63}, 401),
        ({"X-Slack-Request-Timestamp": ""}, 401),
        ({"X-Slack-Request-Timestamp": "abc"}, 401),
        ({"X-Slack-Request-Timestamp": "9" * 30}, 401),
    ],
)
def test_a_request_without_a_good_signature_is_refused(door, made, change, status):
    body, kind = form(command())
    headers = {"Content-Type": kind, **signed(body), **change}
    assert door.post(body, {name: value.encode("latin-1") for name, value in headers.items()})[0] == status
    assert rows(made) == 0


@pytest.mark.parametrize("seconds", [-301, 301])
def test_a_signature_from_another_time_is_refused(door, made, seconds):
    assert door.send(command(), at=time.time() + seconds)[0] == 401
    assert rows(made) == 0


def test_another_secret_is_refused(door):
    assert door.send(command(), secret="another")[0] == 401


def test_one_changed_byte_is_refused(door, made):
    body, kind = form(command("hello"))
    headers = {"Content-Type": kind, **signed(body)}
    for place in range(len(body)):
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        assert door.post(changed, headers)[0] == 401
    assert rows(made) == 0


def test_a_body_over_one_mebibyte_is_refused_before_it_is_read(door):
    assert door.post(b"x" * (LARGEST_BODY + 1), {"Content-Type": "application/json"})[0] == 413


@pytest.mark.parametrize("body", [b"[]", b"{", b"null", b'"x"', b"\xff", b"[" * 100_000, b'{"type": 3}'])
def test_signed_rubbish_is_called_malformed(door, body):
    assert door.post(body, {"Content-Type": "application/json", **signed(body)})[0] in {400, 401}


def test_the_address_check_of_slack_is_answered(door):
    body = b'{"type":"url_verification","challenge":"abc"}'
    answer = door.post(body, {"Content-Type": "application/json", **signed(body)})
    assert answer == (200, '{"challenge": "abc"}')


def test_what_is_not_for_us_is_acknowledged_and_forgotten(door, noted):
    quiet = event("message", text="hello", channel="C1", channel_type="channel", user="U1", ts="1.1")
    assert door.send(quiet) == (200, "")
    assert door.send(event("reaction_added", user="U1")) == (200, "")
    assert noted.ran == []


@pytest.mark.parametrize(
    "payload",
    [
        command(),
        event("message", text="a note", channel="C1", channel_type="channel", user="U1", ts="1.1"),
        event("team_join", user={"id": "U9", "team_id": "T100"}),
    ],
)
def test_delivered_twice_has_one_effect_and_the_same_answer(door, made, payload):
    first, second = door.send(payload), door.send(payload)
    assert first == second
    assert first[0] == 200
    assert rows(made) == 1


def test_twenty_at_once_have_one_effect_and_the_same_answer(door, made):
    with ThreadPoolExecutor(20) as many:
        answers = set(many.map(lambda _: door.send(command()), range(20)))
    assert answers == {(200, '{"text": "Noted.", "response_type": "ephemeral"}')}
    assert rows(made) == 1


def test_delivered_again_after_a_restart_has_no_second_effect(made, noted, tmp_path):
    with serving(opened(made)) as url:
        assert Client(url).send(command())[0] == 200
    again = house(str(made.environment.database_url), noted.listen())
    with serving(opened(again)) as url:
        assert Client(url).send(command()) == (200, "")
    again.database.dispose()
    assert rows(made) == 1


def test_a_refused_act_may_be_tried_again(door, noted):
    assert door.send(command(name="/refuse")) == door.send(command(name="/refuse"))
    assert noted.ran == ["command:1.2.3", "command:1.2.3"]


def test_a_failure_says_a_reference_and_nothing_about_itself(door):
    status, text = door.send(command(name="/break"))
    assert status == 200
    assert "reference" in text
    assert "broken on purpose" not in text


def test_until_slack_has_said_who_we_are_it_is_asked_to_come_back(made):
    with serving(application(SlackEvents(made.door, "a-signing-secret"), dict)) as url:
        assert Client(url).send(command())[0] == 503


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
TEMPLATES = [
    command(),
    event("message", text="a note", channel="C1", channel_type="channel", user="U1", ts="1.1"),
    event("app_mention", text="<@UBOT> note", channel="C1", user="U1", ts="1.1"),
    event("team_join", user={"id": "U9", "team_id": "T100", "is_bot": False}),
    {
        "type": "block_actions",
        "user": {"id": "U1", "team_id": "T100"},
        "team": {"id": "T100"},
        "trigger_id": "1.2.3",
        "actions": [{"type": "button", "action_id": "note", "block_id": "b", "value": "1"}],
        "container": {"type": "message"},
        "response_url": "http://127.0.0.1:1/never",
    },
    {
        "type": "view_submission",
        "user": {"id": "U1", "team_id": "T100"},
        "team": {"id": "T100"},
        "view": {
            "id": "V1",
            "type": "modal",
            "callback_id": "note",
            "state": {"values": {"b": {"a": {"value": "x"}}}},
        },
    },
]


@st.composite
def odd_payloads(draw):
    template = draw(st.sampled_from(TEMPLATES))
    for path in draw(st.lists(st.sampled_from(list(paths(template))), min_size=1, max_size=3)):
        try:
            template = changed(template, path, draw(ODD))
        except (KeyError, IndexError, TypeError):
            continue
    return template


# Threads of the door draw random numbers while a payload is made up, and hypothesis suspects the strategy.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module inside strategies")
@settings(
    max_examples=300,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(payload=odd_payloads())
def test_no_signed_but_odd_payload_makes_the_door_fail(made, payload):
    """Through `take`, as both ways in do; whatever Bolt and the adapters read has the type they expect."""
    if made.door.app is None:
        opened(made)
    try:
        taken = made.door.take(payload)
    except Malformed:
        return
    answer = taken.result(10) if isinstance(taken, Future) else taken
    assert answer.status == 200


def rubbish(seed: int):
    """One seeded body with headers: wrong types, broken JSON, half signatures, odd encodings."""
    chance = random.Random(seed)
    body = chance.choice(
        [
            chance.randbytes(chance.randrange(200)),
            json.dumps(chance.choice(TEMPLATES)).encode(),
            b"payload=" + chance.randbytes(20),
            b"payload=%5B%5D",
            b"{" * chance.randrange(50),
            b"ssl_check=1&token=x",
        ]
    )
    kinds = [
        "application/json",
        "application/x-www-form-urlencoded",
        "text/plain",
        "",
        "multipart/form-data; boundary=x",
    ]
    headers = {"content-type": chance.choice(kinds)}
    good = {
        name.lower(): value for name, value in signed(body, secret=chance.choice(["wrong", "worse"])).items()
    }
    odd = ["", "abc", "-1", "1e9", "v0=", "v0=" + "g" * 64, "١٢٣", "9" * 400, "\x00"]
    for name, value in good.items():
        match chance.randrange(3):
            case 0:
                headers[name] = value
            case 1:
                headers[name] = chance.choice(odd)
    return body, headers


async def called(front, body: bytes, headers: dict[bytes, bytes]) -> int:
    """One request through the ASGI application, without a socket: 16,000 of them take seconds."""
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": EVENTS,
        "raw_path": EVENTS.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": list(headers.items()),
        "server": ("127.0.0.1", 80),
        "client": ("127.0.0.1", 1),
    }
    statuses = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    await front(scope, receive, send)
    return statuses[0]


def encoded(headers: dict[str, str]) -> dict[bytes, bytes]:
    return {name.lower().encode(): value.encode() for name, value in headers.items()}


def alone(asking):
    """In a thread of its own: tests in a browser leave an event loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asking).result()


BODIES = (
    st.binary(max_size=200)
    | ODD.map(lambda odd: json.dumps(odd).encode())
    | st.sampled_from([b"payload=", b"command=", b"ssl_check=", b'{"type": ']).flatmap(
        lambda beginning: st.binary(max_size=40).map(lambda rest: beginning + rest)
    )
)
KINDS = [b"application/json", b"application/x-www-form-urlencoded", b"application/json; charset=\xff"]
HEADERS = st.fixed_dictionaries(
    {b"content-type": st.sampled_from(KINDS) | st.binary(max_size=40)},
    optional={
        b"content-length": st.binary(max_size=20) | st.integers(0, 2 * LARGEST_BODY).map(b"%d".__mod__),
        b"x-slack-request-timestamp": st.binary(max_size=20) | st.integers(0).map(b"%d".__mod__),
        b"x-slack-signature": st.binary(max_size=80)
        | st.binary(min_size=32, max_size=32).map(lambda digest: b"v0=" + digest.hex().encode()),
    },
)


@settings(
    max_examples=2_000,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(body=BODIES, headers=HEADERS, is_signed=st.booleans())
def test_no_bytes_signed_or_not_are_answered_with_500(front, noted, body, headers, is_signed):
    if is_signed:
        headers = headers | encoded(signed(body))
    status = alone(called(front, body, headers))
    assert status in ({200, 400, 401, 413, 415} if is_signed else {401, 413})
    assert noted.ran == []


def test_sixteen_thousand_unsigned_requests_are_never_answered_with_500(front, noted):
    async def all_of_them():
        requests = map(rubbish, range(16_000))
        return {await called(front, body, encoded(headers)) for body, headers in requests}

    assert alone(all_of_them()) <= {400, 401, 413, 415}
    assert noted.ran == []


def test_two_thousand_more_over_a_raw_socket_are_never_answered_with_500(door, noted):
    seen = set()
    for seed in range(16_000, 18_000):
        body, headers = rubbish(seed)
        lines = [f"POST {EVENTS} HTTP/1.1", "Host: x", f"Content-Length: {len(body)}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        with socket.create_connection((door.address.hostname, door.address.port), timeout=10) as raw:
            raw.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
            seen.add(raw.makefile("rb").readline().split(b" ")[1])
    assert seen <= {b"400", b"401", b"413", b"415"}
    assert noted.ran == []


ODD_REQUESTS = [
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # somebody speaks TLS to us
    b"GET / HTTP/9.9\r\n\r\n",
    b"POST /slack/events\r\n\r\n",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /slack/events HTTP/1.0\r\n\r\n",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    b"POST /slack/events HTTP/1.1\r\nHost: x\r\nX: \xff\xfe\x01\r\nContent-Length: 0\r\n\r\n",
    b"POST /slack/events%00 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
    b"POST //slack//events?x[]=%ff HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
    b"PUT /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
    b"GET /slack/events HTTP/1.1\r\nHost: x\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
    b"CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    b"POST /ready HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
]


class Impatient(Patient):
    seconds = 0.3


@pytest.fixture
def address(made):
    """As the process serves it, but it waits only 0.3 s for a request."""
    with serving(opened(made), http=Impatient, ws="none", timeout_keep_alive=1) as url:
        yield urlsplit(url).hostname, urlsplit(url).port


@pytest.mark.parametrize("sent", ODD_REQUESTS, ids=range(len(ODD_REQUESTS)))
def test_whatever_bytes_come_the_answer_is_never_500(address, noted, sent):
    with socket.create_connection(address, timeout=10) as raw:
        raw.sendall(sent)
        answer = raw.makefile("rb").readline()
    assert not answer or answer.split(b" ")[1] in {b"200", b"400", b"401", b"404", b"405", b"415"}
    assert noted.ran == []


@pytest.mark.parametrize(
    "pieces",
    [
        [],
        [b"POST /slack/events HTTP/1.1\r\nHost: x\r\n"],
        [b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n", b"{"],
        [b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n", b"POST /slack/events HTTP/1.1\r\n"],
        [b"POST /slack/events HTTP/1.1\r\nX: ", b"x" * LARGEST_REQUEST],
    ],
    ids=["nothing", "half the headers", "half a body", "half of a second request", "headers without end"],
)
def test_a_request_that_does_not_come_to_its_end_is_not_waited_for(address, pieces):
    began = time.monotonic()
    with socket.create_connection(address, timeout=10) as raw:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for piece in pieces:
                raw.sendall(piece)
        with contextlib.suppress(ConnectionResetError):
            while raw.recv(65_536):
                pass
    assert time.monotonic() - began < 5


def test_a_request_that_comes_in_pieces_is_waited_for_and_so_is_the_next(address):
    body, kind = form(command())
    lines = [
        "POST /slack/events HTTP/1.1",
        "Host: x",
        f"Content-Length: {len(body)}",
        f"Content-Type: {kind}",
    ]
    lines += [f"{name}: {value}" for name, value in signed(body).items()]
    request = "\r\n".join(lines).encode() + b"\r\n\r\n" + body
    with socket.create_connection(address, timeout=10) as raw:
        answers = raw.makefile("rb")
        for at in (30, 200, len(request) - 3):
            for piece in (request[:at], request[at:]):
                raw.sendall(piece)
            assert answers.readline().split(b" ")[1] == b"200"
            while answers.readline().strip():
                pass
            answers.read1(65_536)


def test_an_unsigned_request_never_learns_that_the_house_is_full(made):
    made.door.in_hand = 0
    with serving(opened(made)) as url:
        client = Client(url)
        assert client.send(command())[0] == 503
        assert client.send(command(), secret="wrong")[0] == 401


def test_what_bolt_would_match_the_door_passes(made):
    """Every kind in the table is recognised by the door, and Bolt answers it with something other than 404."""
    opened(made)
    for number, template in enumerate(TEMPLATES):
        payload = {**template, "event_id": f"Ev{number}"} if "event" in template else template
        taken = made.door.take(payload)
        assert isinstance(taken, Future), payload
        assert taken.result(10).status == 200
