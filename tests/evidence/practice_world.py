"""What outlives every worker: a record, and a practice workspace with four networks in it."""

import http.client
import json
import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient

from bot import demo
from bot.networks import publishers_for
from bot.settings.environment import Environment
from bot.slack import manifest
from bot.slack.clients import JOB_SECONDS, client
from bot.wiring import listens
from coop.publishing import Publisher
from handlers.listening import Render
from storage.database import Database
from tests.evidence.points import SLACK, X
from tests.evidence.pressing import CHANNEL, WRITER

SECRET = "practice-signing-secret"
PORTS = range(20_000, 60_000)
STEERING = "C00STEERING"
ON_SLACK = {
    "hang before": "hang",
    "drop before": "reset_before",
    "redirect before": "redirect",
    "rate_limited before": "rate_limited",
    "cut after": "cut",
    "drip after": "drip",
    "unavailable after": "status_after",
}
DRIP = {"drip": 0.05}
IDLE = 3.0  # the practice workspace hangs up on what is silent for five seconds


@dataclass
class Controls:
    """Asks the practice workspace over one connection, which a forked child leaves alone."""

    address: str
    _kept: http.client.HTTPConnection | None = None
    _used: float = 0.0

    def asked(self, path: str, **body: Any) -> Any:
        if self._kept is None or time.monotonic() - self._used > IDLE:
            self.close()
            self._kept = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=20)
        kind = {"Content-Type": "application/json"}
        method, sent = ("POST", json.dumps(body)) if body else ("GET", None)
        self._kept.request(method, f"/control/{path}", sent, kind)
        answer = self._kept.getresponse()
        told = json.load(answer)
        self._used = time.monotonic()
        assert answer.status == 200, f"{path}: {told}"
        return told

    def close(self) -> None:
        if self._kept is not None:
            self._kept.close()


@dataclass
class World:
    environment: Environment
    workspace: str
    database: Database
    renders: Mapping[str, Render]
    publishers: Mapping[str, Publisher] = field(init=False)
    controls: Controls = field(init=False)
    slack: WebClient = field(init=False)

    def __post_init__(self) -> None:
        self.publishers = publishers_for(self.environment, self.environment.network)
        self.controls = Controls(self.workspace)
        token = self.environment.slack_bot_token.get_secret_value()
        self.slack = client(token, self.environment.slack_api_url, seconds=JOB_SECONDS)

    def at(self, network: str, now: datetime) -> None:
        """The clock of a network, which stands still there."""
        if network == SLACK:
            self.controls.asked("clock", set=now.timestamp())
        elif network != "by_hand":
            self.controls.asked(f"{network}/clock", stand_still=now.timestamp())

    def posts(self, network: str, beginning: str) -> list[dict[str, str]]:
        """Id and text of what is really out there, planted or not, that begins with these words."""
        if network == "by_hand":
            return []
        if network == SLACK:
            where = f"conversation?user={WRITER.user_id}&channel={CHANNEL}"
            messages = self.controls.asked(where)["messages"]
            out = [{"id": each["ts"], "text": each["text"]} for each in messages]
        else:
            out = self.controls.asked(f"{network}/timeline")
        return [post for post in out if post["text"].startswith(beginning) and not post.get("deleted")]

    def requests(self, network: str) -> int:
        """How many times it has been asked to publish something."""
        if network == SLACK:
            return len(self.controls.asked("ledger?method=chat.postMessage")["calls"])
        posting = {"x": "/2/tweets", "mastodon": "/statuses", "bluesky": ".putRecord"}[network]
        calls = self.controls.asked(f"{network}/ledger")
        return sum(call["method"] == "POST" and call["path"].endswith(posting) for call in calls)

    def order(self, network: str, kind: str, when: str) -> None:
        """A fault for the next post there."""
        if network == SLACK:
            named = ON_SLACK.get(f"{kind} {when}", f"{kind}_{when}")
            self.controls.asked("faults", method="chat.postMessage", kind=named, seconds=DRIP.get(kind, 0))
        elif network != "by_hand":
            posting = {
                "x": "POST /2/tweets",
                "mastodon": "POST /api/v1/statuses",
                "bluesky": "POST /xrpc/com.atproto.repo.putRecord",
            }
            self.controls.asked(f"{network}/faults", kind=kind, when=when, on=posting[network])

    def as_before(self, network: str) -> None:
        """No faults, no delay; X as new."""
        if network == SLACK:
            self.controls.asked("faults", clear=True)
        elif network == X:
            self.controls.asked("x/reset", all=True)
            # X's own refusal of equal words is a second net that nobody promises: without it everything shows.
            self.controls.asked("x/switches", duplicate_window=0, own_replies=True)
        elif network != "by_hand":
            self.controls.asked(f"{network}/faults", clear=True)
            self.controls.asked(f"{network}/switches", lag=0)


@contextmanager
def practice_world(url: str) -> Iterator[World]:
    workspace = demo.start_workspace(random.SystemRandom().choice(PORTS), strict=False)
    try:
        world = installed(workspace.address, url)
        yield world
        world.controls.close()
    finally:
        workspace.stop()


def installed(address: str, url: str) -> World:
    """The bot in the practice workspace at `address`, with an account on every network; its record at `url`."""
    controls = Controls(address)
    ask = controls.asked
    chosen: dict[str, Any] = {
        "network_name": "Fenmarch Digital Network",
        "steering_channel": STEERING,
        "official_page": "https://fenmarch.example/membership",
        "x_threads": True,
    }
    made = manifest.build(listens(), Environment.of(**chosen).network)
    tokens = ask("install", manifest=made, signing_secret=SECRET, channels=[STEERING, CHANNEL])
    keys = {**ask("x/keys"), **ask("mastodon/keys"), **ask("bluesky/keys")}
    environment = Environment.of(
        **{name.lower(): value for name, value in keys.items() if isinstance(value, str)},
        **chosen,
        database_url=url,
        slack_bot_token=tokens["bot_token"],
        slack_api_url=f"{address}/api/",
        x_api_url=address,
        mastodon_url=f"{address}/mastodon",
        bluesky_url=f"{address}/bluesky",
    )
    controls.close()
    return World(environment, address, Database(url), listens(environment.network).renders)
