"""What a worker's lanes do at one moment, one after another, for tests that hold the clock."""

from datetime import datetime

from bot.jobs import sending, taking_down
from coop.deps import Deps


def tick(deps: Deps, now: datetime) -> None:
    """Send everything due at `now`; returns when each of it is settled, held or uncertain."""
    _run(deps, now, "leases", "sending to ")


def reconcile(deps: Deps, now: datetime) -> None:
    """Look for every uncertain delivery whose look is due at `now`; returns when that is done."""
    _run(deps, now, "leases", "looking on ")


def take_down(deps: Deps, now: datetime) -> None:
    """Delete everything that is wanted down at `now`; returns when each of it is gone, put off or left."""
    for lane in taking_down.steps(deps).values():
        lane(now)


def _run(deps: Deps, now: datetime, *names: str) -> None:
    for name, lane in sending.steps(deps).items():
        if name.startswith(names):
            lane(now)
