"""countmein erase"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.offices import Person, member_id
from bot.commands.record import record, said_plainly
from bot.commands.serving import settings_or_exit
from coop.settings import LegalForm, Settings

if TYPE_CHECKING:
    from coop.forgetting import Erasable

# What obliges a network to keep its register: https://www.legislation.gov.uk/ukpga/2014/14/section/30 and
# https://www.legislation.gov.uk/ukpga/2006/46/section/113
LAWS = {
    LegalForm.ASSOCIATION: "",
    LegalForm.SOCIETY: ", as the Co-operative and Community Benefit Societies Act 2014, section 30, asks",
    LegalForm.COMPANY: ", as the Companies Act 2006, section 113, asks",
}
KEPT_OF_MEMBERS = (
    "their name, number and offices, the days they were a member, and what they agreed to, because the "
    "register has to stay true for every day{law}"
)
DONE = (
    "Erased. What messages said is forgotten here 30 days after they were sent; in Slack they stay until "
    "they are deleted there. Backups made before today still hold it all: delete those you need not keep."
)


def register(app: typer.Typer) -> None:
    app.command()(erase)


def erase(
    person: Person, yes: Annotated[bool, typer.Option("--yes", help="Do it without asking again.")] = False
) -> None:
    """Erase what need not be kept about somebody who has left or never became a member."""
    from coop import forgetting  # noqa: PLC0415 -- a wrong setting is said before the rest is loaded
    from coop.errors import UserError  # noqa: PLC0415

    settings, user_id = settings_or_exit(speaks=False).network, member_id(person)
    with record() as database, said_plainly(UserError):
        with database.read() as session:
            found = forgetting.erasable(session, user_id=user_id, settings=settings, now=datetime.now(UTC))
        for sentence in _what_happens(found, settings):
            typer.echo(sentence)
        if not yes and not typer.confirm("Erase it?"):
            typer.echo("Nothing was erased.")
            raise typer.Exit(1)
        with database.write() as session:
            forgetting.erase(
                session, user_id=user_id, by="command line", settings=settings, now=datetime.now(UTC)
            )
    typer.echo(DONE)


def _what_happens(found: "Erasable", settings: Settings) -> Iterator[str]:
    paid = ["what they paid, because accounts have to be kept for 6 years"] if found.has_paid else []
    if found.was_member:
        link = [] if found.was_expelled else ["which Slack account is theirs"]
        erased = ["their e-mail", *link, "announcements they had begun to write"]
        kept = [
            KEPT_OF_MEMBERS.format(law=LAWS[settings.legal_form]),
            "the announcements they wrote or approved, because those are the network's",
            *(["their Slack account, because to come back takes a decision of the members"] * (not link)),
        ]
        yield f"{found.name} is not a member any more."
    else:
        erased = ["their name and e-mail", "their application", "what they agreed to", "their Slack account"]
        kept = ["a number in the log that says nothing about them"]
        yield f"{found.name} never became a member."
    yield from _listed("This is erased for good:", erased)
    yield from _listed("This is kept:", [*kept, *paid, "a wish for no more messages, if they had it"])
    if found.was_member and not found.was_expelled:
        yield "If they come back, they get a new number."


def _listed(heading: str, things: list[str]) -> Iterator[str]:
    yield heading
    yield from (f"  - {thing}" for thing in things)
