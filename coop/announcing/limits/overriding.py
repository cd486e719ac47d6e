"""A second person's word: this one announcement goes out all the same, over a cap or in a blackout period."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from coop import offices, words
from coop.announcing import acts, scheduling, seeing, telling
from coop.announcing.approving import ContentChanged
from coop.announcing.limits import bars, blackouts, caps, foreseeing
from coop.announcing.limits.bars import Bar
from coop.announcing.limits.caps import Cap
from coop.announcing.moment import Moment
from coop.announcing.seeing import Seen
from coop.announcing.sending import settling
from coop.announcing.sending.settling import AnsweredAlready
from coop.errors import NotAllowed, UserError
from coop.publishing import Publisher
from coop.settings import Settings
from storage import blackouts as periods
from storage import deliveries, overrides, people
from storage.announcements import Announcement, AnnouncementState
from storage.deliveries import Delivery, DeliveryState
from storage.offices import Role


@dataclass(frozen=True)
class Barred:
    """`held` says that its time has come, so that it goes out at once. `bars` is empty when there is
    nothing left to lift.
    """

    one: Seen
    bars: tuple[Bar, ...]
    held: bool


def to_override(
    session: Session,
    *,
    announcement_id: int,
    by: int | None,
    publishers: Mapping[str, Publisher],
    moment: Moment,
) -> Barred:
    """What keeps it back now, or will at its time, if this person may lift it.

    Raises NotAllowed for its owner and outside the steering group, UserError when nothing keeps it back.
    """
    row, _person = _allowed(session, announcement_id, by, moment)
    held = [to for to in deliveries.deliveries_of(session, row.id) if acts.needs_a_word(to)]
    one = seeing.seen(session, row.id, moment)
    found = tuple(dict.fromkeys(_bars(session, row, one, held, publishers, moment)))
    if not (held or found):
        raise AnsweredAlready
    return Barred(one, found, bool(held))


def override(
    session: Session,
    *,
    announcement_id: int,
    content_hash: str,
    against: Sequence[str],
    by: int | None,
    now: datetime,
    settings: Settings,
) -> Seen:
    """Lift what is named for exactly this content, and let it go if it waits for nothing else."""
    moment = Moment(now, settings)
    row, person = _allowed(session, announcement_id, by, moment)
    if row.content_hash != content_hash:
        raise ContentChanged
    lifted = [_called(session, each) for each in against]
    held = [to for to in deliveries.deliveries_of(session, row.id) if acts.needs_a_word(to)]
    if not (held or lifted):
        raise AnsweredAlready
    if held:
        settling.require_approval(session, row, moment)
    overrides.give(
        session, announcement_id=row.id, content_hash=content_hash, against=against, by=person, now=now
    )
    scheduling.release(session, held, now)
    facts = {"by": people.mentionable(session, person), "lifted": lifted, "now": bool(held)}
    telling.in_thread(session, row, telling.OVERRIDDEN, moment, **facts)
    what = ", ".join(against)
    telling.record(
        session, row, "let out all the same", moment, by=person, against=what, content=content_hash
    )
    session.flush()
    return seeing.seen(session, row.id, moment)


def _allowed(
    session: Session, announcement_id: int, by: int | None, moment: Moment
) -> tuple[Announcement, int]:
    person = offices.require(session, by=by, role=Role.STEERING, today=moment.today)
    row = seeing.named(session, announcement_id)
    if row.owner_id == person:
        raise NotAllowed(
            "You wrote this one, so somebody else on the steering group has to let it out all the same. "
            "Nothing changed."
        )
    if row.state != AnnouncementState.PROPOSED:
        raise UserError(
            "It was withdrawn or sent back meanwhile, so there is nothing to let out. Nothing changed."
        )
    return row, person


def _bars(
    session: Session,
    row: Announcement,
    one: Seen,
    held: Sequence[Delivery],
    publishers: Mapping[str, Publisher],
    moment: Moment,
) -> Iterator[Bar]:
    for day in sorted(_days(session, row, moment)):
        yield from bars.of_day(session, row, day, moment)
    for to in held:
        price = foreseeing.price(one, to.network, publishers, part=to.part)
        yield from bars.of_caps(session, row, to, price, moment)


def _days(session: Session, row: Announcement, moment: Moment) -> set[date]:
    """On which it would go out: today where it is held for a word, or leaves as soon as it is approved."""
    zone = moment.settings.network_timezone
    waiting = [
        to
        for to in deliveries.deliveries_of(session, row.id)
        if acts.needs_a_word(to) or to.state in (DeliveryState.SCHEDULED, DeliveryState.CLAIMED)
    ]
    return {
        moment.today if acts.needs_a_word(to) or to.due_at is None else words.today_in(to.due_at, zone)
        for to in waiting
    }


def _called(session: Session, against: str) -> str:
    """Raises AnsweredAlready for what is neither a cap nor a period there is."""
    if against in set(Cap):
        return f"over {caps.CALLED[Cap(against)]}"
    number = against.removeprefix("blackout:")
    period = periods.blackout(session, int(number)) if number.isdecimal() else None
    if period is None or period.ended_at is not None:
        raise AnsweredAlready
    return f"in {blackouts.said(period)}"
