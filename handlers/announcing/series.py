"""Series: see them all, open one, approve all of one at once, end it, and what is told about them."""

import json
from typing import Any

from sqlalchemy.orm import Session

from coop import offices
from coop.announcing.moment import Moment
from coop.announcing.series import approving, ending, telling
from coop.announcing.series import proposing as series
from coop.announcing.series import seeing as series_seen
from coop.announcing.series.seeing import SeriesSeen
from coop.deps import Deps
from handlers.accounts import person_of
from handlers.announcing import proposing as windows
from handlers.answers import OpenView, Reply
from handlers.blocks.announcing import form as blocks
from handlers.blocks.announcing import series as drawn
from handlers.blocks.announcing import series_notes
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.message import Message
from handlers.listening import Listen, Render
from handlers.requests import Press, SlashCommand, Submission
from storage import people
from storage import series as record
from storage.offices import Role

Facts = dict[str, Any]


def show_all(command: SlashCommand, deps: Deps) -> Reply:
    return Reply(_page(command, deps))


def show_more(press: Press, deps: Deps) -> Reply:
    return Reply(_page(press, deps, after=int(press.value)))


def _page(request: SlashCommand | Press, deps: Deps, *, after: int = 0) -> Message:
    with deps.read() as session:
        steering(session, request, deps)
        found = series_seen.going(session, Moment(deps.now(), deps.settings))
    return drawn.listing(found, Scene.of(deps), after=after)


def write_one(press: Press, deps: Deps) -> OpenView:
    with deps.read() as session:
        steering(session, press, deps)
    fresh = {blocks.WHERE: list(deps.publishers)[:1]}
    return OpenView(blocks.form(windows.fresh(), fresh, Scene.of(deps), note=blocks.HOW_TO_REPEAT))


def open_one(press: Press, deps: Deps) -> OpenView:
    with deps.read() as session:
        by = steering(session, press, deps)
        one = found(session, int(press.value), deps)
        reader = people.mentionable(session, by)
    return OpenView(drawn.detail(one, Scene.of(deps), reader=reader))


def open_approval(press: Press, deps: Deps) -> OpenView:
    moment = Moment(deps.now(), deps.settings)
    with deps.read() as session:
        by = person_of(session, press.caller)
        row = approving.to_approve(session, series_id=int(press.value), by=by, moment=moment)
        one = series_seen.seen(session, row, moment)
    return OpenView(drawn.approve_form(one, Scene.of(deps)))


def approve(submission: Submission, deps: Deps) -> Reply:
    shown = json.loads(submission.private_metadata)
    with deps.write(once=submission.key) as session:
        by = person_of(session, submission.caller)
        facts: dict[str, Any] = {"shown": shown["hash"], "by": by, "now": deps.now()}
        result = approving.approve(session, series_id=shown["series"], settings=deps.settings, **facts)
        one = found(session, result.id, deps)
    return Reply(series_notes.approved(result, one))


def end(press: Press, deps: Deps) -> Reply:
    with deps.write(once=press.key) as session:
        by = person_of(session, press.caller)
        facts: dict[str, Any] = {"by": by, "now": deps.now(), "settings": deps.settings}
        result = ending.end(session, series_id=int(press.value), **facts)
        one = found(session, result.id, deps)
    return Reply(series_notes.ended(result, one))


def draw_proposal(facts: Facts, deps: Deps) -> Message:
    with deps.read() as session:
        one = found(session, facts["series"], deps)
    return drawn.proposal(one, Scene.of(deps))


def draw_to_approve(facts: Facts, deps: Deps) -> Message:
    with deps.read() as session:
        one = found(session, facts["series"], deps)
    return series_notes.to_approve(one, Scene.of(deps), reader=facts["to"])


def draw_note(kind: str) -> Render:
    def draw(facts: Facts, deps: Deps) -> Message:
        with deps.read() as session:
            one = found(session, facts["series"], deps)
        return series_notes.note(kind, one, facts)

    return draw


def found(session: Session, series_id: int, deps: Deps) -> SeriesSeen:
    """Raises NoSuchSeries."""
    if (row := record.series(session, series_id)) is None:
        raise series.NoSuchSeries
    return series_seen.seen(session, row, Moment(deps.now(), deps.settings))


def steering(session: Session, request: SlashCommand | Press, deps: Deps) -> int:
    by = person_of(session, request.caller)
    return offices.require(session, by=by, role=Role.STEERING, today=deps.today())


def register(listen: Listen) -> None:
    listen.command(
        "/announce series",
        show_all,
        help="what is announced again and again: skip a day, change it, end it (steering group)",
        also=(
            "repeat",
            "repeating",
            "recurring",
            "weekly",
            "monthly",
        ),
        officers=True,
    )
    listen.press(drawn.NEW, write_one)
    listen.press(drawn.MORE, show_more)
    listen.press(drawn.OPEN, open_one)
    listen.press(drawn.APPROVE, open_approval)
    listen.press(drawn.END, end)
    listen.submission(drawn.APPROVE_FORM, approve)
    listen.outgoing(telling.PROPOSAL, draw_proposal)
    listen.outgoing(telling.TO_APPROVE, draw_to_approve)
    for kind in series_notes.NOTES:
        listen.outgoing(kind, draw_note(kind))
