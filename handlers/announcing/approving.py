"""Approve the exact content, or send it back: both in a window that says what it is about."""

import json

from coop import offices
from coop.announcing import approving, seeing, times
from coop.announcing.approving import NewTime
from coop.announcing.moment import Moment
from coop.announcing.scheduling import TimePassed
from coop.announcing.times import Wall
from coop.deps import Deps
from coop.errors import FieldError
from handlers.accounts import person_of
from handlers.announcing import foreseeing, form
from handlers.answers import Answer, OpenView, Reply, UpdateView
from handlers.blocks.announcing import answers, buttons, proposal
from handlers.blocks.announcing import form as blocks
from handlers.blocks.announcing.announcement import Scene
from handlers.listening import Listen
from handlers.requests import Press, Submission
from storage.offices import Role


def open_approval(press: Press, deps: Deps) -> OpenView:
    with deps.read() as session:
        row = approving.to_approve(
            session,
            announcement_id=int(press.value),
            by=person_of(session, press.caller),
            moment=Moment(deps.now(), deps.settings),
        )
        one = foreseeing.seen(session, row.id, deps)
        late = approving.needs_new_time(row, deps.now())
    return OpenView(proposal.approve_form(one, Scene.of(deps), needs_new_time=late))


def approve(submission: Submission, deps: Deps) -> Answer:
    """With a new time where its own has gone by; which of two is meant is asked the night clocks change."""
    if blocks.WHEN not in submission.values:
        return _approve(submission, None, deps)
    asked = form.wall(submission.values, deps.settings.network_timezone)
    walls = times.choices(asked.day, asked.clock, asked.zone) if asked else ()
    if asked is None or len(walls) == 1:
        return _approve(submission, NewTime(asked), deps)
    view = blocks.which_form(asked, walls, packed=submission.private_metadata)
    return UpdateView({**view, "callback_id": proposal.APPROVE_WHICH_FORM})


def approve_at(submission: Submission, deps: Deps) -> Answer:
    wall: Wall = form.chosen_wall(submission.values[blocks.WHICH], deps.settings.network_timezone)
    return _approve(submission, NewTime(wall), deps)


def _approve(submission: Submission, new_time: NewTime | None, deps: Deps) -> Reply:
    shown = json.loads(submission.private_metadata)
    try:
        with deps.write(once=submission.key, act="approve") as session:
            result = approving.approve(
                session,
                announcement_id=shown["announcement"],
                content_hash=shown["hash"],
                new_time=new_time,
                by=person_of(session, submission.caller),
                now=deps.now(),
                settings=deps.settings,
            )
    except TimePassed as passed:
        raise FieldError(blocks.TIME, passed.text) from passed
    return Reply(answers.approved(result, Scene.of(deps)))


def open_changes(press: Press, deps: Deps) -> OpenView:
    with deps.read() as session:
        offices.require(session, by=person_of(session, press.caller), role=Role.STEERING, today=deps.today())
        one = seeing.seen(session, int(press.value), Moment(deps.now(), deps.settings))
    return OpenView(proposal.changes_form(one))


def ask_for_changes(submission: Submission, deps: Deps) -> Reply:
    comment = (submission.values.get(proposal.COMMENT) or "").strip()
    if not comment:
        raise FieldError(proposal.COMMENT, "Say what should be different.")
    with deps.write(once=submission.key, act="send-back") as session:
        row = approving.ask_for_changes(
            session,
            announcement_id=json.loads(submission.private_metadata)["announcement"],
            comment=comment,
            by=person_of(session, submission.caller),
            now=deps.now(),
            settings=deps.settings,
        )
        one = seeing.seen(session, row.id, Moment(deps.now(), deps.settings))
    return Reply(answers.sent_back(one))


def register(listen: Listen) -> None:
    listen.press(buttons.APPROVE, open_approval)
    listen.press(buttons.ASK_FOR_CHANGES, open_changes)
    listen.submission(proposal.APPROVE_FORM, approve)
    listen.submission(proposal.APPROVE_WHICH_FORM, approve_at)
    listen.submission(proposal.CHANGES_FORM, ask_for_changes)
