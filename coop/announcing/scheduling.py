"""When an announcement is due, and its deliveries with it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from coop.announcing import content, pictures, times
from coop.announcing.content import Agreed, Target
from coop.announcing.moment import Moment
from coop.announcing.sending.outcomes import clear
from coop.announcing.times import Wall
from coop.errors import UserError
from storage import deliveries, threads, variants
from storage.announcements import Announcement
from storage.deliveries import Delivery, DeliveryState, Hold


class TimePassed(UserError):
    """The time chosen is not ahead of us."""

    def __init__(self, due: datetime, moment: Moment) -> None:
        when = times.said(due, moment.settings.network_timezone, moment.now)
        super().__init__(
            f"{when}, has passed. Choose a later time, or “as soon as approved”. Nothing changed."
        )


def due_at(wall: Wall | None, moment: Moment) -> datetime | None:
    """The instant of a chosen time, None for "as soon as approved". Raises TimePassed."""
    if wall is None:
        return None
    due = times.instant(wall)
    if due <= moment.now:
        raise TimePassed(due, moment)
    return due


def write_content(session: Session, row: Announcement, agreed: Agreed, due: datetime | None) -> None:
    """Put the content on the announcement, and its deliveries, one per target or part, in step with it."""
    wall = agreed.wall
    row.text, row.note, row.content_hash = agreed.text, agreed.note, content.content_hash(agreed)
    row.thread = agreed.thread
    variants.write(session, row.id, agreed.variants)
    row.wall_date = wall.day if wall else None
    row.wall_time = wall.clock if wall else None
    row.fold = wall.fold if wall else 0
    pictures.write(session, row, agreed.images)
    there = {(Target(to.network, to.target), to.part): to for to in deliveries.deliveries_of(session, row.id)}
    wanted = [(target, part) for target in agreed.targets for part in _parts(agreed, target)]
    for place, to in there.items():
        if place not in wanted:
            clear(to, DeliveryState.CANCELLED)
    for place in wanted:
        to = there.get(place) or _new(session, row.id, *place)
        clear(to, DeliveryState.SCHEDULED)
        to.due_at = to.not_before = due
    session.flush()


def waiting(rows: Sequence[Delivery]) -> list[Delivery]:
    """Those that have certainly not gone out, and are not in somebody's hand."""
    states = (DeliveryState.SCHEDULED, DeliveryState.HELD, DeliveryState.REFUSED)
    in_hand = (Hold.BY_HAND, Hold.LINK_MISSING)
    return [to for to in rows if to.state in states and to.hold not in in_hand and not to.may_be_out]


def reschedule(rows: Sequence[Delivery], due: datetime | None) -> None:
    for to in rows:
        clear(to, DeliveryState.SCHEDULED)
        to.due_at = to.not_before = due


def release(session: Session, rows: Iterable[Delivery], due: datetime) -> None:
    """Let these go; what waits behind them in a thread is not late because they were."""
    for row in rows:
        reschedule([row], due)
        put_off_what_follows(session, row, due)


def put_off_what_follows(session: Session, row: Delivery, due: datetime) -> None:
    behind = threads.after(session, row)
    reschedule([to for to in behind if to.state == DeliveryState.SCHEDULED], due)


def after_countdown(moment: Moment) -> datetime:
    return moment.now + timedelta(minutes=moment.settings.countdown_minutes)


def account_of(target: Target) -> str:
    """Whose deliveries leave one after another, and are counted together."""
    return f"{target.network}:{target.target}"


def _parts(agreed: Agreed, target: Target) -> Iterable[int]:
    return range(1, len(content.parts(agreed, target.network)) + 1)


def _new(session: Session, announcement_id: int, target: Target, part: int) -> Delivery:
    to = Delivery(
        announcement_id=announcement_id,
        network=target.network,
        target=target.target,
        part=part,
        account=account_of(target),
        state=DeliveryState.SCHEDULED,
        attempt_no=0,
        looks=0,
        duplicate=False,
    )
    session.add(to)
    return to
