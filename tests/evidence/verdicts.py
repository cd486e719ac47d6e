"""What one kill came to: the record beside what the network really has."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from tests.evidence.points import BY_HAND, REPEATABLE


class Ends(StrEnum):
    """How a run has to end: out, kept from going out, or out and taken down again."""

    OUT = "out"
    KEPT = "kept"
    DOWN = "down"


@dataclass(frozen=True)
class Verdict:
    """`posts` is what the network really has of it; the rest is what the record says in the end.

    `too_early`: it went out while it was stopped, held, sent back or withdrawn, or with words nobody approved.
    `seen_in_slack`: how many messages about it people see, where the kill was about that.
    """

    point: str
    network: str
    timeline: str
    in_doubt: bool
    ends: str
    posts: int
    state: str
    asked: bool
    is_right_post: bool
    told: int
    too_early: bool = False
    seen_in_slack: int | None = None
    takedown: str = ""

    @property
    def doubled(self) -> bool:
        return self.posts > 1 or (self.seen_in_slack or 0) > 1

    @property
    def settled(self) -> bool:
        """Without a person, and truly."""
        if self.ends == Ends.KEPT:
            return self.posts == 0 and self.state == "cancelled"
        if self.ends == Ends.DOWN:
            return self.posts == 0 and self.takedown == "done" and self.told == 1
        out = self.posts == (0 if self.network == BY_HAND else 1)
        return out and self.state == "delivered" and self.is_right_post and self.told == 1

    @property
    def lost(self) -> bool:
        """Neither truly settled nor in front of a person, or a message about it that never came."""
        return not (self.doubled or self.settled or self.asked) or self.seen_in_slack == 0

    @property
    def can_be_known(self) -> bool:
        """Whether the network's answers allow it to be settled without a person: it has the post, or takes
        the same one twice as one, or was certainly never given it.
        """
        return self.posts > 0 or self.network in REPEATABLE or not self.in_doubt


def counted(verdicts: list[Verdict]) -> dict[str, int]:
    knowable = [verdict for verdict in verdicts if verdict.can_be_known]
    return {
        "kills": len(verdicts),
        "settled": sum(verdict.settled for verdict in verdicts),
        "asked": sum(verdict.asked for verdict in verdicts),
        "lost": sum(verdict.lost for verdict in verdicts),
        "doubled": sum(verdict.doubled for verdict in verdicts),
        "too_early": sum(verdict.too_early for verdict in verdicts),
        "knowable": len(knowable),
        "knowable_settled": sum(verdict.settled for verdict in knowable),
    }


def written(verdicts: list[Verdict]) -> list[dict[str, Any]]:
    return [asdict(verdict) for verdict in verdicts]


def read(rows: list[Mapping[str, Any]]) -> list[Verdict]:
    return [Verdict(**row) for row in rows]
