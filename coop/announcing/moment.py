"""When and by whose settings something is decided."""

from dataclasses import dataclass
from datetime import date, datetime

from coop import words
from coop.settings import Settings
from storage.announcements import Quorum


@dataclass(frozen=True)
class Moment:
    now: datetime
    settings: Settings

    @property
    def today(self) -> date:
        """The calendar date in the network's time zone."""
        return words.today_in(self.now, self.settings.network_timezone)

    @property
    def quorum(self) -> Quorum:
        return Quorum(self.today, self.settings.approvals_needed)
