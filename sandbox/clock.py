from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable


class Clock:
    """The workspace's time in seconds since 1970: the wall's, shifted, or standing still."""

    def __init__(self) -> None:
        self.shift = 0.0
        self.still_at: float | None = None

    def now(self) -> float:
        return time.time() + self.shift if self.still_at is None else self.still_at

    def advance(self, seconds: float) -> None:
        if self.still_at is None:
            self.shift += seconds
        else:
            self.still_at += seconds

    def stand_still(self, at: float) -> None:
        self.still_at = at

    def run(self) -> None:
        """Back to the wall's time."""
        self.shift, self.still_at = 0.0, None


class Timetable:
    """What is due when, by the workspace's clock. Must be used inside the event loop."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._timer: asyncio.TimerHandle | None = None

    def at(self, when: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._due, (when, next(self._order), act))
        self._arm()

    def clear(self) -> None:
        self._due.clear()
        self._arm()

    def run_due(self) -> None:
        while self._due and self._due[0][0] <= self.clock.now():
            heapq.heappop(self._due)[2]()
        self._arm()

    def _arm(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if not self._due:
            return
        wait = max(0.0, self._due[0][0] - self.clock.now())
        if wait == 0 or self.clock.still_at is None:
            # A timer may fire a hair early by the wall's clock, hence the millisecond.
            self._timer = asyncio.get_running_loop().call_later(wait and wait + 0.001, self.run_due)
