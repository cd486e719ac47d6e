"""Before the first fork: a record with people in it, and everything imported, compiled and signed in."""

import gc
import threading
from datetime import datetime, timedelta
from typing import Any

import storage.tables  # noqa: F401 -- every table must be known before the schema is made
from storage.base import Base
from storage.offices import Role
from tests.announcing import Clock
from tests.coop.people import an_officer
from tests.evidence import pressing
from tests.evidence.life import Life
from tests.evidence.points import BLUESKY, EVERYWHERE
from tests.evidence.practice_world import World
from tests.evidence.scenes import DUE, LOOK

FAR_AWAY = timedelta(days=4000)


def prepare(world: World, now: datetime) -> None:
    """A steering group of two, and one whole life on each network in this process."""
    Base.metadata.create_all(world.database.writer)
    term_ends = now.date() + FAR_AWAY
    with world.database.write() as session:
        for who in (pressing.WRITER, pressing.APPROVER):
            an_officer(session, who.user_id, Role.STEERING, now=now, until=term_ends)
    life = Life(world, Clock(now))
    for network in EVERYWHERE:
        _warm_up(life, network, now)
    # A connection shared with a fork would mix up both their conversations.
    world.database.dispose()
    assert threading.active_count() == 1, "a parent that forks has one thread"
    gc.collect()
    gc.freeze()  # what is here already is neither searched nor copied by any child


def _warm_up(life: Life, network: str, now: datetime) -> None:
    """The whole way, with the answer lost."""
    world = life.world
    run: dict[str, Any] = {"text": f"Warming up {network}", "network": network}
    if network == BLUESKY:
        # A session there lasts two hours, and is kept by whoever signed in: let it outlive every run.
        world.at(network, now + FAR_AWAY)
        world.publishers[network].whoami()  # type: ignore[attr-defined]
    world.at(network, now)
    life.clock.now = now
    life.propose(run)
    run |= life.found(run)
    life.approve(run)
    world.order(network, "drop", "after")
    for moment in (DUE, LOOK, LOOK + timedelta(seconds=20)):
        life.clock.now = now + moment
        world.at(network, life.clock.now)
        life.work(run)
    life.next_moment(run)
    life.left_behind(run)
