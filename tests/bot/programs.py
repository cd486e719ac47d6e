"""The bot as hosts run it, `python -m bot run`: a process of its own, met by its address, signals and log."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from bot.settings.environment import Environment
from bot.slack import manifest
from bot.wiring import listens
from tests.bot.waiting import PATIENCE, until
from tests.practice import SECRET, Workspace, channel

STOPS_WITHIN = 10
_direct = build_opener(ProxyHandler({}))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Running:
    program: subprocess.Popen[bytes]
    port: int
    log: Path

    def get(self, path: str) -> tuple[int, str]:
        try:
            with _direct.open(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as refused:
            return refused.code, refused.read().decode()

    def is_up(self) -> bool:
        assert self.program.poll() is None, self.said()
        try:
            return self.get("/health") == (200, "alive")
        except OSError:
            return False

    def is_ready(self) -> bool:
        return self.is_up() and self.get("/ready")[0] == 200

    def missing(self) -> Any:
        return json.loads(self.get("/ready")[1])["missing"] if self.is_up() else {}

    def said(self) -> str:
        return self.log.read_text("utf-8")

    def ends(self, seconds: float = PATIENCE) -> int:
        """Its exit code."""
        return self.program.wait(seconds)

    def stops(self) -> int:
        """Told to stop as hosts tell it; its exit code."""
        self.program.send_signal(signal.SIGTERM)
        return self.ends(STOPS_WITHIN)

    def kill(self) -> None:
        self.program.kill()
        self.program.wait()


@contextmanager
def running(settings: Mapping[str, str], folder: Path, *command: str) -> Iterator[Running]:
    """`command` is what follows `python`; `-m bot run` unless it is given."""
    surroundings = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    environment = {**surroundings, "PORT": str(free_port()), "LOG_FORMAT": "json", **settings}
    log = folder / "log.txt"
    with log.open("ab") as output:
        program = subprocess.Popen(
            [sys.executable, *(command or ("-m", "bot", "run"))],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Running(program, int(environment["PORT"]), log)
    finally:
        if program.poll() is None:
            program.kill()
        program.wait()


def installed(
    workspace: Workspace, database: str, *, way: str, without: tuple[str, ...] = (), **network: Any
) -> dict[str, str]:
    """Install the bot in an emptied workspace; the environment of a process that serves it.

    `without` are permissions that Slack does not grant, although the manifest asks for them.
    """
    workspace.asked("reset")
    workspace.asked("x/reset", all=True)
    port = free_port()
    url = "" if way == "socket" else f"http://127.0.0.1:{port}"
    chosen = Environment.of(network_name="Fenmarch Digital Network", steering_channel="steering", **network)
    asked = manifest.build(listens(chosen.network), chosen.network, url=url)
    scopes = asked["oauth_config"]["scopes"]
    scopes["bot"] = [scope for scope in scopes["bot"] if scope not in without]
    tokens = workspace.asked(
        "install",
        manifest=asked,
        signing_secret=SECRET,
        request_url=f"{url}/slack/events" if url else None,
        channels=[channel(name) for name in ("steering", "general")],
    )
    way_in = {"SLACK_SIGNING_SECRET": SECRET} if url else {"SLACK_APP_TOKEN": tokens["app_token"]}
    return {
        "NETWORK_NAME": chosen.network_name,
        "STEERING_CHANNEL": "steering",
        **{name.upper(): str(value) for name, value in network.items()},
        "SLACK_BOT_TOKEN": tokens["bot_token"],
        "SLACK_API_URL": f"{workspace.url}/api/",
        "DATABASE_URL": database,
        "PORT": str(port),
        **way_in,
    }


def ready(bot: Running) -> Running:
    until(bot.is_ready, "ready")
    return bot
