"""A person's answer about one delivery: it did go out, send it again, it is posted, send it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from coop import offices, words
from coop.announcing import acts, networks, scheduling, seeing, telling
from coop.announcing.moment import Moment
from coop.announcing.sending import outcomes, troubles, trying_again
from coop.announcing.sending.deciding import Deliver
from coop.errors import UserError
from coop.settings import Settings
from storage import deliveries, network_troubles, people
from storage.announcements import Announcement
from storage.deliveries import Delivery, DeliveryState, Hold
from storage.offices import Role


@dataclass(frozen=True, order=True)
class Question:
    """The delivery asked about, and the attempt: an answer about an earlier attempt does not count."""

    delivery_id: int
    attempt_no: int

    def __str__(self) -> str:
        return f"{self.delivery_id}.{self.attempt_no}"

    @classmethod
    def read(cls, value: str) -> "Question":
        """Raises AnsweredAlready for what no button of ours carries."""
        delivery, _, number = value.partition(".")
        if not (delivery.isdecimal() and number.isdecimal()):
            raise AnsweredAlready
        return cls(int(delivery), int(number))


class AnsweredAlready(UserError):
    def __init__(self) -> None:
        super().__init__(
            "That question is settled, so nothing changed. Type `/announce list` to see how things stand."
        )


def went_out(
    session: Session, *, question: Question, by: int | None, now: datetime, settings: Settings
) -> seeing.Seen:
    """Somebody has seen it on the network."""
    moment = Moment(now, settings)
    person = _steering(session, by, moment)
    row = _asked(session, question)
    outcomes.delivered(session, row, Deliver(None, None), moment, by=person)
    return _seen(session, row, moment)


def send_again(
    session: Session, *, question: Question, by: int | None, now: datetime, settings: Settings
) -> seeing.Seen:
    """Somebody has looked and not found it: look once more at once, and if it is not there send it.

    Approval, stop and lateness are checked again when it is about to leave.
    """
    moment = Moment(now, settings)
    person = _steering(session, by, moment)
    row = _asked(session, question)
    row.asked_at, row.resend_by = None, person
    row.look_at, row.uncertain_at, row.due_at = now, now, now
    scheduling.put_off_what_follows(session, row, now)
    announcement = _announcement(session, row)
    telling.in_thread(
        session,
        announcement,
        telling.SETTLED,
        moment,
        by=people.mentionable(session, person),
        delivery=row.id,
    )
    telling.record(session, announcement, "sending again asked", moment, by=person, delivery=row.id)
    return _seen(session, row, moment)


def posted_by_hand(
    session: Session, *, question: Question, by: int | None, now: datetime, settings: Settings
) -> seeing.Seen:
    """A person has posted the words themselves."""
    moment = Moment(now, settings)
    person = _steering(session, by, moment)
    row = _standing(session, question)
    if row.state != DeliveryState.HELD or row.hold != Hold.BY_HAND:
        raise AnsweredAlready
    outcomes.delivered(session, row, Deliver(None, None), moment, by=person)
    return _seen(session, row, moment)


def send_now(
    session: Session, *, announcement_id: int, by: int | None, now: datetime, settings: Settings
) -> seeing.Seen:
    """Let the approved words of a late announcement go after all."""
    moment = Moment(now, settings)
    person = _steering(session, by, moment)
    row = seeing.named(session, announcement_id)
    late = [to for to in deliveries.deliveries_of(session, row.id) if acts.is_releasable(to)]
    if not late:
        raise AnsweredAlready
    require_approval(session, row, moment)
    _refuse_where_nothing_goes(session, late, moment)
    scheduling.release(session, late, now)
    by_whom = people.mentionable(session, person)
    telling.in_thread(session, row, telling.RELEASED, moment, by=by_whom)
    telling.record(session, row, "late announcement released", moment, by=person)
    return seeing.seen(session, row.id, moment)


def try_again(
    session: Session, *, question: Question, by: int | None, now: datetime, settings: Settings
) -> seeing.Seen:
    """What made the network refuse it is put right: send the same words again. Where the network turns our
    account away, this one goes first.
    """
    moment = Moment(now, settings)
    person = _steering(session, by, moment)
    row = _standing(session, question)
    if row.hold == Hold.NETWORK_TROUBLE and (trouble := network_troubles.open_on(session, row.network)):
        trying_again.let_one_go(session, trouble, person, moment, row)
        return _seen(session, row, moment)
    if row.state != DeliveryState.REFUSED:
        raise AnsweredAlready
    scheduling.release(session, [row], now)
    announcement = _announcement(session, row)
    by_whom = people.mentionable(session, person)
    telling.in_thread(session, announcement, telling.RELEASED, moment, by=by_whom)
    telling.record(session, announcement, "refused delivery tried again", moment, by=person, delivery=row.id)
    return _seen(session, row, moment)


def require_approval(session: Session, row: Announcement, moment: Moment) -> None:
    """Raises UserError unless as many as are needed agree to it as it stands."""
    if missing := seeing.approvals_missing(session, row, moment):
        raise UserError(
            "Nobody's approval of it counts any more, so I did not send it. "
            "Somebody other than its writer has to approve it first."
            if missing == moment.settings.approvals_needed
            else "Only one person's approval of it counts, so I did not send it. "
            "One more has to approve it first."
        )


def _refuse_where_nothing_goes(session: Session, rows: Sequence[Delivery], moment: Moment) -> None:
    """Raises UserError when each of them is for a network that turns our account away."""
    if all(troubles.keeps_back(session, row, moment) for row in rows):
        names = words.listed(sorted({networks.name_of(row.network) for row in rows}))
        raise UserError(
            f"Nothing goes out on {names} at the moment, so I did not send it. `/announce list` says what "
            "has to be put right, and has the button “Try again”."
        )


def _steering(session: Session, by: int | None, moment: Moment) -> int:
    return offices.require(session, by=by, role=Role.STEERING, today=moment.today)


def _asked(session: Session, question: Question) -> Delivery:
    row = _standing(session, question)
    if row.state != DeliveryState.UNCERTAIN or row.asked_at is None:
        raise AnsweredAlready
    return row


def _standing(session: Session, question: Question) -> Delivery:
    row = deliveries.delivery(session, question.delivery_id)
    if row is None or row.attempt_no != question.attempt_no:
        raise AnsweredAlready
    return row


def _announcement(session: Session, row: Delivery) -> Announcement:
    return seeing.named(session, row.announcement_id)


def _seen(session: Session, row: Delivery, moment: Moment) -> seeing.Seen:
    session.flush()
    return seeing.seen(session, row.announcement_id, moment)
