"""The command `countmein`. Each group of commands lives in bot/commands/ and adds itself here."""

import typer

from bot.commands import announcements, doctor, erase, manifest, offices, record, register, serving, x_login

app = typer.Typer(
    name="countmein",
    help="Count Me In: membership and announcements for a network that lives in Slack.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for commands in (serving, doctor, manifest, x_login, offices, record, register, announcements, erase):
    commands.register(app)


def main() -> None:
    app()


if __name__ == "__main__":
    main()
