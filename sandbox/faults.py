"""Trouble on order: the next calls of a method, or deliveries of a kind, go wrong in a chosen way."""

from __future__ import annotations

from dataclasses import dataclass, field

from sandbox.answers import invalid

# What each kind does to a call, in the words of the coverage page.
CALL_KINDS = {
    "hang": "accepted, then no answer (for `seconds`, or until the caller gives up); nothing is done",
    "hang_after": "done, then no answer",
    "drop_after": "done, then the connection is closed without an answer",
    "reset_before": "the connection is reset before anything is done",
    "reset_after": "done, then the connection is reset",
    "drip": "done, and the answer comes one byte at a time, `seconds` apart",
    "cut": "done, and the connection closes in the middle of the answer",
    "status": "answered with `status` (503) and nothing done",
    "status_after": "done, yet answered with `status` (503)",
    "html": "answered 200 with a page of HTML and nothing done",
    "html_after": "done, yet answered 200 with a page of HTML",
    "redirect": "answered with a 307 to the same address and nothing done",
    "rate_limited": "429 with Retry-After `retry_after`",
    "error": "the error code `error`, with `errors` as its details, and nothing done",
    "slow": "done after `seconds`",
}
DELIVERY_KINDS = {
    "drop": "an event is never sent",
    "duplicate": "an event is sent twice at once",
    "slow": "an event is sent `seconds` late",
}


@dataclass
class Fault:
    """`target` is a method, `*` for any, or `delivery:event`; `times` counts down to nothing."""

    target: str
    kind: str
    times: int = 1
    seconds: float = 0.0
    status: int = 503
    retry_after: int = 1
    error: str = "internal_error"
    errors: list[str] = field(default_factory=list)


class Faults:
    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Raises invalid_arguments for a kind that does not exist."""
        kinds = DELIVERY_KINDS if fault.target.startswith("delivery:") else CALL_KINDS
        if fault.kind not in kinds:
            raise invalid(f"unknown kind {fault.kind}; one of {', '.join(kinds)}")
        self._ordered.append(fault)

    def take(self, target: str) -> Fault | None:
        """The fault to apply now, counted as used."""
        if not self._ordered:
            return None
        for fault in self._ordered:
            anything = fault.target == "*" and not target.startswith("delivery:")
            if anything or fault.target == target:
                fault.times -= 1
                if fault.times <= 0:
                    self._ordered.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        self._ordered.clear()
