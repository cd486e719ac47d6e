"""The timetable's part in approvals: reminders every minute, the digest once a day."""

from datetime import datetime, time

from bot.house_jobs import HouseJob
from coop.announcing import reminding
from coop.deps import Deps

DIGEST = HouseJob(
    "approval digest",
    time(9),
    lambda session, deps, now: reminding.send_digest(session, now=now, settings=deps.settings),
)


def tick(deps: Deps, now: datetime) -> None:
    """Remind those who can approve; writes nothing when nobody is to be reminded."""
    with deps.read() as session:
        if not reminding.due(session, now=now):
            return
    with deps.write() as session:
        reminding.remind(session, now=now, settings=deps.settings)
