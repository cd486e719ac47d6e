"""After an outage: what is due and may not leave is held at one stroke, and each owner is asked once."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from coop.announcing.moment import Moment
from coop.announcing.sending import delivering, outcomes
from coop.announcing.sending.outcomes import Kept
from coop.settings import Settings
from storage import due, network_troubles

FREE = 0  # what it costs is asked when it is about to leave


def found(session: Session, *, now: datetime, settings: Settings) -> list[Kept]:
    """What is too late, or due on a network in trouble, and why each of it may not leave."""
    moment = Moment(now, settings)
    troubled = [trouble.network for trouble in network_troubles.open_troubles(session)]
    late_before = now - timedelta(minutes=settings.lateness_minutes)
    rows = due.held_back(session, now=now, late_before=late_before, networks=troubled)
    holds = ((row, delivering.what_holds(session, row, moment, price=FREE)) for row in rows)
    return [(row, held.hold, held.reason) for row, held in holds if held is not None]


def hold_back(session: Session, *, now: datetime, settings: Settings) -> None:
    outcomes.hold_together(session, found(session, now=now, settings=settings), Moment(now, settings))
