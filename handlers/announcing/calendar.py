"""What is announced in a week or a month, turned over like the pages of a calendar."""

from datetime import date
from typing import Any

from coop import offices
from coop.announcing import calendar
from coop.announcing.calendar import Days
from coop.announcing.moment import Moment
from coop.announcing.spans import Length, NoSuchDays, Span
from coop.deps import Deps
from coop.errors import NotAllowed
from handlers.accounts import person_of
from handlers.answers import Reply
from handlers.blocks.announcing import calendar as blocks
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.message import Message
from handlers.listening import Listen
from handlers.requests import Press, SlashCommand
from storage import outbox
from storage.offices import Role

# What may follow `/announce list`; anything else makes a text of it.
ASKED = {
    "week": (Length.WEEK, 0),
    "this week": (Length.WEEK, 0),
    "next week": (Length.WEEK, 1),
    "last week": (Length.WEEK, -1),
    "month": (Length.MONTH, 0),
    "this month": (Length.MONTH, 0),
    "next month": (Length.MONTH, 1),
    "last month": (Length.MONTH, -1),
}


def show_asked(command: SlashCommand, deps: Deps) -> Reply:
    """`/announce list week`, and whatever else of ASKED."""
    length, turned = ASKED[" ".join(command.text.lower().split())]
    span = Span.around(deps.today(), length)
    span = {0: span, 1: span.after, -1: span.before}[turned]
    return Reply(_page(command, span, deps))


def show_this(press: Press, deps: Deps) -> Reply:
    return Reply(_page(press, Span.around(deps.today(), _length(press.value)), deps))


def turn(press: Press, deps: Deps) -> Reply:
    """The same message, another page of the calendar."""
    span, after = read(press.value)
    return Reply(_page(press, span, deps, after=after), replace=True)


def send_picture(press: Press, deps: Deps) -> Reply:
    span, _ = read(press.value)
    with deps.write(once=press.key) as session:
        by = person_of(session, press.caller)
        by = offices.require(session, by=by, role=Role.STEERING, today=deps.today())
        facts = {"month": span.first.isoformat(), "by": by}
        outbox.put(
            session, kind=blocks.PICTURE_OF_MONTH, to=press.caller.user_id, facts=facts, now=deps.now()
        )
    return Reply(blocks.picture_coming())


def draw_picture(facts: dict[str, Any], deps: Deps) -> Message:
    """Drawn when it leaves, for whoever is on the steering group then."""
    from handlers.announcing import calendar_picture  # noqa: PLC0415 -- Pillow is not needed to answer anybody

    settings, span = deps.settings, Span.around(date.fromisoformat(facts["month"]), Length.MONTH)
    try:
        with deps.read() as session:
            moment = Moment(deps.now(), settings)
            found = calendar.days(session, span=span, by=facts["by"], moment=moment)
    except NotAllowed:
        return blocks.picture_refused()
    drawn = calendar_picture.Month(found, settings.network_name, settings.network_colour)
    return blocks.picture(found, Scene.of(deps), calendar_picture.png(drawn))


def read(value: str) -> tuple[Span, int]:
    """A page as a button names it. Raises NoSuchDays for what no button of ours says."""
    span, _, after = value.rpartition(":")
    if not after.isdecimal() or len(after) > len("99999"):
        raise NoSuchDays
    return Span.read(span), int(after)


def _page(request: SlashCommand | Press, span: Span, deps: Deps, *, after: int = 0) -> Message:
    return blocks.calendar(_found(request, span, deps), Scene.of(deps), after=after)


def _found(request: SlashCommand | Press, span: Span, deps: Deps) -> Days:
    with deps.read() as session:
        by = person_of(session, request.caller)
        return calendar.days(session, span=span, by=by, moment=Moment(deps.now(), deps.settings))


def _length(value: str) -> Length:
    try:
        return Length(value)
    except ValueError:
        raise NoSuchDays from None


def register(listen: Listen) -> None:
    listen.press(blocks.THIS_WEEK, show_this)
    listen.press(blocks.THIS_MONTH, show_this)
    for action_id in (blocks.TURN_BACK, blocks.TURN_ON, blocks.MORE):
        listen.press(action_id, turn)
    listen.press(blocks.PICTURE, send_picture)
    listen.outgoing(blocks.PICTURE_OF_MONTH, draw_picture)
