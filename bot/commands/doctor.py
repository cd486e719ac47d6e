"""countmein doctor"""

import typer


def register(app: typer.Typer) -> None:
    app.command()(doctor)


def doctor() -> None:
    """Check settings, Slack, X and the record, and say how to put right what is wrong.

    Changes neither settings nor record. With Socket Mode, a command typed to the bot in the instant in which
    connected copies are counted may have to be typed again.
    """
    from bot.doctor import examination, telling  # noqa: PLC0415 -- loads everything else there is
    from bot.settings.loading import surroundings  # noqa: PLC0415
    from bot.wiring import listens, utc_now  # noqa: PLC0415

    examined = []
    for section in examination.sections(surroundings(), listens(), utc_now):
        typer.echo(telling.section(section))
        examined.append(section)
    typer.echo(telling.summary(examined))
    raise typer.Exit(telling.exit_code(examined))
