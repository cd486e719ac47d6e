"""A few kills at every named moment; `make evidence` does ten thousand and writes them up."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.evidence import jobs, kills_told, verdicts
from tests.evidence.jobs import Job
from tests.evidence.points import POINTS
from tests.evidence.runs import IN_TURN

ROOT = Path(__file__).parents[2]
FLOORS = ("bot", "handlers", "publishers", "coop", "storage")
SHARED = 10
# Each moment once: some of sending with four workers that share the record, all others with one.
RUNS = [("postgresql", 4, 0, SHARED, 0), ("sqlite", 1, SHARED, len(POINTS) - SHARED, 1)]


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("kind", "workers", "skip", "kills", "controls"), RUNS)
def test_no_kill_loses_or_doubles_an_announcement(request, tmp_path, kind, workers, skip, kills, controls):
    with jobs.grounds(tmp_path, _server(request, kind)) as ground:
        database = ground.database("SQLite" if kind == "sqlite" else "PostgreSQL")
        words = (f"--database={database}", f"--workers={workers}", f"--skip={skip}", f"--kills={kills}")
        words = (*words, f"--controls={controls}")
        told = {"kills": jobs.run(Job("kills", "tests.evidence.killing", words))}
    assert list(kills_told.failures(told)) == []
    counts = verdicts.counted(verdicts.read(told["kills"]["verdicts"]))
    assert counts["kills"] == kills
    assert counts["knowable_settled"] == counts["knowable"] > 0
    found = {verdict.point for verdict in verdicts.read(told["kills"]["verdicts"])}
    assert found == {point.name for point in IN_TURN[skip : skip + kills]}


def test_every_moment_the_code_names_is_killed_at():
    named = {name for floor in FLOORS for file in (ROOT / floor).rglob("*.py") for name in moments(file)}
    assert len(POINTS) >= 30
    assert sorted(IN_TURN, key=POINTS.index) == list(POINTS)
    assert named == {point.called for point in POINTS} - {""}


def moments(file: Path) -> Iterator[str]:
    """What `crashpoint` is called with, and both moments of each act that `write` is told."""
    for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        called = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if called == "crashpoint":
            yield from texts(call.args[0])
        for keyword in call.keywords:
            if called == "write" and keyword.arg == "act":
                for act in texts(keyword.value):
                    yield from (f"{act}.written", f"{act}.committed")


def texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.JoinedStr):  # the two of Deps.write itself
        return
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def _server(request, kind):
    """SQLite needs none: an address that nobody opens."""
    return request.getfixturevalue("postgres_url") if kind == "postgresql" else "sqlite://"
