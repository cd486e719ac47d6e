"""The process as hosts run it: `python -m bot run`, its signals, its exit codes, its two addresses."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest

from bot import manifest
from bot.settings import Environment
from bot.wiring import listens
from tests.practice import SECRET, Workspace, channel

PATIENCE = 20
_direct = build_opener(ProxyHandler({}))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    def __init__(self, program: subprocess.Popen[str], port: int) -> None:
        self.program, self.port = program, port

    def get(self, path: str) -> tuple[int, str]:
        try:
            with _direct.open(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as refused:
            return refused.code, refused.read().decode()

    def is_up(self) -> bool:
        try:
            return self.get("/health") == (200, "alive")
        except OSError:
            return False

    def is_ready(self) -> bool:
        return self.is_up() and self.get("/ready")[0] == 200

    def missing(self) -> Any:
        return json.loads(self.get("/ready")[1])["missing"]


def until(happened: Callable[[], Any], what: str) -> Any:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := happened():
            return found
        time.sleep(0.02)  # bounded polling of another process
    raise AssertionError(f"{what} did not happen within {PATIENCE} s")


@contextmanager
def running(settings: dict[str, str], *, command: str = "run") -> Iterator[Running]:
    port = free_port()
    surroundings = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    program = subprocess.Popen(
        [sys.executable, "-m", "bot", command],
        env={**surroundings, **settings, "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield Running(program, port)
    finally:
        if program.poll() is None:
            program.kill()
        program.communicate()


def settings(workspace: Workspace, tmp_path: Path, *, socket_mode: bool, **others: str) -> dict[str, str]:
    """Install the bot in an emptied workspace; the environment of a process that serves it."""
    workspace.asked("reset")
    built = manifest.build(
        listens(), Environment.of().network, url="" if socket_mode else "http://127.0.0.1:1"
    )
    tokens = workspace.asked(
        "install", manifest=built, signing_secret=SECRET, channels=[channel("steering"), channel("general")]
    )
    way_in = {"SLACK_APP_TOKEN": tokens["app_token"]} if socket_mode else {"SLACK_SIGNING_SECRET": SECRET}
    return {
        "SLACK_BOT_TOKEN": tokens["bot_token"],
        "SLACK_API_URL": f"{workspace.url}/api/",
        "DATABASE_URL": f"sqlite:///{tmp_path}/record.db",
        "STEERING_CHANNEL": "steering",
        **way_in,
        **others,
    }


@pytest.mark.parametrize("socket_mode", [True, False])
def test_it_becomes_ready_and_stops_cleanly(workspace, tmp_path, socket_mode):
    with running(settings(workspace, tmp_path, socket_mode=socket_mode)) as bot:
        until(bot.is_ready, "ready")
        bot.program.send_signal(signal.SIGTERM)
        assert bot.program.wait(10) == 0


def test_while_slack_hangs_it_still_stops_within_ten_seconds(workspace, tmp_path):
    given = settings(workspace, tmp_path, socket_mode=True)
    workspace.asked("faults", method="*", kind="hang", times=50, seconds=60)
    with running(given) as bot:
        until(bot.is_up, "alive")
        assert bot.get("/ready")[0] == 503
        bot.program.send_signal(signal.SIGTERM)
        assert bot.program.wait(10) == 0
    workspace.asked("faults", clear=True)


def test_without_slack_it_says_so_and_keeps_trying(workspace, tmp_path):
    given = settings(workspace, tmp_path, socket_mode=True)
    workspace.asked("faults", method="auth.test", kind="reset_before", times=1)
    with running(given) as bot:
        until(bot.is_up, "alive")
        until(bot.is_ready, "ready once Slack answers")
    assert [call["method"] for call in workspace.seen("ledger", method="auth.test")["calls"]][
        -1
    ] == "auth.test"


def test_missing_settings_are_all_named_at_once_and_it_exits_with_2(tmp_path):
    with running({"DATABASE_URL": f"sqlite:///{tmp_path}/record.db", "FEE_PERIOD": "once"}) as bot:
        said, _ = bot.program.communicate(timeout=PATIENCE)
        assert bot.program.returncode == 2
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "FEE_PENCE", "PAY_TO"):
        assert name in said


def test_a_public_steering_channel_is_refused_with_2(workspace, tmp_path):
    given = settings(workspace, tmp_path, socket_mode=True, STEERING_CHANNEL="general")
    with running(given) as bot:
        said, _ = bot.program.communicate(timeout=PATIENCE)
        assert bot.program.returncode == 2
    assert "general” is a public channel" in said


def test_a_token_slack_does_not_accept_is_refused_with_2(workspace, tmp_path):
    given = settings(workspace, tmp_path, socket_mode=True, SLACK_BOT_TOKEN="xoxb-unknown")
    with running(given) as bot:
        said, _ = bot.program.communicate(timeout=PATIENCE)
        assert bot.program.returncode == 2
    assert "invalid_auth" in said
    assert "xoxb-unknown" not in said


def test_not_invited_to_steering_it_waits_to_be_invited(workspace, tmp_path):
    given = settings(workspace, tmp_path, socket_mode=True)
    bot_user = workspace.seen("apps")["apps"][-1]["bot_user_id"]
    workspace.asked("leave", channel=channel("steering"), user=bot_user)
    with running(given) as bot:
        until(bot.is_up, "alive")
        until(lambda: "/invite" in bot.missing().get("slack", ""), "asked to be invited")
        workspace.asked("invite", channel=channel("steering"), user=bot_user)
        until(bot.is_ready, "ready")


def test_neither_alembic_nor_pillow_is_loaded_to_start(workspace, tmp_path):
    given = settings(workspace, tmp_path, socket_mode=True)
    with running(given) as first:
        until(first.is_ready, "ready")
    script = (
        "import sys; from bot.commands.serving import settings_or_exit; from bot.process import Process; "
        "from bot.wiring import build; from bot.schema import prepare; house = build(settings_or_exit()); "
        "prepare(house.database); Process(house); "
        "print([name for name in ('alembic', 'PIL', 'tweepy') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
