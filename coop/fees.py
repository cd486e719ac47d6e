"""What people owe: who is charged, how much, by when, and how they are told."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from coop import entering, offices, references, words
from coop.settings import FeePeriod, LegalForm, Settings
from storage import fees, log, members, outbox, people
from storage.fees import Fee, Money, Uncharged

DAYS_TO_PAY = 30  # a policy of ours: facts of law set no time for paying a subscription


@dataclass(frozen=True)
class Owed:
    fee_id: int
    amount_pence: int
    due_on: date
    reference: str


def are_charged(settings: Settings) -> bool:
    return settings.fee_period is not FeePeriod.NONE and settings.fee_pence > 0


def paid_before(
    session: Session, person_id: int, *, settings: Settings, applied_on: date, today: date
) -> Fee | None:
    """What somebody paid before they left, if it still counts: a year is paid for to its end, and a one-off
    fee goes on for who applied again on the day they left, however long the decision took.
    """
    if settings.fee_period is FeePeriod.YEARLY:
        return fees.paid_fee_covering(session, person_id, today)
    last = members.last_membership(session, person_id)
    if last is None or last.ceased_on != applied_on:
        return None
    return fees.paid_fee_since(session, person_id, last.entered_on)


def carry_over(paid: Fee, *, since: date, settings: Settings) -> None:
    """A one-off fee goes with the membership it now stands for; a year stays the year it is."""
    if settings.fee_period is not FeePeriod.YEARLY:
        entering.cover(paid, since)


def reaches(fee: Fee, *, since: date, settings: Settings) -> bool:
    """Whether a fee is of the membership that began on `since`, or, of a year, lasts into it."""
    last = fee.covers_until if settings.fee_period is FeePeriod.YEARLY else fee.covers_from
    return last is None or last >= since


def owed(fee: Fee) -> Owed:
    return Owed(fee.id, fee.amount_pence, fee.due_on, fee.reference)


def raise_fee(
    session: Session,
    *,
    person_id: int,
    settings: Settings,
    now: datetime,
    application_id: int | None = None,
) -> Fee:
    """Charge a person the fee of the day, to be paid within 30 days."""
    today = words.today_in(now, settings.network_timezone)
    reference = references.new(settings.network_name)
    while fees.fee_with_code(session, reference[-references.CODE :]) is not None:
        reference = references.new(settings.network_name)
    fee = Fee(
        person_id=person_id,
        application_id=application_id,
        kind=_kind(settings),
        amount_pence=settings.fee_pence,
        reference=reference,
        code=reference[-references.CODE :],
        raised_on=today,
        raised_at=now,
        due_on=today + timedelta(days=DAYS_TO_PAY),
    )
    session.add(fee)
    session.flush()
    facts: dict[str, log.Fact] = {"fee": fee.id, "pence": fee.amount_pence, "due_on": fee.due_on.isoformat()}
    log.record(session, act="fee raised", by="countmein", about=f"person:{person_id}", now=now, facts=facts)
    return fee


def was_charged(session: Session, person_id: int) -> bool:
    return fees.any_fee(session, person_id)


def raise_fees(session: Session, *, settings: Settings, now: datetime, limit: int = 25) -> int:
    """Charge members whom no fee covers today, `limit` at a time; call again until it says 0.

    A member stays a member, whatever they owe. With a one-off fee everybody is charged once, whenever the
    network begins to charge; with a yearly fee each year follows the one before.
    """
    if not are_charged(settings):
        return 0
    today = words.today_in(now, settings.network_timezone)
    yearly = settings.fee_period is FeePeriod.YEARLY
    uncharged = fees.members_without_fee(session, today if yearly else None, limit)
    for member in uncharged:
        fee = raise_fee(session, person_id=member.person_id, settings=settings, now=now)
        entering.cover(fee, _first_day(member, today))
        ask_to_pay(session, fee, why="member", settings=settings, now=now)
    return len(uncharged)


def ask_to_pay(session: Session, fee: Fee, *, why: str, settings: Settings, now: datetime) -> None:
    """Queue the message that says what to pay, where, by when and whom to ask.

    `why` is "approved", "joining" (nobody had to approve), "founder", "member" or "undone".
    """
    user = people.slack_user_of(session, fee.person_id)
    if user is not None:
        outbox.put(
            session,
            kind="fee_to_pay",
            to=user,
            facts={"why": why, **how_to_pay(session, fee, settings=settings, now=now)},
            now=now,
            bulk=why == "member",
        )


def how_to_pay(session: Session, fee: Fee, *, settings: Settings, now: datetime) -> dict[str, Any]:
    today = words.today_in(now, settings.network_timezone)
    return {
        "pence": fee.amount_pence,
        "kind": fee.kind,
        "reference": fee.reference,
        "due_on": fee.due_on.isoformat(),
        "covers": _years(fee, settings),
        "contacts": [[contact.slack_user, contact.role] for contact in offices.contacts(session, today)],
    }


def how_to_pay_of(
    session: Session, *, team_id: str, user_id: str, settings: Settings, now: datetime
) -> dict[str, Any] | None:
    """How somebody pays what is due first; None when they owe nothing."""
    person_id = people.person_id_of(session, team_id, user_id)
    due = fees.open_fees(session, person_id) if person_id is not None else []
    if not due:
        return None
    return {"why": "asked", **how_to_pay(session, due[0], settings=settings, now=now)}


def cancel_open(session: Session, *, person_id: int, by: str, now: datetime) -> None:
    """Somebody who leaves, or takes back an application, owes nothing any more."""
    for fee in fees.open_fees(session, person_id):
        cancel(session, fee, by=by, now=now)


def cancel(session: Session, fee: Fee, *, by: str, now: datetime) -> None:
    fee.cancelled_at = now
    log.record(
        session,
        act="fee cancelled",
        by=by,
        about=f"person:{fee.person_id}",
        now=now,
        facts={"fee": fee.id},
    )


def restore_cancelled(
    session: Session, *, person_id: int, cancelled_at: datetime, by: str, now: datetime
) -> None:
    """What was owed is owed again; not what money has come for since, which was booked as not owed."""
    for fee in fees.unpaid_fees_cancelled_at(session, person_id, cancelled_at):
        fee.cancelled_at = None
        log.record(
            session, act="fee restored", by=by, about=f"person:{person_id}", now=now, facts={"fee": fee.id}
        )


def _kind(settings: Settings) -> Money:
    # In a society the one-off pound is a share: capital, not income. RFCCBS 6.1.1.
    once = settings.fee_period is FeePeriod.ONCE
    return Money.SHARE if once and settings.legal_form is LegalForm.SOCIETY else Money.SUBSCRIPTION


def _first_day(member: Uncharged, today: date) -> date:
    if member.covered_until is None:
        return today
    follows = member.covered_until + timedelta(days=1)
    # After years without fees nobody is charged for a year that is over.
    return follows if words.day_before_anniversary(follows) >= today else today


def _years(fee: Fee, settings: Settings) -> list[str] | None:
    if settings.fee_period is not FeePeriod.YEARLY or fee.covers_from is None or fee.covers_until is None:
        return None
    return [fee.covers_from.isoformat(), fee.covers_until.isoformat()]
