from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from sandbox.server import serve_in_thread
from tests.sandbox.driving import GENERAL, Bot, Practice


@pytest.fixture(scope="session")
def practice_url() -> Iterator[str]:
    running = serve_in_thread()
    yield running.url
    running.stop()


@pytest.fixture
def practice(practice_url: str) -> Iterator[Practice]:
    """The invented workspace as at the start, nothing installed."""
    driver = Practice(practice_url)
    driver.post("reset")
    yield driver
    driver.post("reset")
    driver.close()


@pytest.fixture
def web(practice: Practice) -> WebClient:
    """A client of an app that is in #general and is not connected to anything."""
    return practice.install(channels=[GENERAL])


@pytest.fixture
def bot(practice: Practice) -> Iterator[Bot]:
    """An app that is in #general and gets its deliveries over HTTP."""
    made = Bot()
    practice.install(request_url=made.url, channels=[GENERAL])
    yield made
    made.stop()
