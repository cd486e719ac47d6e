"""The demo that a test looks at in a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.demo import Demo, Somebody, showing
from tests.browsing import Visit, visiting


@pytest.fixture(scope="package")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One demo for this worker's tests in this folder, and no longer; what is approved goes out at once."""
    with showing(tmp_path_factory.mktemp("demo"), "--countdown-minutes", "0") as running:
        yield running
    assert running.program.returncode == 0, running.said()


@pytest.fixture
def visit(shown: Demo, chromium: Browser) -> Iterator[Visit]:
    with visiting(chromium, shown.url) as visit:
        yield visit


@pytest.fixture
def newcomer(shown: Demo) -> Somebody:
    return shown.newcomer()
