"""Money that comes for a fee that is not owed any more: somebody left, or took their application back."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from coop import offices, words
from storage import fees, members, outbox, people
from storage.fees import Fee
from storage.members import Application, CeaseReason, Membership


class How(StrEnum):
    """How it came that a fee is not owed; the person may have come back since."""

    LEFT = "left"
    MEMBERSHIP_ENDED = "membership ended"
    TAKEN_BACK = "taken back"
    OVER = "over"


@dataclass(frozen=True)
class Ended:
    """`on` is the last day it may have been owed; what arrived by `owed_until` settles it all the same."""

    how: How
    on: date | None = None
    owed_until: date | None = None

    @property
    def said(self) -> str:
        """After a name, such as "left on 4 June 2027"."""
        said = {
            How.LEFT: "left",
            How.MEMBERSHIP_ENDED: "was a member until",
            How.TAKEN_BACK: "took the application back",
            How.OVER: "does not owe this any more",
        }[self.how]
        if self.on is None:
            return said
        return f"{said} {words.on(self.on)}" if said.endswith("until") else f"{said} on {words.on(self.on)}"


def ended(session: Session, fee: Fee) -> Ended | None:
    """Why a fee is not owed any more; None while it is. Whoever came back may still owe it for the time
    before they left.
    """
    if fee.cancelled_at is None:
        return None
    over = members.membership_ended_at(session, fee.person_id, fee.cancelled_at)
    if over is not None:
        was_due = fee.covers_from is not None and not fees.another_stands_from(session, fee)
        return Ended(_how(over), over.ceased_on, owed_until=over.ceased_on if was_due else None)
    application = members.application(session, fee.application_id) if fee.application_id else None
    last = members.last_membership(session, fee.person_id)
    if last is not None and last.ceased_on is not None and _is_before_the_end(application, last):
        return Ended(_how(last), last.ceased_on)
    if application is not None and (last is None or last.ceased_on is not None):
        return Ended(How.TAKEN_BACK, application.decided_on)
    return Ended(How.OVER)


def due_instead(session: Session, fee: Fee) -> Fee | None:
    """What somebody owes since they came back, where the fee is not owed any more; its like first."""
    due = fees.open_fees(session, fee.person_id) if fee.cancelled_at is not None else []
    return next((other for other in due if is_like(fee, other)), next(iter(due), None))


def is_like(fee: Fee, other: Fee) -> bool:
    """Whether money for one could as well be meant for the other."""
    return (fee.kind, fee.amount_pence, fee.currency) == (other.kind, other.amount_pence, other.currency)


def tell(session: Session, fee: Fee, why: Ended, *, today: date, now: datetime) -> None:
    """Queue the word to its payer that their money came, was not owed, and how to have it back."""
    user = people.slack_user_of(session, fee.person_id)
    if user is None:
        return
    facts = {
        "pence": fee.amount_pence,
        "reference": fee.reference,
        "paid_on": fee.paid_on.isoformat() if fee.paid_on else None,
        "how": why.how,
        "on": why.on.isoformat() if why.on else None,
        "contacts": [[contact.slack_user, contact.role] for contact in offices.contacts(session, today)],
    }
    outbox.put(session, kind="receipt_not_owed", to=user, facts=facts, now=now)


def _how(over: Membership) -> How:
    return How.LEFT if over.cease_reason == CeaseReason.LEFT else How.MEMBERSHIP_ENDED


def _is_before_the_end(application: Application | None, last: Membership) -> bool:
    """Whether the application made that membership or one before, not a new one after leaving."""
    return application is None or last.ceased_at is None or application.applied_at <= last.ceased_at
