"""What the house does once a day, whoever is running and however often it is restarted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.orm import Session

from coop import offices
from coop.deps import Deps
from storage import job_runs, outbox, seen

log = structlog.get_logger()
KEYS_KEPT = timedelta(days=7)
FACTS_KEPT = timedelta(days=30)
UNDELIVERED = "undelivered"
DONE_BEFORE = object()


@dataclass(frozen=True)
class HouseJob:
    """`at` is wall time in the network's zone; a job missed while nothing ran runs later that day.

    With `monthly` it runs on the first day of each month or, missed then, on the first day something runs.
    A `run` that returns True has done a part of its work, and is called again in a transaction of its own.
    """

    name: str
    at: time
    run: Callable[[Session, Deps, datetime], object]
    monthly: bool = False

    def since(self, today: date) -> date:
        """A run on this day or later is the one that is due."""
        return today.replace(day=1) if self.monthly else today

    def is_due(self, local: datetime) -> bool:
        return local.date() > self.since(local.date()) or local.time() >= self.at


def run_due(jobs: Sequence[HouseJob], deps: Deps, now: datetime) -> list[str]:
    """Run what is due and not done today, each in one transaction with its claim; the names of those run."""
    local = now.astimezone(ZoneInfo(deps.settings.network_timezone))
    with deps.read() as session:
        last = job_runs.last_days(session, local.date())
    due = [job for job in jobs if job.is_due(local) and not _is_done(job, last, local.date())]
    return [job.name for job in due if _ran(job, deps, local.date(), now)]


def _ran(job: HouseJob, deps: Deps, today: date, now: datetime) -> bool:
    try:
        while (outcome := _part(job, deps, today, now)) is True:
            pass
    except Exception:  # whatever one job trips over, the others still run
        log.exception("daily job failed; it is tried again", job=job.name)
        return False
    return outcome is not DONE_BEFORE


def _part(job: HouseJob, deps: Deps, today: date, now: datetime) -> object:
    """The claim goes with the last part: whoever dies between two is followed by somebody who goes on."""
    with deps.write() as session:
        if _is_done(job, job_runs.last_days(session, today), today):
            return DONE_BEFORE
        outcome = job.run(session, deps, now)
        if outcome is not True:
            job_runs.claim(session, job.name, today, now)
        return outcome


def _is_done(job: HouseJob, last: Mapping[str, date], today: date) -> bool:
    return job.name in last and last[job.name] >= job.since(today)


def tidy(session: Session, _deps: Deps, now: datetime) -> None:
    """Forget what has served: keys of old requests, and what long-sent messages said."""
    seen.purge(session, now - KEYS_KEPT)
    outbox.forget_facts(session, now - FACTS_KEPT)


def tell_of_undelivered(session: Session, deps: Deps, now: datetime) -> None:
    """Messages that were given up since the last time are told of in the steering channel, by kind; to every
    officer where there is none, or one of the messages was for it.
    """
    channel = deps.settings.steering_channel
    given_up = [
        row
        for row in outbox.failed(session, since=job_runs.last_at(session, UNDELIVERED))
        if row.kind != UNDELIVERED or row.to == channel  # or an officer who has gone would be told of daily
    ]
    if not given_up:
        return
    facts = {
        "messages": [{"to": row.to, "kind": row.kind, "why": row.trouble} for row in given_up[:20]],
        "count": len(given_up),
    }
    is_reached = channel and all(row.to != channel for row in given_up)
    officers = {officer.slack_user for officer in offices.current(session, deps.today())}
    for place in [channel] if is_reached else sorted(officers):
        outbox.put(session, kind=UNDELIVERED, to=place, facts=facts, now=now)
