"""Everything the steering group announces, by what it needs from them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from coop.announcing.moment import Moment
from coop.announcing.seeing import SETTLED, Seen, seen
from coop.announcing.sending import troubles
from coop.announcing.sending.troubles import TroubleSeen
from storage import deliveries, heartbeats, people, stops, takedowns
from storage.announcements import AnnouncementState
from storage.deliveries import DeliveryState

SHOWN_SENT = 10
GROUPS = ("uncertain", "held", "refused", "waiting", "coming")


@dataclass(frozen=True)
class Listing:
    """Each announcement once, under the most pressing of its deliveries."""

    uncertain: tuple[Seen, ...]
    held: tuple[Seen, ...]
    refused: tuple[Seen, ...]
    waiting: tuple[Seen, ...]
    coming: tuple[Seen, ...]
    sent: tuple[Seen, ...]
    stopped_by: str | None
    stopped_at: datetime | None
    nothing_running: bool
    to_delete: tuple[Seen, ...] = ()
    troubles: tuple[TroubleSeen, ...] = ()


def listing(session: Session, moment: Moment) -> Listing:
    """What needs somebody, what is coming, and the last that went out."""
    stop = stops.open_stop(session)
    open_ones = deliveries.deliveries_in(session, *(state for state in DeliveryState if state not in SETTLED))
    ids = dict.fromkeys(to.announcement_id for to in open_ones)
    groups: dict[str, list[Seen]] = {}
    for announcement_id in ids:
        one = seen(session, announcement_id, moment)
        groups.setdefault(pressing(one), []).append(one)
    left = [found for found in takedowns.left(session) if found not in ids]
    last = dict.fromkeys(
        to.announcement_id
        for to in deliveries.last_delivered(session, SHOWN_SENT)
        if to.announcement_id not in {*ids, *left}
    )
    return Listing(
        **{name: tuple(groups.get(name, ())) for name in GROUPS},
        sent=tuple(seen(session, announcement_id, moment) for announcement_id in last),
        stopped_by=people.mentionable(session, stop.stopped_by) if stop else None,
        stopped_at=stop.stopped_at if stop else None,
        to_delete=tuple(seen(session, announcement_id, moment) for announcement_id in left),
        nothing_running=not heartbeats.worker_is_alive(session, moment.now),
        troubles=troubles.current(session),
    )


def needing(found: Listing, reader: str) -> list[Seen]:
    """What needs this person: in doubt, to be deleted by hand, held, refused, to be approved by them, or sent
    back to them.

    `reader` is their Slack user id.
    """
    theirs = [
        one
        for one in found.waiting
        if (one.owner == reader) is (one.state == AnnouncementState.SENT_BACK)
        and reader not in one.approved_by
    ]
    return [*found.uncertain, *found.to_delete, *found.held, *found.refused, *theirs]


def pressing(one: Seen) -> str:
    """The group of the list it belongs to: what most needs a person comes first."""
    states = {to.state for to in one.deliveries}
    for state, group in (
        (DeliveryState.UNCERTAIN, "uncertain"),
        (DeliveryState.HELD, "held"),
        (DeliveryState.REFUSED, "refused"),
    ):
        if state in states:
            return group
    return "coming" if one.approved else "waiting"
