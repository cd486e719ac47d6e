import pytest

from tests.announcing import Clock, Group


@pytest.fixture
def group(database, now):
    return Group(database, Clock(now))
