"""What the house does once a day, whoever is running and however often it is restarted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from coop.deps import Deps
from storage import job_runs, outbox, seen

KEYS_KEPT = timedelta(days=7)
FACTS_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class HouseJob:
    """`at` is wall time in the network's zone; a job missed while nothing ran runs later that day.

    A `run` that returns True has done a part of its work, and is called again in a transaction of its own.
    """

    name: str
    at: time
    run: Callable[[Session, Deps, datetime], object]


def run_due(jobs: Sequence[HouseJob], deps: Deps, now: datetime) -> list[str]:
    """Run what is due and not done today, each in one transaction with its claim; the names of those run."""
    local = now.astimezone(ZoneInfo(deps.settings.network_timezone))
    with deps.read() as session:
        done = job_runs.done_on(session, local.date())
    ran = []
    for job in jobs:
        if job.name in done or local.time() < job.at:
            continue
        more: object = False
        with deps.write() as session:
            if job_runs.claim(session, job.name, local.date(), now):
                more = job.run(session, deps, now)
                ran.append(job.name)
        while more is True:
            with deps.write() as session:
                more = job.run(session, deps, now)
    return ran


def tidy(session: Session, _deps: Deps, now: datetime) -> None:
    """Forget what has served: keys of old requests, and what long-sent messages said."""
    seen.purge(session, now - KEYS_KEPT)
    outbox.forget_facts(session, now - FACTS_KEPT)


def tell_of_undelivered(session: Session, deps: Deps, now: datetime) -> None:
    """Messages that were given up are told of in the steering channel, by kind, once a day."""
    given_up = outbox.failed(session)
    if given_up and deps.settings.steering_channel:
        outbox.put(
            session,
            kind="undelivered",
            to=deps.settings.steering_channel,
            facts={
                "messages": [{"to": row.to, "kind": row.kind, "why": row.trouble} for row in given_up[:20]],
                "count": len(given_up),
            },
            now=now,
        )
