"""The practice workspace with a steering group, and a worker that would send what they agree to."""

import pytest

from tests.handlers.announcing.acts import worker_runs


@pytest.fixture
def practice(practice):
    practice.found()
    worker_runs(practice)
    return practice
