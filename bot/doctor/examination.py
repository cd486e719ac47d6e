"""The whole examination, in the order a person sets things up. It changes nothing and sends nothing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

from bot import lasting_disk
from bot.doctor import machine, record, slack, x
from bot.doctor.findings import Finding, unknown
from bot.settings import DOTENV, Environment, examine
from bot.slack_clients import JOB_SECONDS, Client, client
from bot.wiring import Clock
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
    written = {name: value or "" for name, value in dotenv_values(dotenv).items()}
    yield _section("Settings", lambda: machine.settings(environment, missing, written))
    yield _section("This machine", lambda: _machine(environment, variables, now))
    yield _section("Slack", lambda: slack.examine(environment, _slack(environment), listen, now))
    yield _section("The record", lambda: _record(environment, now))
    yield _section("X", lambda: x.examine(environment))


def _section(name: str, findings: Callable[[], Iterator[Finding]]) -> Section:
    found: list[Finding] = []
    try:
        found.extend(findings())
    except Exception as trouble:  # noqa: BLE001 -- a check that breaks must not hide the others
        found.append(unknown(f"The rest of this could not be checked ({type(trouble).__name__}: {trouble})."))
    return Section(name, tuple(found))


def _machine(environment: Environment, variables: Mapping[str, str], now: Clock) -> Iterator[Finding]:
    yield machine.time_zone(environment, now())
    yield from machine.disk(environment, variables, lasting_disk.mounts())


def _slack(environment: Environment) -> Client:
    token = environment.slack_bot_token.get_secret_value()
    return client(token, environment.slack_api_url, seconds=JOB_SECONDS, rereads=True)


def _record(environment: Environment, now: Clock) -> Iterator[Finding]:
    database = Database(environment.database_url, readers=1)
    try:
        yield from record.examine(database, now=now(), zone=environment.network_timezone)
    finally:
        database.dispose()
