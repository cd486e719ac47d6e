"""What can go wrong on the wire, on each network, and the state each ends in.

`python -m tests.evidence.faults` tries every cell against the practice networks, and tells it as JSON.
"""

import contextlib
import json
import socket
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

import storage.tables  # noqa: F401 -- every table must be known before the schema is made
from bot import demo
from coop import publishing
from coop.announcing.content import Target
from coop.announcing.sending import trying_again
from publishers.x.account import OwnAccount
from storage import network_troubles
from storage.base import Base
from tests import lanes
from tests.announcing import Clock, Group, utc
from tests.evidence.databases import quick_folder
from tests.evidence.points import BLUESKY, BY_HAND, EVERYWHERE, MASTODON, SLACK, X
from tests.evidence.practice_world import World, practice_world
from tests.evidence.pressing import CHANNEL

SECONDS = 0.3
NOWHERE = "http://127.0.0.1:9"  # the port of "discard": nobody listens
TURNED_AWAY = "held network_trouble"
LOOKS = (5, 10, 25, 50, 90, 120)
BEGINS = utc(27, 9, 30)
TOLD, SAFE = (X, SLACK), (MASTODON, BLUESKY)


@dataclass(frozen=True)
class Cell:
    """`at_once` and `in_the_end` are states of the delivery; `posts` is how many there really are."""

    fault: str
    network: str
    at_once: str
    in_the_end: str
    posts: int


@dataclass(frozen=True)
class Fault:
    """`order` is what the practice network is told: the kind, and whether before or after it took the post."""

    name: str
    order: tuple[str, str] | None
    at_once: str
    in_the_end: str = "delivered"
    posts: int = 1


FAULTS = (
    Fault("the connection is refused", None, "scheduled"),
    Fault("connecting hangs", None, "scheduled"),
    Fault("it hangs after the request", ("hang", "after"), "uncertain"),
    Fault("reset before the request is taken", ("reset", "before"), "uncertain", "uncertain", 0),
    Fault("reset after it is taken", ("reset", "after"), "uncertain"),
    Fault("the answer is cut short", ("cut", "after"), "uncertain"),
    Fault("the answer drips", ("drip", "after"), "uncertain"),
    Fault("307 to somewhere else", ("redirect", "before"), "uncertain", "uncertain", 0),
    Fault("200 with a page of HTML", ("html", "after"), "uncertain"),
    Fault("503 after posting", ("unavailable", "after"), "uncertain"),
    Fault("429 with a reset", ("rate_limited", "before"), "scheduled"),
    Fault("refused as a duplicate of itself", ("duplicate", "after"), "uncertain"),
    Fault("402: no credits left", ("no_credits", "before"), TURNED_AWAY, TURNED_AWAY, 0),
)
BY_NAME = {fault.name: fault for fault in FAULTS}
# On Slack nothing is a duplicate, and Mastodon answers with the post it has; only X takes money.
NOT_THERE = {
    ("refused as a duplicate of itself", SLACK),
    *(("402: no credits left", to) for to in EVERYWHERE[1:]),
}


def expected(fault: Fault, network: str) -> Cell:
    if network == BY_HAND:
        return Cell(fault.name, network, "held by_hand", "held by_hand", 0)
    if (fault.name, network) == ("refused as a duplicate of itself", MASTODON):
        return Cell(fault.name, network, "delivered", "delivered", 1)
    if fault.in_the_end == "uncertain" and network in SAFE:
        return Cell(fault.name, network, fault.at_once, "delivered", 1)
    return Cell(fault.name, network, fault.at_once, fault.in_the_end, fault.posts)


CELLS = [expected(fault, to) for fault in FAULTS for to in EVERYWHERE if (fault.name, to) not in NOT_THERE]


@dataclass
class Trying:
    """One announcement at a time on its way through a fault."""

    world: World
    group: Group
    publishers: dict[str, Any]
    silent: str
    count: int = 0

    def tried(self, cell: Cell) -> Cell:
        self.count += 1
        group, to, text = self.group, cell.network, f"Through {self.count}: {cell.fault}."
        group.clock.now = BEGINS + timedelta(seconds=self.count)  # a session on Bluesky lasts two hours
        self.world.as_before(to)
        made = group.propose(text, targets=(Target(to, CHANNEL if to == SLACK else ""),)).id
        group.approve(made)
        self._pass(to, minutes=10)
        self._spoil(cell, made, text)
        self._work(to, self._reached_by(cell))
        at_once = self._state(made)
        self._settle(to, made)
        ended = Cell(cell.fault, to, at_once, self._state(made), len(self.world.posts(to, text)))
        self._put_right(to)
        return ended

    def _spoil(self, cell: Cell, announcement: int, text: str) -> None:
        fault = BY_NAME[cell.fault]
        if fault.order and fault.order[0] == "duplicate" and cell.network in SAFE:
            self._publish_beforehand(cell.network, announcement, text)
        elif fault.order:
            self.world.order(cell.network, *fault.order)

    def _publish_beforehand(self, network: str, announcement: int, text: str) -> None:
        """The same delivery in an attempt nobody remembers: what makes these networks speak of a duplicate."""
        (to,) = self.group.see(announcement).deliveries
        earlier = self.group.clock.now - timedelta(seconds=30)
        attempt = publishing.Attempt(to.id, 1, to.target, publishing.Content(text), earlier)
        assert isinstance(self.publishers[network].publish(attempt), publishing.Published)

    def _reached_by(self, cell: Cell) -> Any:
        publisher = self.publishers[cell.network]
        if cell.network == BY_HAND or BY_NAME[cell.fault].order:
            return publisher
        return elsewhere(publisher, NOWHERE if "refused" in cell.fault else self.silent)

    def _work(self, network: str, publisher: Any) -> None:
        deps = replace(self.group.deps, publishers={network: publisher})
        lanes.tick(deps, self.group.clock.now)
        lanes.reconcile(deps, self.group.clock.now)

    def _settle(self, network: str, announcement: int) -> None:
        """Every look there is, then whatever that leads to."""
        for seconds in LOOKS:
            if self._state(announcement) in {"delivered", TURNED_AWAY, "held by_hand"}:
                return
            self._pass(network, seconds=seconds)
            self._work(network, self.publishers[network])
        self._work(network, self.publishers[network])

    def _put_right(self, network: str) -> None:
        """What one cell did to an account must not keep the next one's announcement back."""
        with self.group.acting() as (session, facts):
            trouble = network_troubles.open_on(session, network)
            if trouble is not None:
                trying_again.try_again(session, trouble_id=trouble.id, by=self.group.carys, **facts)
        if trouble is not None:
            for _ in range(2):
                self._work(network, self.publishers[network])

    def _pass(self, network: str, **length: float) -> None:
        self.world.at(network, self.group.clock.forward(**length))

    def _state(self, announcement: int) -> str:
        (state,) = self.group.states(announcement)
        return state


@contextlib.contextmanager
def trying(world: World) -> Iterator[Trying]:
    """The record of `world` has its tables and nobody in it. Publishers wait a third of a second."""
    group = Group(world.database, Clock(BEGINS))
    for network in EVERYWHERE:
        world.at(network, BEGINS)
    quick = {name: _quick(publisher) for name, publisher in world.publishers.items()}
    with silent_address() as silent:
        yield Trying(world, group, quick, silent)


@contextlib.contextmanager
def silent_address() -> Iterator[str]:
    """Where connecting hangs: a listener whose queue is full drops what knocks."""
    with contextlib.ExitStack() as opened:
        listener = opened.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            knocking = opened.enter_context(socket.socket())
            knocking.setblocking(False)
            knocking.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def elsewhere(publisher: Any, address: str) -> Any:
    if isinstance(publisher, OwnAccount):
        return replace(publisher, x=replace(publisher.x, api_url=address))
    if publisher.network == SLACK:
        return replace(publisher, api_url=f"{address}/api/")
    return replace(publisher, url=address)


def _quick(publisher: Any) -> Any:
    if isinstance(publisher, OwnAccount):
        return replace(publisher, x=replace(publisher.x, seconds=SECONDS))
    return publisher if publisher.network == BY_HAND else replace(publisher, seconds=SECONDS)


def main() -> int:
    demo.forget_surroundings()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    with contextlib.ExitStack() as opened:
        folder = tempfile.TemporaryDirectory(prefix="countmein-faults-", dir=quick_folder())
        url = f"sqlite:///{Path(opened.enter_context(folder)) / 'record.db'}"
        world = opened.enter_context(practice_world(url))
        Base.metadata.create_all(world.database.writer)
        bench = opened.enter_context(trying(world))
        found = [[asdict(cell), asdict(bench.tried(cell))] for cell in CELLS]
    print(json.dumps({"cells": found}))  # noqa: T201 -- read by whoever started this
    return 0


if __name__ == "__main__":
    sys.exit(main())
