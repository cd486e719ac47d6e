"""A clock for the jobs: each comes round every so often, and at once when woken. It remembers nothing.

What is due lies in the database. A timetable that kept jobs of its own would, killed at the wrong moment,
run them twice or not at all.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from storage.database import Busy

log = structlog.get_logger()
IN_HAND_SECONDS = 8.0


@dataclass(frozen=True)
class Tick:
    """`woken`: also runs at once after every commit. `by_jobs`: even after one that another job made."""

    name: str
    run: Callable[[], object]
    every: float = 1.0
    woken: bool = False
    by_jobs: bool = False


class Timetable:
    def __init__(self) -> None:
        self._ticks: dict[str, Tick] = {}
        self._condition = threading.Condition()
        self._running: set[str] = set()
        self._again: set[str] = set()
        self._rounds: dict[str, float] = {}
        self._stopping = threading.Event()
        self._here = threading.local()
        self._scheduler = BackgroundScheduler(timezone=UTC)

    def add(self, *ticks: Tick) -> None:
        """Before `start`."""
        self._ticks |= {tick.name: tick for tick in ticks}

    def start(self) -> None:
        # A round that takes longer than its interval is expected; APScheduler would warn of it every second.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._scheduler.add_executor(ThreadPoolExecutor(max_workers=max(1, len(self._ticks))))
        for tick in self._ticks.values():
            self._rounds[tick.name] = time.monotonic()
            self._scheduler.add_job(
                self._come_round,
                "interval",
                args=[tick],
                id=tick.name,
                seconds=tick.every,
                next_run_time=datetime.now(UTC),
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        self._scheduler.start()

    def wake(self) -> None:
        """Let what can be woken look at once for what is due; safe to call from anywhere, at any time."""
        me = getattr(self._here, "job", None)
        for tick in self._ticks.values():
            # A job that woke itself, or two that woke each other, would never rest.
            if tick.woken and tick.name != me and (me is None or tick.by_jobs):
                self._wake(tick.name)

    def is_stopping(self) -> bool:
        return self._stopping.is_set()

    def is_idle(self) -> bool:
        return not self._running

    def seconds_since_round(self) -> float:
        """How long ago the job that is furthest behind last came to an end."""
        return time.monotonic() - min(self._rounds.values(), default=0.0)

    def stop(self, seconds: float = IN_HAND_SECONDS) -> bool:
        """No new rounds; waits for those in hand. False if one was still running after `seconds`."""
        self._stopping.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        with self._condition:
            return self._condition.wait_for(self.is_idle, timeout=seconds)

    def _wake(self, name: str) -> None:
        with self._condition:
            if self._stopping.is_set():
                return
            if name in self._running:
                self._again.add(name)
                return
        self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))

    def _come_round(self, tick: Tick) -> None:
        with self._condition:
            if self._stopping.is_set():
                return
            self._running.add(tick.name)
        self._here.job = tick.name
        while True:
            self._run_once(tick)
            with self._condition:
                self._rounds[tick.name] = time.monotonic()
                if tick.name in self._again and not self._stopping.is_set():
                    self._again.discard(tick.name)
                    continue
                self._running.discard(tick.name)
                self._condition.notify_all()
                return

    def _run_once(self, tick: Tick) -> None:
        try:
            tick.run()
        except Busy:
            log.info("the record was busy; the job comes round again", job=tick.name)
        except Exception:  # past here the job would count as running for ever and never come round
            log.exception("job failed; it comes round again", job=tick.name)
