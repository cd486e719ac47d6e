"""Send what is due, once: claim, write `attempting`, publish with no transaction open, write the result.

The row is the schedule: everything here may be called as often as one likes, by as many processes as one
likes. Each network has a lane of its own, so that one that hangs delays no other.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import structlog

from coop.announcing.moment import Moment
from coop.announcing.sending import delivering, holding_back, looking, trying_again
from coop.crashpoints import crashpoint
from coop.deps import Deps
from coop.publishing import Attempt, CouldNotLook, Guarantee, Outcome, Publisher, Refused, Sighting, Unknown
from storage import claims
from storage import looking as looking_out
from storage.database import Busy

log = structlog.get_logger()
# A lane lets go now and then, so that whoever started it can see that it is alive.
ROUND = timedelta(seconds=30)
BUSY_TRIES = 30  # two seconds each
Step = Callable[[datetime], object]


def steps(deps: Deps) -> dict[str, Step]:
    """What a worker does every second: two lanes per network, and one that clears up after the dead."""
    lanes: dict[str, Step] = {"leases": lambda now: clear_up(deps, now)}
    for network in deps.publishers:
        lanes[f"sending to {network}"] = partial(send, deps, network)
        lanes[f"looking on {network}"] = partial(look, deps, network)
    return lanes


def clear_up(deps: Deps, now: datetime) -> None:
    """Leases that ran out, troubles that are over, and deliveries for networks that are not set up any more:
    what is due there is held, and what is in doubt there is asked about, as nobody can look.
    """
    with deps.read() as session:
        dead = claims.any_dead(session, now)
        nowhere = set(claims.networks_due(session, now)) - deps.publishers.keys()
        unseen = set(looking_out.networks_to_look_at(session, now)) - deps.publishers.keys()
        is_over = trying_again.is_any_to_settle(session, now=now, settings=deps.settings)
    if dead:
        with deps.write(act="leases") as session:
            delivering.give_up_dead(session, now=now, settings=deps.settings)
    if is_over:
        with deps.write() as session:
            trying_again.settle(session, now=now, settings=deps.settings)
    for network in sorted(nowhere):
        send(deps, network, now)
    for network in sorted(unseen):
        look(deps, network, now)


def send(deps: Deps, network: str, now: datetime) -> None:
    """One network's lane: its due deliveries, one after another."""
    hold_back(deps, now)
    while (started := _later(deps, now)) - now <= ROUND:
        with deps.read() as session:
            if network not in claims.networks_due(session, started):
                return
        crashpoint("send.before-claim")
        with deps.write() as session:
            claimed = delivering.claim(session, network=network, now=started)
            crashpoint("send.claim-not-committed")
        if claimed is None:
            return
        crashpoint("send.claimed")
        _send_one(deps, network, claimed, started)


def hold_back(deps: Deps, now: datetime) -> None:
    """Before anything leaves: after an outage each owner is asked once about all that came too late."""
    with deps.read() as session:
        if not holding_back.found(session, now=now, settings=deps.settings):
            return
    with deps.write() as session:
        holding_back.hold_back(session, now=now, settings=deps.settings)


def look(deps: Deps, network: str, now: datetime) -> None:
    """One network's uncertain deliveries, each as often as its look is due."""
    publisher = deps.publishers.get(network)
    guarantee = publisher.guarantee if publisher else Guarantee.LOOK_THEN_ASK
    while (started := _later(deps, now)) - now <= ROUND:
        with deps.read() as session:
            if network not in looking_out.networks_to_look_at(session, started):
                return
        with deps.write() as session:
            attempt = looking.begin(session, network=network, now=started)
        if attempt is None:
            return
        crashpoint("look.begun")
        sighting = _sighting(publisher, attempt)
        crashpoint("look.seen")
        moment = Moment(_later(deps, now), deps.settings)
        with deps.write() as session:
            looking.finish(session, attempt=attempt, sighting=sighting, guarantee=guarantee, moment=moment)
            crashpoint("look.not-committed")
        crashpoint("look.stored")


def _send_one(deps: Deps, network: str, claimed: tuple[int, int], started: datetime) -> None:
    publisher, settings = deps.publishers.get(network), deps.settings
    with deps.write() as session:
        if publisher is None:
            delivering.nowhere_to_send(session, claimed=claimed, now=started, settings=settings)
            return
        attempt = delivering.begin(
            session, claimed=claimed, priced=publisher.price, now=started, settings=settings
        )
        crashpoint("send.attempting-not-committed")
    if attempt is None:
        crashpoint("send.held")
        return
    crashpoint("send.attempting")
    outcome = _outcome(publisher, attempt)
    crashpoint("send.answered")
    _store(deps, attempt, outcome, _later(deps, started))
    crashpoint("send.result-stored")
    if isinstance(outcome, Refused) and outcome.account:
        hold_back(deps, started)  # all the others at one stroke


def _store(deps: Deps, attempt: Attempt, outcome: Outcome, ended: datetime) -> None:
    """Nobody else knows the answer: wait for a busy record rather than lose it and have to look."""
    for _ in range(BUSY_TRIES):
        try:
            with deps.write() as session:
                delivering.finish(
                    session, attempt=attempt, outcome=outcome, now=ended, settings=deps.settings
                )
                crashpoint("send.result-not-committed")
        except Busy:
            continue
        return


def _outcome(publisher: Publisher, attempt: Attempt) -> Outcome:
    try:
        return publisher.publish(attempt)
    except Exception:  # it may have been raised after the first byte left: never a reason to send again
        log.exception("a publisher raised", network=publisher.network, delivery=attempt.delivery_id)
        return Unknown("something went wrong on my side while it was being sent")


def _sighting(publisher: Publisher | None, attempt: Attempt) -> Sighting:
    if publisher is None:
        return CouldNotLook("the network is not set up any more")
    try:
        return publisher.look(attempt)
    except Exception:  # it has seen nothing, and others wait behind it to be looked for
        log.exception("a publisher raised", network=publisher.network, delivery=attempt.delivery_id)
        return CouldNotLook("something went wrong on my side while looking")


def _later(deps: Deps, now: datetime) -> datetime:
    """The clock may have moved on since the tick began; leases must not be counted from the past."""
    return max(now, deps.now())
