"""Marking payments that reached the network's account, and taking a mark back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from coop import entering, fees, late_years, offices, references, unowed, words
from coop.errors import FieldError, NotAllowed, UserError
from coop.settings import Settings
from coop.unowed import Ended
from storage import fees as record
from storage import log, members, outbox, people
from storage.fees import Fee, LedgerEntry, Money, Payment
from storage.members import Application, ApplicationState
from storage.offices import Role

PAID_ON = "paid_on"  # the block of the form that a wrong date is shown beside
MOST_AT_ONCE = 40  # what fits one window
EARLY = timedelta(days=31)  # a standing order, or a pound handed over before there was a reference
OWN_FEE = (
    "Nobody marks their own payment, so nothing changed. Another treasurer can mark it: "
    "`countmein role grant` makes one."
)


@dataclass(frozen=True)
class Payable:
    """`gone` says why it is not owed any more, such as "left on 4 June 2027", and what is due instead; it can
    be booked still.
    """

    fee_id: int
    name: str
    amount_pence: int
    reference: str
    gone: str = ""


@dataclass(frozen=True)
class Found:
    """What a list of references stands for: what can be booked, and a sentence for each that cannot."""

    payable: tuple[Payable, ...]
    problems: tuple[str, ...]


def find(session: Session, *, typed: Sequence[str], by: int | None, today: date) -> Found:
    """Raises NotAllowed unless `by` is a treasurer, UserError for more references than one window shows."""
    offices.require(session, by=by, role=Role.TREASURER, today=today)
    if len(typed) > MOST_AT_ONCE:
        raise UserError(
            f"These are {len(typed)} references, and {MOST_AT_ONCE} are the most at a time. Nothing changed."
        )
    codes = {reference: references.code_of(reference) for reference in typed}
    known = record.fees_with_codes(session, [code for code in codes.values() if code])
    names = members.named(session, [fee.person_id for fee in known.values()])
    payable: dict[int, Payable] = {}
    problems = []
    for reference, code in codes.items():
        fee = known.get(code or "")
        if fee is None:
            problems.append(_not_found(reference, code))
        elif (problem := _problem(fee, names[fee.person_id].name, by)) is not None:
            problems.append(problem)
        else:
            name, gone = names[fee.person_id].name, _gone(session, fee)
            payable[fee.id] = Payable(fee.id, name, fee.amount_pence, fee.reference, gone)
    return Found(tuple(payable.values()), tuple(problems))


def mark_paid(
    session: Session,
    *,
    fee_ids: Sequence[int],
    gone: Collection[int] = (),
    paid_on: date,
    by: int | None,
    settings: Settings,
    now: datetime,
) -> tuple[Payment, ...]:
    """Book payments, all or none. Whoever was waiting only for this becomes a member; whoever has left does
    not become one again. `gone` are the fees that were shown as not owed any more.

    Raises NotAllowed, FieldError for a day to come or long before the reference, UserError when one has
    changed since it was shown.
    """
    today = words.today_in(now, settings.network_timezone)
    treasurer = offices.require(session, by=by, role=Role.TREASURER, today=today)
    if paid_on > today:
        raise FieldError(PAID_ON, "This day has not come yet. Give the day the money arrived.")
    booked = []
    for fee_id in dict.fromkeys(fee_ids):
        fee, name = _payable(session, fee_id, treasurer, paid_on)
        _check_day(fee, paid_on)
        ended = unowed.ended(session, fee)
        _check_unchanged(fee, name, ended, was_gone=fee_id in gone)
        if ended and ended.owed_until and paid_on <= ended.owed_until:
            fee.cancelled_at = ended = None
            late_years.make_room(session, fee, by=f"person:{treasurer}", settings=settings, now=now)
        is_owed = ended is None
        entry = _book(session, fee, is_owed=is_owed, paid_on=paid_on, by=treasurer, now=now)
        if ended is None:
            _follow_up(session, fee, by=treasurer, settings=settings, now=now)
        else:
            unowed.tell(session, fee, ended, today=today, now=now)
        booked.append(Payment(entry, fee.person_id, name, fee.amount_pence, fee.reference, paid_on, is_owed))
    return tuple(booked)


def undo(session: Session, *, entry_id: int, by: int | None, settings: Settings, now: datetime) -> Payment:
    """Take a payment back by an entry that reverses it. The fee is due again; a member stays a member."""
    today = words.today_in(now, settings.network_timezone)
    treasurer = offices.require(session, by=by, role=Role.TREASURER, today=today)
    payment, entry = record.standing_payment(session, entry_id), record.entry(session, entry_id)
    if payment is None or entry is None:
        raise UserError("This payment has been taken back already. Nothing changed.")
    if payment.person_id == treasurer:
        raise NotAllowed(OWN_FEE)
    session.add(_reversal(entry, by=treasurer, now=now))
    fee = record.fee(session, entry.fee_id)
    if fee is not None:
        _owe_again(session, fee, by=treasurer, settings=settings, now=now)
    _record(session, "payment taken back", entry, by=treasurer, now=now)
    return payment


def _payable(session: Session, fee_id: int, treasurer: int, paid_on: date) -> tuple[Fee, str]:
    fee = record.fee(session, fee_id)
    if fee is None:
        raise UserError("I cannot find one of these fees any more. Nothing was booked.")
    name = people.person(session, fee.person_id).name or ""
    if (problem := _problem(fee, name, treasurer)) is not None:
        raise UserError(f"{problem} Nothing was booked.")
    if (
        (due := unowed.due_instead(session, fee)) is not None
        and unowed.is_like(fee, due)
        and paid_on >= _earliest(due)
    ):
        raise UserError(
            f"{fee.reference} ({name}) is not due any more, but {due.reference} is. Mark that one. "
            "Nothing was booked."
        )
    return fee, name


def _check_unchanged(fee: Fee, name: str, ended: Ended | None, *, was_gone: bool) -> None:
    if (ended is not None) != was_gone:
        now = f"{name} {ended.said}" if ended else f"{name} owes it again"
        raise UserError(
            f"{fee.reference} has changed since you saw it: {now}. Nothing was booked. "
            "Type the command again to see how it stands."
        )


def _check_day(fee: Fee, paid_on: date) -> None:
    earliest = _earliest(fee)
    if paid_on < earliest:
        raise FieldError(
            PAID_ON,
            f"The reference {fee.reference} was given on {words.on(fee.raised_on)}, and this day is long "
            f"before that. Give the day the money arrived, {words.on(earliest)} at the earliest.",
        )


def _earliest(fee: Fee) -> date:
    return fee.raised_on - EARLY


def _gone(session: Session, fee: Fee) -> str:
    if (ended := unowed.ended(session, fee)) is None:
        return ""
    if (due := unowed.due_instead(session, fee)) is None:
        return ended.said
    if not unowed.is_like(fee, due):
        return f"{ended.said}; {due.reference} is due, {words.pounds(due.amount_pence)}"
    since = words.on(_earliest(due))
    return f"{ended.said}; {due.reference} is due: mark that one for money that came on {since} or later"


def _problem(fee: Fee, name: str, by: int | None) -> str | None:
    if fee.person_id == by:
        return f"{fee.reference} is your own fee. Another treasurer has to mark it."
    if fee.paid_on is not None:
        return f"{fee.reference} ({name}) was paid on {words.on(fee.paid_on)} already."
    return None


def _not_found(reference: str, code: str | None) -> str:
    shown = reference[:30]
    if code is None:
        return f"{shown} is not a reference of ours: a character is wrong or missing."
    return f"{shown} looks right, but no fee has this reference."


def _book(session: Session, fee: Fee, *, is_owed: bool, paid_on: date, by: int, now: datetime) -> int:
    entry = LedgerEntry(
        fee_id=fee.id,
        person_id=fee.person_id,
        kind=fee.kind if is_owed else Money.NOT_OWED,
        amount_pence=fee.amount_pence,
        currency=fee.currency,
        method="bank transfer",
        paid_on=paid_on,
        booked_at=now,
        booked_by=by,
    )
    session.add(entry)
    fee.paid_on = paid_on
    session.flush()
    _record(session, "payment marked" if is_owed else "money not owed received", entry, by=by, now=now)
    return entry.id


def _follow_up(session: Session, fee: Fee, *, by: int, settings: Settings, now: datetime) -> None:
    """Paid and approved makes a member; a member gets a receipt."""
    today = words.today_in(now, settings.network_timezone)
    if (application := _waiting_for(session, fee, settings, today)) is not None:
        entered = entering.enter(
            session,
            person_id=fee.person_id,
            application=application,
            by=f"person:{by}",
            settings=settings,
            now=now,
        )
        entering.give_receipt(session, entered, paid=fee, settings=settings, now=now)
    elif (user := people.slack_user_of(session, fee.person_id)) is not None:
        facts = {"pence": fee.amount_pence, "kind": fee.kind, "reference": fee.reference}
        paid_on = fee.paid_on.isoformat() if fee.paid_on else None
        outbox.put(session, kind="receipt_paid", to=user, facts={**facts, "paid_on": paid_on}, now=now)


def _waiting_for(session: Session, fee: Fee, settings: Settings, today: date) -> Application | None:
    """The approved application that waited for this money alone: its own fee, or a year found paid."""
    application = members.open_application(session, fee.person_id)
    if application is None or application.state != ApplicationState.APPROVED:
        return None
    is_for_it = application.id == fee.application_id or late_years.lasts(fee, settings, today)
    return application if is_for_it else None


def _reversal(entry: LedgerEntry, *, by: int, now: datetime) -> LedgerEntry:
    return LedgerEntry(
        fee_id=entry.fee_id,
        person_id=entry.person_id,
        kind=entry.kind,
        amount_pence=-entry.amount_pence,
        currency=entry.currency,
        method=entry.method,
        paid_on=entry.paid_on,
        booked_at=now,
        booked_by=by,
        reverses=entry.id,
    )


def _owe_again(session: Session, fee: Fee, *, by: int, settings: Settings, now: datetime) -> None:
    fee.paid_on = None
    if fee.cancelled_at is not None:  # it was not owed when the money came
        return
    of_it = (
        membership
        for membership in members.memberships_of(session, fee.person_id)
        if fees.reaches(fee, since=membership.entered_on, settings=settings)
    )
    if late_years.give_back(session, fee, by=f"person:{by}", settings=settings, now=now):
        # Who came back has paid for the time since: it is of the membership it began in.
        of_it = (then for then in of_it if fee.covers_from and then.entered_on <= fee.covers_from)
    membership = next(of_it, None)
    if membership is not None and membership.ceased_at is None:
        fees.ask_to_pay(session, fee, why="undone", settings=settings, now=now)
    else:  # of a membership that is over: nobody is asked for money after that
        fee.cancelled_at = membership.ceased_at if membership is not None else now


def _record(session: Session, act: str, entry: LedgerEntry, *, by: int, now: datetime) -> None:
    log.record(
        session,
        act=act,
        by=f"person:{by}",
        about=f"person:{entry.person_id}",
        now=now,
        facts={
            "entry": entry.id,
            "pence": entry.amount_pence,
            "paid_on": entry.paid_on.isoformat(),
        },
    )
