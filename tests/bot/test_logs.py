"""No secret, no address and nothing people typed reaches the log, even at DEBUG."""

import io
import json
import logging
from collections.abc import Iterator
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import slack_bolt
import structlog
import tweepy
from requests.adapters import HTTPAdapter
from slack_bolt import BoltRequest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import logs
from bot.settings.environment import Environment

BOT = "xoxb-1-2-canarybot"
APP = "xapp-1-A1-canaryapp"
SECRETS = {
    "slack_bot_token": BOT,
    "slack_app_token": APP,
    "slack_signing_secret": "canarysigning",
    "x_api_key": "canarykey",
    "x_api_secret": "canarysecret",
    "x_access_token": "1-canaryaccess",
    "x_access_token_secret": "canaryaccesssecret",
}


class Elsewhere(HTTPAdapter):
    """Takes what is meant for X to the server on loopback."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def send(self, request, **options):
        request.url = self.address + request.path_url
        return super().send(request, **{**options, "proxies": {}})


@pytest.fixture(params=["json", "console"])
def written(request) -> Iterator[io.StringIO]:
    stream = io.StringIO()
    logs.set_up(Environment.of(log_format=request.param, **SECRETS), level=logging.DEBUG, to=stream)
    yield stream
    root = logging.getLogger()
    for handler in [one for one in root.handlers if getattr(one, "ours", False)]:
        root.removeHandler(handler)
    root.setLevel(logging.WARNING)
    structlog.reset_defaults()


@pytest.fixture
def address() -> Iterator[str]:
    """A server on loopback that answers everything with an error in JSON."""

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    def answer(environ, start):
        start("403 Forbidden", [("Content-Type", "application/json")])
        return [b'{"ok": false, "error": "invalid_auth", "detail": "no asha@fenmarch.example"}']

    with make_server("127.0.0.1", 0, answer, handler_class=Quiet) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_line_of_json_says_when_how_bad_and_where():
    stream = io.StringIO()
    logs.set_up(Environment.of(log_format="json"), to=stream)
    structlog.get_logger("bot.outbox").info("sent", kind="receipt_joined", row=7)
    logging.getLogger("uvicorn").warning("port %s is busy", 8080)
    ours, theirs = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert {key: ours[key] for key in ("event", "level", "kind", "row")} == {
        "event": "sent",
        "level": "info",
        "kind": "receipt_joined",
        "row": 7,
    }
    assert ours["timestamp"].endswith("Z")
    assert (theirs["event"], theirs["level"], theirs["logger"]) == ("port 8080 is busy", "warning", "uvicorn")


@pytest.mark.parametrize(
    "said",
    [
        BOT,
        f"token={BOT}&channel=C1",
        "xoxe.xoxp-1-canaryrotated",
        "Authorization: OAuth oauth_consumer_key=canaryunknown, oauth_signature=canaryunknown",
        "{'Authorization': 'Bearer canaryunknown'}",
        "Bearer canaryunknown",
        'oauth_token="canaryunknown", oauth_signature="canaryunknown%3D"',
        "https://x.example/?oauth_verifier=canaryunknown",
        "wss://wss.slack.com/link/?ticket=canaryunknown&app_id=A1",
        "postgresql://countmein:canaryunknown@db/countmein",
        "https://hooks.slack.com/commands/T1/2/canaryunknown",
        "Key (email)=(canary.person@fenmarch.example) already exists.",
        "canarysigning and canaryaccesssecret",
    ],
)
def test_what_looks_like_a_secret_is_taken_out_wherever_it_stands(written, said):
    log = structlog.get_logger()
    log.info(said)
    log.info("said", what=said, deep={"inner": [said], "logger": said})
    logging.getLogger("uvicorn.error").error("failed: %s", said)
    try:
        int(said)
    except ValueError:
        log.exception("broke")
        logging.getLogger("uvicorn.error").exception("broke")
    assert "canary" not in written.getvalue()
    assert written.getvalue().count(logs.OUT) >= 6
    assert "ValueError" in written.getvalue()


def test_what_people_typed_is_left_out_by_the_name_of_its_field(written):
    structlog.get_logger().info(
        "got", text="canary words", body={"a": "canary"}, email="canary", user_token="canary"
    )
    assert "canary" not in written.getvalue()


def test_a_line_break_in_a_value_cannot_write_a_line_of_its_own(written):
    structlog.get_logger().info("asked\nlevel=error all is lost", by="U1\r\n\x1b[31mfalse line")
    assert len(written.getvalue().splitlines()) == 1
    assert "\x1b" not in written.getvalue()


def test_slack_sdk_at_debug_prints_neither_token_nor_message(written, address):
    client = WebClient(token=BOT, base_url=f"{address}/api/", retry_handlers=[])
    logging.getLogger("slack_sdk").setLevel(logging.DEBUG)
    logging.getLogger("slack_sdk.web.base_client").setLevel(logging.DEBUG)
    with pytest.raises(SlackApiError):
        client.chat_postMessage(channel="C1", text="canary words")
    logging.getLogger("slack_sdk").setLevel(logging.NOTSET)
    logging.getLogger("slack_sdk.web.base_client").setLevel(logging.NOTSET)
    structlog.get_logger().info("afterwards")
    assert "canary" not in written.getvalue()
    assert "afterwards" in written.getvalue()


def test_bolt_at_debug_prints_nothing_of_an_unsigned_body(written):
    app = slack_bolt.App(
        token=BOT,
        signing_secret="canarysigning",
        token_verification_enabled=False,
        request_verification_enabled=True,
    )
    app.logger.setLevel(logging.DEBUG)
    request = BoltRequest(
        body="token=x&command=%2Fmember&text=canary-words",
        headers={"x-slack-signature": "v0=canary", "x-slack-request-timestamp": "1"},
    )
    assert app.dispatch(request).status == 401
    unknown = BoltRequest(body={"type": "shortcut", "callback_id": "canary"}, mode="socket_mode")
    app.dispatch(unknown)
    structlog.get_logger().info("afterwards")
    assert "canary" not in written.getvalue()
    assert "afterwards" in written.getvalue()


def test_tweepy_at_debug_prints_neither_keys_nor_the_signed_request(written, address):
    client = tweepy.Client(
        consumer_key="canarykey",
        consumer_secret="canarysecret",
        access_token="1-canaryaccess",
        access_token_secret="canaryaccesssecret",
    )
    logging.getLogger("tweepy").setLevel(logging.DEBUG)
    client.session.mount("https://api.twitter.com", Elsewhere(address))
    with pytest.raises(tweepy.Forbidden):
        client.create_tweet(text="canary words")
    client.session.close()
    logging.getLogger("tweepy").setLevel(logging.NOTSET)
    structlog.get_logger().info("afterwards")
    assert "canary" not in written.getvalue()
    assert "afterwards" in written.getvalue()
