"""What people should know before they agree. It warns; it keeps nothing back."""

from dataclasses import dataclass
from datetime import date, datetime

from coop.announcing.content import Target


@dataclass(frozen=True)
class Spend:
    """What the month it goes out in costs with this one, in tenths of a US cent; `cap` is None for none."""

    month: date
    this: int
    before: int
    cap: int | None

    @property
    def total(self) -> int:
        return self.before + self.this

    @property
    def is_over(self) -> bool:
        return self.cap is not None and self.total > self.cap


@dataclass(frozen=True)
class Clash:
    """Another announcement on the same account within two hours."""

    title: str
    target: Target
    at: datetime


@dataclass(frozen=True)
class Alike:
    """Another that left lately with nearly the same words; `equal` says the same but for case and links."""

    title: str
    target: Target
    at: datetime
    equal: bool


@dataclass(frozen=True)
class Foreseen:
    """`blackouts` are the periods its day falls into, in words."""

    spend: Spend | None = None
    clashes: tuple[Clash, ...] = ()
    alike: tuple[Alike, ...] = ()
    blackouts: tuple[str, ...] = ()


NOTHING = Foreseen()
