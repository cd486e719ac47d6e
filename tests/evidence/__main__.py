"""`python -m tests.evidence`: everything that has to hold when it is done a thousand times, written up.

Writes docs/evidence.md; ends with 1 where something does not hold.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.evidence import databases, jobs, report
from tests.evidence.jobs import Grounds, Job

PARTS = {"kills": jobs.killing, "walks": jobs.walking, "faults": jobs.faulting, "throughput": jobs.hurrying}


def main() -> int:
    asked = _asked()
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(1_000_000)
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="countmein-evidence-", dir=databases.quick_folder()) as folder,
        jobs.grounds(Path(folder), asked.postgresql) as ground,
    ):
        told = _run_all(list(_jobs(asked, ground, seed)), started)
    evidence = report.Evidence(seed, asked.scale, time.monotonic() - started, told)
    print(f"Written to {report.write(evidence, asked.to)}.", *evidence.failures(), sep="\n")  # noqa: T201
    return 1 if evidence.failures() else 0


def _jobs(asked: argparse.Namespace, ground: Grounds, seed: int) -> Iterator[Job]:
    for part in asked.parts:
        yield from PARTS[part](ground, seed, asked.scale)


def _run_all(given: list[Job], started: float) -> dict[str, Any]:
    """Two side by side, then those that must be alone."""
    told: dict[str, Any] = {}

    def one(job: Job) -> None:
        begun = time.monotonic()
        told[job.name] = jobs.run(job)
        took, since = time.monotonic() - begun, time.monotonic() - started
        print(f"{job.name}: {took:.0f} s; {since / 60:.1f} min in all", flush=True)  # noqa: T201

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, [job for job in given if not job.alone]))
    for job in given:
        if job.alone:
            one(job)
    return told


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evidence", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="0.01 does a hundredth of everything")
    parser.add_argument("--parts", nargs="+", default=list(PARTS), choices=list(PARTS))
    parser.add_argument("--postgresql", default="", metavar="URL", help="a server to make databases on")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--to", type=Path, default=report.WRITTEN_TO, help="instead of docs/evidence.md")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
