"""countmein founders | role grant | role end | role list"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.serving import settings_or_exit
from storage.offices import Role

if TYPE_CHECKING:
    from bot.settings.environment import Environment
    from bot.wiring import House
    from coop.founding import Founder
    from coop.settings import Settings

Day = Annotated[
    datetime,
    typer.Option("--until", formats=["%Y-%m-%d"], help="The last day of the term, such as 2028-03-31."),
]
Person = Annotated[str, typer.Argument(help="A Slack member ID, such as U012AB3CD, from their profile.")]
role = typer.Typer(help="Give and end offices, and list who holds them.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.command()(founders)
    app.add_typer(role, name="role")


def founders(
    people: Annotated[
        list[str], typer.Argument(help="Slack member IDs of at least two people.", metavar="U1 U2 …")
    ],
    until: Day,
) -> None:
    """Enter the first members as the steering group, on day one. Each still owes the fee, if there is one."""
    from coop import founding  # noqa: PLC0415 -- a wrong setting is said before the rest is loaded

    environment = settings_or_exit()
    with _refusals(), _house(environment) as house:
        settings, found = _asked_of_slack(environment, [member_id(one) for one in people])
        with house.database.write() as session:
            seats = founding.found(
                session, founders=found, until=until.date(), settings=settings, now=house.now()
            )
    for seat in seats:
        typer.echo(_sentence(seat.name, seat.role, until))
    typer.echo("They are told by direct message as soon as the bot runs.")


@role.command()
def grant(person: Person, office: Annotated[Role, typer.Argument()], until: Day) -> None:
    """Give a member an office until the end of a day. It takes the place of their current term in it."""
    from coop import offices, words  # noqa: PLC0415

    environment = settings_or_exit(speaks=False)
    with _refusals(), _house(environment) as house:
        now = house.now()
        term = offices.Term(office, words.today_in(now, environment.network_timezone), until.date())
        with house.database.write() as session:
            person_id = offices.holder(session, member_id(person))
            seat = offices.grant(session, person_id=person_id, term=term, by="command line", now=now)
            offices.tell_granted(session, seat, now)
    typer.echo(_sentence(seat.name, seat.role, until))


@role.command()
def end(person: Person, office: Annotated[Role, typer.Argument()]) -> None:
    """End an office at once."""
    from coop import offices, words  # noqa: PLC0415

    environment = settings_or_exit(speaks=False)
    with _refusals(), _house(environment) as house:
        now = house.now()
        today = words.today_in(now, environment.network_timezone)
        with house.database.write() as session:
            person_id = offices.holder(session, member_id(person))
            seat = offices.end(
                session, person_id=person_id, role=office, by="command line", today=today, now=now
            )
    typer.echo(f"{seat.name} is not {offices.NAMES[seat.role]} any more.")


@role.command("list")
def list_roles() -> None:
    """List who holds which office today."""
    from coop import offices, words  # noqa: PLC0415

    environment = settings_or_exit(speaks=False)
    with _refusals(), _house(environment) as house:
        today = words.today_in(house.now(), environment.network_timezone)
        with house.database.read() as session:
            held = offices.current(session, today)
    for officer in held:
        typer.echo(
            f"{officer.slack_user}  {officer.role}  until {words.on(officer.until_on)}  {officer.name}"
        )
    if not held:
        typer.echo("Nobody holds an office yet. `countmein founders` enters the first members.")


@contextmanager
def _house(environment: "Environment") -> Iterator["House"]:
    from bot import logs  # noqa: PLC0415
    from bot.schema import prepare  # noqa: PLC0415
    from bot.wiring import build  # noqa: PLC0415

    logs.set_up(environment)
    house = build(environment)
    try:
        prepare(house.database)
        yield house
    finally:
        house.database.dispose()


@contextmanager
def _refusals() -> Iterator[None]:
    """What the rules, Slack or the schema refuse is said in one sentence; the exit code is 1."""
    from bot.schema import SchemaOld  # noqa: PLC0415
    from bot.settings.loading import SettingsWrong  # noqa: PLC0415
    from bot.slack.connecting import Unreachable  # noqa: PLC0415
    from coop.errors import UserError  # noqa: PLC0415

    try:
        yield
    except (UserError, Unreachable, SchemaOld, SettingsWrong) as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from None


def _asked_of_slack(environment: "Environment", user_ids: list[str]) -> tuple["Settings", list["Founder"]]:
    """The settings with the steering channel's id, and each founder by the name Slack shows."""
    from bot.slack.clients import JOB_SECONDS, client  # noqa: PLC0415
    from bot.slack.connecting import connect  # noqa: PLC0415
    from coop.errors import UserError  # noqa: PLC0415
    from coop.founding import Founder  # noqa: PLC0415
    from handlers import accounts  # noqa: PLC0415

    connected = connect(environment)
    token = environment.slack_bot_token.get_secret_value()
    slack = client(token, environment.slack_api_url, seconds=JOB_SECONDS, rereads=True)
    team = connected.identity.team_id
    found = []
    for user_id in user_ids:
        try:
            user = accounts.full_user(user_id, team, slack)
        except UserError as refused:
            raise UserError(f"{user_id} was refused, in words meant for them: “{refused}”") from None
        found.append(Founder(team, user_id, accounts.real_name(user)))
    return connected.settings, found


def member_id(typed: str) -> str:
    """A member ID as people copy it: U012AB3CD, @U012AB3CD, <@U012AB3CD|asha>."""
    return typed.strip("<@>").split("|")[0].upper()


def _sentence(name: str, office: Role, until: datetime) -> str:
    from coop import offices, words  # noqa: PLC0415

    return f"{name} is {offices.NAMES[office]} until {words.on(until.date())}."
