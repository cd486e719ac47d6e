"""Day one: the first members, who are also the first steering group."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from coop import entering, fees, offices, words
from coop.errors import UserError
from coop.offices import Seat, Term
from coop.settings import Settings
from storage import members, outbox, people
from storage import offices as record
from storage.offices import Role

FEWEST = 2  # one person alone could approve nothing: nobody decides on what is their own


@dataclass(frozen=True)
class Founder:
    """A full member of the workspace, by the name Slack shows."""

    team_id: str
    user_id: str
    name: str


def found(
    session: Session,
    *,
    founders: Sequence[Founder],
    until: date,
    settings: Settings,
    now: datetime,
) -> list[Seat]:
    """Make people members and the steering group until the end of the day `until`; each owes the fee.

    Raises UserError for fewer than two people, or when the network has had an office before.
    """
    if len({founder.user_id for founder in founders}) < FEWEST:
        raise UserError("A steering group needs at least two people. Nothing changed.")
    if record.any_office_ever(session):
        raise UserError(
            "This network has its first officers already, so nothing changed. "
            "Use `countmein role grant` to add others."
        )
    today = words.today_in(now, settings.network_timezone)
    seats = []
    for founder in dict.fromkeys(founders):
        person_id = _enter(session, founder, settings, now)
        term = Term(Role.STEERING, today, until)
        seats.append(offices.grant(session, person_id=person_id, term=term, by="command line", now=now))
    for seat in seats:
        _tell(session, seat, settings, now)
    return seats


def _enter(session: Session, founder: Founder, settings: Settings, now: datetime) -> int:
    person_id = people.add_with_account(session, founder.team_id, founder.user_id, now)
    if members.current_membership(session, person_id) is not None:
        return person_id
    person = people.person(session, person_id)
    person.name = person.name or founder.name
    application = members.open_application(session, person_id)
    entering.enter(
        session,
        person_id=person_id,
        application=application,
        by="command line",
        settings=settings,
        now=now,
    )
    return person_id


def _tell(session: Session, seat: Seat, settings: Settings, now: datetime) -> None:
    """After everybody is in, so that the two officers to ask can be named; then what they owe."""
    user = people.slack_user_of(session, seat.person_id)
    if user is None:
        return
    today = words.today_in(now, settings.network_timezone)
    contacts = [[contact.slack_user, contact.role] for contact in offices.contacts(session, today)]
    facts = {"name": seat.name, "until": seat.until_on.isoformat(), "contacts": contacts}
    outbox.put(session, kind="founder_entered", to=user, facts=facts, now=now)
    if fees.are_charged(settings) and not fees.was_charged(session, seat.person_id):
        fee = fees.raise_fee(session, person_id=seat.person_id, settings=settings, now=now)
        entering.cover(fee, today)
        fees.ask_to_pay(session, fee, why="founder", settings=settings, now=now)
