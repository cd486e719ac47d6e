"""Write a decision about a delivery into the record, and tell the people it concerns."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy.orm import Session

from coop.announcing import pictures, telling
from coop.announcing.moment import Moment
from coop.announcing.seeing import named
from coop.announcing.sending import troubles
from coop.announcing.sending.deciding import Again, AskGroup, ByHand, Deliver, Look, Refuse, Suspend
from storage import announcements, network_troubles, threads
from storage.announcements import AnnouncementState
from storage.deliveries import Delivery, DeliveryState, Hold

STRUGGLING_AFTER = 3
NOT_REPEATED = "it may have gone out before, and may not be sent again now"
A_LONG_WAIT = timedelta(minutes=5)
# Whoever stopped it knows, and what is to be posted by hand is nobody's in particular.
OWNER_NEED_NOT_HEAR = (Hold.BY_HAND, Hold.STOPPED_ALL, Hold.STOPPED)

# A delivery, why it is held, and the reason where that alone does not say it.
Kept = tuple[Delivery, Hold, str | None]


def apply(
    session: Session,
    row: Delivery,
    step: Deliver | Again | Refuse | Suspend | Look | ByHand | AskGroup,
    moment: Moment,
) -> None:
    match step:
        case Deliver():
            delivered(session, row, step, moment)
        case Again():
            _try_again(session, row, step, moment)
        case Refuse():
            _refused(session, row, step, moment)
        case Suspend():
            is_news = troubles.begin(session, row, step, moment)
            (put_on_hold if is_news else _held)(session, row, Hold.NETWORK_TROUBLE, moment)
        case Look():
            _uncertain(row, step, moment)
        case AskGroup():
            _ask(session, row, step, moment)
        case ByHand(instructions=instructions):
            put_on_hold(session, row, Hold.BY_HAND, moment, reason=instructions)


def delivered(
    session: Session, row: Delivery, proof: Deliver, moment: Moment, *, by: int | None = None
) -> None:
    """It is out. `by` is who said so, None when the network did."""
    announcement = named(session, row.announcement_id)
    clear(row, DeliveryState.DELIVERED)
    row.remote_id, row.url, row.delivered_at, row.settled_by = proof.remote_id, proof.url, moment.now, by
    telling.record(
        session, announcement, "delivered", moment, by=by, delivery=row.id, remote_id=proof.remote_id
    )
    following = next(iter(threads.after(session, row)), None)
    if following is None or following.state != DeliveryState.SCHEDULED:
        telling.in_thread(session, announcement, telling.DELIVERED, moment, delivery=row.id)
    else:  # a thread is told of when all of it is out, or no more of it goes out
        telling.redraw(session, announcement, moment)
    if following is not None and proof.remote_id is None:
        put_on_hold(session, following, Hold.LINK_MISSING, moment)


def delivered_already(session: Session, row: Delivery, proof: Deliver, moment: Moment) -> None:
    """Late proof of something we know. A person's word gets its link; another post is said loudly."""
    if row.remote_id is None:
        row.remote_id, row.url = proof.remote_id, proof.url
        for to in threads.after(session, row):
            if to.hold == Hold.LINK_MISSING and proof.remote_id is not None:
                clear(to, DeliveryState.SCHEDULED)
    elif proof.remote_id not in (None, row.remote_id):
        announcement = named(session, row.announcement_id)
        telling.record(
            session, announcement, "delivered twice", moment, delivery=row.id, remote_id=proof.remote_id
        )
        telling.in_thread(session, announcement, telling.DOUBLED, moment, delivery=row.id, url=proof.url)


def put_on_hold(
    session: Session, row: Delivery, hold: Hold, moment: Moment, *, reason: str | None = None
) -> None:
    """Nothing leaves until a person says so; the thread and the owner are asked."""
    announcement = named(session, row.announcement_id)
    if _held(session, row, hold, moment, reason=reason) and hold not in OWNER_NEED_NOT_HEAR:
        telling.to_person(
            session, announcement.owner_id, announcement, telling.OWNER, moment, delivery=row.id, hold=hold
        )


def hold_together(session: Session, held: Iterable[Kept], moment: Moment) -> None:
    """As `put_on_hold`, but each owner is asked once about all of theirs."""
    theirs: dict[int, dict[int, None]] = {}
    for row, hold, reason in held:
        if _held(session, row, hold, moment, reason=reason) and hold not in OWNER_NEED_NOT_HEAR:
            owner = named(session, row.announcement_id).owner_id
            theirs.setdefault(owner, {})[row.announcement_id] = None
    for owner, announcement_ids in theirs.items():
        telling.held_back(session, owner, list(announcement_ids), moment)


def _held(session: Session, row: Delivery, hold: Hold, moment: Moment, *, reason: str | None = None) -> bool:
    """False for what was withdrawn meanwhile: that is over."""
    announcement = named(session, row.announcement_id)
    if row.may_be_out:
        _ask_instead(
            session, row, AskGroup("it may have gone out before, and may not be sent again now"), moment
        )
        return False
    if announcement.state == AnnouncementState.WITHDRAWN:  # while it was on its way, or in doubt
        clear(row, DeliveryState.CANCELLED)
        telling.record(session, announcement, "delivery cancelled", moment, delivery=row.id)
        telling.redraw(session, announcement, moment)
        return False
    clear(row, DeliveryState.HELD)
    row.hold, row.reason = hold, reason
    if hold == Hold.NETWORK_TROUBLE and (trouble := network_troubles.open_on(session, row.network)):
        row.reason, row.fix = trouble.reason, trouble.fix
    # What was agreed to as a rehearsal has to be agreed to in earnest; an approval that stopped counting must
    # not come back to life with its giver's next term.
    if hold in {Hold.REHEARSED, Hold.UNAPPROVED}:
        announcements.void_approvals(session, announcement.id, moment.now)
    telling.record(session, announcement, "held", moment, delivery=row.id, why=hold)
    kind = telling.HALF_WAY if _is_half_way(session, row) else telling.HELD
    telling.in_thread(session, announcement, kind, moment, delivery=row.id, hold=hold)
    if hold == Hold.BY_HAND:
        pictures.show(session, announcement, moment)
    return True


def clear(row: Delivery, state: DeliveryState) -> None:
    """A new state, with nothing left over from the last."""
    row.state = state
    row.hold = row.lease_until = row.look_at = row.uncertain_at = row.asked_at = None
    row.reason = row.fix = row.resend_by = None
    row.looks, row.duplicate = 0, False


def _try_again(session: Session, row: Delivery, step: Again, moment: Moment) -> None:
    """A repetition that came to nothing does not undo the doubt about the try before it."""
    since = row.uncertain_at if step.may_be_out or row.may_be_out else None
    clear(row, DeliveryState.SCHEDULED)
    row.not_before, row.reason, row.uncertain_at = step.at, step.reason, since
    if row.attempt_no == STRUGGLING_AFTER or step.at - moment.now >= A_LONG_WAIT:
        telling.in_thread(
            session,
            named(session, row.announcement_id),
            telling.STRUGGLING,
            moment,
            delivery=row.id,
            reason=step.reason,
            again_at=step.at.isoformat(),
        )


def _refused(session: Session, row: Delivery, step: Refuse, moment: Moment) -> None:
    if row.may_be_out:
        _ask_instead(session, row, AskGroup(step.reason), moment)
        return
    announcement = named(session, row.announcement_id)
    clear(row, DeliveryState.REFUSED)
    row.reason, row.fix = step.reason, step.fix
    telling.record(session, announcement, "delivery refused", moment, delivery=row.id)
    facts = {"delivery": row.id, "reason": step.reason, "fix": step.fix}
    kind = telling.HALF_WAY if _is_half_way(session, row) else telling.REFUSED
    telling.in_thread(session, announcement, kind, moment, **facts)
    telling.to_person(session, announcement.owner_id, announcement, telling.REFUSED, moment, **facts)


def _is_half_way(session: Session, row: Delivery) -> bool:
    """What it would have answered is out."""
    before = threads.before(session, row)
    return before is not None and before.state == DeliveryState.DELIVERED


def _uncertain(row: Delivery, step: Look, moment: Moment) -> None:
    if row.state != DeliveryState.UNCERTAIN:
        clear(row, DeliveryState.UNCERTAIN)
        row.uncertain_at, row.duplicate = moment.now, step.duplicate
    row.look_at, row.looks, row.reason = step.at, step.looks, step.reason


def _ask_instead(session: Session, row: Delivery, step: AskGroup, moment: Moment) -> None:
    """The try before this one may have gone out, whatever became of this one."""
    clear(row, DeliveryState.UNCERTAIN)
    row.uncertain_at = moment.now
    _ask(session, row, step, moment)


def _ask(session: Session, row: Delivery, step: AskGroup, moment: Moment) -> None:
    announcement = named(session, row.announcement_id)
    row.look_at, row.resend_by = None, None
    row.asked_at, row.reason = moment.now, step.reason
    telling.record(session, announcement, "asked whether it went out", moment, delivery=row.id)
    telling.in_thread(
        session,
        announcement,
        telling.UNCERTAIN,
        moment,
        delivery=row.id,
        attempt=row.attempt_no,
        reason=step.reason,
    )
