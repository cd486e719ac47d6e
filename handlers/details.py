"""Changing one's own details."""

from coop import details, offices
from coop.deps import Deps
from coop.errors import UserError
from handlers.answers import OpenView, Reply
from handlers.blocks import contacts
from handlers.blocks import details as blocks
from handlers.listening import Listen
from handlers.requests import Press, SlashCommand, Submission


def open_form(request: SlashCommand | Press, deps: Deps) -> OpenView:
    caller = request.caller
    with deps.read() as session:
        given = details.of_account(session, caller.team_id, caller.user_id)
        asked = contacts.pairs(offices.contacts(session, deps.today()))
    if given is None:
        raise UserError("We keep no details about you: you have not joined. Type `/countmein` to join.")
    return OpenView(blocks.form(given, deps.settings, asked))


def save(submission: Submission, deps: Deps) -> Reply:
    with deps.write(once=submission.key) as session:
        kept = details.change(
            session,
            team_id=submission.caller.team_id,
            user_id=submission.caller.user_id,
            name=submission.values.get(details.NAME) or "",
            email=submission.values.get(details.EMAIL) or "",
            now=deps.now(),
        )
    return Reply(blocks.saved(kept))


def register(listen: Listen) -> None:
    listen.command(
        "/member details",
        open_form,
        help="see and change what the register says about you",
        also=("edit", "change", "update", "email", "name", "profile"),
    )
    listen.press(blocks.CHANGE, open_form)
    listen.submission(blocks.FORM, save)
