"""The register of members and officers, true as at any day, in the columns the legal form asks for.

A registered society: Co-operative and Community Benefit Societies Act 2014, s.30. A company limited by
guarantee: Companies Act 2006, s.113. An association has no register by law; ours is kept the same way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from coop.csv_files import Cell
from coop.settings import LegalForm, Settings
from storage import register
from storage.offices import Role

NOT_HELD = "not held"
ERASED = "erased"
OFFICES = {Role.STEERING: "Steering group", Role.TREASURER: "Treasurer", Role.SECRETARY: "Secretary"}


class View(StrEnum):
    """Full is for officers, auditors and the registrar; inspectable is what any member may look into:
    without what anybody holds (s.103 of the 2014 Act) and, as our privacy notice promises, without e-mails.
    """

    FULL = "full"
    INSPECTABLE = "inspectable"


@dataclass(frozen=True)
class Member:
    """One line of the register. `pence` is what was paid for `shares`."""

    number: int | None
    name: str
    email: str
    entered_on: date
    ceased_on: date | None
    shares: int
    pence: int


@dataclass(frozen=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Register:
    """`members` is how many there were on that day: whoever left that day counts."""

    members: int
    people: Table
    officers: Table
    missing: tuple[str, ...]


def as_at(session: Session, *, day: date, view: View, settings: Settings) -> Register:
    end = datetime.combine(day + timedelta(days=1), time(0), ZoneInfo(settings.network_timezone))
    names = register.names_as_at(session, end)
    lines = _lines(session, day, end, names)
    columns = _columns(settings.legal_form, view)
    return Register(
        members=sum(1 for line in lines if line.ceased_on is None or line.ceased_on >= day),
        people=Table(
            tuple(name for name, _ in columns),
            tuple(tuple(value(line) for _, value in columns) for line in lines),
        ),
        officers=_officers(session, day, names),
        missing=_missing(settings.legal_form),
    )


def _lines(session: Session, day: date, end: datetime, names: dict[int, str]) -> list[Member]:
    shares, pence = register.shares_as_at(session, day, end), register.pence_for_shares_as_at(session, day)
    return [
        Member(
            entered.number,
            names.get(entered.person_id) or entered.name or ERASED,
            entered.email or NOT_HELD,
            entered.entered_on,
            entered.ceased_on,
            0 if entered.ceased_on else shares.get(entered.person_id, 0),
            0 if entered.ceased_on else pence.get(entered.person_id, 0),
        )
        for entered in register.memberships_as_at(session, day)
    ]


Column = tuple[str, Callable[[Member], Cell]]


def _columns(form: LegalForm, view: View) -> list[Column]:
    address: list[Column] = []
    if form is not LegalForm.ASSOCIATION:
        kind = "Postal address" if form is LegalForm.SOCIETY else "Service address"
        address = [(kind, lambda _line: NOT_HELD)]
    notices: list[Column] = [
        ("Address for notices", lambda line: line.email),
        (
            "Notified for",
            lambda line: NOT_HELD if line.email == NOT_HELD else "notices of meetings, votes and fees",
        ),
    ]
    holdings: list[Column] = [
        ("Shares", lambda line: line.shares),
        ("Paid on shares (£)", lambda line: f"{line.pence // 100}.{line.pence % 100:02}"),
        ("Other property in the society", lambda _line: "none recorded"),
    ]
    return [
        ("Member number", lambda line: line.number),
        ("Name", lambda line: line.name),
        *address,
        *(notices if view is View.FULL else []),
        ("Entered on the register", lambda line: line.entered_on),
        ("Ceased to be a member", lambda line: line.ceased_on),
        *(holdings if view is View.FULL and form is LegalForm.SOCIETY else []),
    ]


def _officers(session: Session, day: date, names: dict[int, str]) -> Table:
    rows = [
        (
            names.get(held.person_id) or held.name or ERASED,
            OFFICES[Role(held.role)],
            held.from_on,
            held.until_on,
            held.ended_on,
        )
        for held in register.offices_as_at(session, day)
    ]
    return Table(("Name", "Office", "From", "Until", "Ended before that on"), tuple(rows))


def _missing(form: LegalForm) -> tuple[str, ...]:
    """What the law asks for and the record does not hold."""
    if form is LegalForm.SOCIETY:
        return ("postal addresses of members and officers (section 30 of the 2014 Act)",)
    if form is LegalForm.COMPANY:
        return ("service addresses of members (section 113 of the Companies Act 2006)",)
    return ()
