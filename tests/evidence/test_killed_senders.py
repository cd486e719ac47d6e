"""Five kills at every named moment on each database; `make evidence` does fifty and writes them up."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.evidence.points import POINTS

KILLS = 5


@pytest.mark.timeout(240)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_no_kill_loses_or_doubles_an_announcement(request, kind):
    asked = [sys.executable, "-m", "tests.evidence", "--json", "--kills", str(KILLS), "--databases", kind]
    if kind == "postgresql":
        asked += ["--postgresql", request.getfixturevalue("postgres_url")]
    # A process of its own: only a single-threaded parent may fork.
    ran = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert ran.stdout, ran.stderr
    counted = json.loads(ran.stdout.splitlines()[-1])
    assert (counted["points"], counted["kills"]) == (len(POINTS), KILLS * len(POINTS))
    assert (counted["lost"], counted["doubled"], counted["broken_links"]) == ([], [], 0)
    assert counted["accepted_settled"] == counted["accepted"] > 0
    assert (counted["retry_doubled"], counted["drop_lost"]) == (5, 5), "the harness cannot fail"
