"""Let a network that turned us away try again: one delivery goes first, and if it goes out, the rest."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import content, seeing, telling
from coop.announcing.moment import Moment
from coop.announcing.sending import delivering, outcomes, troubles
from coop.announcing.sending.outcomes import Kept
from coop.errors import UserError
from coop.settings import Settings
from storage import deliveries, network_troubles, people
from storage.deliveries import Delivery, DeliveryState
from storage.network_troubles import NetworkTrouble
from storage.offices import Role

FREE = 0  # what it costs is asked when it is about to leave


@dataclass(frozen=True)
class Trying:
    """`title` is of the announcement that goes first; None when nothing can go just now."""

    network: str
    title: str | None


class OverAlready(UserError):
    def __init__(self) -> None:
        super().__init__(
            "That trouble is over, so nothing changed. Type `/announce list` to see how things stand."
        )


class BeingTried(UserError):
    def __init__(self) -> None:
        super().__init__(
            "Somebody asked for another try just now, and its answer is not here yet, so nothing changed. "
            "The thread in the steering channel says what comes of it."
        )


def try_again(
    session: Session, *, trouble_id: int, by: int | None, now: datetime, settings: Settings
) -> Trying:
    """What was wrong is put right, somebody says. Raises OverAlready, BeingTried."""
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    trouble = network_troubles.trouble(session, trouble_id)
    if trouble is None or not trouble.open:
        raise OverAlready
    return let_one_go(session, trouble, person, moment)


def let_one_go(
    session: Session, trouble: NetworkTrouble, person: int, moment: Moment, first: Delivery | None = None
) -> Trying:
    """`first`, or the first that waits there and may leave. Raises BeingTried."""
    if trouble.trying_by is not None and troubles.live_trial(session, trouble) is not None:
        raise BeingTried
    trouble.trying_by, trouble.trial_id = person, None
    session.flush()
    going = _let_go(session, trouble, moment, first)
    title = _title(session, going) if going else None
    by_whom = people.mentionable(session, person)
    troubles.in_thread(session, trouble, telling.NETWORK_TRYING, moment, by=by_whom, title=title)
    troubles.record(session, trouble, "network tried again", moment, by=person)
    return Trying(trouble.network, title)


def is_any_to_settle(session: Session, *, now: datetime, settings: Settings) -> bool:
    """Whether a trouble is over, or another delivery has to be tried."""
    moment = Moment(now, settings)
    return any(
        _is_proven(session, trouble) or _next(session, trouble, moment) is not None
        for trouble in network_troubles.open_troubles(session)
    )


def settle(session: Session, *, now: datetime, settings: Settings) -> None:
    """End what something that went out proves to be over; where the one that was tried came to nothing for a
    reason of its own, let the next try.
    """
    moment = Moment(now, settings)
    for trouble in network_troubles.open_troubles(session):
        if _is_proven(session, trouble):
            _end(session, trouble, moment)
        elif (row := _next(session, trouble, moment)) is not None:
            _let_go(session, trouble, moment, row)


def _is_proven(session: Session, trouble: NetworkTrouble) -> bool:
    """Only by the one that was tried: others may have left before, and be found out only now."""
    row = deliveries.delivery(session, trouble.trial_id) if trouble.trial_id else None
    return row is not None and row.state == DeliveryState.DELIVERED


def _next(session: Session, trouble: NetworkTrouble, moment: Moment) -> Delivery | None:
    """What is to be tried now, if somebody asked and nothing is being tried."""
    if trouble.trying_by is None or troubles.live_trial(session, trouble) is not None:
        return None
    able = (
        row for row in network_troubles.waiting(session, trouble.network) if _may_leave(session, row, moment)
    )
    return next(able, None)


def _may_leave(session: Session, row: Delivery, moment: Moment) -> bool:
    return delivering.what_holds(session, row, moment, price=FREE) is None


def _let_go(
    session: Session, trouble: NetworkTrouble, moment: Moment, first: Delivery | None
) -> Delivery | None:
    row = first if first and _may_leave(session, first, moment) else _next(session, trouble, moment)
    if row is not None:
        outcomes.clear(row, DeliveryState.SCHEDULED)
        row.not_before, trouble.trial_id = moment.now, row.id
        session.flush()
    return row


def _end(session: Session, trouble: NetworkTrouble, moment: Moment) -> None:
    """What waits goes now if it still may; what may not is held for its own reason, each owner asked once."""
    trouble.open, trouble.ended_at, trouble.trying_by, trouble.trial_id = None, moment.now, None, None
    session.flush()
    kept: list[Kept] = []
    waiting = network_troubles.waiting(session, trouble.network)
    for row in waiting:
        held = delivering.what_holds(session, row, moment, price=FREE)
        if held is not None:
            kept.append((row, held.hold, held.reason))
            continue
        outcomes.clear(row, DeliveryState.SCHEDULED)
        row.not_before = moment.now
        telling.redraw(session, seeing.named(session, row.announcement_id), moment)
    outcomes.hold_together(session, kept, moment)
    freed = len(waiting) - len(kept)
    troubles.in_thread(session, trouble, telling.NETWORK_OVER, moment, freed=freed, kept=len(kept))
    troubles.record(session, trouble, "network trouble ended", moment)


def _title(session: Session, row: Delivery) -> str:
    return content.title(seeing.named(session, row.announcement_id).text)
