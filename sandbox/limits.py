"""Slack's rate limits, by the workspace's clock. Off until switched on."""

from __future__ import annotations

from collections import deque

from sandbox.clock import Clock

_WINDOW = 60.0
# Slack asks for one message a second and channel and tolerates short bursts of unnamed length.
_BURST = 3


class Limits:
    def __init__(self, clock: Clock) -> None:
        self.on = False
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}

    def clear(self) -> None:
        self.on = False
        self._calls.clear()

    def wait(self, key: str, per_minute: int) -> int:
        """Seconds to wait, or 0 and the call is counted."""
        return self._wait(key, per_minute, _WINDOW)

    def wait_to_post(self, channel: str) -> int:
        """One message a second in each channel, three at once."""
        return self._wait(f"post {channel}", _BURST, float(_BURST))

    def _wait(self, key: str, most: int, window: float) -> int:
        if not self.on:
            return 0
        now, calls = self._clock.now(), self._calls.setdefault(key, deque())
        while calls and calls[0] <= now - window:
            calls.popleft()
        if len(calls) >= most:
            return max(1, int(calls[0] + window - now + 0.999))
        calls.append(now)
        return 0
