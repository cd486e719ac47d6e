"""One delivery on its way out: claimed, attempted, settled. Each function is one transaction's worth."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from coop import publishing, words
from coop.announcing import content, pictures
from coop.announcing.limits import bars, blackouts
from coop.announcing.moment import Moment
from coop.announcing.seeing import agreed, approvals_missing, approvers_counting, named
from coop.announcing.sending import deciding, outcomes, troubles
from coop.announcing.sending.deciding import Deliver, Look, Readiness, Step
from coop.publishing import Content, Outcome
from coop.settings import Settings
from storage import attempts, claims, deliveries, stops, threads
from storage.announcements import Announcement
from storage.attempts import Attempt
from storage.claims import Pace
from storage.deliveries import Delivery, DeliveryState, Hold

# Longer than the 30 seconds that a publisher may take altogether.
LEASE = timedelta(seconds=120)
# X takes a hundred posts in a quarter of an hour, the others more. This is for those who read them, and for
# whoever wants to stop the next: what came due while nothing ran does not leave in one burst.
CATCHING_UP = Pace(behind=timedelta(minutes=10), apart=timedelta(minutes=1))
# A publisher's own word for what a content costs, in tenths of a US cent.
Priced = Callable[[Content], int]


@dataclass(frozen=True)
class Held:
    """`reason` is told where the hold alone does not say it."""

    hold: Hold
    reason: str | None


def claim(session: Session, *, network: str, now: datetime) -> tuple[int, int] | None:
    """Delivery and attempt number of the next one due on a network, ours until the lease ends."""
    row = claims.claim_next(session, network, now, LEASE, CATCHING_UP)
    return (row.id, row.attempt_no) if row else None


def begin(
    session: Session, *, claimed: tuple[int, int], priced: Priced, now: datetime, settings: Settings
) -> publishing.Attempt | None:
    """Check once more, then write `attempting` with the exact words and what the network asks for them today.

    None: it is held, or no longer ours.
    """
    row = _still_claimed(session, claimed)
    if row is None:
        return None
    moment = Moment(now, settings)
    announcement = named(session, row.announcement_id)
    leaves, gone = _content(session, announcement, row)
    answered = threads.before(session, row)
    price = priced(leaves)
    if held := what_holds(session, row, moment, price=price) or gone:
        outcomes.put_on_hold(session, row, held.hold, moment, reason=held.reason)
        return None
    tried = Attempt(
        delivery_id=row.id,
        number=row.attempt_no,
        text=leaves.text,
        note=leaves.note,
        sha256=content.sha256_of(leaves),
        content_hash=announcement.content_hash,
        started_at=now,
        price=price,
        rehearsal=settings.rehearsal,
        reply_to=answered.remote_id if answered else None,
    )
    attempts.add_attempt(session, tried, approvers_counting(session, announcement, moment.today))
    row.state, row.lease_until = DeliveryState.ATTEMPTING, now + LEASE
    troubles.note_trial(session, row, moment)
    return publishing.Attempt(row.id, row.attempt_no, row.target, leaves, now, tried.reply_to)


def nowhere_to_send(session: Session, *, claimed: tuple[int, int], now: datetime, settings: Settings) -> None:
    """The network it was written for is not set up any more."""
    if row := _still_claimed(session, claimed):
        outcomes.put_on_hold(session, row, Hold.NETWORK_GONE, Moment(now, settings))


def finish(
    session: Session, *, attempt: publishing.Attempt, outcome: Outcome, now: datetime, settings: Settings
) -> None:
    """Write what became of an attempt. Proof that it is out always counts, however late it comes."""
    row = deliveries.delivery(session, attempt.delivery_id)
    if row is None:
        return
    if (tried := attempts.attempt(session, row.id, attempt.number)) is not None:
        tried.ended_at, tried.outcome = now, type(outcome).__name__.lower()
        tried.reason = getattr(outcome, "reason", None)
    step = deciding.after_publishing(
        outcome, attempt_no=attempt.number, now=now, look_after=settings.look_after_seconds
    )
    moment = Moment(now, settings)
    if isinstance(step, Deliver) and row.state == DeliveryState.DELIVERED:
        outcomes.delivered_already(session, row, step, moment)
    elif _counts(row, attempt, step):
        outcomes.apply(session, row, step, moment)


def give_up_dead(session: Session, *, now: datetime, settings: Settings) -> None:
    """Leases that ran out: a claim is free again, an attempt may be out and is looked for."""
    claims.release_dead_claims(session, now)
    for row in claims.dead_attempts(session, now):
        wait = timedelta(seconds=settings.look_after_seconds[0])
        lost = Look(now + wait, 0, "I was stopped before the answer came")
        outcomes.apply(session, row, lost, Moment(now, settings))


def _content(session: Session, announcement: Announcement, row: Delivery) -> tuple[Content, Held | None]:
    """What leaves, and why not when a picture of it is gone."""
    said = agreed(session, announcement)
    try:
        images = pictures.attached(session, announcement.id) if row.part == 1 else ()
        return content.leaving(said, row.network, images, part=row.part), None
    except pictures.PictureGone as gone:
        return content.leaving(said, row.network), Held(Hold.PICTURE_GONE, str(gone))


def _still_claimed(session: Session, claimed: tuple[int, int]) -> Delivery | None:
    delivery_id, number = claimed
    row = deliveries.delivery(session, delivery_id)
    if row is None or row.state != DeliveryState.CLAIMED or row.attempt_no != number:
        return None
    return row


def what_holds(session: Session, row: Delivery, moment: Moment, *, price: int) -> Held | None:
    """What would keep it from leaving at that moment, at that price; None lets it leave."""
    announcement = named(session, row.announcement_id)
    dark = bars.of_day(session, announcement, moment.today, moment)
    over = bars.of_caps(session, announcement, row, price, moment)
    hold = deciding.hold_before_sending(
        Readiness(
            approved=not approvals_missing(session, announcement, moment),
            stopped=stops.open_stop(session) is not None,
            rehearsed_otherwise=announcement.rehearsal != moment.settings.rehearsal,
            in_blackout=bool(dark),
            over_cap=bool(over),
            due_at=row.due_at or moment.now,
            now=moment.now,
            lateness=timedelta(minutes=moment.settings.lateness_minutes),
            network_in_trouble=troubles.keeps_back(session, row, moment),
        )
    )
    if hold is None:
        return None
    told = {
        Hold.BLACKOUT: blackouts.together([bar.said for bar in dark]),
        Hold.OVER_CAP: words.listed([bar.said for bar in over]),
    }
    return Held(hold, told.get(hold))


def _counts(row: Delivery, attempt: publishing.Attempt, step: Step) -> bool:
    if isinstance(step, Deliver):
        return True
    if row.attempt_no != attempt.number:
        return False
    if row.state == DeliveryState.UNCERTAIN:
        return not isinstance(step, Look)
    return row.state == DeliveryState.ATTEMPTING
