"""Faults a test can ask for, and the queue they wait in."""

from __future__ import annotations

from dataclasses import dataclass

BREAKS = frozenset({"hang", "reset", "drop", "cut", "drip"})
ANSWERS = frozenset(
    {
        "redirect",
        "html",
        "unavailable",
        "unavailable_html",
        "unavailable_empty",
        "rate_limited",
        "duplicate",
        "unauthorized",
        "no_credits",
        "forbidden",
        "locked",
        "suspended",
        "read_only",
    }
)
TIMELINES = frozenset({"missing", "wrong"})
KINDS = BREAKS | ANSWERS | TIMELINES
ANY = "*"


@dataclass
class Fault:
    """`when` is "before" or "after" the effect is kept; `on` is a call such as "POST /2/tweets", or "*".

    `seconds`: between two bytes of a drip, or until the reset of a 429.
    """

    kind: str
    when: str = "after"
    on: str = "POST /2/tweets"
    times: int = 1
    seconds: float | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no fault called {self.kind}: one of {', '.join(sorted(KINDS))}")
        if self.when not in {"before", "after"}:
            raise ValueError('when is "before" or "after"')


class Faults:
    """Served in the order they were asked for."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self.waiting.append(fault)

    def take(self, call: str) -> Fault | None:
        fault = next((f for f in self.waiting if f.on in {call, ANY}), None)
        if fault:
            fault.times -= 1
            self.waiting = [f for f in self.waiting if f.times > 0]
        return fault

    def clear(self) -> None:
        self.waiting.clear()
