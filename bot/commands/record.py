"""countmein migrate | backup | restore | verify | resend"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.serving import settings_or_exit
from storage import backup, log, migrating, outbox, revisions
from storage.backup import Backup
from storage.database import Database

File = Annotated[Path, typer.Argument(help="A file on this machine.", dir_okay=False)]


def register(app: typer.Typer) -> None:
    app.command()(migrate)
    app.command("backup")(back_up)
    app.command()(restore)
    app.command()(verify)
    app.command()(resend)


def migrate() -> None:
    """Bring the database to the schema this version needs. Make a backup before."""
    url = settings_or_exit(speaks=False).database_url
    with said_plainly(revisions.MadeByNewerVersion):
        before = revisions.at(url)
        migrating.upgrade(url)
    if before == revisions.HEAD:
        typer.echo(f"The database is at revision {before} already; nothing was changed.")
    else:
        typer.echo(f"The database went from revision {before or 'none'} to {revisions.HEAD}.")


def back_up(file: File) -> None:
    """Write all that the record holds to a new FILE, while the bot runs. Keep it as safe as the database."""
    with record() as database, said_plainly(backup.CannotBackUp, OSError):
        made = backup.write(database, file, datetime.now(UTC))
        typer.echo(
            f"Wrote {file} and read it back: {_content(made)}. It holds personal data: keep it where only "
            "officers can read it, away from this machine."
        )


def restore(file: File) -> None:
    """Fill an empty database, of either kind, from a backup FILE. Stop the bot first."""
    from storage import restoring  # noqa: PLC0415 -- Alembic comes with it

    url = settings_or_exit(speaks=False).database_url
    with said_plainly(restoring.CannotRestore, backup.NotABackup, revisions.MadeByNewerVersion):
        restored = restoring.restore(url, file, datetime.now(UTC))
    typer.echo(
        f"Restored {file}, written on {restored.backup.taken_at:%Y-%m-%d %H:%M} UTC: "
        f"{_content(restored.backup)}."
    )
    typer.echo("Messages that waited are looked for in Slack before they are sent.")
    if restored.held:
        typer.echo(
            f"{restored.held} of the announcements were due: they may be out already, so they are held until "
            "the steering group says what to do (`/announce list`)."
        )
    _say_broken(restored.broken)


def verify() -> None:
    """Check that nothing in the log was changed, taken out or put in after it was written."""
    with record() as database, database.read() as session:
        broken = tuple(log.broken_links(session))
        last = log.last_entry(session)
    _say_broken(broken)
    if last is None:
        typer.echo("The log is empty.")
    else:
        typer.echo(
            f"The log's {last[0]} entries are as they were written. The last one's hash is {last[1]}: "
            "noted elsewhere, it proves later that nothing before it was changed."
        )


def resend() -> None:
    """Try messages again that were given up; each is looked for first, so none arrives twice."""
    with record() as database, database.write() as session:
        given_up = outbox.failed(session)
        for row in given_up:
            outbox.try_again(session, row.id, datetime.now(UTC))
    typer.echo(f"{len(given_up)} to try again." if given_up else "No message was given up.")


@contextmanager
def record() -> Iterator[Database]:
    """The database of the settings, its schema checked; says what to do when it is another version's."""
    database = Database(settings_or_exit(speaks=False).database_url, readers=1)
    try:
        with database.read() as session:
            found = revisions.current(session)
        if found != revisions.HEAD:
            typer.echo(
                f"The database is at revision {found or 'none'} and this version needs {revisions.HEAD}. "
                "Type `countmein migrate` first; nothing was changed.",
                err=True,
            )
            raise typer.Exit(1)
        yield database
    finally:
        database.dispose()


@contextmanager
def said_plainly(*refusals: type[Exception]) -> Iterator[None]:
    """What we refuse is said in its own words, without a traceback."""
    try:
        yield
    except refusals as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None


def _content(made: Backup) -> str:
    people, entries = made.rows.get("people", 0), made.rows.get("log", 0)
    return f"{people} people, {entries} entries of the log, {sum(made.rows.values())} rows in all"


def _say_broken(broken: tuple[tuple[int, str], ...]) -> None:
    for entry, why in broken:
        typer.echo(f"Entry {entry} of the log does not fit: {why}.", err=True)
    if broken:
        raise typer.Exit(1)
