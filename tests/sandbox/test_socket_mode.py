"""Socket Mode over a plain WebSocket, and with slack_sdk's own client."""

import contextlib
import json
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from slack_sdk.socket_mode import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.sandbox.driving import ASHA, GENERAL, Practice, eventually


class Line:
    """One raw connection."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def frame(self, within=2.0):
        return json.loads(self.socket.recv(timeout=within))

    def silent(self):
        try:
            return bool(self.socket.recv(timeout=0.05)) and False
        except TimeoutError:
            return True

    def ack(self, frame, **payload):
        self.socket.send(json.dumps({"envelope_id": frame["envelope_id"], **payload}))

    def gone(self):
        try:
            while True:
                self.socket.recv(timeout=2)
        except ConnectionClosed:
            return True
        except TimeoutError:
            return False


@pytest.fixture
def dial(practice: Practice) -> Iterator:
    """Opens further connections of the installed app, hello already heard."""
    practice.install(channels=[GENERAL])
    opened = contextlib.ExitStack()

    def dialled(*, hello=True):
        client = practice.client(practice.app["app_token"])
        url = client.apps_connections_open(app_token=practice.app["app_token"])["url"]
        line = Line(opened.enter_context(connect(url, proxy=None)))
        if hello:
            assert line.frame()["type"] == "hello"
        return line

    with opened:
        yield dialled


def test_a_ticket_opens_one_connection(practice, dial):
    client = practice.client(practice.app["app_token"])
    url = client.apps_connections_open(app_token=practice.app["app_token"])["url"]
    assert urlsplit(url).scheme == "ws"
    with connect(url, proxy=None) as socket:
        hello = json.loads(socket.recv(timeout=2))
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert hello["connection_info"] == {"app_id": practice.app["app_id"]}
    with pytest.raises(Exception, match="HTTP 403"), connect(url, proxy=None):
        pass


def test_only_an_app_token_opens_connections(practice, dial):
    bot = practice.client(practice.app["bot_token"])
    with pytest.raises(Exception, match="not_allowed_token_type"):
        bot.api_call("apps.connections.open")


def test_a_command_is_answered_in_the_acknowledgement(practice, dial):
    line = dial()
    seen = []

    def answer():
        frame = line.frame()
        seen.append(frame)
        line.ack(frame, payload={"text": "Dev's turn"})

    bot = threading.Thread(target=answer)
    bot.start()
    outcome = practice.post("command", user=ASHA, channel=GENERAL, command="/tea", text="payload")
    bot.join()
    assert outcome["response"]["text"] == "Dev's turn"
    (frame,) = seen
    assert (frame["type"], frame["accepts_response_payload"]) == ("slash_commands", True)
    assert (frame["payload"]["command"], frame["payload"]["text"]) == ("/tea", "payload")


def background(practice, act, **asked):
    """The act goes on while the test plays the bot; `join` gives what came of it."""
    driver, found = Practice(practice.url), []
    thread = threading.Thread(target=lambda: found.append(driver.post(act, **asked)))
    thread.start()

    def join():
        thread.join()
        driver.close()
        return found[0]

    return join


def test_an_event_waits_for_somebody_to_connect(practice, dial):
    said = practice.post("say", user=ASHA, channel="bot", text="hi")
    assert said["deliveries"][0]["outcome"] == "queued"
    line = dial()
    frame = line.frame()
    line.ack(frame)
    assert (frame["type"], frame["accepts_response_payload"], frame["retry_attempt"]) == (
        "events_api",
        False,
        0,
    )
    assert frame["payload"]["event"]["text"] == "hi"
    assert eventually(lambda: practice.get("deliveries")["deliveries"][0]["outcome"] == "ok")


def test_an_interaction_without_a_connection_fails(practice, dial):
    outcome = practice.post("command", user=ASHA, channel=GENERAL, command="/tea")
    assert outcome["error"] == "app_did_not_respond"


def test_an_event_nobody_acknowledges_is_sent_again(practice, dial):
    practice.post("clock", set=1_800_000_000, answer_within=0.05)
    line = dial()
    practice.post("say", user=ASHA, channel="bot", text="hi")
    first, second = line.frame(), line.frame()
    assert (first["retry_attempt"], second["retry_attempt"], second["retry_reason"]) == (0, 1, "http_timeout")
    assert first["payload"]["event_id"] == second["payload"]["event_id"]
    assert first["envelope_id"] != second["envelope_id"]
    assert line.silent()
    practice.post("clock", advance=60)
    third = line.frame()
    assert third["retry_attempt"] == 2
    line.ack(third)
    practice.post("clock", advance=300)


def test_an_interaction_nobody_acknowledges_times_out(practice, dial):
    practice.post("clock", answer_within=0.05)
    line = dial()
    outcome = practice.post("command", user=ASHA, channel=GENERAL, command="/tea")
    assert outcome["error"] == "operation_timeout"
    line.frame()
    assert line.silent()


def test_connections_take_turns(practice, dial):
    lines = [dial(), dial()]
    for number in range(4):
        done = background(practice, "say", user=ASHA, channel="bot", text=str(number))
        frame = lines[(number + 1) % 2].frame()
        lines[(number + 1) % 2].ack(frame)
        assert frame["payload"]["event"]["text"] == str(number)
        assert done()["deliveries"][0]["outcome"] == "ok"


def test_an_acknowledgement_counts_from_any_connection(practice, dial):
    first, second = dial(), dial()
    done = background(practice, "command", user=ASHA, channel=GENERAL, command="/tea")
    got, other = (second, first)
    other.ack(got.frame(), payload={"text": "from the other"})
    assert done()["response"]["text"] == "from the other"


def test_the_eleventh_connection_is_one_too_many(practice, dial):
    for _ in range(10):
        dial()
    late = dial(hello=False)
    assert late.frame()["reason"] == "too_many_websockets"
    assert late.gone()


@pytest.mark.parametrize(
    ("act", "reason"),
    [("warning", "warning"), ("refresh", "refresh_requested"), ("disabled", "link_disabled")],
)
def test_slack_says_goodbye_on_request(practice, dial, act, reason):
    line = dial()
    practice.post("socket", do=act)
    frame = line.frame()
    assert (frame["type"], frame["reason"]) == ("disconnect", reason)


def test_connections_can_be_dropped(practice, dial):
    line = dial()
    practice.post("socket", do="drop_all")
    assert line.gone()
    assert eventually(lambda: practice.get("apps")["apps"][0]["connections"] == 0)


def test_a_ping_is_answered_with_its_own_words(dial):
    waiting = dial().socket.ping("sdk-ping-pong:1")
    assert waiting.wait(2)


def test_rubbish_on_the_line_is_ignored(practice, dial):
    line = dial()
    for words in ("{", "[]", '{"envelope_id": 7}', '{"envelope_id": "nobody"}'):
        line.socket.send(words)
    done = background(practice, "command", user=ASHA, channel=GENERAL, command="/tea")
    line.ack(line.frame())
    assert done()["ok"] is True


def test_a_reset_that_keeps_apps_keeps_connections(practice, dial):
    line = dial()
    practice.post("reset", keep_apps=True)
    done = background(practice, "say", user=ASHA, channel="bot", text="still here")
    line.ack(line.frame())
    assert done()["ok"] is True
    practice.post("reset")
    assert line.gone()


def test_slack_sdks_client_connects_answers_and_comes_back(practice, dial):
    heard = []

    def listen(client, request):
        heard.append(request)
        client.send_socket_mode_response(
            SocketModeResponse(request.envelope_id, payload={"text": "Dev's turn"})
        )

    web = practice.client(practice.app["app_token"])
    client = SocketModeClient(app_token=practice.app["app_token"], web_client=web, ping_interval=1)
    client.socket_mode_request_listeners.append(listen)
    client.connect()
    try:
        outcome = practice.post("command", user=ASHA, channel=GENERAL, command="/tea")
        assert outcome["response"]["text"] == "Dev's turn"
        opened = len(practice.calls("apps.connections.open"))
        practice.post("socket", do="refresh")
        assert eventually(lambda: len(practice.calls("apps.connections.open")) > opened)
        assert eventually(lambda: practice.get("apps")["apps"][0]["connections"] == 1)
        outcome = eventually(
            lambda: (
                (done := practice.post("command", user=ASHA, channel=GENERAL, command="/tea"))["ok"] and done
            )
        )
        assert outcome["response"]["text"] == "Dev's turn"
    finally:
        # Closing waits three seconds for the client's own threads.
        threading.Thread(target=client.close, daemon=True).start()
    assert [request.type for request in heard][:1] == ["slash_commands"]
