"""Prepaid credits: what each call costs, in tenths of a US cent, and what is left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

POST, POST_WITH_LINK, DELETE, ALT_TEXT = 15, 200, 10, 5
READ_POST, READ_OWN_POST, READ_USER = 5, 1, 10
START = 20_000  # $20


@dataclass
class Credits:
    balance: int = START
    spent: int = 0
    _read_today: set[tuple[str, str]] = field(default_factory=set)

    def covers(self, price: int) -> bool:
        return self.balance >= price

    def spend(self, price: int) -> None:
        self.balance -= price
        self.spent += price

    def read(self, resource: str, price: int, now: float) -> None:
        """Each resource is billed once per UTC day."""
        once = (datetime.fromtimestamp(now, UTC).date().isoformat(), resource)
        if once not in self._read_today:
            self._read_today.add(once)
            self.spend(price)
