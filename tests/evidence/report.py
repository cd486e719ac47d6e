"""What the kills came to, in counts and as docs/evidence.md."""

import os
import platform
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coop import words
from tests.evidence.kills import LATEST_TIMELINE, Verdict
from tests.evidence.points import POINTS

WRITTEN_TO = Path(__file__).parents[2] / "docs" / "evidence.md"
WITHOUT_A_PERSON = 0.99
CONTROLS = 5  # kills of each bad sender, on each database


@dataclass(frozen=True)
class OnOneDatabase:
    """`controls` is how often each of the bad senders was caught."""

    verdicts: tuple[Verdict, ...]
    controls: Mapping[str, int]
    broken_links: int


@dataclass(frozen=True)
class Evidence:
    seed: int
    kills: int
    seconds: float
    found: Mapping[str, OnOneDatabase]

    @property
    def verdicts(self) -> list[Verdict]:
        return [verdict for one in self.found.values() for verdict in one.verdicts]

    @property
    def accepted(self) -> list[Verdict]:
        """Kills after X had taken the post and before the record knew."""
        names = {point.name for point in POINTS if point.accepted}
        return [verdict for verdict in self.verdicts if verdict.point in names]

    def counts(self) -> dict[str, Any]:
        return {
            "kills": len(self.verdicts),
            "points": len({verdict.point for verdict in self.verdicts}),
            "lost": _named(verdict for verdict in self.verdicts if verdict.lost),
            "doubled": _named(verdict for verdict in self.verdicts if verdict.doubled),
            "asked": len([verdict for verdict in self.verdicts if verdict.asked]),
            "accepted": len(self.accepted),
            "accepted_settled": len([verdict for verdict in self.accepted if verdict.settled]),
            "broken_links": sum(one.broken_links for one in self.found.values()),
            "retry_doubled": sum(one.controls["retry"] for one in self.found.values()),
            "drop_lost": sum(one.controls["drop"] for one in self.found.values()),
        }

    def holds(self) -> bool:
        counted = self.counts()
        return (
            not (counted["lost"] or counted["doubled"] or counted["broken_links"])
            and counted["accepted_settled"] >= WITHOUT_A_PERSON * counted["accepted"]
            and counted["retry_doubled"] > 0
            and counted["drop_lost"] > 0
        )

    def sentence(self) -> str:
        counted = self.counts()
        return (
            f"{counted['kills']:,} kills at {counted['points']} moments: {len(counted['lost'])} lost, "
            f"{len(counted['doubled'])} doubled, {counted['asked']} in front of a person; of "
            f"{counted['accepted']:,} after X had taken the post, {counted['accepted_settled']:,} settled "
            "without one."
        )


def write(evidence: Evidence, to: Path = WRITTEN_TO) -> Path:
    to.parent.mkdir(exist_ok=True)
    to.write_text("\n".join(_lines(evidence)) + "\n", encoding="utf-8")
    return to.relative_to(Path.cwd()) if to.is_relative_to(Path.cwd()) else to


def _lines(evidence: Evidence) -> Iterable[str]:
    counted = evidence.counts()
    yield "# Sent once: the evidence"
    yield ""
    yield (
        "A process is killed with `kill -9` at a named moment on an announcement's way out, and whoever pressed "
        "a button presses it again; the next process takes over; then the record is compared with what the "
        "practice X really has. Every kill is a "
        "process of its own, forked from a warm, single-threaded parent."
    )
    yield ""
    yield f"**{evidence.sentence()}**"
    yield ""
    yield f"- Commit: {_commit()}"
    yield f"- Date: {words.on(datetime.now(UTC).date())}"
    yield f"- Seed: {evidence.seed} (`python -m tests.evidence --seed {evidence.seed}` repeats it)"
    yield f"- Machine: {_machine()}"
    yield f"- Time: {evidence.seconds:.0f} seconds, {evidence.kills} kills at each moment on each database"
    yield f"- The log's chain afterwards: {counted['broken_links']} broken links"
    yield ""
    yield (
        f"The practice X shows a post on its timeline after a random delay of at most {LATEST_TIMELINE} "
        "seconds, and its own refusal of equal words is switched off, so that it hides no mistake of ours. "
        "“In front of a person” means that the steering group is asked, with a button for either answer."
    )
    for name, one in evidence.found.items():
        yield from _table(name, one)
    yield from _controls(evidence)
    yield ""
    yield "## Not tested"
    yield ""
    yield (
        "Everything here ran against a stand-in for X and Slack on one machine. Real power loss, X itself, "
        "Slack itself and a timeline that is later than three minutes are not in these figures; for a later "
        "one the steering group is asked."
    )


def _table(name: str, one: OnOneDatabase) -> Iterable[str]:
    yield ""
    yield f"## {name}"
    yield ""
    yield "| moment | what has just happened | kills | settled | asked a person | lost | doubled |"
    yield "|---|---|---|---|---|---|---|"
    for point in POINTS:
        here = [verdict for verdict in one.verdicts if verdict.point == point.name]
        cells = [
            f"`{point.name}`",
            point.means,
            str(len(here)),
            str(sum(verdict.settled for verdict in here)),
            str(sum(verdict.asked for verdict in here)),
            str(sum(verdict.lost for verdict in here)),
            str(sum(verdict.doubled for verdict in here)),
        ]
        yield f"| {' | '.join(cells)} |"


def _controls(evidence: Evidence) -> Iterable[str]:
    counted = evidence.counts()
    yield ""
    yield "## Can the harness fail?"
    yield ""
    yield (
        "Two senders that do it badly have to be caught. One that tries again whatever was being "
        f"attempted was caught doubling {counted['retry_doubled']} times; one that drops it was caught "
        f"losing {counted['drop_lost']} times, of {CONTROLS * len(evidence.found)} each."
    )


def _named(verdicts: Iterable[Verdict]) -> list[str]:
    return sorted(verdict.point for verdict in verdicts)


def _commit() -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=WRITTEN_TO.parent.parent)
    return found.stdout.strip() or "not known"


def _machine() -> str:
    cores = words.counted(os.cpu_count() or 1, "core")
    return f"{platform.system()} {platform.machine()}, {cores}, Python {platform.python_version()}"
