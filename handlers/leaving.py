"""Leaving in two clicks, and taking it back within the hour."""

from coop import leaving
from coop.deps import Deps
from coop.errors import UserError
from handlers.answers import OpenView, Reply
from handlers.blocks import leaving as blocks
from handlers.blocks.message import Message
from handlers.listening import Listen
from handlers.requests import Caller, Press, SlashCommand, Submission


def ask(command: SlashCommand, deps: Deps) -> Reply:
    return Reply(first_click(command.caller, deps))


def first_click(caller: Caller, deps: Deps) -> Message:
    _refuse_nobody(caller, deps)
    return blocks.asked(deps.settings)


def open_form(press: Press, deps: Deps) -> OpenView:
    _refuse_nobody(press.caller, deps)
    return OpenView(blocks.form(deps.settings))


def _refuse_nobody(caller: Caller, deps: Deps) -> None:
    with deps.read() as session:
        can = leaving.can_leave(session, team_id=caller.team_id, user_id=caller.user_id)
    if not can:
        raise UserError("You are not a member, so there is nothing to leave.")


def leave(submission: Submission, deps: Deps) -> Reply:
    caller = submission.caller
    with deps.write(once=submission.key) as session:
        left = leaving.leave(
            session, team_id=caller.team_id, user_id=caller.user_id, settings=deps.settings, now=deps.now()
        )
    return Reply(blocks.closed(left))


def undo(press: Press, deps: Deps) -> Reply:
    caller = press.caller
    with deps.write(once=press.key) as session:
        since = leaving.undo(session, team_id=caller.team_id, user_id=caller.user_id, now=deps.now())
    return Reply(blocks.undone(since))


def register(listen: Listen) -> None:
    also = ("quit", "resign", "cancel", "withdraw", "unsubscribe", "delete", "end")
    listen.command("/member leave", ask, help="leave, or take your application back", also=also)
    # Slack keeps /leave for channels; it is answered wherever it does reach us.
    listen.command("/leave", ask, reserved=True)
    listen.press(blocks.LEAVE, open_form)
    listen.press(blocks.UNDO, undo)
    listen.submission(blocks.FORM, leave)
    listen.outgoing("receipt_left", lambda facts, deps: blocks.receipt_left(facts, deps.settings))
    listen.outgoing("receipt_leaving_undone", lambda facts, _deps: blocks.receipt_undone(facts))
    listen.outgoing("too_few_members", lambda facts, _deps: blocks.too_few(facts))
