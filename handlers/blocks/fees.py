"""How to pay, marking what was paid, receipts."""

import json
from datetime import date
from typing import Any

from coop import paying, words
from coop.paying import Found
from coop.settings import LegalForm, Settings
from coop.unowed import How
from handlers.blocks import contacts, elements
from handlers.blocks.elements import escape
from handlers.blocks.lines import sections
from handlers.blocks.message import Block, Message
from storage.fees import Money, Payment

HOW_TO_PAY = "fees.how_to_pay"
MARK = "fees.mark"
UNDO = "fees.undo"
FORM = "fees.form"

_WHY = {
    "approved": "Good news: the steering group approved your application. One step is left: your fee.",
    "joining": "Thank you for joining. One step is left: your fee.",
    "founder": "Founders pay the same fee as everybody.",
    "member": "Your fee is due. You're a member all the same.",
    "undone": "A payment of yours had been marked by mistake and was taken back, so this is due again. "
    "You're a member all the same.",
    "asked": "This is how to pay your fee.",
}

_GONE = (
    "What is not owed any more can be booked all the same; it makes nobody a member again. What arrived by "
    "the day somebody left pays their fee. Anything else is booked as received but not owed, and they are "
    "told how to have it back."
)
_NOT_OWED = (
    " What was not owed is theirs: once you have sent it back, press “Take back” beside it. If they want the "
    "network to keep it, leave it as it is."
)
_ENDED = {
    How.LEFT: "You had left",
    How.MEMBERSHIP_ENDED: "Your membership had ended",
    How.TAKEN_BACK: "You had taken your application back",
    How.OVER: "This was not due any more",
}


def how_to_pay(facts: dict[str, Any], settings: Settings) -> Message:
    """Amount, account, reference, day, and whom to ask whether this is real."""
    amount = words.pounds(facts["pence"])
    said = [_WHY[facts["why"]]]
    if facts["covers"]:
        first, last = (words.on(date.fromisoformat(day)) for day in facts["covers"])
        said.append(f"It is for {first} to {last}.")
    said += [
        f"Pay {amount} to {escape(settings.pay_to.rstrip('. '))}.",
        f"Use the reference {facts['reference']}, so that we know it is yours.",
        f"Pay by {words.on(date.fromisoformat(facts['due_on']))}.",
        f"{_nature(facts['kind'], amount, settings)} When it has arrived I send you a receipt.",
    ]
    if check := contacts.check_with(facts["contacts"], settings):
        said.append(check)
    return Message(" ".join(said), (elements.section("\n".join(said)),))


def nothing_due() -> Message:
    return Message("You owe nothing.")


def usage(example: str) -> Message:
    return Message(
        "Type the references from the bank statement after the command, with spaces between them, for "
        f"example `/member paid {example}`. I show you names and amounts before anything is booked. "
        "Every fee that is due is also listed by `/member list`."
    )


def form(found: Found, today: date) -> dict[str, Any]:
    """What the treasurer is about to book, by name, with the day the money arrived."""
    lines = [
        f"{escape(one.name)}: {words.pounds(one.amount_pence)}, reference {one.reference}"
        + (f" ({one.gone})" if one.gone else "")
        for one in found.payable
    ]
    if any(one.gone for one in found.payable):
        lines.append(_GONE)
    blocks = list(sections(lines))
    blocks += sections(f"Left out: {escape(problem)}" for problem in found.problems)
    if not found.payable:
        return elements.modal("Payments", blocks or [elements.section("There is nothing to mark.")])
    total = sum(one.amount_pence for one in found.payable)
    picker = {"type": "datepicker", "initial_date": today.isoformat()}
    blocks += [
        elements.section(f"Together: {words.pounds(total)}, {words.counted(len(found.payable), 'payment')}."),
        elements.field(paying.PAID_ON, "The day the money arrived", picker),
    ]
    return elements.modal(
        "Mark as paid",
        blocks,
        callback_id=FORM,
        submit="Mark as paid",
        close="Cancel",
        private_metadata=json.dumps(
            {
                "fees": [one.fee_id for one in found.payable],
                "gone": [one.fee_id for one in found.payable if one.gone],
            }
        ),
    )


def booked(payments: tuple[Payment, ...]) -> Message:
    total = words.pounds(sum(payment.amount_pence for payment in payments))
    opening = f"Booked: {total}, {words.counted(len(payments), 'payment')}. Each has been sent a receipt."
    if not all(payment.is_owed for payment in payments):
        opening += _NOT_OWED
    said = [opening, *(line(payment) for payment in payments)]
    blocks = [elements.section(said[0]), *(row(payment) for payment in payments)]
    return Message(" ".join(said), tuple(blocks))


def row(payment: Payment) -> Block:
    """One payment with the button that takes it back."""
    told = f"{payment.name} is told that {words.pounds(payment.amount_pence)} is due again. "
    undo = elements.button(
        "Take back",
        action_id=UNDO,
        names=f"Take back: payment of {payment.name}, {payment.reference}",
        value=str(payment.entry_id),
        confirm=elements.confirmation(
            "Take this payment back?",
            f"{told}A member stays a member. The ledger keeps both entries."
            if payment.is_owed
            else "Do this when the money has been sent back. The ledger keeps both entries.",
            yes="Take back",
        ),
    )
    return elements.section(line(payment), accessory=undo)


def line(payment: Payment) -> str:
    return (
        f"{escape(payment.name)}: {words.pounds(payment.amount_pence)}, reference {payment.reference}, "
        f"paid on {words.on(payment.paid_on)}{'' if payment.is_owed else ', not owed'}."
    )


def taken_back(payment: Payment) -> Message:
    after = (
        "If they are still a member, it is due again and they are being told."
        if payment.is_owed
        else "It was not owed, so nobody is asked for it again."
    )
    return Message(f"Taken back: {words.pounds(payment.amount_pence)} of {escape(payment.name)}. {after}")


def receipt_paid(facts: dict[str, Any]) -> Message:
    paid_on = words.on(date.fromisoformat(facts["paid_on"]))
    return Message(
        f"Receipt: we have your {words.pounds(facts['pence'])}, paid on {paid_on}, "
        f"reference {facts['reference']}. Thank you."
    )


def receipt_not_owed(facts: dict[str, Any], settings: Settings) -> Message:
    """To somebody whose money came when they owed nothing any more."""
    paid_on = words.on(date.fromisoformat(facts["paid_on"]))
    ended = _ENDED[How(facts["how"])]
    if facts["on"]:
        ended = f"{ended} on {words.on(date.fromisoformat(facts['on']))}"
    said = [
        f"We have your {words.pounds(facts['pence'])}, paid on {paid_on}, reference {facts['reference']}.",
        f"{ended}, so you did not owe it.",
        f"To have it back, ask {contacts.named(facts['contacts']) or 'an officer'}.",
    ]
    if settings.official_page:
        said.append(contacts.our_page(settings))
    if facts["how"] != How.OVER:
        said.append("It does not make you a member: if you meant to join again, type `/countmein`.")
    return Message(" ".join(said))


def _nature(kind: str, amount: str, settings: Settings) -> str:
    # What a payment is must be said when it is asked for: HMRC VBNB60420; a fee is never a donation.
    if kind == Money.SHARE:
        return f"Your {amount} buys your membership share. It is not a donation."
    if settings.legal_form is LegalForm.SOCIETY:
        return "It is your subscription, neither a share nor a donation."
    return "It is your membership fee, not a donation."
