"""The practice Slack from outside: a driver for its control routes, and a bot that notes what it is sent."""

from __future__ import annotations

import contextlib
import http.client
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from slack_sdk import WebClient

Json = dict[str, Any]
ASHA, BRYN, DEV, EBELE = "U000000ASHA", "U000000BRYN", "U0000000DEV", "U00000EBELE"
INES, JONAS, KIT, ROTA = "U000000INES", "U00000JONAS", "U0000000KIT", "U000000ROTA"
GENERAL, NEWS, STEERING, TEA = "C000GENERAL", "C00ANNOUNCE", "C00STEERING", "C000TEAROOM"
SCOPES = """app_mentions:read channels:history channels:join channels:manage channels:read chat:write
commands emoji:read files:read files:write groups:history groups:read im:history im:read im:write
mpim:history mpim:read mpim:write reactions:read reactions:write team:read usergroups:read usergroups:write
users:read users:read.email users.profile:read""".split()  # noqa: SIM905 -- a list would be thirty lines
EVENTS = """app_home_opened app_mention app_uninstalled member_joined_channel member_left_channel
message.channels message.groups message.im reaction_added team_join tokens_revoked
user_change""".split()  # noqa: SIM905 -- as above


def manifest(**changes: Any) -> Json:
    """A manifest with everything; `scopes`, `events`, `commands`, `home`, `tab` change it."""
    return {
        "display_information": {"name": changes.get("name", "Tea Rota")},
        "features": {
            "app_home": {
                "home_tab_enabled": changes.get("home", True),
                "messages_tab_enabled": changes.get("tab", True),
            },
            "bot_user": {"display_name": "Tea Rota"},
            "slash_commands": changes.get("commands", [{"command": "/tea", "description": "whose turn"}]),
            "shortcuts": [
                {"name": "Brew", "type": "global", "callback_id": "brew", "description": "d"},
                {"name": "Thank", "type": "message", "callback_id": "thank", "description": "d"},
            ],
        },
        "oauth_config": {"scopes": {"bot": changes.get("scopes", SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": changes.get("events", EVENTS)},
            "interactivity": {"is_enabled": True},
            "socket_mode_enabled": True,
        },
    }


@dataclass
class Received:
    """A request as the bot got it; `arrived` is the wall's time."""

    headers: dict[str, str]
    body: bytes
    arrived: float

    @property
    def json(self) -> Json:
        """The event, the command's fields, or the interaction's payload."""
        if self.headers["content-type"] == "application/json":
            parsed: Json = json.loads(self.body)
            return parsed
        fields = {
            key: values[0] for key, values in parse_qs(self.body.decode(), keep_blank_values=True).items()
        }
        return json.loads(fields["payload"]) if "payload" in fields else fields


Reply = tuple[int, dict[str, str], bytes]
EMPTY: Reply = (200, {}, b"")


def json_reply(body: Json) -> Reply:
    return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()


@dataclass
class Bot:
    """An HTTP endpoint that keeps what it gets and answers as `answer` says."""

    answer: Callable[[Received], Reply] = lambda _: EMPTY
    received: list[Received] = field(default_factory=list)

    def __post_init__(self) -> None:
        bot = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 65536  # head and body in one packet: else the second waits for an acknowledgement

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                received = Received(headers, body, time.time())
                bot.received.append(received)
                status, more, answer = bot.answer(received)
                self.send_response(status)
                for name, value in {**more, "Content-Length": str(len(answer))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]
        self.url = f"http://127.0.0.1:{self._server.server_port}/slack/events"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def interaction(self) -> Json:
        """The last command, press or submission; events, such as the app's own messages, come in between."""
        return next(each.json for each in reversed(self.received) if "form" in each.headers["content-type"])

    def of_type(self, kind: str) -> list[Json]:
        """Payloads of this type; for events the type of the inner event."""
        return [each.json for each in self.received if kind in (each.json.get("type"), _inner(each.json))]


def _inner(payload: Json) -> str:
    return str(payload.get("event", {}).get("type", ""))


def fetch(url: str, body: bytes | None = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers in lower case and body; a GET without a body. Underscores in names become hyphens."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with contextlib.closing(connection):
        method = "GET" if body is None else "POST"
        connection.request(method, f"{parts.path}?{parts.query}", body, named)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()


class Refused(Exception):
    """A control route said no."""


class Practice:
    """The control routes over one kept connection."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
        self.app: Json = {}

    def post(self, act: str, **asked: Any) -> Json:
        body = json.dumps(asked).encode()
        self._connection.request("POST", f"/control/{act}", body, {"Content-Type": "application/json"})
        return self._answer()

    def get(self, what: str, **query: str) -> Json:
        self._connection.request("GET", f"/control/{what}?{urlencode(query)}")
        return self._answer()

    def _answer(self) -> Json:
        response = self._connection.getresponse()
        body: Json = json.loads(response.read())
        if response.status != 200:
            raise Refused(body)
        return body

    def install(self, request_url: str | None = None, **changes: Any) -> WebClient:
        """A client with the bot's token; what install answered is kept in `app`."""
        channels = changes.pop("channels", [])
        extra = changes.pop("extra_commands", [])
        self.app = self.post(
            "install",
            manifest=manifest(**changes),
            request_url=request_url,
            channels=channels,
            extra_commands=extra,
        )
        return self.client(self.app["bot_token"])

    def client(self, token: str) -> WebClient:
        return WebClient(token=token, base_url=f"{self.url}/api/", retry_handlers=[])

    def messages(self, user: str, channel: str = "bot") -> list[Json]:
        found: list[Json] = self.get("conversation", user=user, channel=channel)["messages"]
        return found

    def texts(self, user: str, channel: str = "bot") -> list[str]:
        return [message["text"] for message in self.messages(user, channel)]

    def calls(self, method: str) -> list[Json]:
        found: list[Json] = self.get("ledger", method=method)["calls"]
        return found

    def close(self) -> None:
        self._connection.close()


def eventually(holds: Callable[[], Any], within: float = 20.0) -> Any:
    """Ask until the answer is true, at most so long; the last answer is returned either way."""
    deadline = time.monotonic() + within
    while not (answer := holds()) and time.monotonic() < deadline:
        time.sleep(0.005)
    return answer
