"""Chromium, and what people do in it: look at a page of the practice workspace, write, press keys."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright

# Debian's: the first is Chromium without what only people look at, for a little over half the work.
CHROMIUMS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
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
ASHA, BRYN, CARYS = "U000000ASHA", "U000000BRYN", "U00000CARYS"
DEV, EBELE, FINLAY, GRACE, HAMID = "U0000000DEV", "U00000EBELE", "U0000FINLAY", "U00000GRACE", "U00000HAMID"
GENERAL, STEERING = "C000GENERAL", "C00STEERING"

Visit = Callable[..., Page]


@contextmanager
def started(*, is_required: bool) -> Iterator[Browser]:
    """The machine's Chromium; with none the test is skipped, or fails where a browser is required."""
    installed = next((each for each in CHROMIUMS if each.exists()), None)
    if installed is None:
        if is_required:
            pytest.fail(f"REQUIRE=browser, but there is neither {CHROMIUMS[0]} nor {CHROMIUMS[1]}")
        pytest.skip(f"neither {CHROMIUMS[0]} nor {CHROMIUMS[1]}: nothing was tried in a browser")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed, args=SWITCHES)
        yield browser
        browser.close()


@contextmanager
def visiting(chromium: Browser, url: str) -> Iterator[Visit]:
    """Opens the page as somebody; afterwards nothing may have gone wrong in any of the pages."""
    contexts, troubles = [], []

    def visit(user: str = DEV, place: str = "", *, size=DESK, query: str = "", **more) -> Page:
        width, height = size
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="en-GB", **more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda line: troubles.append(line.text) if _is_trouble(line) else None)
        page.goto(f"{url}/as/{user}" + (f"/{place}" if place else "") + query)
        page.wait_for_selector("body[data-live]")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert troubles == []


def _is_trouble(line: ConsoleMessage) -> bool:
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


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    for _ in range(40):
        if focused(page) == name:
            return
        page.keyboard.press(key)
    raise AssertionError(f"{name} was not reached by {key}")
