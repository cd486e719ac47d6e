from datetime import UTC, datetime, timedelta

import pytest

from publishers.x.answers import free_again

NOW = datetime(2027, 3, 30, 9, 0, tzinfo=UTC)


def window(name: str, remaining: int, minutes: int) -> dict[str, str]:
    reset = int((NOW + timedelta(minutes=minutes)).timestamp())
    return {f"{name}-remaining": str(remaining), f"{name}-reset": str(reset)}


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        ({}, 15),
        (window("x-rate-limit", 0, 4), 4),
        (window("x-rate-limit", 0, 4) | window("x-user-limit-24hour", 0, 600), 600),
        (window("x-rate-limit", 3, 4) | window("x-app-limit-24hour", 0, 90), 90),
        (window("x-rate-limit", 0, 4) | window("x-app-limit-24hour", 5, 90), 4),
        (window("x-rate-limit", 3, 4), 15),
        (window("x-rate-limit", 0, -10), 1),
        ({"x-rate-limit-remaining": "0", "x-rate-limit-reset": "soon"}, 15),
        ({"x-rate-limit-reset": str(int((NOW + timedelta(minutes=7)).timestamp()))}, 7),
    ],
)
def test_a_refusal_is_over_at_the_latest_reset_of_a_window_that_is_used_up(headers, minutes):
    assert free_again(headers, NOW) == NOW + timedelta(minutes=minutes)
