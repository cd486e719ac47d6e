"""`python -m tests.evidence.throughput`: many due deliveries, several workers, told as one line of JSON.

The networks are instant here: what is measured is the record, and what is looked for are two workers with the
same delivery, or two deliveries in flight on one account.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import func, insert, select

import storage.tables  # noqa: F401 -- every table must be known before the schema is made
from bot.jobs import sending
from coop.announcing.content import Target
from coop.deps import Deps
from coop.publishing import Attempt as Tried
from coop.publishing import Outcome, Published
from storage import claims
from storage.announcements import Announcement, Approval
from storage.attempts import Attempt
from storage.base import Base
from storage.database import Busy, Database
from storage.deliveries import Delivery, DeliveryState
from tests.announcing import Clock, Group, Listed, utc
from tests.evidence.databases import quick_folder
from tests.evidence.points import SLACK
from tests.evidence.workers import Worker

BEGINS = utc(27, 9, 30)
BATCH = 500


class Watching(Listed):
    """Writes down each delivery it is given, and whether its account had another one in hand."""

    def __init__(self, folder: Path) -> None:
        super().__init__(SLACK)
        self.folder = folder

    def publish(self, attempt: Tried) -> Outcome:
        in_hand = self.folder / f"in hand {attempt.target}"
        mine = self.folder / f"sent by {os.getpid()}"
        try:
            os.close(os.open(in_hand, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            (self.folder / f"together {attempt.delivery_id}").touch()
        with mine.open("a") as lines:
            lines.write(f"{attempt.delivery_id}\n")
        in_hand.unlink(missing_ok=True)
        return Published(f"post-{attempt.delivery_id}")


def measured(database: Database, folder: Path, *, workers: int, count: int, accounts: int) -> dict[str, Any]:
    """Sends `count` due deliveries over so many accounts, and says what is wrong with it."""
    deps = _filled(database, count, accounts, Watching(folder))
    database.dispose()
    crew: list[Worker] = []
    for _ in range(workers):
        crew.append(Worker.forked(lambda _order: _sent_all(deps), crew))
    began = time.monotonic()
    for worker in crew:
        worker.order()
    for worker in crew:
        worker.answer()
    seconds = time.monotonic() - began
    for worker in crew:
        worker.end()
    return {"workers": workers, "accounts": accounts, "seconds": seconds, **_found(database, folder, count)}


def _sent_all(deps: Deps) -> None:
    """Until nothing is due; where all accounts are busy, others are at work on the last ones."""
    while True:
        with deps.read() as session:
            if SLACK not in claims.networks_due(session, deps.now()):
                return
        try:
            sending.send(deps, SLACK, deps.now())
        except Busy:
            continue


def _filled(database: Database, count: int, accounts: int, network: Watching) -> Deps:
    """One announcement agreed to by the rules; all others are its copies, due one a second until now. One
    before them is sent here, so that workers find everything imported and compiled.
    """
    clock = Clock(BEGINS)
    group = Group(database, clock, slack=network)
    _agreed(group)
    sending.send(group.deps, SLACK, clock.now)
    next(network.folder.glob("sent by *")).unlink()
    first = _agreed(group)
    clock.forward(seconds=count)
    with database.write() as session:
        for table, key in ((Announcement, Announcement.id), (Approval, Approval.announcement_id)):
            row = session.scalars(select(table).where(key == first)).one()
            _copy(session, row, [{key.key: first + number} for number in range(1, count)])
        to = session.scalars(select(Delivery).where(Delivery.announcement_id == first)).one()
        _copy(session, to, [_facts(number, first, accounts) for number in range(1, count)])
    return replace(group.deps, publishers={SLACK: network})


def _agreed(group: Group) -> int:
    announcement = group.propose(targets=(Target(SLACK, "C0"),)).id
    group.approve(announcement)
    group.clock.forward(minutes=10)
    return announcement


def _facts(number: int, first: int, accounts: int) -> dict[str, Any]:
    channel, due = f"C{number % accounts}", BEGINS + timedelta(minutes=20, seconds=number)
    return {
        "announcement_id": first + number,
        "target": channel,
        "account": f"{SLACK}:{channel}",
        "due_at": due,
        "not_before": due,
    }


def _copy(session: Any, row: Any, changes: list[dict[str, Any]]) -> None:
    table = row.__table__
    kept = {column.key: getattr(row, column.key) for column in table.columns if column.key != "id"}
    rows = [{**kept, **change} for change in changes]
    for at in range(0, len(rows), BATCH):
        session.execute(insert(table), rows[at : at + BATCH])


def _found(database: Database, folder: Path, count: int) -> dict[str, Any]:
    sent = [line for file in folder.glob("sent by *") for line in file.read_text().split()]
    with database.read() as session:
        out = select(func.count()).where(Delivery.state == DeliveryState.DELIVERED)
        tries = session.scalar(select(func.count()).select_from(Attempt)) or 0
        missing = count + 1 - (session.scalar(out) or 0)
    return {
        "deliveries": count,
        "twice": len(sent) - len(set(sent)),
        "missing": missing,
        "tries": tries - 1,
        "together": len(list(folder.glob("together *"))),
    }


def main() -> int:
    asked = _asked()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    database = Database(asked.database)
    Base.metadata.create_all(database.writer)
    with tempfile.TemporaryDirectory(prefix="countmein-sent-", dir=quick_folder()) as folder:
        told = measured(
            database, Path(folder), workers=asked.workers, count=asked.deliveries, accounts=asked.accounts
        )
    database.dispose()
    print(json.dumps(told))  # noqa: T201 -- read by whoever started this
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evidence.throughput", description=__doc__)
    parser.add_argument("--database", required=True, metavar="URL", help="an empty one")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--deliveries", type=int, default=200)
    parser.add_argument("--accounts", type=int, default=10)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
