"""countmein run | web | worker | demo"""

import sys
from typing import Annotated

import typer

from bot.settings.environment import Environment
from bot.settings.loading import SettingsWrong


def register(app: typer.Typer) -> None:
    app.command()(run)
    app.command()(web)
    app.command()(worker)
    app.command()(demo)


def run() -> None:
    """Run everything in one process: listen to Slack, send what is due."""
    _serve(hears=True, works=True)


def web() -> None:
    """Only listen to Slack; announcements and messages are sent by a `countmein worker` beside it."""
    _serve(hears=True, works=False)


def worker() -> None:
    """Only send what is due; Slack is listened to by a `countmein web` beside it."""
    _serve(hears=False, works=True)


def demo(
    port: Annotated[
        int,
        typer.Option(
            min=1, max=65_000, help="Where the practice workspace is served; the next free one is taken."
        ),
    ] = 8100,
    keep: Annotated[
        str, typer.Option(help="A file that keeps the practice record from one start to the next.")
    ] = "",
    strict: Annotated[bool, typer.Option(help="Refuse /join and /leave as Slack does.")] = False,
    countdown_minutes: Annotated[
        int, typer.Option(min=0, help="How long an approved announcement waits before it goes out.")
    ] = 1,
) -> None:
    """Try everything in a browser: a practice workspace and the bot, no account needed."""
    from bot.demo import run_demo  # noqa: PLC0415 -- only this command starts the practice workspace

    sys.exit(run_demo(port=port, keep=keep, strict=strict, countdown_minutes=countdown_minutes))


def settings_or_exit(*, speaks: bool = True) -> Environment:
    """The settings; says everything that is wrong with them and exits with 2."""
    from bot.settings.loading import load  # noqa: PLC0415

    try:
        return load(speaks=speaks)
    except SettingsWrong as wrong:
        typer.echo(str(wrong), err=True)
        raise typer.Exit(2) from None


def _serve(*, hears: bool, works: bool) -> None:
    environment = settings_or_exit()
    from bot import logs  # noqa: PLC0415 -- a wrong setting is said before the rest is loaded
    from bot.process import Process, leave  # noqa: PLC0415
    from bot.wiring import build  # noqa: PLC0415

    logs.set_up(environment)
    from bot.schema import SchemaOld, prepare  # noqa: PLC0415

    house = build(environment)
    try:
        prepare(house.database)
    except SchemaOld as old:
        typer.echo(str(old), err=True)
        raise typer.Exit(2) from None
    leave(Process(house, hears=hears, works=works).run())
