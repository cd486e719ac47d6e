"""Write an announcement and propose it: the window and its edits."""

import secrets
from collections.abc import Mapping
from typing import Any

from coop import offices
from coop.announcing import drafting, proposing, seeing
from coop.announcing.content import Agreed
from coop.announcing.proposing import Proposed
from coop.announcing.scheduling import TimePassed
from coop.deps import Deps
from coop.errors import FieldError, UserError
from handlers import clocks
from handlers.accounts import person_of
from handlers.announcing import drafting as kept
from handlers.announcing import foreseeing, form, pictures, typed_time
from handlers.announcing.form import Filled
from handlers.answers import Answer, OpenView, Reply, UpdateView
from handlers.blocks.announcing import answers, buttons
from handlers.blocks.announcing import foreseeing as warnings
from handlers.blocks.announcing import form as blocks
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.announcing.form import Window
from handlers.blocks.message import Message
from handlers.listening import Listen
from handlers.requests import Caller, Press, SlashCommand, Submission
from storage import drafts
from storage.offices import Role

NOWHERE_TO_APPROVE = (
    "I see no steering channel where an announcement could be approved, so nothing changed: whoever looks "
    "after me should set STEERING_CHANNEL and type `countmein doctor`, which says what is missing."
)


def open_window(command: SlashCommand, deps: Deps) -> OpenView:
    """Filled with the text typed after the command; without one, with the newest draft."""
    return opened(command.caller, command.text, deps)


def opened(caller: Caller, text: str, deps: Deps) -> OpenView:
    with deps.read() as session:
        by = person_of(session, caller)
        offices.require(session, by=by, role=Role.STEERING, today=deps.today())
        draft = None if text or by is None else drafting.newest(session, by=by)
    require_steering_channel(deps)
    scene = Scene.of(deps)
    if draft is not None:
        return OpenView(kept.reopened(draft, scene))
    return OpenView(blocks.form(fresh(), form.only_words(text, deps), scene))


def open_edit(press: Press, deps: Deps) -> OpenView:
    """The owner's window on an announcement; what they had begun to change is still there."""
    with deps.read() as session:
        by = person_of(session, press.caller)
        by = offices.require(session, by=by, role=Role.STEERING, today=deps.today())
        row = proposing.editable(session, int(press.value), by)
        draft = drafts.draft_of_edit(session, by, row.id)
        agreed = seeing.agreed(session, row)
    scene = Scene.of(deps)
    if draft is not None:
        return OpenView(kept.reopened(draft, scene))
    return OpenView(blocks.form(Window(fresh().token, row.id), form.as_entered(agreed), scene))


def propose(submission: Submission, deps: Deps) -> Answer:
    try:
        filled = form.filled(submission.values, deps)
        typed_time.read(submission, submission.values, deps)
        chosen = pictures.of_window(submission, filled.said, deps)
    except pictures.NotTaken as refused:
        kept.keep(submission, deps, refused.chosen)
        raise
    except UserError:
        kept.keep(submission, deps)
        raise
    if chosen:
        kept.keep(submission, deps, chosen)
        return UpdateView(pictures.asking(submission, filled.said.targets, chosen, deps))
    return at_its_time(submission, filled, submission.values, deps)


def at_its_time(submission: Submission, filled: Filled, entered: Mapping[str, Any], deps: Deps) -> Answer:
    """Proposed, unless it has to be asked first which time is meant. `entered` is what the window held."""
    if (reading := typed_time.read(submission, entered, deps)) is not None:
        kept.keep(submission, deps)
        return UpdateView(typed_time.confirming(submission, entered, reading, deps))
    if filled.asked is None or len(filled.walls) == 1:
        return _propose(submission, filled, filled.agreed(), deps)
    kept.keep(submission, deps)
    return UpdateView(blocks.which_form(filled.asked, filled.walls, packed=submission.private_metadata))


def propose_at(submission: Submission, deps: Deps) -> Answer:
    """Which time is meant, of those offered; everything else stands in the draft."""
    filled = form.filled({**kept.drafted(submission, deps), blocks.WHEN: blocks.ASAP}, deps)
    wall = form.chosen_wall(submission.values[blocks.WHICH], deps.settings.network_timezone)
    return _propose(submission, filled, filled.agreed_at(wall), deps)


def _propose(submission: Submission, filled: Filled, agreed: Agreed, deps: Deps) -> Reply:
    window = Window.read(submission.private_metadata)
    zone = clocks.own_zone(submission.caller.user_id, deps) if agreed.wall else None
    try:
        result = _write(submission, window, agreed, deps)
    except TimePassed as passed:
        kept.keep(submission, deps)
        if blocks.TIME not in submission.values:
            raise
        raise FieldError(blocks.TIME, passed.text) from passed
    except UserError:
        kept.keep(submission, deps)
        raise
    scene, edits = Scene.of(deps), window.announcement_id is not None
    with deps.read() as session:
        one = foreseeing.seen(session, result.id, deps)
    said = answers.proposed(result, scene, own_zone=zone, warnings=filled.warnings, edits=edits)
    return Reply(Message("\n".join([said.text, *warnings.lines(one, scene)])))


def _write(submission: Submission, window: Window, agreed: Agreed, deps: Deps) -> Proposed:
    require_steering_channel(deps)
    with deps.write(once=submission.key, act="edit" if window.announcement_id else "propose") as session:
        by = person_of(session, submission.caller)
        facts: dict[str, Any] = {"agreed": agreed, "by": by, "now": deps.now(), "settings": deps.settings}
        if window.announcement_id is None:
            result = proposing.propose(session, **facts)
        else:
            result = proposing.edit(session, announcement_id=window.announcement_id, **facts)
        if by is not None:
            drafting.sent(session, window=window.token, by=by, now=deps.now())
    return result


def require_steering_channel(deps: Deps) -> None:
    """Raises UserError where nobody could be asked to approve anything."""
    if not deps.settings.steering_channel:
        raise UserError(NOWHERE_TO_APPROVE)


def fresh() -> Window:
    """A window of its own, for a new announcement."""
    return Window(secrets.token_hex(8))


def register(listen: Listen) -> None:
    listen.command(
        "/announce",
        open_window,
        usage="[text]",
        help="write an announcement, which goes out once somebody else approves it (steering group)",
        officers=True,
        takes_text=True,
        also=("new", "write", "create", "compose", "post", "announce"),
    )
    listen.press(buttons.EDIT, open_edit)
    listen.submission(blocks.FORM, propose)
    listen.submission(blocks.WHICH_FORM, propose_at)
