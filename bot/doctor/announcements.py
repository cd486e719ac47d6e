"""Announcements that wait for a person: what keeps each network, and what came too late."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from bot.doctor.findings import Finding, unknown, wrong
from coop import words
from coop.announcing import networks, times
from coop.announcing.moment import Moment
from coop.announcing.sending import troubles
from coop.announcing.sending.troubles import TroubleSeen
from storage import deliveries
from storage.deliveries import DeliveryState, Hold

NAMED = 3


def examine(session: Session, moment: Moment) -> Iterator[Finding]:
    """Nothing when all is well."""
    for trouble in troubles.current(session):
        yield turned_away(trouble, moment)
    late = [to for to in deliveries.deliveries_in(session, DeliveryState.HELD) if to.hold == Hold.LATE]
    if late:
        count = words.counted(len(late), "delivery waits", "deliveries wait")
        yield unknown(
            f"{count} because the time has gone by; each writer has been asked.",
            "Type `/announce list` in Slack to see them.",
        )


def turned_away(trouble: TroubleSeen, moment: Moment) -> Finding:
    name = networks.name_of(trouble.network)
    since = times.dated(trouble.since, moment.settings.network_timezone)
    return wrong(
        f"Nothing goes out on {name}, since {since}: {words.ended(trouble.reason)} {_waiting(trouble)}",
        f"{trouble.fix} Then press “Try again” in the steering channel, or in `/announce list`.",
    )


def _waiting(trouble: TroubleSeen) -> str:
    if not trouble.waiting:
        return "Nothing waits for it yet."
    titles = [f"“{each.title}”" for each in trouble.waiting[:NAMED]]
    if more := len(trouble.waiting) - len(titles):
        titles.append(f"{more} more")
    count = words.counted(len(trouble.waiting), "announcement waits", "announcements wait")
    return f"{count}: {words.listed(titles)}."
