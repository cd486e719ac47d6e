"""countmein manifest"""

from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    app.command()(manifest)


def manifest(
    url: Annotated[
        str,
        typer.Option(help="The bot's public https:// address, if Slack is to reach it over HTTP."),
    ] = "",
) -> None:
    """Print the app manifest to paste into Slack, filled in from your settings."""
    from bot.settings.loading import examine, surroundings  # noqa: PLC0415
    from bot.slack import manifest as manifests  # noqa: PLC0415 -- the handlers are only loaded where they are needed
    from bot.wiring import listens  # noqa: PLC0415

    # Printed before there are tokens, so settings that are missing do not matter yet.
    environment, _missing = examine(surroundings(), speaks=False)
    try:
        built = manifests.build(listens(), environment.network, url=url)
    except ValueError as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(2) from None
    typer.echo(manifests.as_yaml(built), nl=False)
