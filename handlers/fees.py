"""How to pay; marking payments and taking a mark back, for the treasurer."""

import json
from datetime import date

from coop import fees, paying, references
from coop.deps import Deps
from coop.errors import FieldError
from handlers.accounts import person_of
from handlers.answers import OpenView, Reply
from handlers.blocks import fees as blocks
from handlers.listening import Listen
from handlers.requests import Press, SlashCommand, Submission


def how_to_pay(press: Press, deps: Deps) -> Reply:
    caller = press.caller
    with deps.read() as session:
        facts = fees.how_to_pay_of(
            session, team_id=caller.team_id, user_id=caller.user_id, settings=deps.settings, now=deps.now()
        )
    return Reply(blocks.how_to_pay(facts, deps.settings) if facts else blocks.nothing_due())


def show_payments(command: SlashCommand, deps: Deps) -> OpenView | Reply:
    typed = command.text.replace(",", " ").split()
    return (
        _shown(typed, command, deps)
        if typed
        else Reply(blocks.usage(references.example(deps.settings.network_name)))
    )


def show_payment(press: Press, deps: Deps) -> OpenView:
    return _shown([press.value], press, deps)


def mark_paid(submission: Submission, deps: Deps) -> Reply:
    paid_on = submission.values.get(paying.PAID_ON)
    if not paid_on:
        raise FieldError(paying.PAID_ON, "Choose the day the money arrived.")
    shown = json.loads(submission.private_metadata)
    with deps.write(once=submission.key) as session:
        payments = paying.mark_paid(
            session,
            fee_ids=shown["fees"],
            gone=shown["gone"],
            paid_on=date.fromisoformat(paid_on),
            by=person_of(session, submission.caller),
            settings=deps.settings,
            now=deps.now(),
        )
    return Reply(blocks.booked(payments))


def undo(press: Press, deps: Deps) -> Reply:
    with deps.write(once=press.key) as session:
        payment = paying.undo(
            session,
            entry_id=int(press.value),
            by=person_of(session, press.caller),
            settings=deps.settings,
            now=deps.now(),
        )
    return Reply(blocks.taken_back(payment))


def _shown(typed: list[str], request: SlashCommand | Press, deps: Deps) -> OpenView:
    with deps.read() as session:
        by = person_of(session, request.caller)
        found = paying.find(session, typed=typed, by=by, today=deps.today())
    return OpenView(blocks.form(found, deps.today()))


def register(listen: Listen) -> None:
    listen.command(
        "/member paid",
        show_payments,
        usage="REFERENCE REFERENCE …",
        help="mark fees as paid, after seeing names and amounts (treasurer)",
        officers=True,
    )
    listen.press(blocks.HOW_TO_PAY, how_to_pay)
    listen.press(blocks.MARK, show_payment)
    listen.press(blocks.UNDO, undo)
    listen.submission(blocks.FORM, mark_paid)
    listen.outgoing("fee_to_pay", lambda facts, deps: blocks.how_to_pay(facts, deps.settings))
    listen.outgoing("receipt_paid", lambda facts, _deps: blocks.receipt_paid(facts))
    listen.outgoing("receipt_not_owed", lambda facts, deps: blocks.receipt_not_owed(facts, deps.settings))
