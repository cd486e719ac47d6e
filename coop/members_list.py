"""What officers may read about everybody, and the daily line on who joined and who left."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from coop import offices
from storage import people, rolls
from storage.offices import Role
from storage.rolls import Listed, Roll

ON_A_PAGE = 10


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


@dataclass(frozen=True)
class Day:
    """Who joined and who left on one calendar day."""

    on: date
    joined: tuple[str, ...]
    left: tuple[str, ...]


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


def waiting(session: Session, *, limit: int) -> list[Listed]:
    return rolls.listed(session, Roll.WAITING, offset=0, limit=limit)


def day(session: Session, on: date) -> Day:
    return Day(on, tuple(rolls.entered_on(session, on)), tuple(rolls.ceased_on(session, on)))


def officer_of_account(session: Session, team_id: str, user_id: str, today: date) -> int:
    """The person behind an account. Raises NotAllowed unless they hold an office."""
    by = people.person_id_of(session, team_id, user_id)
    return offices.require_officer(session, by=by, today=today)
