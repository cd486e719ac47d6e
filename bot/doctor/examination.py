"""The whole examination, in the order a person sets things up. It sends nothing, and changes neither settings
nor record.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.doctor import bluesky, machine, mastodon, record, slack, x
from bot.doctor.findings import Finding, unknown
from bot.settings import lasting_disk
from bot.settings.environment import Environment
from bot.settings.loading import DOTENV, examine, in_file
from bot.wiring import Clock
from coop.announcing.moment import Moment
from handlers.listening import Listen
from storage.database import Database


@dataclass(frozen=True)
class Section:
    name: str
    findings: tuple[Finding, ...]


def sections(
    variables: Mapping[str, str], listen: Listen, now: Clock, dotenv: Path = DOTENV
) -> Iterator[Section]:
    """`variables` as `settings.surroundings` gives them. Never raises: what cannot be checked is said."""
    environment, missing = examine(variables)
    yield _section("Settings", lambda: machine.settings(environment, missing, in_file(dotenv)))
    # A setting that cannot be read stands at its default, which is not worth examining.
    unread = frozenset(one.name for one in missing)
    yield _section("This machine", lambda: _machine(environment, variables, now, unread))
    works_here = partial(_works_here, environment, now, unread)
    yield _section("Slack", lambda: slack.examine(environment, listen, now, works_here))
    yield _section("The record", lambda: _record(environment, now, unread))
    yield _section("X", lambda: x.examine(environment))
    if environment.has_mastodon:
        yield _section("Mastodon", lambda: mastodon.examine(environment))
    if environment.has_bluesky:
        yield _section("Bluesky", lambda: bluesky.examine(environment))


def _section(name: str, findings: Callable[[], Iterator[Finding]]) -> Section:
    found: list[Finding] = []
    try:
        found.extend(findings())
    except Exception as trouble:  # noqa: BLE001 -- a check that breaks must not hide the others
        found.append(unknown(f"The rest of this could not be checked ({type(trouble).__name__})."))
    return Section(name, tuple(found))


def _machine(
    environment: Environment, variables: Mapping[str, str], now: Clock, unread: frozenset[str]
) -> Iterator[Finding]:
    if "network_timezone" not in unread:
        yield machine.time_zone(environment, now())
    if "database_url" not in unread:
        yield from machine.disk(environment, variables, lasting_disk.mounts())


def _works_here(environment: Environment, now: Clock, unread: frozenset[str]) -> bool | None:
    if "database_url" in unread:
        return None
    database = Database(environment.database_url, readers=1)
    try:
        return record.has_a_worker(database, now())
    finally:
        database.dispose()


def _record(environment: Environment, now: Clock, unread: frozenset[str]) -> Iterator[Finding]:
    if "database_url" in unread:
        yield unknown("The record was not looked at, because DATABASE_URL is wrong.")
        return
    database = Database(environment.database_url, readers=1)
    try:
        yield from record.examine(database, Moment(now(), environment.network))
    finally:
        database.dispose()
