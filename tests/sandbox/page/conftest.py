"""A practice workspace with a small bot in it, and a browser to look at it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import requests
from playwright.sync_api import Browser

from sandbox.server import serve_in_thread
from tests.browsing import GENERAL, Visit, visiting
from tests.sandbox.page import tea_bot


@dataclass(frozen=True)
class Tea:
    """The running workspace; `control` asks for what nobody does on the page."""

    url: str
    bot: dict

    def control(self, path: str, **asked) -> dict:
        answer = requests.post(f"{self.url}/control/{path}", json=asked, timeout=10)
        assert answer.ok, answer.text
        return answer.json()

    def say(self, user: str, channel: str, text: str, **more) -> dict:
        return self.control("say", user=user, channel=channel, text=text, **more)


@pytest.fixture(scope="session")
def running() -> Iterator[Tea]:
    handle = serve_in_thread()
    installed = Tea(handle.url, {}).control(
        "install",
        manifest=tea_bot.MANIFEST,
        channels=[GENERAL],
        extra_commands=[
            {"command": "/join", "description": "Join", "note": "works here; on Slack type /tea"}
        ],
    )
    bot = tea_bot.connected(installed["api_url"], installed["bot_token"], installed["app_token"])
    yield Tea(handle.url, installed)
    bot.client.auto_reconnect_enabled = False
    bot.disconnect()
    handle.stop()


@pytest.fixture
def tea(running: Tea) -> Tea:
    """The workspace as at the start, the bot connected."""
    running.control("reset", keep_apps=True)
    running.control("clock", answer_within=3)
    running.control("x/reset", all=True)
    return running


@pytest.fixture
def visit(tea: Tea, chromium: Browser) -> Iterator[Visit]:
    with visiting(chromium, tea.url) as visit:
        yield visit
