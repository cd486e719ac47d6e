"""countmein x-login"""

from typing import Annotated

import typer

NO_KEYS = (
    "Set X_API_KEY and X_API_SECRET first: they are the “API Key and Secret” of your app at developer.x.com. "
    "Nothing was changed."
)


def register(app: typer.Typer) -> None:
    app.command(name="x-login")(x_login)


def x_login(
    pin: Annotated[
        str, typer.Option(help="The PIN, if you have it already; otherwise you are asked for it.")
    ] = "",
) -> None:
    """Get the two access tokens of the network's own X account, by a PIN that X shows you."""
    from bot.settings.loading import examine, surroundings  # noqa: PLC0415 -- only this command needs tweepy's neighbours
    from publishers.x.login import LoginFailed, PinFlow  # noqa: PLC0415

    # Half-way through installation other settings may still be missing.
    environment, _missing = examine(surroundings(), speaks=False)
    key, secret = environment.x_api_key.get_secret_value(), environment.x_api_secret.get_secret_value()
    if not (key and secret):
        typer.echo(NO_KEYS, err=True)
        raise typer.Exit(2)
    flow = PinFlow(key, secret, environment.x_api_url)
    try:
        login = flow.start()
        typer.echo(
            f"Sign in to X as the network's own account{_named(environment.x_handle)}, then open\n\n"
            f"  {login.authorize_url}\n\nand press “Authorize app”. X then shows a number."
        )
        tokens = flow.finish(login, pin or typer.prompt("Type that number"))
    except LoginFailed as failed:
        typer.echo(str(failed), err=True)
        raise typer.Exit(1) from None
    _tell(tokens.handle, environment.x_handle, tokens.access_token, tokens.access_token_secret)


def _tell(handle: str, expected: str, token: str, secret: str) -> None:
    if expected and handle.lower() != expected.lower():
        typer.echo(
            f"X says you signed in as @{handle}, but X_HANDLE is {expected}. The tokens are not shown: "
            "sign out of X, sign in as the right account, and type `countmein x-login` again.",
            err=True,
        )
        raise typer.Exit(1)
    typer.echo(
        f"\nThis is @{handle}. Set these where your other settings are, and show them to nobody:\n\n"
        f"X_HANDLE={handle}\nX_ACCESS_TOKEN={token}\nX_ACCESS_TOKEN_SECRET={secret}"
    )


def _named(handle: str) -> str:
    return f", @{handle}" if handle else ""
