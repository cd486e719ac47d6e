"""A worker killed with -9 at each moment of taking something down: the next one finishes it, and says so once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

POINTS = (
    "takedown.committed",
    "takedown.before-delete",
    "takedown.deleted",
    "takedown.not-committed",
    "takedown.stored",
)
# One process with one thread, which forks the life that is killed: everything is imported once.
LIVES = """
import json, os, signal, sys
from coop.publishing import GoneAlready, TakenDown
from coop.announcing import telling
from handlers.announcing import taking_down
from handlers.requests import Caller, Submission
from storage.base import Base
from storage.database import Database
from storage.outbox import OutboxRow
import storage.tables
from tests import lanes
from tests.announcing import Clock, Group, Listed, utc
from tests.coop.people import TEAM

class Remote(Listed):
    def take_down(self, removal):
        self.removals.append(removal)
        there = os.path.exists(file)
        if there:
            os.unlink(file)
        return TakenDown() if there else GoneAlready()

record, file, *points = sys.argv[1:]
database = Database(record)
Base.metadata.create_all(database.writer)
group = Group(database, Clock(utc(27, 9, 30)), x=Remote())
verdicts = {}
for point in points:
    one = group.propose(point).id
    group.approve(one)
    lanes.tick(group.deps, group.clock.forward(minutes=10))
    open(file, "w").close()
    form = Submission(
        point, Caller(TEAM, "U0CARYS"), "", {"reason": "why"}, json.dumps({"announcement": one}), ""
    )
    database.dispose()
    child = os.fork()
    if child == 0:
        os.environ["COUNTMEIN_CRASH_AT"] = point
        taking_down.take_down(form, group.deps)
        lanes.take_down(group.deps, group.clock.now)
        os._exit(0)
    killed = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    lanes.take_down(group.deps, group.clock.forward(seconds=121))
    (to,) = group.see(one).deliveries
    with database.read() as session:
        rows = session.query(OutboxRow).filter_by(kind=telling.TAKEN_DOWN)
        told = sum(row.facts["delivery"] == to.id for row in rows)
    verdicts[point] = [killed, os.path.exists(file), to.takedown and to.takedown.state, told]
print(json.dumps(verdicts))
"""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_killed_worker_leaves_nothing_up_and_says_it_once(request, tmp_path, kind):
    record = (
        f"sqlite:///{tmp_path}/record.db" if kind == "sqlite" else request.getfixturevalue("postgres_url")
    )
    asked = [sys.executable, "-c", LIVES, record, str(tmp_path / "post"), *POINTS]
    ran = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert ran.stdout, ran.stderr
    assert json.loads(ran.stdout) == {point: [True, False, "done", 1] for point in POINTS}
