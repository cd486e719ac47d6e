"""The whole product on loopback: people act in the practice workspace, the bot answers over signed HTTP.

`practice.clock` is the bot's clock; `practice.settle()` sends what waits in the outbox; nothing sleeps.
"""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from sqlalchemy import delete, func, select

from bot.entrance.calendar import CalendarFeed
from bot.entrance.web import SlackEvents, application
from bot.jobs import duties, house_jobs, series
from bot.outbox.posting import Outbox
from bot.settings.environment import Environment
from bot.slack import manifest
from bot.slack.clients import JOB_SECONDS, client
from bot.slack.connecting import connect
from bot.wiring import House, build, deps_for, listens, open_door
from coop import founding
from coop.deps import Deps
from storage.database import Database
from storage.outbox import OutboxRow, OutboxState
from tests import lanes
from tests.serving import Swappable

SECRET = "practice-signing-secret"
STEERING = ("asha", "bryn", "carys")
_direct = build_opener(ProxyHandler({}))


class Refused(Exception):
    """The practice workspace's own refusal of an act: a fault of the test."""


@dataclass
class Clock:
    """The bot's time; it moves only when a test moves it."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass(frozen=True)
class Workspace:
    """The practice workspace, met over HTTP; people by first name or id, channels by name or id."""

    url: str

    def asked(self, path: str, **body: Any) -> Any:
        data = json.dumps(body).encode()
        kind = {"Content-Type": "application/json"}
        return self._read(Request(f"{self.url}/control/{path}", data, kind))  # noqa: S310 -- loopback

    def seen(self, path: str, **query: str) -> Any:
        return self._read(Request(f"{self.url}/control/{path}?{urlencode(query)}"))  # noqa: S310 -- loopback

    def _read(self, request: Request) -> Any:
        try:
            with _direct.open(request, timeout=20) as answer:
                return json.load(answer)
        except HTTPError as refused:
            raise Refused(f"{request.full_url}: {refused.read().decode()}") from None


def user(name: str) -> str:
    """The id of an invented person: user("asha") is U000000ASHA."""
    return name if name.startswith(("U", "W")) else f"U{name.upper():0>10}"


def channel(name: str) -> str:
    """The id of an invented channel; "bot" is the direct message with the bot."""
    ids = {"announcements": "announce", "open-data": "opendata", "tea-room": "tearoom"}
    return (
        name if name == "bot" or name.startswith(("C", "D", "G")) else f"C{ids.get(name, name).upper():0>10}"
    )


@dataclass
class Practice:
    workspace: Workspace
    house: House
    deps: Deps
    clock: Clock
    bot_user: str
    team: str = "T0FENMARCH"
    _outbox: Outbox = field(init=False)

    def __post_init__(self) -> None:
        environment = self.house.environment
        token = environment.slack_bot_token.get_secret_value()
        slack = client(token, environment.slack_api_url, seconds=JOB_SECONDS)
        self._outbox = Outbox(self.deps, self.house.listen.renders, slack)

    # What people do. Each returns what the workspace says they saw: response, opened_view, error, …

    def say(self, who: str, text: str, *, where: str = "bot", thread_ts: str = "") -> Any:
        return self.workspace.asked(
            "say", user=user(who), channel=channel(where), text=text, thread_ts=thread_ts
        )

    def mention(self, who: str, text: str, *, where: str = "general", thread_ts: str = "") -> Any:
        return self.say(who, f"<@{self.bot_user}> {text}", where=where, thread_ts=thread_ts)

    def command(self, who: str, name: str, text: str = "", *, where: str = "general") -> Any:
        return self.workspace.asked(
            "command", user=user(who), channel=channel(where), command=name, text=text
        )

    def press(self, who: str, action_id: str, message_or_view: Any, **chosen: Any) -> Any:
        """Press a button of a message (as `messages` or `response` gives it) or of a view."""
        thing = message_or_view
        place = (
            {"view_id": thing["id"]}
            if "callback_id" in thing
            else {"channel": thing["channel"], "ts": thing["ts"]}
        )
        return self.workspace.asked("press", user=user(who), action_id=action_id, **place, **chosen)

    def submit(self, who: str, view: Any, **entered: Any) -> Any:
        """`entered` is by block id; the action id is always "entered"."""
        values = {block: {"entered": value} for block, value in entered.items()}
        return self.workspace.asked("submit", user=user(who), view_id=view["id"], values=values)

    def close(self, who: str, view: Any) -> Any:
        return self.workspace.asked("close", user=user(who), view_id=view["id"])

    def attach(self, who: str, view: Any, name: str, content: bytes, *, alt: str = "") -> Any:
        """Choose a file in the announcement window's field for pictures; Slack's id of it."""
        given = {"name": name, "content": base64.b64encode(content).decode(), "alt_txt": alt}
        place = {"user": user(who), "view_id": view["id"], "block_id": "files"}
        return self.workspace.asked("attach", **place, **given)["file"]["id"]

    def home(self, who: str) -> Any:
        """Opens App Home; the view the bot published."""
        self.workspace.asked("home", user=user(who), tab="home")
        return self.workspace.seen("home", user=user(who))["view"]

    def redeliver(self, **which: Any) -> Any:
        """The last delivery again, byte for byte: times=, concurrently=, kind="event" | "command" | …"""
        return self.workspace.asked("redeliver", **which)

    # What people see.

    def messages(self, who: str, where: str = "bot") -> list[Any]:
        return self.workspace.seen("conversation", user=user(who), channel=channel(where))["messages"]

    def texts(self, who: str, where: str = "bot") -> list[str]:
        return [message["text"] for message in self.messages(who, where)]

    def modal(self, who: str) -> Any:
        """The top modal a person has open; None when there is none."""
        views = self.workspace.seen("views", user=user(who))["views"]
        return views[-1] if views else None

    def tweets(self) -> list[Any]:
        """What is out on the practice X, oldest first."""
        return self.workspace.seen("x/timeline")

    def calls(self, method: str) -> list[Any]:
        """Every call of a Web API method the workspace received, with its arguments."""
        return self.workspace.seen("ledger", method=method)["calls"]

    # What the house does by itself.

    def forward(self, **by: float) -> None:
        """Time passes for the bot, for the practice Slack and for the practice X."""
        self.clock.forward(**by)
        seconds = timedelta(**by).total_seconds()
        self.workspace.asked("clock", advance=seconds)
        self.workspace.asked("x/clock", advance=seconds)

    def settle(self) -> None:
        """Send everything that waits in the outbox and may go now; a second passes for each message."""
        while self._outbox.run() or self._is_waiting():
            self.clock.forward(seconds=1)

    def tick(self) -> None:
        """One second of the worker: make runs, send what is due, look for what is uncertain, tell about it."""
        series.make_runs(self.deps, self.clock.now)
        lanes.tick(self.deps, self.clock.now)
        lanes.reconcile(self.deps, self.clock.now)
        lanes.take_down(self.deps, self.clock.now)
        duties.count_down(self.deps, self.clock.now)
        duties.remind(self.deps, self.clock.now)
        self.settle()

    def new_day(self) -> None:
        """The daily jobs of the clock's date."""
        house_jobs.run_due(duties.DAILY, self.deps, self.clock.now)
        self.settle()

    def found(self, *names: str, until: date = date(2028, 3, 31), told: bool = False) -> None:
        """Asha, Bryn and Carys, or those named, become the steering group as on day one.

        They are `told` with receipts and cards only on request: that would cost more than most tests.
        """
        founders = [
            founding.Founder(self.team, user(name), self._real_name(name)) for name in names or STEERING
        ]
        with self.deps.write() as session:
            founding.found(
                session, founders=founders, until=until, settings=self.deps.settings, now=self.clock.now
            )
            if not told:
                session.execute(delete(OutboxRow))
        self.settle()

    def _real_name(self, name: str) -> str:
        people = self.workspace.seen("people")["people"]
        return next(person["real_name"] for person in people if person["id"] == user(name))

    def _is_waiting(self) -> bool:
        soon = self.clock.now + timedelta(seconds=70)
        with self.deps.read() as session:
            waiting = select(func.count()).where(
                OutboxRow.state == OutboxState.WAITING, OutboxRow.not_before <= soon
            )
            return bool(session.scalar(waiting))


@contextmanager
def practising(
    workspace: Workspace, server: Swappable, database: Database, now: datetime, **settings: Any
) -> Iterator[Practice]:
    """The bot, installed in an emptied workspace and listening on loopback."""
    workspace.asked("reset")
    workspace.asked("x/reset", all=True)
    workspace.asked("clock", set=now.timestamp())
    workspace.asked("x/clock", stand_still=now.timestamp())
    chosen = {
        "network_name": "Fenmarch Digital Network",
        "network_aliases": "FDN",
        "steering_channel": "steering",
        "official_page": "https://fenmarch.example/membership",
        **settings,
    }
    plain = Environment.of(**chosen)
    tokens = workspace.asked(
        "install",
        manifest=manifest.build(listens(plain.network), plain.network, url=f"{server.url}/slack/events"),
        request_url=None,
        signing_secret=SECRET,
        channels=[channel(name) for name in ("steering", "general", "announcements")],
        extra_commands=["/join", "/leave"],
    )
    keys = workspace.seen("x/keys")
    environment = Environment.of(
        **{**{name.lower(): value for name, value in keys.items() if isinstance(value, str)}, **chosen},
        database_url=database.url.render_as_string(hide_password=False),
        slack_bot_token=tokens["bot_token"],
        slack_signing_secret=SECRET,
        slack_api_url=f"{workspace.url}/api/",
        x_api_url=workspace.url,
    )
    clock = Clock(now.astimezone(UTC))
    house = build(environment, now=clock, database=database)
    connected = connect(environment)
    deps = deps_for(house, connected)
    open_door(house, connected, deps)
    calendar = CalendarFeed(house.database, environment.network, clock)
    server.application = application(SlackEvents(house.door, SECRET), dict, calendar)
    workspace.asked("request-url", request_url=f"{server.url}/slack/events")
    try:
        yield Practice(workspace, house, deps, clock, connected.identity.user_id)
    finally:
        house.database.dispose()
