"""make bench: what an event costs the bot, beside the cheapest things that could do the same.

Every figure is CPU of a whole process, user and system, per event; all programs run side by side and take
turns, five rounds each, and the median is quoted. Slack's end is a local program whose CPU is not counted.
"""

import argparse
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from benchmarks import wire
from benchmarks.page import (
    ASKED,
    BARE,
    BOLT,
    CALLING,
    COMMANDED,
    MANY,
    MEMBERS,
    OURS,
    QUIET,
    VERIFY,
    Rest,
    Results,
    page,
)
from benchmarks.programs import Program, program
from benchmarks.register import filled, user

ROUNDS = 5
MODULES = {VERIFY: "verify", BARE: "verify-bare", BOLT: "bolt", CALLING: "bolt-calling", OURS: ""}
BURST = 50_000
PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"


@dataclass
class Work:
    name: str
    count: int
    make: Callable[[int], list[wire.Json]]


def works(chance: random.Random, scale: float) -> list[Work]:
    texts = cycle(wire.others())
    return [
        Work(QUIET, int(8_000 * scale), lambda n: [wire.message(text) for text in islice(texts, n)]),
        Work(ASKED, int(1_500 * scale), lambda n: asked(chance, n, MEMBERS)),
        Work(
            COMMANDED,
            int(1_500 * scale),
            lambda n: [wire.command(user(chance.randint(1, MEMBERS))) for _ in range(n)],
        ),
    ]


def asked(chance: random.Random, n: int, members: int) -> list[wire.Json]:
    return [
        wire.message("am I a member?", user=user(chance.randint(1, members)), direct_message=True)
        for _ in range(n)
    ]


def ours(
    slack: Program, record: str, *, socket_mode: bool, scheme: str = "http", **more: str
) -> dict[str, str]:
    way_in = {"SLACK_APP_TOKEN": wire.APP_TOKEN} if socket_mode else {"SLACK_SIGNING_SECRET": wire.SECRET}
    return {
        "DATABASE_URL": record,
        "SLACK_BOT_TOKEN": wire.BOT_TOKEN,
        "SLACK_API_URL": f"{scheme}://127.0.0.1:{slack.port}/api/",
        "NETWORK_NAME": "LocalGov Digital",
        "NETWORK_ALIASES": "LGD",
        "LOG_FORMAT": "json",
        **way_in,
        **more,
    }


def side_by_side(results: Results, folder: Path, *, socket_mode: bool, scale: float) -> None:
    way, chance = ("Socket Mode" if socket_mode else "HTTP"), random.Random(1)
    record = filled(folder / f"{'socket' if socket_mode else 'http'}.db", MEMBERS)
    flags = ["--socket-mode"] if socket_mode else []
    with ExitStack() as stack:
        ends, subjects = {}, {}
        for name, module in MODULES.items():
            if name == BARE and socket_mode:
                continue
            ends[name] = stack.enter_context(program("benchmarks.slack_end", path="/counts"))
            slack = f"http://127.0.0.1:{ends[name].port}"
            subjects[name] = stack.enter_context(
                program("benchmarks.subjects", module, "--slack", slack, *flags, path="/ready")
                if module
                else program(
                    "bot",
                    "run",
                    path="/ready",
                    surroundings=ours(ends[name], record, socket_mode=socket_mode),
                )
            )
        for end in ends.values():
            until(partial(is_connected, end, socket_mode=socket_mode))
        for number in range(ROUNDS + 1):  # the first warms up and is not counted
            for work in works(chance, scale):
                for name, subject in subjects.items():
                    cost = measured(subject, ends[name], work, socket_mode=socket_mode)
                    if number:
                        results.add(way, work.name, name, cost)


def measured(subject: Program, end: Program, work: Work, *, socket_mode: bool) -> float:
    payloads = work.make(work.count)
    calls, before = wire.counts(url(end))["calls"], subject.cpu()
    if socket_mode:
        wire.over_socket(url(end), payloads)
    else:
        wire.over_http(subject.port, payloads)
    settle(end, calls, work.count)
    return (subject.cpu() - before) / work.count * 1e6


def settle(end: Program, calls: int, count: int) -> None:
    """Bare Bolt answers before its call is made: wait until the calls stop coming."""
    seen = wire.counts(url(end))["calls"] - calls
    while 0 < seen < count:
        time.sleep(0.05)
        now = wire.counts(url(end))["calls"] - calls
        if now == seen:
            return
        seen = now


def over_tls(folder: Path, scale: float) -> float:
    """Milliseconds of CPU for an answered question with Slack's end behind TLS; NaN without openssl."""
    if not shutil.which("openssl"):
        return float("nan")
    certificate, key = folder / "cert.pem", folder / "key.pem"
    make = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
    subprocess.run(
        ["openssl", *make.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True
    )
    record, chance = filled(folder / "tls.db", MEMBERS), random.Random(2)
    own = {"scheme": "https", "SSL_CERT_FILE": str(certificate)}
    tls = ["--certificate", str(certificate), "--key", str(key)]
    with (
        program("benchmarks.slack_end", *tls, path="/counts", scheme="https") as end,
        program(
            "bot", "run", path="/ready", surroundings=ours(end, record, socket_mode=False, **own)
        ) as subject,
    ):
        return question_cost(subject, chance, MEMBERS, scale) / 1000


def large_network(folder: Path, scale: float) -> tuple[float, float]:
    """Microseconds for an answered question among 1,000 members and among 1,000,000, taking turns."""
    chance = random.Random(3)
    costs: dict[int, list[float]] = {MEMBERS: [], MANY: []}
    with ExitStack() as stack:
        subjects = {}
        for members in costs:
            record = filled(folder / f"{members}.db", members)
            end = stack.enter_context(program("benchmarks.slack_end", path="/counts"))
            settings = ours(end, record, socket_mode=False)
            subjects[members] = stack.enter_context(
                program("bot", "run", path="/ready", surroundings=settings)
            )
        for number in range(ROUNDS + 1):
            for members, subject in subjects.items():
                cost = one_round(subject, asked(chance, int(1_500 * scale), members))
                if number:
                    costs[members].append(cost)
    return statistics.median(costs[MEMBERS]), statistics.median(costs[MANY])


def question_cost(subject: Program, chance: random.Random, members: int, scale: float) -> float:
    rounds = [one_round(subject, asked(chance, int(1_500 * scale), members)) for _ in range(ROUNDS + 1)]
    return statistics.median(rounds[1:])


def one_round(subject: Program, payloads: Sequence[wire.Json]) -> float:
    before = subject.cpu()
    wire.over_http(subject.port, payloads)
    return (subject.cpu() - before) / len(payloads) * 1e6


def at_rest(folder: Path, scale: float) -> Rest:
    record, seconds = filled(folder / "rest.db", MEMBERS), []
    texts = cycle(wire.others())
    with program("benchmarks.slack_end", path="/counts") as end:
        settings = ours(end, record, socket_mode=False)
        for _ in range(ROUNDS):
            with program("bot", "run", path="/ready", surroundings=settings) as subject:
                seconds.append(subject.seconds_to_ready)
        with program("bot", "run", path="/ready", surroundings=settings) as subject:
            time.sleep(2)  # the jobs come round once
            before = subject.memory()
            for _ in range(int(BURST * scale) // 5_000 or 1):
                wire.over_http(subject.port, [wire.message(text) for text in islice(texts, 5_000)])
            return Rest(statistics.median(seconds), before, subject.memory(), int(BURST * scale))


def url(end: Program) -> str:
    return f"http://127.0.0.1:{end.port}"


def is_connected(end: Program, *, socket_mode: bool) -> bool:
    return not socket_mode or bool(wire.counts(url(end))["connected"])


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not happened():
        if time.monotonic() > deadline:
            raise RuntimeError("a program did not connect within 30 seconds")
        time.sleep(0.05)


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--scale", type=float, default=1.0, help="0.1 for a tenth of the events")
    scale = parser.parse_args().scale
    results = Results()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for socket_mode in (False, True):
            side_by_side(results, folder, socket_mode=socket_mode, scale=scale)
        written = page(
            results, over_tls(folder, scale), large_network(folder, scale), at_rest(folder, scale), scale
        )
    print(written)
    PAGE.write_text(written, "utf-8")


if __name__ == "__main__":
    main()
