"""A network that does anything, and checks what reaches it at the moment it does."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from coop.publishing import (
    Attempt,
    Checked,
    Content,
    CouldNotLook,
    Found,
    Guarantee,
    NotFound,
    NotSent,
    Outcome,
    Published,
    Refused,
    Sighting,
    TryLater,
    Unknown,
)
from tests.evidence.model.record import Killed

OUTCOMES = (
    "published",
    "not sent",
    "later",
    "refused",
    "lost after",
    "lost before",
    "killed after",
    "killed before",
)

PRICE = 15  # tenths of a US cent


@dataclass
class Network:
    """`posts` is what is really out, by delivery: when, and with which words. `allows` is asked of each post
    at the last moment. If it `is_one`, the same words for the same delivery are taken as one post.
    """

    network: str
    guarantee: Guarantee
    now: Callable[[], datetime]
    allows: Callable[[Attempt], None]
    outcome: str = "published"
    visible: bool | None = True
    is_one: bool = False
    posts: dict[int, list[tuple[datetime, str]]] = field(default_factory=dict)

    def publish(self, attempt: Attempt) -> Outcome:
        if self.outcome in {"published", "lost after", "killed after"}:
            self._take(attempt)
        if self.outcome.startswith("killed"):
            raise Killed
        later = self.now() + timedelta(minutes=15)
        outcomes: dict[str, Outcome] = {
            "published": Published(f"post-{attempt.delivery_id}"),
            "not sent": NotSent("no route"),
            "later": TryLater(later, "too many"),
            "refused": Refused("no", "fix it"),
        }
        return outcomes.get(self.outcome) or Unknown("the answer was lost")

    def look(self, attempt: Attempt) -> Sighting:
        if self.visible is None:
            return CouldNotLook("it is down")
        if self.visible and (there := self.posts.get(attempt.delivery_id)):
            return Found(f"post-{attempt.delivery_id}", None, there[0][0])
        return NotFound()

    def check(self, content: Content) -> Checked:
        return Checked(len(content.text), 280, min(len(content.text), 280))

    def price(self, content: Content) -> int:
        return PRICE

    def _take(self, attempt: Attempt) -> None:
        there = self.posts.setdefault(attempt.delivery_id, [])
        words = attempt.content.text
        if self.is_one and any(words == text for _, text in there):
            return
        self.allows(attempt)
        there.append((self.now(), words))
