"""docs/benchmarks.md: what was measured, beside the bars it is held against."""

import platform
import statistics
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime

import psutil

MEMBERS, MANY = 1_000, 1_000_000
QUIET, ASKED, COMMANDED = "quiet channel message", "answered question", "`/member`"
OURS, VERIFY, BOLT, CALLING = "ours", "(i) verify and parse", "(ii) bare Bolt", "(iii) bare Bolt, one call"
BARE = "(i) without Starlette"
COLUMNS = (OURS, VERIFY, BARE, BOLT, CALLING)


@dataclass(frozen=True)
class Bar:
    """`ours` in `work` must cost at most `most` times `other`."""

    work: str
    other: str
    most: float


BARS = (
    Bar(QUIET, VERIFY, 1.5),
    Bar(QUIET, BOLT, 0.45),
    Bar(ASKED, CALLING, 1.5),
    Bar(COMMANDED, CALLING, 0.5),
)


@dataclass
class Results:
    """Microseconds of CPU per event, by way in, work and program: one figure a round."""

    figures: dict[tuple[str, str, str], list[float]] = field(default_factory=dict)

    def add(self, way: str, work: str, name: str, microseconds: float) -> None:
        self.figures.setdefault((way, work, name), []).append(microseconds)

    def median(self, way: str, work: str, name: str) -> float:
        return statistics.median(self.figures[way, work, name])

    def ratio(self, way: str, bar: Bar) -> float:
        """The median of the ratios round by round: the machine's speed drifts, a round's does little."""
        mine, theirs = self.figures[way, bar.work, OURS], self.figures[way, bar.work, bar.other]
        return statistics.median(one / other for one, other in zip(mine, theirs, strict=True) if other)

    def told(self, way: str, work: str, name: str) -> str:
        return f"{self.median(way, work, name):,.0f} µs" if (way, work, name) in self.figures else "–"


@dataclass(frozen=True)
class Rest:
    """Seconds from start to ready (median of five), bytes resident at rest and after a burst of messages."""

    seconds: float
    at_rest: int
    after_burst: int
    burst: int


def verdict(value: float, most: float) -> str:
    return "met" if value <= most else "**missed**"


def page(results: Results, tls: float, sizes: tuple[float, float], rest: Rest, scale: float) -> str:
    lines = [
        "# What an event costs",
        "",
        (
            f"Measured on {datetime.now(UTC):%-d %B %Y}, commit {commit()}, {machine()}. "
            f"Rerun with `make bench`; this run had {scale:g} times its events."
        ),
        "",
        (
            "CPU of the whole process, user and system, per event: median of five rounds after a warm-up, "
            "all programs side by side, taking turns. Ratios are the median of those round by round; trust "
            "them rather than the microseconds. Slack's end is a local program that answers at once: these "
            "are costs of the bot, not of Slack. Everything was tested against stand-ins on loopback."
        ),
        "",
        "| way in | work | " + " | ".join(COLUMNS) + " |",
        "|---|---" + "|---" * len(COLUMNS) + "|",
    ]
    for way in ("HTTP", "Socket Mode"):
        for work in (QUIET, ASKED, COMMANDED):
            cells = [results.told(way, work, name) for name in COLUMNS]
            lines.append(f"| {way} | {work} | " + " | ".join(cells) + " |")
    lines += ["", "| bar | way in | measured | |", "|---|---|---|---|"]
    for bar in BARS:
        for way in ("HTTP", "Socket Mode"):
            ratio = results.ratio(way, bar)
            lines.append(
                f"| {bar.work} ≤ {bar.most} × {bar.other} | {way} | {ratio:.2f} × "
                f"| {verdict(ratio, bar.most)} |"
            )
    growth, swell, mebibyte = sizes[1] / sizes[0], rest.after_burst / rest.at_rest, 1024 * 1024
    figures = [
        ("answered question ≤ 3 ms, Slack's end behind TLS", "HTTP", f"{tls:.2f} ms", verdict(tls, 3)),
        (
            f"answered question among {MANY:,} members ≤ 1.1 × among {MEMBERS:,}",
            "HTTP",
            f"{growth:.2f} ×",
            verdict(growth, 1.1),
        ),
        (
            "resident memory at rest ≤ 120 MiB",
            "HTTP",
            f"{rest.at_rest / mebibyte:.0f} MiB",
            verdict(rest.at_rest / mebibyte, 120),
        ),
        (
            f"after a burst of {rest.burst:,} messages ≤ 1.2 × that",
            "HTTP",
            f"{swell:.2f} ×",
            verdict(swell, 1.2),
        ),
        ("start to ready ≤ 2.5 s", "HTTP", f"{rest.seconds:.2f} s", verdict(rest.seconds, 2.5)),
    ]
    lines += [f"| {' | '.join(row)} |" for row in figures]
    bare = f"{results.ratio('HTTP', Bar(QUIET, BARE, 1.5)):.2f} ×"
    lines += [
        "",
        f"(i) runs on Starlette. Our door goes round it; beside (i) without it a quiet message costs {bare}.",
        "",
        "[Where the time goes](where-the-time-goes.md)",
    ]
    return "\n".join(lines) + "\n"


def commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "unknown"


def machine() -> str:
    return f"{psutil.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
