"""Enter a period in which nothing goes out; see, shorten and end those there are."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from coop import offices
from coop.announcing.limits import blackouts
from coop.announcing.limits.blackouts import Backwards, Passed
from coop.announcing.moment import Moment
from coop.deps import Deps
from coop.errors import FieldError
from handlers.accounts import person_of
from handlers.answers import OpenView, Reply, UpdateView
from handlers.blocks.announcing import blackouts as blocks
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.announcing.blackouts import Asked
from handlers.blocks.message import Message
from handlers.listening import Listen
from handlers.requests import Press, SlashCommand, Submission
from storage.offices import Role


def show(command: SlashCommand, deps: Deps) -> Reply:
    with deps.read() as session:
        by = person_of(session, command.caller)
        found = blackouts.periods(session, by=by, moment=Moment(deps.now(), deps.settings))
    return Reply(blocks.listing(found, deps.today()))


def open_form(press: Press, deps: Deps) -> OpenView:
    with deps.read() as session:
        by = person_of(session, press.caller)
        offices.require(session, by=by, role=Role.STEERING, today=deps.today())
    return OpenView(blocks.form(deps.today()))


def enter(submission: Submission, deps: Deps) -> Reply | UpdateView:
    """Entered at once, unless it is so long or so far off that it may be a slip."""
    first, last = _day(submission.values, blocks.FIRST), _day(submission.values, blocks.LAST)
    reason = (submission.values.get(blocks.REASON) or "").strip()
    if not reason:
        raise FieldError(
            blocks.REASON, "Say why: people read it when something is held. Nothing was changed."
        )
    try:
        with deps.read() as session:
            by, moment = person_of(session, submission.caller), Moment(deps.now(), deps.settings)
            held = blackouts.doubtful(session, first_day=first, last_day=last, by=by, moment=moment)
        if held is not None:
            return UpdateView(blocks.sure_form(Asked(first, last, reason), held, Scene.of(deps)))
        return _entered(submission, Asked(first, last, reason), deps)
    except (Backwards, Passed) as refused:
        raise FieldError(blocks.LAST, refused.text) from refused


def enter_surely(submission: Submission, deps: Deps) -> Reply:
    return _entered(submission, Asked.unpacked(submission.private_metadata), deps)


def _entered(submission: Submission, asked: Asked, deps: Deps) -> Reply:
    with deps.write(once=submission.key) as session:
        changed = blackouts.enter(
            session,
            first_day=asked.first,
            last_day=asked.last,
            reason=asked.reason,
            by=person_of(session, submission.caller),
            now=deps.now(),
            settings=deps.settings,
        )
    return Reply(blocks.entered(changed, Scene.of(deps)))


def open_shorter(press: Press, deps: Deps) -> OpenView:
    with deps.read() as session:
        period = blackouts.open_period(
            session,
            blackout_id=int(press.value),
            by=person_of(session, press.caller),
            moment=Moment(deps.now(), deps.settings),
        )
    return OpenView(blocks.shorter_form(period))


def shorten(submission: Submission, deps: Deps) -> Reply:
    last = _day(submission.values, blocks.LAST)
    try:
        with deps.write(once=submission.key) as session:
            changed = blackouts.shorten(
                session,
                blackout_id=json.loads(submission.private_metadata)["blackout"],
                last_day=last,
                by=person_of(session, submission.caller),
                now=deps.now(),
                settings=deps.settings,
            )
    except Backwards as refused:
        raise FieldError(blocks.LAST, refused.text) from refused
    return Reply(blocks.shortened(changed, Scene.of(deps)))


def end(press: Press, deps: Deps) -> Reply:
    with deps.write(once=press.key) as session:
        changed = blackouts.end(
            session,
            blackout_id=int(press.value),
            by=person_of(session, press.caller),
            now=deps.now(),
            settings=deps.settings,
        )
    return Reply(blocks.ended(changed, Scene.of(deps)))


def _day(values: Mapping[str, Any], field: str) -> date:
    if not values.get(field):
        raise FieldError(field, "Choose a day. Nothing was changed.")
    return date.fromisoformat(values[field])


def _drawn(draw: Callable[[dict[str, Any]], Message], facts: dict[str, Any], _deps: Deps) -> Message:
    return draw(facts)


def register(listen: Listen) -> None:
    listen.command(
        "/announce blackout",
        show,
        help="days on which nothing goes out: before an election, in mourning (steering group)",
        also=(
            "purdah",
            "embargo",
            "mourning",
            "quiet",
            "pause",
        ),
        officers=True,
    )
    listen.command("/announce blackouts", show)
    listen.press(blocks.ADD, open_form)
    listen.press(blocks.SHORTEN, open_shorter)
    listen.press(blocks.END, end)
    listen.submission(blocks.FORM, enter)
    listen.submission(blocks.SURE_FORM, enter_surely)
    listen.submission(blocks.SHORTER_FORM, shorten)
    for kind, draw in blocks.NOTICES.items():
        listen.outgoing(kind, partial(_drawn, draw))
