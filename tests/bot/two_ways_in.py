"""The whole product behind its front door, met over signed HTTP or over a Socket Mode connection.

Slack's end of the socket is a server of ours on loopback, so that any payload can be sent.
"""

import http.client
import itertools
import json
import shutil
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from websockets.sync.server import ServerConnection

from bot.entrance.door import Identity
from bot.entrance.socket_mode import SocketDoor
from bot.entrance.web import SlackEvents, application
from bot.settings.environment import Environment
from bot.slack.connecting import Connected
from bot.wiring import House, build, deps_for, open_door
from coop.deps import Deps
from coop.settings import Settings
from storage.base import Base
from storage.database import Database
from tests.bot.acts import ACTS, BOT_USER, Sender
from tests.bot.front_door import SECRET, form, signed
from tests.bot.slack_stand_in import HOME, Slack
from tests.bot.world import SETTINGS, World
from tests.serving import Swappable, hearing

Json = dict[str, Any]
PATIENCE = 15
TABLES = sorted(name for name in Base.metadata.tables if name != "seen")


@dataclass(frozen=True)
class Answered:
    """What Slack got back: `done` is a 200 or an acknowledgement; `body` what came with it."""

    done: bool
    body: Any = None


class OverHttp:
    def __init__(self, url: str) -> None:
        self._address = urlsplit(url).netloc

    def send(self, payload: Json) -> Answered:
        is_event = payload.get("type") == "event_callback"
        body, kind = (json.dumps(payload).encode(), "application/json") if is_event else form(payload)
        connection = http.client.HTTPConnection(self._address, timeout=PATIENCE)
        connection.request("POST", "/slack/events", body, {"Content-Type": kind, **signed(body)})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return Answered(answer.status == 200, _parsed(text))

    def send_at_once(self, payload: Json, times: int) -> list[Answered]:
        with ThreadPoolExecutor(times) as many:
            return list(many.map(lambda _: self.send(payload), range(times)))


@dataclass
class OverSocket:
    """Slack's end: sends envelopes to whoever is connected, and waits for their acknowledgements."""

    url: str = ""
    line: ServerConnection | None = None
    hello: threading.Event = field(default_factory=threading.Event)
    _waiting: dict[str, Future[Answered]] = field(default_factory=dict)

    def send(self, payload: Json) -> Answered:
        return self.send_at_once(payload, 1)[0]

    def send_at_once(self, payload: Json, times: int) -> list[Answered]:
        waiting = []
        for _ in range(times):
            envelope_id = str(uuid.uuid4())
            self._waiting[envelope_id] = answered = Future()
            waiting.append(answered)
            self.line.send(json.dumps({"envelope_id": envelope_id, "payload": payload}))
        return [answered.result(PATIENCE) for answered in waiting]

    def listen(self, line: ServerConnection) -> None:
        self.line = line
        line.send(json.dumps({"type": "hello", "num_connections": 1}))
        self.hello.set()
        for text in line:
            frame = json.loads(text)
            payload = frame.get("payload")
            if set(payload or {}) == {"text"} and not payload["text"]:
                payload = None
            self._waiting.pop(frame["envelope_id"]).set_result(Answered(True, payload))


@contextmanager
def slack_socket() -> Iterator[OverSocket]:
    end = OverSocket()
    with hearing(end.listen) as end.url:
        yield end


@dataclass
class Front:
    """One running bot on a copy of the world. `restarted` is another one on the same record."""

    house: House
    deps: Deps
    world: World
    slack: Slack
    way: OverHttp | OverSocket
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def payload(self, name: str, who: str) -> Json:
        return ACTS[name].make(self.world, Sender(who, next(self.numbers), self.slack.url))

    @property
    def record(self) -> Path:
        return Path(str(self.house.database.url.database))

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything in the record but the keys of requests that were seen."""
        with closing(sqlite3.connect(self.record)) as file:
            return {name: file.execute(f"select * from {name}").fetchall() for name in TABLES}  # noqa: S608

    def keys(self) -> int:
        with closing(sqlite3.connect(self.record)) as file:
            return file.execute("select count(*) from seen").fetchone()[0]


@dataclass
class Fronts:
    """Starts bots, one after another, behind one address of each kind."""

    world: World
    template: Path
    database: Database
    slack: Slack
    server: Swappable
    socket: OverSocket

    @contextmanager
    def opened(self, way: str, *, again: bool = False, settings: Settings = SETTINGS) -> Iterator[Front]:
        """A bot on a fresh copy of the world, or `again` on what the one before it left."""
        if not again:
            record = Path(str(self.database.url.database))
            for left in record.parent.iterdir():
                left.unlink()
            shutil.copy(self.template, record)
        house, deps = self._built(settings)
        way_in, socket = (OverHttp(self.server.url), None) if way == "http" else self._connected(house)
        self.server.application = application(SlackEvents(house.door, SECRET), dict)
        try:
            yield Front(house, deps, self.world, self.slack, way_in)
        finally:
            if socket is not None:
                socket.close()
            house.door.close(lambda _is_idle: None)
            house.database.dispose()

    def _built(self, settings: Settings) -> tuple[House, Deps]:
        environment = Environment.of(
            **settings.model_dump(),
            database_url=self.database.url.render_as_string(hide_password=False),
            slack_bot_token="xoxb-1",
            slack_signing_secret=SECRET,
            slack_api_url=f"{self.slack.url}/api/",
        )
        house = build(environment, now=lambda: self.world.now, database=self.database)
        connected = Connected(Identity(HOME, BOT_USER, "B0BOT"), "Fenmarch", settings, frozenset(), "")
        deps = deps_for(house, connected)
        open_door(house, connected, deps)
        return house, deps

    def _connected(self, house: House) -> tuple[OverSocket, SocketDoor]:
        opened = SocketDoor(house.door, lambda: self.socket.url)
        opened.connect()
        return self.socket, opened


def _parsed(text: str) -> Any:
    if not text:
        return None
    try:
        return json.loads(text)
    except ValueError:
        return {"text": text}
