from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from coop.publishing import Attempt, Content
from publishers.x.publisher import Keys, X
from sandbox.server import serve_in_thread
from sandbox.social import mastodon
from tests.sandbox.driving import GENERAL, Practice
from tests.sandbox.social.running import One, PracticeNetworks
from tests.sandbox.x.running import PracticeX


@pytest.fixture(scope="session")
def practice_x() -> Iterator[PracticeX]:
    running = PracticeX()
    yield running
    running.stop()


@pytest.fixture
def practice(practice_x: PracticeX) -> PracticeX:
    practice_x.on_loop(practice_x.front.open())
    practice_x.control("reset", all=True)
    return practice_x


@pytest.fixture
def keys(practice: PracticeX) -> Keys:
    given = practice.control("keys")
    return Keys(
        given["X_API_KEY"], given["X_API_SECRET"], given["X_ACCESS_TOKEN"], given["X_ACCESS_TOKEN_SECRET"]
    )


@pytest.fixture
def publisher(practice: PracticeX, keys: Keys) -> X:
    return X(keys, "FenmarchDigital", api_url=practice.front_url, seconds=0.5)


@pytest.fixture(scope="session")
def practice_networks() -> Iterator[PracticeNetworks]:
    running = PracticeNetworks()
    yield running
    running.stop()


@pytest.fixture
def practice_mastodon(practice_networks: PracticeNetworks) -> One:
    practice_networks.on_loop(practice_networks.front.open())
    one = One(practice_networks, "mastodon", "POST /api/v1/statuses")
    one.control("reset")
    return one


@pytest.fixture
def practice_bluesky(practice_networks: PracticeNetworks) -> One:
    practice_networks.on_loop(practice_networks.front.open())
    one = One(practice_networks, "bluesky", "POST /xrpc/com.atproto.repo.putRecord")
    one.control("reset")
    return one


@pytest.fixture
def mastodon_token() -> str:
    return mastodon.TOKEN


def attempt(text: str, *, number: int = 1, at: float | None = None, target: str = "") -> Attempt:
    """An attempt that starts now, or at `at` seconds since 1970."""
    started = datetime.now(UTC) if at is None else datetime.fromtimestamp(at, UTC)
    return Attempt(7, number, target, Content(text), started)


@pytest.fixture(scope="session")
def slack_url() -> Iterator[str]:
    running = serve_in_thread()
    yield running.url
    running.stop()


@pytest.fixture
def slack(slack_url: str) -> Iterator[Practice]:
    driver = Practice(slack_url)
    driver.post("reset")
    driver.install(channels=[GENERAL])
    yield driver
    driver.close()
