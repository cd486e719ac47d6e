"""countmein register"""

import sys
from datetime import UTC, date, datetime
from typing import Annotated

import typer

from bot.commands.record import record
from bot.commands.serving import settings_or_exit
from coop import register as registers
from coop import words
from coop.csv_files import csv_file, shown
from coop.register import Register, Table, View
from storage import log


def register(app: typer.Typer) -> None:
    app.command("register")(show)


def show(
    as_at: Annotated[str, typer.Option(help="The day, such as 2027-06-04; today by default.")] = "",
    csv: Annotated[bool, typer.Option("--csv", help="Write CSV for a spreadsheet.")] = False,
    inspectable: Annotated[
        bool, typer.Option("--inspectable", help="Only what any member may look into.")
    ] = False,
    officers: Annotated[
        bool, typer.Option("--officers", help="The officers instead of the members.")
    ] = False,
) -> None:
    """The register of members as it was at the end of a day. That it was taken is noted in the log."""
    settings, now = settings_or_exit(speaks=False).network, datetime.now(UTC)
    day = _day(as_at) or words.today_in(now, settings.network_timezone)
    view = View.INSPECTABLE if inspectable else View.FULL
    with record() as database, database.write() as session:
        found = registers.as_at(session, day=day, view=view, settings=settings)
        log.record(
            session,
            act="register taken",
            by="command line",
            about="register",
            now=now,
            facts={"as_at": day.isoformat(), "view": view},
        )
    table = found.officers if officers else found.people
    if csv:
        typer.echo(csv_file(table.header, table.rows), nl=False)
    else:
        _print(table, title=f"{settings.network_name}, as at {words.on(day)}")
    _say_what_is_missing(found)


def _day(given: str) -> date | None:
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        typer.echo(f"{given} is not a day. Write it as 2027-06-04.", err=True)
        raise typer.Exit(2) from None


def _print(table: Table, *, title: str) -> None:
    from rich.console import Console  # noqa: PLC0415 -- CSV does without
    from rich.table import Table as Drawn  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    drawn = Drawn(title=Text(title), title_justify="left")
    for name in table.header:
        drawn.add_column(Text(name))
    for row in table.rows:
        drawn.add_row(*(Text(_printable(shown(cell))) for cell in row))
    wide = None if sys.stdout.isatty() else 240
    Console(width=wide).print(drawn)


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _say_what_is_missing(found: Register) -> None:
    typer.echo(f"{words.counted(found.members, 'member')} on that day.", err=True)
    for missing in found.missing:
        typer.echo(f"The law asks for {missing}; this record does not hold them.", err=True)
