from collections.abc import Iterator

import pytest
import tweepy

from tests.sandbox.x.running import PracticeX, client


@pytest.fixture(scope="session")
def practice_x() -> Iterator[PracticeX]:
    running = PracticeX()
    yield running
    running.stop()


@pytest.fixture
def x(practice_x: PracticeX) -> PracticeX:
    practice_x.control("reset", all=True)
    return practice_x


@pytest.fixture
def api(x: PracticeX) -> Iterator[tweepy.Client]:
    made = client(x)
    yield made
    made.session.close()
