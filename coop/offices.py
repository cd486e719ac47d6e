"""Who holds which office today; granting and ending them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from coop import words
from coop.errors import NotAllowed, UserError
from storage import log, members, offices, outbox, people
from storage.offices import Office, Officer, Role

# Whom people ask about money and membership, the likeliest to know first.
ASKED_FIRST = (Role.TREASURER, Role.SECRETARY, Role.STEERING)
NAMES = {
    Role.STEERING: "a member of the steering group",
    Role.TREASURER: "the treasurer",
    Role.SECRETARY: "the secretary",
}
REFUSALS = {
    Role.STEERING: "Only members of the steering group can do this, so nothing changed.",
    Role.TREASURER: "Only the treasurer can do this, so nothing changed.",
    Role.SECRETARY: "Only the secretary can do this, so nothing changed.",
}
NOT_AN_OFFICER = "Only officers can do this, so nothing changed."


@dataclass(frozen=True)
class Contact:
    """An officer whom people may ask: `role` is said as in "the treasurer"."""

    slack_user: str
    name: str
    role: str


@dataclass(frozen=True)
class Term:
    """Both days are part of it."""

    role: Role
    from_on: date
    until_on: date


@dataclass(frozen=True)
class Seat:
    person_id: int
    name: str
    role: Role
    until_on: date


def current(session: Session, today: date, role: Role | None = None) -> list[Officer]:
    return offices.officers_on(session, today, role)


def is_officer(session: Session, team_id: str, user_id: str, today: date) -> bool:
    return bool(offices.roles_of_account(session, team_id, user_id, today))


def roles_of_account(session: Session, team_id: str, user_id: str, today: date) -> frozenset[Role]:
    return offices.roles_of_account(session, team_id, user_id, today)


def roles_of(session: Session, person_id: int, today: date) -> frozenset[Role]:
    return offices.roles_of(session, person_id, today)


def require(session: Session, *, by: int | None, role: Role, today: date) -> int:
    """The acting person's id. Raises NotAllowed unless they hold `role` today."""
    if by is None or role not in offices.roles_of(session, by, today):
        raise NotAllowed(REFUSALS[role])
    return by


def require_officer(session: Session, *, by: int | None, today: date) -> int:
    """The acting person's id. Raises NotAllowed unless they hold any office today."""
    if by is None or not offices.roles_of(session, by, today):
        raise NotAllowed(NOT_AN_OFFICER)
    return by


def contacts(session: Session, today: date) -> tuple[Contact, ...]:
    """Two different people to ask, fewer only when fewer hold an office."""
    holders = sorted(offices.officers_on(session, today), key=lambda officer: ASKED_FIRST.index(officer.role))
    first_role_of = {officer.person_id: officer for officer in reversed(holders)}
    chosen = sorted(first_role_of.values(), key=holders.index)[:2]
    return tuple(Contact(officer.slack_user, officer.name, NAMES[officer.role]) for officer in chosen)


def grant(session: Session, *, person_id: int, term: Term, by: str, now: datetime) -> Seat:
    """Give a member an office for a term; a current term in the same office gives way to it.

    One that was to begin on the same day or later never had a day of its own: its row takes the new term,
    and the log keeps both.

    Raises UserError for somebody who is not a member, or a term that ends before it begins.
    """
    name = people.person(session, person_id).name or "This person"
    if members.current_membership(session, person_id) is None:
        raise UserError(f"{name} is not a member, and only members can hold an office. Nothing changed.")
    if term.until_on < term.from_on:
        raise UserError(
            f"{words.on(term.until_on)} is in the past. Give the last day of the term. Nothing changed."
        )
    _give(session, person_id, term, by, now)
    facts = {"role": term.role, "from": term.from_on.isoformat(), "until": term.until_on.isoformat()}
    _record(session, "office granted", person_id=person_id, by=by, now=now, **facts)
    return Seat(person_id, name, term.role, term.until_on)


def holder(session: Session, user_id: str) -> int:
    """The person behind a Slack member ID, without asking Slack. Raises UserError for a stranger."""
    person_id = people.person_id_of_user(session, user_id)
    if person_id is None:
        raise UserError(f"Nobody with the Slack member ID {user_id} is in the record. Nothing changed.")
    return person_id


def tell_granted(session: Session, seat: Seat, now: datetime) -> None:
    """Queue the word to somebody that they hold an office from now on."""
    user = people.slack_user_of(session, seat.person_id)
    if user is not None:
        facts = {"role": seat.role, "until": seat.until_on.isoformat()}
        outbox.put(session, kind="office_granted", to=user, facts=facts, now=now)


def end(session: Session, *, person_id: int, role: Role, by: str, today: date, now: datetime) -> Seat:
    """End an office at once. Raises UserError when the person does not hold it."""
    name = people.person(session, person_id).name or "This person"
    for held in offices.open_offices(session, person_id):
        if held.role == role and held.until_on >= today:
            _close(held, on=today, why="ended", now=now)
            _record(session, "office ended", person_id=person_id, by=by, now=now, role=role)
            return Seat(person_id, name, role, today)
    raise UserError(f"{name} is not {NAMES[role]}, so nothing changed.")


def end_all(session: Session, *, person_id: int, by: str, today: date, now: datetime) -> None:
    """What becomes of the offices of somebody whose membership ends."""
    for held in offices.open_offices(session, person_id):
        _close(held, on=min(held.until_on, today), why="membership ended", now=now)
        _record(session, "office ended", person_id=person_id, by=by, now=now, role=held.role)


def restore(session: Session, *, person_id: int, ended_at: datetime, by: str, now: datetime) -> None:
    """Give back the offices that ended with a membership at `ended_at`, when that ending is undone."""
    for held in offices.offices_ended_at(session, person_id, ended_at):
        held.ended_on = held.ended_at = held.end_reason = None
        _record(session, "office restored", person_id=person_id, by=by, now=now, role=held.role)


def _give(session: Session, person_id: int, term: Term, by: str, now: datetime) -> None:
    for held in offices.open_offices(session, person_id):
        if held.role != term.role:
            continue
        if held.from_on >= term.from_on:
            held.from_on, held.until_on = term.from_on, term.until_on
            held.granted_at, held.granted_by = now, by
            return
        _close(held, on=min(held.until_on, term.from_on - timedelta(days=1)), why="a new term", now=now)
    session.flush()
    session.add(Office(person_id=person_id, **vars(term), granted_at=now, granted_by=by))
    session.flush()


def _close(held: Office, *, on: date, why: str, now: datetime) -> None:
    held.ended_on, held.ended_at, held.end_reason = on, now, why


def _record(session: Session, act: str, *, person_id: int, by: str, now: datetime, **facts: log.Fact) -> None:
    log.record(session, act=act, by=by, about=f"person:{person_id}", now=now, facts=facts)
