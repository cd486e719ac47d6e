"""What all parts came to, as docs/evidence.md."""

import os
import platform
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coop import words
from tests.evidence import clock_changes, faults_told, kills_told, lengths, throughput_told, walks_told

WRITTEN_TO = Path(__file__).parents[2] / "docs" / "evidence.md"
PAGE = "docs/evidence.md"
Told = Mapping[str, Any]


@dataclass(frozen=True)
class Part:
    """The jobs whose names begin with `name`: their pages, and what does not hold."""

    name: str
    lines: Callable[[Told], Iterator[str]]
    failures: Callable[[Told], Iterator[str]]

    def of(self, told: Told) -> Told:
        return {name: one for name, one in told.items() if name.startswith(self.name)}


PARTS = (
    Part("kills", kills_told.lines, kills_told.failures),
    Part("faults", faults_told.lines, faults_told.failures),
    Part("walks", walks_told.lines, walks_told.failures),
    Part("throughput", throughput_told.lines, throughput_told.failures),
)
# These take a second or two, and are done as they are written.
TABLES = (clock_changes, lengths)


@dataclass(frozen=True)
class Evidence:
    seed: int
    scale: float
    seconds: float
    told: Told

    def failures(self) -> list[str]:
        parts = [failure for part in PARTS for failure in part.failures(part.of(self.told))]
        return parts + [failure for table in TABLES for failure in table.failures()]


def write(evidence: Evidence, to: Path = WRITTEN_TO) -> Path:
    to.parent.mkdir(exist_ok=True)
    to.write_text("\n".join(_lines(evidence)) + "\n", encoding="utf-8")
    return to.relative_to(Path.cwd()) if to.is_relative_to(Path.cwd()) else to


def _lines(evidence: Evidence) -> Iterator[str]:
    scale = "" if evidence.scale == 1 else f" --scale {evidence.scale:g}"
    yield from ("# Sent once: the evidence", "")
    yield f"- Commit: {_commit()}"
    yield f"- Date: {words.on(datetime.now(UTC).date())}"
    yield f"- Seed: {evidence.seed} (`python -m tests.evidence --seed {evidence.seed}{scale}` repeats it)"
    yield f"- Machine: {_machine()}"
    yield f"- Time: {evidence.seconds / 60:.1f} minutes (`make evidence`)"
    failures = evidence.failures()
    yield from (
        "",
        "Everything holds." if not failures else "",
        *(f"**Does not hold: {failure}**" for failure in failures),
        "",
    )
    for part in PARTS:
        if told := part.of(evidence.told):
            yield from part.lines(told)
            yield ""
    for table in TABLES:
        yield from table.lines()
        yield ""
    yield from ("## Not tested", "")
    yield (
        "Everything here ran against stand-ins for X, Mastodon, Bluesky and Slack on one machine. Real power "
        "loss, the networks themselves and a timeline that is later than three minutes are not in these "
        "figures; for a later one the steering group is asked."
    )


def _commit() -> str:
    """With a loud word where the tree is not what the commit says; this page itself is not meant."""
    if not (found := _git("rev-parse", "--short", "HEAD")):
        return "not known"
    changed = [line for line in _git("status", "--porcelain", "-uno").splitlines() if PAGE not in line]
    return f"{found}, **with uncommitted changes: not to be published**" if changed else found


def _git(*words_of_it: str) -> str:
    asked = ["git", *words_of_it]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=WRITTEN_TO.parent.parent)
    return done.stdout.strip()


def _machine() -> str:
    cores = words.counted(os.cpu_count() or 1, "core")
    return f"{platform.system()} {platform.machine()}, {cores}, Python {platform.python_version()}"
