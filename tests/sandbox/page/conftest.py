"""A practice workspace with a small bot in it, and a browser to look at it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from sandbox.server import serve_in_thread
from tests.conftest import required
from tests.sandbox.page import tea_bot

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 15_000  # a busy machine is no failure; nothing waits so long when it works
DESK, PHONE = (1280, 800), (375, 740)
ASHA, BRYN, DEV, EBELE = "U000000ASHA", "U000000BRYN", "U0000000DEV", "U00000EBELE"
GENERAL, STEERING = "C000GENERAL", "C00STEERING"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "browser: needs Chromium; REQUIRE=browser turns a skip into a failure")


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


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        if required("browser"):
            pytest.fail(f"REQUIRE=browser, but there is no {CHROMIUM}")
        pytest.skip(f"no {CHROMIUM}: nothing was tried in a browser")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(tea: Tea, chromium: Browser) -> Iterator[Visit]:
    """Opens the page as somebody; afterwards nothing may have gone wrong in any of the pages."""
    contexts, troubles = [], []

    def open_page(user: str = DEV, place: str = "", *, size=DESK, query: str = "", **more) -> Page:
        width, height = size
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="en-GB", **more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda line: troubles.append(line.text) if _is_trouble(line) else None)
        address = f"{tea.url}/as/{user}" + (f"/{place}" if place else "") + query
        page.goto(address)
        page.wait_for_selector("body[data-live]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def _is_trouble(line) -> bool:
    return line.type == "error" and "ERR_INTERNET_DISCONNECTED" not in line.text


def write(page: Page, text: str, box: str = "#words") -> None:
    page.focus(box)
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def last_line(page: Page, where: str = "#lines") -> Locator:
    return page.locator(f"{where} > li").last


def focused(page: Page) -> str:
    """The accessible name of what has the focus, roughly: label, text or placeholder."""
    return page.evaluate(
        """() => {
            const e = document.activeElement;
            return (e.ariaLabel || e.labels?.[0]?.innerText || e.innerText || e.tagName).trim();
        }"""
    )
