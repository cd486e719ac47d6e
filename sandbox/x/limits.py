"""How often each call may be made, and the headers that say so."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.x.answers import too_many

QUARTER_HOUR, DAY = 900, 86_400


@dataclass(frozen=True)
class Limit:
    """`per` is "user" or "app"; the figures are those of X's rate-limit table for pay-per-use in 2026."""

    per: str
    calls: int
    seconds: int


LIMITS: dict[str, tuple[Limit, ...]] = {
    "POST /2/tweets": (Limit("user", 100, QUARTER_HOUR), Limit("app", 10_000, DAY)),
    "DELETE /2/tweets/{id}": (Limit("user", 50, QUARTER_HOUR),),
    "GET /2/tweets/{id}": (Limit("user", 900, QUARTER_HOUR), Limit("app", 450, QUARTER_HOUR)),
    "GET /2/users/me": (Limit("user", 75, QUARTER_HOUR),),
    "GET /2/users/{id}/tweets": (Limit("user", 900, QUARTER_HOUR), Limit("app", 10_000, QUARTER_HOUR)),
    "POST /2/media/upload": (Limit("user", 500, QUARTER_HOUR), Limit("app", 50_000, DAY)),
    "GET /2/media/upload": (Limit("user", 1_000, QUARTER_HOUR),),
    "POST /2/media/upload/initialize": (Limit("user", 1_875, QUARTER_HOUR), Limit("app", 180_000, DAY)),
    "POST /2/media/upload/{id}/append": (Limit("user", 1_875, QUARTER_HOUR), Limit("app", 180_000, DAY)),
    "POST /2/media/upload/{id}/finalize": (Limit("user", 1_875, QUARTER_HOUR), Limit("app", 180_000, DAY)),
    "POST /2/media/metadata": (Limit("user", 500, QUARTER_HOUR), Limit("app", 50_000, DAY)),
}


@dataclass
class Window:
    used: int
    reset: float


class Windows:
    """Counts calls in fixed windows that begin with the first call."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, str, int], Window] = {}

    def count(self, call: str, account_id: str, now: float) -> dict[str, str]:
        """The headers of the answer. Raises XError 429 when a window is full."""
        headers: dict[str, str] = {}
        full: dict[str, str] = {}
        for limit in LIMITS[call]:
            window = self._window(call, account_id, limit, now)
            window.used += 1
            told = _headers(limit, window)
            if limit.seconds == QUARTER_HOUR and limit.per == "user":
                headers |= told
            if window.used > limit.calls:
                full |= told
        if full:
            raise too_many({**headers, **full})
        return headers

    def _window(self, call: str, account_id: str, limit: Limit, now: float) -> Window:
        key = (call, account_id if limit.per == "user" else "", limit.seconds)
        window = self._open.get(key)
        if window is None or window.reset <= now:
            window = self._open[key] = Window(0, now + limit.seconds)
        return window


def _headers(limit: Limit, window: Window) -> dict[str, str]:
    # The 24-hour headers are absent on pay-per-use until that window is what stops the call.
    name = "x-rate-limit" if limit.seconds == QUARTER_HOUR else f"x-{limit.per}-limit-24hour"
    return {
        f"{name}-limit": str(limit.calls),
        f"{name}-remaining": str(max(0, limit.calls - window.used)),
        f"{name}-reset": str(int(window.reset)),
    }
