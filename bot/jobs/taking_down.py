"""Delete what somebody wants taken down: one lane for each network. The row is the work.

Whoever dies on the way is followed by somebody who tries again: a second deletion finds nothing to delete.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import structlog

from bot.jobs.sending import BUSY_TRIES, ROUND
from coop.announcing import removing
from coop.crashpoints import crashpoint
from coop.deps import Deps
from coop.publishing import Publisher, Removal, Removed, Unknown
from storage import takedowns
from storage.database import Busy

log = structlog.get_logger()
Step = Callable[[datetime], object]


def steps(deps: Deps) -> dict[str, Step]:
    lanes: dict[str, Step] = {
        f"taking down from {network}": partial(take_down, deps, network) for network in deps.publishers
    }
    return {**lanes, "taking down where nothing is set up": partial(leave, deps)}


def take_down(deps: Deps, network: str, now: datetime) -> None:
    while (started := max(now, deps.now())) - now <= ROUND:
        with deps.read() as session:
            if network not in takedowns.networks_wanted(session, started):
                return
        price = deps.publishers[network].price_to_take_down()
        with deps.write() as session:
            removal = removing.begin(
                session, network=network, now=started, settings=deps.settings, price=price
            )
        if removal is None:
            continue
        crashpoint("takedown.before-delete")
        outcome = _outcome(deps.publishers[network], removal)
        crashpoint("takedown.deleted")
        _store(deps, removal, outcome, started)
        crashpoint("takedown.stored")


def leave(deps: Deps, now: datetime) -> None:
    """Networks that are not set up any more: a person has to see to what is out there."""
    with deps.read() as session:
        nowhere = set(takedowns.networks_wanted(session, now)) - deps.publishers.keys()
    for network in sorted(nowhere):
        is_left = True
        while is_left:
            with deps.write() as session:
                is_left = removing.nowhere(session, network=network, now=now, settings=deps.settings)


def _store(deps: Deps, removal: Removal, outcome: Removed, started: datetime) -> None:
    for _ in range(BUSY_TRIES):
        try:
            with deps.write() as session:
                ended = max(started, deps.now())
                removing.finish(session, removal=removal, outcome=outcome, now=ended, settings=deps.settings)
                crashpoint("takedown.not-committed")
        except Busy:
            continue
        return


def _outcome(publisher: Publisher, removal: Removal) -> Removed:
    try:
        return publisher.take_down(removal)
    except Exception:  # others wait behind it to be taken down
        log.exception("a publisher raised", network=publisher.network, delivery=removal.delivery_id)
        return Unknown("Something went wrong on my side while it was being deleted")
