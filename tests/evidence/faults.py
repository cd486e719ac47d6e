"""`python -m tests.evidence.faults`: every cell of faults tried against the practice networks, told as JSON."""

import contextlib
import json
import socket
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from functools import partial
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
from tests.evidence import half_way, mid_thread
from tests.evidence.databases import quick_folder
from tests.evidence.fault_cells import BY_NAME, CELLS, HALF_WAY, REFUSES_ANSWERS, TURNED_AWAY, Cell
from tests.evidence.half_way import SpoiltHalfWay
from tests.evidence.points import BY_HAND, EVERYWHERE, REPEATABLE, SLACK, THREAD, X
from tests.evidence.practice_world import World, practice_world
from tests.evidence.pressing import CHANNEL

SECONDS = 0.3
OVER = {"delivered", "cancelled", TURNED_AWAY, "held by_hand"}
NOWHERE = "http://127.0.0.1:9"  # the port of "discard": nobody listens
LOOKS = (5, 10, 25, 50, 90, 120)
BEGINS = utc(27, 9, 30)


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
        group, to = self.group, _network(cell)
        title = f"Through {self.count}: {cell.fault}."
        group.clock.now = BEGINS + timedelta(seconds=self.count)  # a session on Bluesky lasts two hours
        self.world.as_before(to)
        made = self._agreed(cell, title)
        self._pass(to, minutes=10)
        spoil = partial(self._spoil, cell, made, title)
        if cell.network == THREAD:
            publisher = SpoiltHalfWay(self.publishers[to], self._reached_by(cell), spoil)
        else:
            spoil()
            publisher = self._reached_by(cell)
        self._work(to, publisher)
        at_once, is_told = self._state(made), half_way.is_told(self.world, group, made)
        if cell.fault in HALF_WAY:
            half_way.press(self.world, group, made, cell.fault)
        self._settle(to, made)
        ended = Cell(
            cell.fault, cell.network, at_once, self._state(made), len(self.world.posts(to, title)), is_told
        )
        self._put_right(to)
        return ended

    def _agreed(self, cell: Cell, title: str) -> int:
        is_thread, to = cell.network == THREAD, _network(cell)
        text = "\n---\n".join(mid_thread.texts(title)) if is_thread else title
        target = Target(to, CHANNEL if to == SLACK else "")
        made: int = self.group.propose(text, targets=(target,), thread=is_thread).id
        self.group.approve(made)
        return made

    def _spoil(self, cell: Cell, announcement: int, text: str) -> None:
        fault = BY_NAME[cell.fault]
        if fault.order == REFUSES_ANSWERS:
            self.world.controls.asked("x/switches", own_replies=False)
        elif fault.order and fault.order[0] == "duplicate" and cell.network in REPEATABLE:
            self._publish_beforehand(cell.network, announcement, text)
        elif fault.order:
            self.world.order(_network(cell), *fault.order)

    def _publish_beforehand(self, network: str, announcement: int, text: str) -> None:
        """The same delivery in an attempt nobody remembers: what makes these networks speak of a duplicate."""
        (to,) = self.group.see(announcement).deliveries
        earlier = self.group.clock.now - timedelta(seconds=30)
        attempt = publishing.Attempt(to.id, 1, to.target, publishing.Content(text), earlier)
        assert isinstance(self.publishers[network].publish(attempt), publishing.Published)

    def _reached_by(self, cell: Cell) -> Any:
        publisher = self.publishers[_network(cell)]
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
            if set(self.group.states(announcement)) <= OVER:
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
        """In mid-thread that of the second part; of the last once that is out."""
        states = self.group.states(announcement)
        return (
            states[0] if len(states) == 1 else next((to for to in states[1:] if to != "delivered"), states[1])
        )


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


def _network(cell: Cell) -> str:
    return X if cell.network == THREAD else cell.network


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
