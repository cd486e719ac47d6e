"""What officers may read about everybody, and the daily line on who joined and left."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from coop import offices
from storage import fees, log, members, outbox, rolls
from storage.fees import Payment
from storage.offices import Role
from storage.rolls import Listed, Roll

ON_A_PAGE = 10
PAYMENTS_SHOWN = 50


@dataclass(frozen=True)
class Page:
    """`number` counts from 0; `can_decide` and `can_book` say which buttons its reader may use."""

    roll: Roll
    number: int
    pages: int
    lines: tuple[Listed, ...]
    counts: dict[Roll, int]
    can_decide: bool
    can_book: bool


def page(session: Session, *, roll: Roll, number: int, by: int | None, today: date) -> Page:
    """Raises NotAllowed for anybody but a current officer. A page past the end shows the last one."""
    officer = offices.require_officer(session, by=by, today=today)
    roles = offices.roles_of(session, officer, today)
    counts = rolls.counts(session)
    pages = max(1, -(-counts[roll] // ON_A_PAGE))
    number = min(max(number, 0), pages - 1)
    lines = rolls.listed(session, roll, offset=number * ON_A_PAGE, limit=ON_A_PAGE)
    return Page(
        roll,
        number,
        pages,
        tuple(lines),
        counts,
        can_decide=Role.STEERING in roles,
        can_book=Role.TREASURER in roles,
    )


def payments(session: Session, *, by: int | None, today: date) -> list[Payment]:
    """The newest payments that stand. Raises NotAllowed for anybody but a current treasurer."""
    offices.require(session, by=by, role=Role.TREASURER, today=today)
    return fees.standing_payments(session, PAYMENTS_SHOWN)


def counts(session: Session) -> dict[Roll, int]:
    return rolls.counts(session)


def waiting(session: Session, limit: int) -> list[Listed]:
    return rolls.listed(session, Roll.WAITING, offset=0, limit=limit)


def send_csv(session: Session, *, by: int | None, to: str, today: date, now: datetime) -> None:
    """Queue the whole list as a file for an officer, and note who took it. Raises NotAllowed."""
    officer = offices.require_officer(session, by=by, today=today)
    outbox.put(session, kind="members_csv", to=to, facts={"by": officer}, now=now)
    log.record(
        session, act="list of members taken", by=f"person:{officer}", about=f"person:{officer}", now=now
    )


def tell_of(session: Session, *, day: date, to: str, now: datetime) -> None:
    """Queue the daily line on who joined and who left; nothing when nobody did, or there is nowhere to."""
    joined, left = rolls.entered_on(session, day), rolls.ceased_on(session, day)
    if to and (joined or left):
        facts = {
            "on": day.isoformat(),
            "joined": joined,
            "left": left,
            "members": members.count_of_members(session),
        }
        outbox.put(session, kind="joined_and_left", to=to, facts=facts, now=now)
