"""The whole path without the last step: everything is checked and priced, and nothing leaves."""

from dataclasses import dataclass

from coop.publishing import (
    Attempt,
    Checked,
    Content,
    Guarantee,
    Learns,
    NotFound,
    Outcome,
    Published,
    Publisher,
    Removal,
    Removed,
    Sighting,
    TakenDown,
)


@dataclass
class Rehearsal:
    """Stands in for `real`, which is asked about lengths and prices only."""

    real: Publisher
    guarantee: Guarantee = Guarantee.SAFE_TO_REPEAT

    @property
    def network(self) -> str:
        return self.real.network

    def publish(self, attempt: Attempt) -> Outcome:
        return Published(f"rehearsal-{attempt.delivery_id}")

    def look(self, attempt: Attempt) -> Sighting:  # noqa: ARG002 -- nothing left, so nothing can be found
        return NotFound()

    def take_down(self, removal: Removal) -> Removed:  # noqa: ARG002 -- nothing left, so nothing is there
        return TakenDown()

    def learn(self) -> str:
        return self.real.learn() if isinstance(self.real, Learns) else ""

    def check(self, content: Content) -> Checked:
        return self.real.check(content)

    def price(self, content: Content) -> int:
        return self.real.price(content)

    def price_to_take_down(self) -> int:
        return self.real.price_to_take_down()
