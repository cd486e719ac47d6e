"""What keeps an announcement back until a second person lifts it: a blackout period, a cap."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from coop.announcing.content import Target
from coop.announcing.limits import blackouts, caps
from coop.announcing.moment import Moment
from storage import blackouts as periods
from storage import overrides
from storage.announcements import Announcement
from storage.deliveries import Delivery


@dataclass(frozen=True)
class Bar:
    """By its key, under which it can be lifted, and in words."""

    against: str
    said: str


def of_day(session: Session, row: Announcement, day: date, moment: Moment) -> list[Bar]:
    """The blackout periods a day falls into, without those lifted for this content."""
    found = [
        Bar(overrides.against_blackout(period.id), blackouts.said(period))
        for period in periods.covering(session, day)
    ]
    return _not_lifted(session, row, found, moment)


def of_caps(session: Session, row: Announcement, to: Delivery, price: int, moment: Moment) -> list[Bar]:
    """The caps one delivery would go over now, without those lifted for this content."""
    found = [
        Bar(each.cap, caps.said(each, Target(to.network, to.target), price, moment.settings))
        for each in caps.reached(session, to, price, moment)
    ]
    return _not_lifted(session, row, found, moment)


def _not_lifted(session: Session, row: Announcement, found: list[Bar], moment: Moment) -> list[Bar]:
    if not found:
        return []
    lifted = overrides.counting(session, row.id, row.content_hash, moment.today)
    return [bar for bar in found if bar.against not in lifted]
