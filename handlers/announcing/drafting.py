"""What stands in a window is kept while it is being written, and comes back as it was."""

from typing import Any

from coop import offices
from coop.announcing import drafting
from coop.deps import Deps
from coop.errors import UserError
from handlers.accounts import person_of
from handlers.announcing import form, pictures
from handlers.answers import OpenView, Reply, UpdateView
from handlers.blocks.announcing import answers, writing
from handlers.blocks.announcing import form as blocks
from handlers.blocks.announcing import pictures as picture_blocks
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.announcing.form import Window
from handlers.blocks.announcing.pictures import Chosen
from handlers.listening import Listen
from handlers.requests import Press, Submission
from storage import drafts
from storage.drafts import Draft
from storage.offices import Role


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


def keep_typed(press: Press, deps: Deps) -> UpdateView | None:
    """Slack tells what stands in the fields now and then: kept, should the window never be sent. Where
    another choice asks for other fields, the window shows those, with all that was typed.
    """
    if press.place != "modal" or '"window"' not in press.private_metadata:
        return None
    if f"{picture_blocks.ALT}1" in press.values:
        keep_descriptions(press, deps)
        return None
    entered = keep(press, deps)
    if entered is None or not writing.rearranges(press.block_id, entered):
        return None
    return UpdateView(blocks.form(Window.read(press.private_metadata), entered, Scene.of(deps)))


def keep_closed(closed: Submission, deps: Deps) -> None:
    """Closed without proposing. Slack does not always say what stood in it; then the last we heard counts."""
    if any(closed.values.get(name) for name in closed.values if writing.is_typed(name)):
        keep(closed, deps)


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


def keep(
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


def register(listen: Listen) -> None:
    listen.press(blocks.REOPEN, reopen)
    listen.press(blocks.THROW_AWAY, throw_away)
    listen.press(blocks.TYPED, keep_typed)
    listen.closing(blocks.FORM, keep_closed)
