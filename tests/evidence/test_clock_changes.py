"""Over ten years of clock changes in three zones, each wall time is due exactly once or asked about."""

from datetime import timedelta

import pytest

from tests.evidence import clock_changes


@pytest.mark.parametrize("zone", clock_changes.ZONES)
def test_around_every_change_each_time_comes_due_once(zone):
    found = [clock_changes.worked_through(change) for change in clock_changes.changes(zone)]
    assert len(found) == 2 * len(clock_changes.YEARS)
    quarters = 3 * len(clock_changes.CLOCKS) - 4  # an hour of them is skipped, or comes twice
    for change in found:
        odd = (4, 0) if change.shift > timedelta() else (0, 4)
        assert (change.once, (change.skipped, change.twice), change.wrong) == (quarters, odd, 0)
        left_out = 4 if change.shift > timedelta() else 0
        every = len(clock_changes.NIGHT) * len(clock_changes.CHOICES) * 3
        assert (change.runs, change.wrong_runs) == (every - left_out, 0)


def test_nine_o_clock_comes_once_on_each_date():
    assert clock_changes.nine_is_once_a_day("Europe/London")
