"""countmein announcements export"""

import json
import os
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.record import record, said_plainly
from bot.commands.serving import settings_or_exit
from coop.announcing import proof
from coop.announcing.proof import Delivered
from coop.csv_files import csv_file
from coop.settings import Settings
from storage import log

announcements = typer.Typer(help="What was announced, as proof.", no_args_is_help=True)


class Format(StrEnum):
    CSV = "csv"
    JSON = "json"


class ThereAlready(Exception):
    """Nothing is overwritten: what was exported may be somebody's evidence."""


def register(app: typer.Typer) -> None:
    app.add_typer(announcements, name="announcements")


@announcements.command()
def export(
    file: Annotated[
        Path | None, typer.Argument(help="A new file; without one, standard output.", dir_okay=False)
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="For spreadsheets, or for programs.")] = Format.CSV,
    first: Annotated[str, typer.Option("--from", help="The first day, such as 2027-06-01.")] = "",
    last: Annotated[str, typer.Option("--to", help="The last day, such as 2027-06-30.")] = "",
) -> None:
    """One row for each delivery: what left, who proposed and approved it, when, and where it is. That it was
    exported is noted in the log.
    """
    days = _days(first, last)
    settings, now = settings_or_exit(speaks=False).network, datetime.now(UTC)
    with record() as database, said_plainly(ThereAlready, OSError), database.write() as session:
        found = proof.deliveries(session, first=days[0], last=days[1], zone=settings.network_timezone)
        facts = {"from": first, "to": last, "format": form}
        log.record(
            session,
            act="announcements exported",
            by="command line",
            about="announcements",
            now=now,
            facts=facts,
        )
        _write(_drawn(found, form, settings), file)
    where = f" to {file}" if file else ""
    typer.echo(f"{len(found)} {'delivery' if len(found) == 1 else 'deliveries'} written{where}.", err=True)


def _days(first: str, last: str) -> tuple[date | None, date | None]:
    days = _day(first, "--from"), _day(last, "--to")
    if days[0] and days[1] and days[0] > days[1]:
        _refuse(f"--from {first} is after --to {last}, so no day is between them. Nothing was written.")
    return days


def _day(given: str, option: str) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        _refuse(f"{option} {given} is not a day. Write it as 2027-06-04. Nothing was written.")
        return None


def _refuse(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


def _drawn(found: list[Delivered], form: Format, settings: Settings) -> bytes:
    if form is Format.CSV:
        rows = [proof.as_row(one) for one in found]
        header = proof.header()
        return csv_file(header, [[row[name] for name in header] for row in rows])
    whole = {
        "network": settings.network_name,
        "zone": settings.network_timezone,
        "deliveries": [proof.as_plain(one) for one in found],
    }
    return f"{json.dumps(whole, ensure_ascii=False, indent=2)}\n".encode()


def _write(content: bytes, file: Path | None) -> None:
    """A file of its own that only its owner can read. Raises ThereAlready."""
    if file is None:
        typer.echo(content, nl=False)
        return
    try:
        opened = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise ThereAlready(f"{file} is there already and was not touched. Name a new file.") from None
    with os.fdopen(opened, "wb") as writing:
        writing.write(content)
