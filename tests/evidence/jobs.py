"""The parts of the evidence, each a program of its own that ends with one line of JSON."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.evidence.databases import new_database, postgresql_server

ROOT = Path(__file__).parents[2]
# Database, workers that share it, and kills in a whole run.
KILLS = (("PostgreSQL", 1, 2_000), ("SQLite", 1, 6_600), ("PostgreSQL", 4, 600), ("SQLite", 4, 800))
HURRIES = ((1, 1_000), (4, 10_000))
WALKS, STEPS = (560, 560), 50  # some end before their last step, so more than a thousand


@dataclass(frozen=True)
class Job:
    """`alone` is said of what measures a speed: nothing else may run beside it."""

    name: str
    program: str
    words: tuple[str, ...]
    alone: bool = False


@dataclass
class Grounds:
    """Where jobs find empty databases, all gone in the end."""

    folder: Path
    server: str
    _open: ExitStack = field(default_factory=ExitStack)

    def database(self, kind: str) -> str:
        if kind == "SQLite":
            return f"sqlite:///{self.folder}/{secrets.token_hex(6)}.db"
        return self._open.enter_context(new_database(self.server))


@contextmanager
def grounds(folder: Path, server: str) -> Iterator[Grounds]:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # the PostgreSQL wheel warns without it
    with postgresql_server(server, folder) as url, ExitStack() as opened:
        yield Grounds(folder, url, opened)


def killing(ground: Grounds, seed: int, scale: float) -> Iterator[Job]:
    for kind, workers, kills in KILLS:
        yield Job(
            f"kills, {kind}, {workers}",
            "tests.evidence.killing",
            (
                f"--database={ground.database(kind)}",
                f"--workers={workers}",
                f"--kills={max(round(kills * scale), 1)}",
                f"--seed={seed + workers}",
            ),
        )


def walking(_ground: Grounds, seed: int, scale: float) -> Iterator[Job]:
    for number, runs in enumerate(WALKS, start=1):
        words = (f"--runs={max(round(runs * scale), 1)}", f"--steps={STEPS}", f"--seed={seed + number}")
        yield Job(f"walks, {number}", "tests.evidence.model", words)


def faulting(_ground: Grounds, _seed: int, _scale: float) -> Iterator[Job]:
    yield Job("faults", "tests.evidence.faults", ())


def hurrying(ground: Grounds, _seed: int, scale: float) -> Iterator[Job]:
    for workers, count in HURRIES:
        words = (
            f"--database={ground.database('PostgreSQL')}",
            f"--workers={workers}",
            f"--deliveries={max(round(count * scale), 10)}",
            "--accounts=100",
        )
        yield Job(f"throughput, {workers}", "tests.evidence.throughput", words, alone=True)


def run(job: Job) -> Any:
    """What it told. Raises RuntimeError with what it said, where it fails."""
    command = [sys.executable, "-m", job.program, *job.words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode != 0:
        raise RuntimeError(f"{job.name} failed:\n{done.stdout[-2_000:]}\n{done.stderr[-6_000:]}")
    return json.loads(done.stdout.splitlines()[-1])
