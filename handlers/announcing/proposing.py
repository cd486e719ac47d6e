"""Write an announcement and propose it: the window, its drafts, its edits."""

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
from handlers.announcing import foreseeing, form, pictures, typed_time
from handlers.announcing.form import Filled
from handlers.answers import Answer, OpenView, Reply, UpdateView
from handlers.blocks.announcing import answers, buttons, writing
from handlers.blocks.announcing import foreseeing as warnings
from handlers.blocks.announcing import form as blocks
from handlers.blocks.announcing import pictures as picture_blocks
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.announcing.form import Window
from handlers.blocks.announcing.pictures import Chosen
from handlers.blocks.message import Message
from handlers.listening import Listen
from handlers.requests import Press, SlashCommand, Submission
from storage import drafts
from storage.drafts import Draft
from storage.offices import Role

NOWHERE_TO_APPROVE = (
    "I see no steering channel where an announcement could be approved, so nothing changed: whoever looks "
    "after me should set STEERING_CHANNEL and type `countmein doctor`, which says what is missing."
)


def open_window(command: SlashCommand, deps: Deps) -> OpenView:
    """Filled with the text typed after the command; without one, with the newest draft."""
    with deps.read() as session:
        by = person_of(session, command.caller)
        offices.require(session, by=by, role=Role.STEERING, today=deps.today())
        draft = None if command.text or by is None else drafting.newest(session, by=by)
    require_steering_channel(deps)
    scene = Scene.of(deps)
    if draft is not None:
        return OpenView(reopened(draft, scene))
    entered = {blocks.TEXT: form.from_command(command.text), blocks.WHERE: list(deps.publishers)[:1]}
    return OpenView(blocks.form(fresh(), entered, scene))


def reopen(press: Press, deps: Deps) -> OpenView:
    """Go on with a draft from the list."""
    with deps.read() as session:
        by = person_of(session, press.caller)
        by = offices.require(session, by=by, role=Role.STEERING, today=deps.today())
        draft = drafts.draft(session, press.value, by)
    if draft is None:
        raise UserError("That draft is gone: it was proposed or thrown away. Nothing changed.")
    return OpenView(reopened(draft, Scene.of(deps)))


def throw_away(press: Press, deps: Deps) -> Reply:
    with deps.write(once=press.key) as session:
        by = person_of(session, press.caller)
        gone = by is not None and drafting.throw_away(session, window=press.value, by=by)
    return Reply(answers.thrown_away(gone))


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
        return OpenView(reopened(draft, scene))
    return OpenView(blocks.form(Window(fresh().token, row.id), form.as_entered(agreed), scene))


def keep_typed(press: Press, deps: Deps) -> UpdateView | None:
    """Slack tells what stands in the fields now and then: kept, should the window never be sent. Where
    another choice asks for other fields, the window shows those, with all that was typed.
    """
    if press.place != "modal" or '"window"' not in press.private_metadata:
        return None
    if f"{picture_blocks.ALT}1" in press.values:
        keep_descriptions(press, deps)
        return None
    entered = _keep(press, deps)
    if entered is None or not writing.rearranges(press.block_id, entered):
        return None
    return UpdateView(blocks.form(Window.read(press.private_metadata), entered, Scene.of(deps)))


def keep_closed(closed: Submission, deps: Deps) -> None:
    """Closed without proposing. Slack does not always say what stood in it; then the last we heard counts."""
    if closed.values.get(blocks.TEXT):
        _keep(closed, deps)


def propose(submission: Submission, deps: Deps) -> Answer:
    try:
        filled = form.filled(submission.values, deps)
        typed_time.read(submission, submission.values, deps)
        chosen = pictures.of_window(submission, filled.said, deps)
    except pictures.NotTaken as refused:
        _keep(submission, deps, refused.chosen)
        raise
    except UserError:
        _keep(submission, deps)
        raise
    if chosen:
        _keep(submission, deps, chosen)
        return UpdateView(pictures.asking(submission, filled.said.targets, chosen, deps))
    return at_its_time(submission, filled, submission.values, deps)


def at_its_time(submission: Submission, filled: Filled, entered: Mapping[str, Any], deps: Deps) -> Answer:
    """Proposed, unless it has to be asked first which time is meant. `entered` is what the window held."""
    if (reading := typed_time.read(submission, entered, deps)) is not None:
        _keep(submission, deps)
        return UpdateView(typed_time.confirming(submission, entered, reading, deps))
    if filled.asked is None or len(filled.walls) == 1:
        return _propose(submission, filled, filled.agreed(), deps)
    _keep(submission, deps)
    return UpdateView(blocks.which_form(filled.asked, filled.walls, packed=submission.private_metadata))


def propose_at(submission: Submission, deps: Deps) -> Answer:
    """Which time is meant, of those offered; everything else stands in the draft."""
    filled = form.filled({**drafted(submission, deps), blocks.WHEN: blocks.ASAP}, deps)
    wall = form.chosen_wall(submission.values[blocks.WHICH], deps.settings.network_timezone)
    return _propose(submission, filled, filled.agreed_at(wall), deps)


def keep_descriptions(request: Press | Submission, deps: Deps) -> None:
    """What was written of the pictures so far, with everything else that is kept of that window."""
    try:
        entered = drafted(request, deps)
    except UserError:  # thrown away meanwhile, and nobody reads an answer to this
        return
    given = pictures.described(picture_blocks.chosen_of(entered), request.values)
    keep_entered(request, entered | {picture_blocks.PICTURES: [one.kept() for one in given]}, deps)


def drafted(request: Press | Submission, deps: Deps) -> dict[str, Any]:
    """What the window that led here held. Raises UserError when it is gone."""
    window = Window.read(request.private_metadata)
    with deps.read() as session:
        by = person_of(session, request.caller)
        draft = drafts.draft(session, window.token, by) if by is not None else None
    if draft is None:
        raise UserError("What you wrote is not there any more. Nothing was proposed: type `/announce`.")
    return dict(draft.entered)


def _propose(submission: Submission, filled: Filled, agreed: Agreed, deps: Deps) -> Reply:
    window = Window.read(submission.private_metadata)
    zone = clocks.own_zone(submission.caller.user_id, deps) if agreed.wall else None
    try:
        result = _write(submission, window, agreed, deps)
    except TimePassed as passed:
        _keep(submission, deps)
        if blocks.TIME not in submission.values:
            raise
        raise FieldError(blocks.TIME, passed.text) from passed
    except UserError:
        _keep(submission, deps)
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
    if not deps.settings.steering_channel:
        raise UserError(NOWHERE_TO_APPROVE)


def _keep(
    request: Press | Submission, deps: Deps, chosen: tuple[Chosen, ...] | None = None
) -> dict[str, Any] | None:
    """What stands in the window, with the pictures as they are known by now, and what it does not show."""
    window = Window.read(request.private_metadata)
    with deps.read() as session:
        by = person_of(session, request.caller)
        if chosen is None and by is not None:
            chosen = pictures.chosen(session, request.values, window, by)
    kept = [one.kept() for one in chosen or ()]
    return keep_entered(request, {**form.entered(request.values), picture_blocks.PICTURES: kept}, deps)


def keep_entered(request: Press | Submission, entered: dict[str, Any], deps: Deps) -> dict[str, Any] | None:
    """Everything typed so far; None from whoever may not write announcements, and of windows that only ask
    something more.
    """
    window = Window.read(request.private_metadata)
    with deps.write() as session:
        by = person_of(session, request.caller)
        may = by is not None and Role.STEERING in offices.roles_of(session, by, deps.today())
        if by is None or not may or blocks.TEXT not in entered:
            return None
        return drafting.keep(
            session,
            window=window.token,
            announcement_id=window.announcement_id,
            entered=entered,
            by=by,
            now=deps.now(),
        )


def reopened(draft: Draft, scene: Scene) -> dict[str, Any]:
    window = Window(draft.window, draft.announcement_id)
    return blocks.form(window, draft.entered, scene, note=answers.kept_note(draft.kept_at, scene))


def fresh() -> Window:
    return Window(secrets.token_hex(8))


def register(listen: Listen) -> None:
    listen.command(
        "/announce",
        open_window,
        usage="[text]",
        help="write an announcement, which goes out once somebody else approves it (steering group)",
        officers=True,
        takes_text=True,
    )
    listen.press(blocks.REOPEN, reopen)
    listen.press(blocks.THROW_AWAY, throw_away)
    listen.press(buttons.EDIT, open_edit)
    listen.press(blocks.TYPED, keep_typed)
    listen.submission(blocks.FORM, propose)
    listen.submission(blocks.WHICH_FORM, propose_at)
    listen.closing(blocks.FORM, keep_closed)
