"""The jobs of a worker, and when they come round."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from slack_sdk import WebClient

from bot.jobs import house_jobs
from bot.jobs.house_jobs import HouseJob
from bot.jobs.timetable import Tick, Timetable
from bot.outbox.posting import Outbox
from coop.deps import Deps
from handlers.listening import Render
from storage import heartbeats

BEAT_SECONDS = 20
HOUSE_SECONDS = 30
STUCK_SECONDS = 90
Step = Callable[[datetime], object]


def timetable(
    deps: Deps,
    *,
    renders: Mapping[str, Render],
    slack: WebClient,
    steps: Mapping[str, Step],
    daily: Sequence[HouseJob],
) -> Timetable:
    """`steps` are the sending and reconciling of announcements: jobs of their own, so that a hung network
    never delays a receipt. `slack` is a client for jobs: ten seconds, no retries.
    """
    jobs = Timetable()
    outbox = Outbox(deps, renders, slack, is_stopping=jobs.is_stopping)

    def beat() -> None:
        # A worker whose jobs no longer come round sends nothing: it must not look alive.
        if jobs.seconds_since_round() < STUCK_SECONDS:
            with deps.database.write() as session:
                heartbeats.beat(session, heartbeats.WORKER, deps.now())

    jobs.add(
        Tick("outbox", outbox.run, woken=True, by_jobs=True),
        *(Tick(name, _at_now(step, deps), woken=True) for name, step in steps.items()),
        Tick("daily", lambda: house_jobs.run_due(daily, deps, deps.now()), every=HOUSE_SECONDS),
        Tick("heartbeat", beat, every=BEAT_SECONDS),
    )
    return jobs


def _at_now(step: Step, deps: Deps) -> Callable[[], object]:
    return lambda: step(deps.now())
