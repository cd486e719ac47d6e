"""Take down what went out: somebody's wish, and what a person says of what was left to them."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing import acts, removing, seeing, telling
from coop.announcing.moment import Moment
from coop.announcing.seeing import DeliverySeen
from coop.announcing.sending import outcomes
from coop.errors import UserError
from coop.settings import Settings
from storage import deliveries, people, takedowns, threads
from storage.deliveries import DeliveryState
from storage.offices import Role
from storage.takedowns import Takedown, TakedownState


class NothingToTakeDown(UserError):
    def __init__(self) -> None:
        super().__init__(
            "There is nothing of it left to take down, so nothing changed. `/announce list` shows what "
            "became of it."
        )


class AskedAlready(Exception):
    """Somebody else wanted it down before; `one` says who, and how far it is."""

    def __init__(self, one: seeing.Seen) -> None:
        super().__init__(one.id)
        self.one = one


class SettledAlready(UserError):
    def __init__(self) -> None:
        super().__init__("That is settled, so nothing changed. `/announce list` shows what became of it.")


class OnlyRehearsed(UserError):
    def __init__(self) -> None:
        super().__init__(
            "It was sent in earnest, and I am set to rehearse, so nothing was deleted. Delete it by hand, or "
            "ask whoever looks after me to set REHEARSAL to no."
        )


def offered(session: Session, *, announcement_id: int, by: int | None, moment: Moment) -> seeing.Seen:
    """What the window shows; nothing of it may be up any more, where somebody was quicker.

    Raises NothingToTakeDown or OnlyRehearsed.
    """
    offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    one = seeing.seen(session, announcement_id, moment)
    if not acts.still_up(one) and not _asked_for(one):
        raise NothingToTakeDown
    _refuse_mere_rehearsal(one.rehearsal, moment)
    return one


def ask(
    session: Session,
    *,
    announcement_id: int,
    where: Collection[int] | None,
    reason: str,
    by: int | None,
    now: datetime,
    settings: Settings,
) -> seeing.Seen:
    """Have the deliveries with these ids deleted, each with the rest of its thread; None means all that are
    out. What has not gone out of such a thread does not go out any more. Raises AskedAlready.
    """
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = seeing.named(session, announcement_id)
    before = seeing.seen(session, row.id, moment)
    out = acts.still_up(before)
    places = {(to.network, to.target) for to in out if where is None or to.id in where}
    wanted = [to for to in out if (to.network, to.target) in places]
    if not wanted and _asked_for(before):
        raise AskedAlready(before)
    if not wanted:
        raise NothingToTakeDown
    _refuse_mere_rehearsal(row.rehearsal, moment)
    for to in wanted:
        session.add(
            Takedown(
                delivery_id=to.id,
                asked_by=person,
                reason=reason,
                asked_at=now,
                state=TakedownState.WANTED,
                not_before=now,
            )
        )
        telling.record(session, row, "take-down asked", moment, by=person, delivery=to.id, reason=reason)
        _leave_out_the_rest(session, to, moment)
    session.flush()
    telling.in_thread(
        session,
        row,
        telling.TAKE_DOWN_ASKED,
        moment,
        by=people.mentionable(session, person),
        reason=reason,
        going=[to.id for to in wanted],
    )
    return seeing.seen(session, row.id, moment)


def deleted_by_hand(
    session: Session, *, delivery_id: int, by: int | None, now: datetime, settings: Settings
) -> seeing.Seen:
    """Somebody has deleted it there themselves."""
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = _left(session, delivery_id)
    removing.done(session, row, moment, by=person)
    session.flush()
    return seeing.seen(session, removing.about(session, row)[1].id, moment)


def try_again(
    session: Session, *, delivery_id: int, by: int | None, now: datetime, settings: Settings
) -> seeing.Seen:
    """What was in the way is put right."""
    moment = Moment(now, settings)
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = _left(session, delivery_id)
    _, announcement = removing.about(session, row)
    _refuse_mere_rehearsal(announcement.rehearsal, moment)
    row.state, row.tries, row.not_before, row.lease_until = TakedownState.WANTED, 0, now, None
    row.said = row.fix = None
    telling.record(session, announcement, "take-down tried again", moment, by=person, delivery=delivery_id)
    telling.redraw(session, announcement, moment)
    session.flush()
    return seeing.seen(session, announcement.id, moment)


def _refuse_mere_rehearsal(was_rehearsal: bool, moment: Moment) -> None:
    if moment.settings.rehearsal and not was_rehearsal:
        raise OnlyRehearsed
    if was_rehearsal and not moment.settings.rehearsal:
        raise NothingToTakeDown


def _leave_out_the_rest(session: Session, to: DeliverySeen, moment: Moment) -> None:
    """Of a thread: nothing can answer a post that is gone."""
    row = deliveries.delivery(session, to.id)
    states = (DeliveryState.SCHEDULED, DeliveryState.CLAIMED, DeliveryState.HELD, DeliveryState.REFUSED)
    for behind in threads.after(session, row) if row else ():
        if behind.state in states:
            outcomes.clear(behind, DeliveryState.CANCELLED)
            announcement = seeing.named(session, behind.announcement_id)
            telling.record(session, announcement, "delivery cancelled", moment, delivery=behind.id)


def _asked_for(one: seeing.Seen) -> list[DeliverySeen]:
    return [to for to in one.deliveries if to.takedown is not None]


def _left(session: Session, delivery_id: int) -> Takedown:
    row = takedowns.takedown(session, delivery_id)
    if row is None or row.state != TakedownState.LEFT:
        raise SettledAlready
    return row
