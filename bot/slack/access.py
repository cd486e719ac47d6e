"""Our access to Slack: gained with patience at the start, and watched, for it can be taken back."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import structlog

from bot.settings.environment import Environment
from bot.slack import connecting, scopes
from bot.slack.connecting import Connected, Unreachable

log = structlog.get_logger()
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
LOOK_SECONDS = 300.0
DOUBT_SECONDS = 5.0


@dataclass
class Access:
    """`missing` says why Slack cannot be answered, "" while it can; `start` is given what Slack told us."""

    environment: Environment
    start: Callable[[Connected], None]
    stopping: threading.Event
    missing: str = "not connected yet"
    _doubted: threading.Event = field(default_factory=threading.Event)

    def gain(self) -> Connected | None:
        """Ask until Slack answers; None when stopped before. Raises SettingsWrong for what will not pass."""
        pause = SHORTEST_PAUSE
        while not self.stopping.is_set():
            try:
                connected = connecting.connect(self.environment)
                self.start(connected)
            except Unreachable as reason:
                self.missing = str(reason)
                log.warning("not connected to Slack yet", reason=self.missing, next_try_seconds=pause)
            else:
                self.missing = ""
                for sentence in scopes.lost(connected.scopes, connected.settings):
                    log.warning("a permission is missing", lost=sentence)
                return connected
            self.stopping.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        return None

    def watch(self) -> None:
        """Look now and then, and at once when in doubt, whether Slack still accepts our token."""
        pause = LOOK_SECONDS
        while not self.stopping.is_set():
            doubted = self._doubted.wait(pause)
            self._doubted.clear()
            self._look()
            # Slack may tell of it before it is so everywhere.
            pause = DOUBT_SECONDS if doubted else LONGEST_PAUSE if self.missing else LOOK_SECONDS

    def _look(self) -> None:
        try:
            refused = connecting.refusal(self.environment)
        except Unreachable:
            return
        if refused and not self.missing:
            log.error("Slack has taken our access away", reason=refused)
        elif self.missing and not refused:
            log.info("Slack accepts us again")
        self.missing = refused

    def doubt(self) -> None:
        """Something says that Slack may have taken our access back."""
        self._doubted.set()
