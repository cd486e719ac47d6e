"""A record with as many members as asked, for measuring whether a question costs more in a large network."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from storage import migrating
from storage.database import Database
from storage.members import Agreement, Membership, MembershipKind
from storage.people import Person, SlackAccount

AT_ONCE = 20_000
THEN = datetime(2026, 1, 5, 9, tzinfo=UTC)


def user(number: int) -> str:
    return f"U{number:09d}"


def filled(path: Path, members: int) -> str:
    """The address of a new SQLite record with members 1 to `members`."""
    url = f"sqlite:///{path}"
    migrating.upgrade(url)
    database = Database(url)
    for first in range(1, members + 1, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, members + 1))
        with database.write() as session:
            for table, rows in tables(numbers):
                session.execute(insert(table), list(islice(rows, AT_ONCE)))
    database.dispose()
    return url


def tables(numbers: range) -> Iterator[tuple[Any, Iterator[dict[str, Any]]]]:
    day = date(2026, 1, 5)
    yield (
        Person,
        (
            {
                "id": n,
                "name": f"Member {n}",
                "email": f"m{n}@example.org",
                "member_number": n,
                "created_at": THEN,
            }
            for n in numbers
        ),
    )
    yield (
        SlackAccount,
        ({"person_id": n, "team_id": "T100", "user_id": user(n), "linked_at": THEN} for n in numbers),
    )
    yield (
        Membership,
        (
            {"person_id": n, "kind": MembershipKind.INDIVIDUAL, "entered_on": day, "entered_at": THEN}
            for n in numbers
        ),
    )
    yield (
        Agreement,
        (
            {
                "person_id": n,
                "principles_version": 1,
                "privacy_version": 1,
                "minimum_age": 16,
                "agreed_on": day,
                "agreed_at": THEN,
            }
            for n in numbers
        ),
    )
