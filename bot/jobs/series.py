"""Make the runs of series ahead of their time, one transaction for each.

Killed between two of them, whoever comes next goes on with the one that is missing: which day is decided
stands in the same transaction as its announcement, under a key of its own.
"""

from datetime import datetime

from coop.announcing.series import runs
from coop.crashpoints import crashpoint
from coop.deps import Deps


def make_runs(deps: Deps, now: datetime) -> None:
    """May be called as often as one likes, by as many processes as one likes."""
    while True:
        with deps.read() as session:
            if not runs.due(session, now):
                return
        with deps.write() as session:
            runs.make_next(session, now=now, settings=deps.settings)
            crashpoint("series.run-not-committed")
        crashpoint("series.run-committed")
