"""The moment somebody becomes a member: a dated row, a number for life, a receipt and a card."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from coop import words
from coop.errors import UserError
from coop.settings import Settings
from storage import fees, log, members, outbox, people
from storage.fees import Fee
from storage.members import Application, ApplicationState, Membership, MembershipKind


@dataclass(frozen=True)
class Entered:
    person_id: int
    name: str
    number: int
    since: date
    again: bool


def enter(
    session: Session,
    *,
    person_id: int,
    application: Application | None,
    by: str,
    settings: Settings,
    now: datetime,
) -> Entered:
    """Make a person a member today. They keep the number they had before, if they had one.

    The caller has made sure that they are not a member already.
    """
    today = words.today_in(now, settings.network_timezone)
    again = members.last_membership(session, person_id) is not None
    person = people.person(session, person_id)
    if person.member_number is None:
        person.member_number = members.next_number(session)
    if application is not None:
        application.state = ApplicationState.ENTERED
    session.add(
        Membership(
            person_id=person_id,
            kind=MembershipKind.INDIVIDUAL,
            application_id=application.id if application else None,
            entered_on=today,
            entered_at=now,
        )
    )
    session.flush()
    log.record(
        session,
        act="joined",
        by=by,
        about=f"person:{person_id}",
        now=now,
        facts={
            "name": person.name,
            "number": person.member_number,
            "entered_on": today.isoformat(),
        },
    )
    for fee in fees.uncovered_fees(session, person_id):
        cover(fee, today)
    return Entered(person_id, person.name or "", person.member_number, today, again)


def cover(fee: Fee, first_day: date) -> None:
    """Say which year a fee is for; a one-off fee counts as its first year should fees become yearly."""
    fee.covers_from = first_day
    fee.covers_until = words.day_before_anniversary(first_day)


def give_receipt(
    session: Session, entered: Entered, *, paid: Fee | None, settings: Settings, now: datetime
) -> None:
    """Queue the receipt, and the card after it."""
    user = people.slack_user_of(session, entered.person_id)
    if user is None:
        return
    receipt = {
        "name": entered.name,
        "number": entered.number,
        "since": entered.since.isoformat(),
        "again": entered.again,
        "paid_pence": paid.amount_pence if paid else None,
        "paid_on": paid.paid_on.isoformat() if paid and paid.paid_on else None,
        "next_step": next_step(settings, entered.number),
    }
    row = outbox.put(session, kind="receipt_joined", to=user, facts=receipt, now=now)
    outbox.put(session, kind="card", to=user, facts=_card(entered), now=now, after_id=row)


def send_card(session: Session, *, team_id: str, user_id: str, now: datetime) -> None:
    """Queue a member's card once more. Raises UserError for anybody who is not a member."""
    person_id = people.person_id_of(session, team_id, user_id)
    membership = members.current_membership(session, person_id) if person_id is not None else None
    if person_id is None or membership is None:
        raise UserError("Only members have a card, and you're not a member. Type `/countmein` to join.")
    person = people.person(session, person_id)
    held = Entered(
        person_id, person.name or "", person.member_number or 0, membership.entered_on, again=False
    )
    outbox.put(session, kind="card", to=user_id, facts=_card(held), now=now)


def _card(entered: Entered) -> dict[str, Any]:
    return {"name": entered.name, "number": entered.number, "since": entered.since.isoformat()}


def next_step(settings: Settings, number: int) -> str:
    """One thing to do; members in a row get different ones, so that not everybody does the first."""
    steps = settings.next_steps
    return steps[(number - 1) % len(steps)] if steps else ""
