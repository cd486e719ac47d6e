"""The settings, and the machine the bot runs on: its disk, its clock, its knowledge of time zones."""

import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from difflib import get_close_matches
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.doctor.findings import Finding, ok, unknown, wrong
from bot.settings import lasting_disk
from bot.settings.checks import Wrong
from bot.settings.environment import Environment, names
from coop import words
from storage.database import address

ROOM_BYTES = 500 * 1024 * 1024
CLOCK_TOLERANCE = timedelta(seconds=30)


def settings(environment: Environment, missing: list[Wrong], written: frozenset[str]) -> Iterator[Finding]:
    """`written` are the names in the file `.env`: the place where names are mistyped."""
    for one in missing:
        yield wrong(one.sentence, f"Set {one.name.upper()} in .env, or where your host keeps its settings.")
    if not missing:
        yield ok("Every setting that is needed is there and can be read.")
    yield from _mistyped(written)
    if environment.network_name == "our network":
        yield unknown("NETWORK_NAME is not set, so people read “our network”.", "Set it to your name.")
    if not environment.official_page:
        yield unknown(
            "OFFICIAL_PAGE is not set: messages that ask for details or money cannot name a page to check.",
            "Set it to a page of yours that says what joining costs and where to pay.",
        )
    if environment.rehearsal:
        yield unknown(
            "REHEARSAL is yes: nothing leaves for X or any channel.", "Set it to no when you are ready."
        )


def _mistyped(written: frozenset[str]) -> Iterator[Finding]:
    known = {name.upper() for name in names()}
    for name in sorted(written - known):
        if near := get_close_matches(name, known, n=1, cutoff=0.8):
            yield wrong(
                f"{name} in .env is not one of our settings, so it does nothing.", f"Call it {near[0]}."
            )


def time_zone(environment: Environment, now: datetime) -> Finding:
    local = now.astimezone(ZoneInfo(environment.network_timezone))
    zone = f"{environment.network_timezone} ({local.tzname()})"
    return ok(
        f"Time-zone data knows {zone}: it is {words.at(local.time())} there on {words.on(local.date())}."
    )


def clock(slack_date: str | None, now: datetime) -> Finding:
    """`slack_date` is the Date header of an answer that arrived at `now`."""
    if not slack_date:
        return unknown("The clock could not be compared: Slack's answer carried no date.")
    offset = now - parsedate_to_datetime(slack_date)
    if abs(offset) <= CLOCK_TOLERANCE:
        return ok("This machine's clock agrees with Slack's.")
    direction = "ahead of" if offset > timedelta() else "behind"
    return wrong(
        f"This machine's clock is {abs(round(offset.total_seconds()))} seconds {direction} Slack's, so "
        "announcements leave at the wrong minute and requests may be refused.",
        "Turn on automatic time, on Linux with `timedatectl set-ntp true`.",
    )


def disk(environment: Environment, variables: Mapping[str, str], mounts: str) -> Iterator[Finding]:
    url = address(environment.database_url)
    if url.get_backend_name() != "sqlite":
        yield ok("The register is in PostgreSQL, not on this machine's disk.")
        return
    file = Path(url.database or "").absolute()
    if trouble := lasting_disk.trouble(environment.database_url, variables, mounts):
        yield wrong(f"DATABASE_URL {trouble}", "Until then, do not let anybody join.")
    elif Path("/.dockerenv").exists() and not lasting_disk.is_on_a_volume(file, mounts):
        yield wrong(
            f"{file} is inside the container and goes when the container goes.",
            "Mount a volume there, or use PostgreSQL: compose.yaml does.",
        )
    else:
        yield _folder(file)


def _folder(file: Path) -> Finding:
    folder = file.parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        return wrong(
            f"The register cannot be kept in {folder}: there is no such folder, or it may not be written.",
            "Make the folder, or change DATABASE_URL.",
        )
    if shutil.disk_usage(folder).free < ROOM_BYTES:
        return wrong(f"The disk of {folder} is nearly full.", "Make room: 500 MB at least.")
    return ok(f"The register is kept in {file}, on a disk that lasts and has room.")
