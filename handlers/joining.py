"""Joining: one form and one act behind every way in."""

from coop import details, joining, offices, texts
from coop.deps import Deps
from coop.details import Form
from coop.errors import UserError
from coop.standing import Standing, State
from handlers import accounts, newcomers
from handlers import standing as standing_handler
from handlers.accounts import OTHER_TEAM
from handlers.answers import OpenView, Reply
from handlers.blocks import contacts
from handlers.blocks import joining as blocks
from handlers.blocks.message import Message
from handlers.listening import Listen
from handlers.requests import Press, SlashCommand, Submission

# Their application is on its way, or only the members can let them back in: a form would come to nothing.
NOTHING_TO_FILL_IN = {State.APPLIED, State.APPROVED_FEE_DUE, State.EXPELLED}


def open_form(request: SlashCommand | Press, deps: Deps) -> OpenView | Reply:
    """The form; for whoever has no need of it, how they stand and their next step."""
    caller = request.caller
    if not caller.at_home:
        raise UserError(OTHER_TEAM)
    with deps.read() as session:
        found = standing_handler.of_caller(session, caller, deps)
        given = details.of_account(session, caller.team_id, caller.user_id)
        asked = contacts.pairs(offices.contacts(session, deps.today()))
    if not _has_use_of_form(found):
        return Reply(standing_handler.answer(caller, deps))
    # Slack has two seconds for this, which leaves the trigger of the form its third.
    if hindrance := newcomers.hindrance(caller, found, deps):
        return Reply(Message(hindrance))
    return OpenView(
        blocks.form(
            given,
            principles=texts.principles(),
            privacy=texts.privacy_notice(),
            settings=deps.settings,
            asked=asked,
        )
    )


def _has_use_of_form(found: Standing) -> bool:
    """Founders complete the register by it."""
    return found.lacks_agreement if found.is_member else found.state not in NOTHING_TO_FILL_IN


def join(submission: Submission, deps: Deps) -> Reply:
    account = accounts.full_member(submission.caller, deps)
    with deps.write(once=submission.key) as session:
        applied = joining.apply(
            session, account=account, form=_form(submission), settings=deps.settings, now=deps.now()
        )
        asked = contacts.pairs(offices.contacts(session, deps.today()))
    return Reply(blocks.closed(applied, deps.settings, asked))


def _form(submission: Submission) -> Form:
    values = submission.values
    return Form(
        name=values.get(details.NAME) or "",
        email=values.get(details.EMAIL) or "",
        is_old_enough=bool(values.get(details.AGE)),
        agrees=bool(values.get(details.AGREEMENT)),
    )


def register(listen: Listen) -> None:
    listen.command("/countmein", open_form, help="join the network, with one short form")
    also = ("apply", "signup", "sign", "register", "start", "enrol")
    listen.command("/member join", open_form, help="the same as /countmein", also=also)
    # Slack keeps /join for channels; it is answered wherever it does reach us.
    listen.command("/join", open_form, reserved=True)
    listen.press(blocks.OPEN, open_form)
    listen.submission(blocks.FORM, join)
    listen.outgoing("receipt_applied", lambda facts, deps: blocks.receipt_applied(facts, deps.settings))
    listen.outgoing("receipt_joined", lambda facts, deps: blocks.receipt_joined(facts, deps.settings))
