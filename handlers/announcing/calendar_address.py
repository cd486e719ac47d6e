"""The calendar outside Slack: its secret address, and the file for whoever has none."""

from typing import Any

from coop import offices
from coop.announcing import calendar_address, feed
from coop.announcing.moment import Moment
from coop.deps import Deps
from coop.errors import NotAllowed
from handlers.accounts import person_of
from handlers.answers import Reply
from handlers.blocks.announcing import calendar_address as blocks
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.message import Message
from handlers.listening import Listen
from handlers.requests import Press, SlashCommand
from storage import outbox
from storage.offices import Role


def show(command: SlashCommand, deps: Deps) -> Reply:
    moment = Moment(deps.now(), deps.settings)
    if not deps.settings.public_url:
        with deps.read() as session:
            by = person_of(session, command.caller)
            offices.require(session, by=by, role=Role.STEERING, today=moment.today)
        return Reply(blocks.without_address())
    with deps.write(once=command.key) as session:
        found = calendar_address.address(session, by=person_of(session, command.caller), moment=moment)
    return Reply(blocks.told(found, Scene.of(deps)))


def renew(press: Press, deps: Deps) -> Reply:
    moment = Moment(deps.now(), deps.settings)
    with deps.write(once=press.key) as session:
        found = calendar_address.renew(session, by=person_of(session, press.caller), moment=moment)
    return Reply(blocks.told(found, Scene.of(deps)))


def send_file(press: Press, deps: Deps) -> Reply:
    with deps.write(once=press.key) as session:
        by = person_of(session, press.caller)
        by = offices.require(session, by=by, role=Role.STEERING, today=deps.today())
        facts = {"by": by, "to": press.caller.user_id}
        outbox.put(session, kind=blocks.FILE, to=press.caller.user_id, facts=facts, now=deps.now())
    return Reply(blocks.file_coming())


def draw_file(facts: dict[str, Any], deps: Deps) -> Message:
    """Drawn when it leaves, for whoever is on the steering group then."""
    from handlers.announcing import calendar_file  # noqa: PLC0415 -- icalendar is not needed to answer anybody

    moment = Moment(deps.now(), deps.settings)
    try:
        with deps.read() as session:
            offices.require(session, by=facts["by"], role=Role.STEERING, today=moment.today)
            found = feed.events(session, moment=moment)
    except NotAllowed:
        return blocks.refused()
    return blocks.file_of(calendar_file.ics(found, network=deps.settings.network_name), len(found))


def register(listen: Listen) -> None:
    listen.command(
        "/announce calendar",
        show,
        help="what is planned, in your own calendar (steering group)",
        also=(
            "ical",
            "ics",
            "feed",
            "diary",
            "agenda",
        ),
        officers=True,
    )
    listen.press(blocks.RENEW, renew)
    listen.press(blocks.SEND_FILE, send_file)
    listen.outgoing(blocks.FILE, draw_file)
