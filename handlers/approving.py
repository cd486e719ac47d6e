"""The steering group approves or declines who has applied, in their channel or from a list."""

import json

from coop import approving, offices
from coop.deps import Deps
from handlers import members_list
from handlers.accounts import person_of
from handlers.answers import OpenView, Reply, UpdateView
from handlers.blocks import approving as blocks
from handlers.blocks import contacts
from handlers.blocks import members_list as list_blocks
from handlers.listening import Listen
from handlers.requests import Press, Submission


def approve(press: Press, deps: Deps) -> Reply | UpdateView:
    with deps.write(once=press.key) as session:
        applicant = approving.approve(
            session,
            application_id=int(press.value),
            by=person_of(session, press.caller),
            settings=deps.settings,
            now=deps.now(),
        )
    told = blocks.outcome("approved", applicant)
    if press.place == "modal":
        roll, number = list_blocks.place_in(press.private_metadata)
        return UpdateView(members_list.page(press.caller, deps, roll, number, notice=told.text))
    return Reply(told)


def ask_reason(press: Press, deps: Deps) -> OpenView:
    with deps.read() as session:
        applicant = approving.waiting(
            session,
            application_id=int(press.value),
            by=person_of(session, press.caller),
            today=deps.today(),
        )
    return OpenView(blocks.reason_form(applicant))


def show_reason(submission: Submission, deps: Deps) -> UpdateView:
    reason = approving.checked_reason(submission.values.get(approving.REASON) or "")
    with deps.read() as session:
        applicant = approving.waiting(
            session,
            application_id=json.loads(submission.private_metadata)["application"],
            by=person_of(session, submission.caller),
            today=deps.today(),
        )
        asked = contacts.pairs(offices.contacts(session, deps.today()))
    told = {"reason": reason, "decided_on": deps.today().isoformat(), "contacts": asked}
    return UpdateView(blocks.preview(applicant, reason, blocks.declined(told, deps.settings)))


def decline(submission: Submission, deps: Deps) -> Reply:
    shown = json.loads(submission.private_metadata)
    with deps.write(once=submission.key) as session:
        applicant = approving.decline(
            session,
            application_id=shown["application"],
            reason=shown["reason"],
            by=person_of(session, submission.caller),
            settings=deps.settings,
            now=deps.now(),
        )
    return Reply(blocks.outcome("declined", applicant))


def register(listen: Listen) -> None:
    listen.press(blocks.APPROVE, approve)
    listen.press(blocks.DECLINE, ask_reason)
    listen.submission(blocks.REASON_FORM, show_reason)
    listen.submission(blocks.SEND_FORM, decline)
    listen.outgoing("application_waiting", lambda facts, _deps: blocks.waiting(facts))
    listen.outgoing("application_decided", lambda facts, _deps: blocks.decided(facts))
    listen.outgoing("application_declined", lambda facts, deps: blocks.declined(facts, deps.settings))
