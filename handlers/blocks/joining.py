"""The joining form, what it closes with, and the messages that follow."""

from datetime import date
from typing import Any

from coop import details, words
from coop.details import Details
from coop.joining import Applied, Outcome
from coop.settings import FeePeriod, JoinApproval, Settings
from coop.texts import Text
from handlers.blocks import contacts, elements
from handlers.blocks.contacts import Pairs
from handlers.blocks.details import inputs
from handlers.blocks.elements import escape
from handlers.blocks.message import Block, Message

OPEN = "joining.open"
FORM = "joining.form"
INVITATION = "Joining takes about a minute: press the button and fill in the form."


def invitation(settings: Settings, asked: Pairs) -> Message:
    """For somebody who says that they want to join where no form can be opened."""
    button = elements.button("Join", action_id=OPEN, names="Join: opens the form", style="primary")
    check = contacts.check_with(asked, settings)
    text = f"{escape(settings.network_name)} would be glad to have you. {INVITATION} {check}".rstrip()
    return Message(text, (elements.section(text), elements.actions(button)))


def form(
    given: Details | None, *, principles: Text, privacy: Text, settings: Settings, asked: Pairs
) -> dict[str, Any]:
    """What we stand for, who you are, that you agree, and what becomes of your details: in that order."""
    network = escape(settings.network_name)
    blocks: list[Block] = [
        elements.section(_filled(principles, network=network)),
        *inputs(given),
        _tick(details.AGE, "Your age", f"I am {details.MINIMUM_AGE} or over"),
        _tick(
            details.AGREEMENT, "What we stand for", f"I agree with what {settings.network_name} stands for"
        ),
    ]
    if price(settings):
        blocks.append(elements.section(_when_to_pay(settings)))
    page = f": {settings.official_page}" if settings.official_page else ""
    ask = contacts.named(asked) or "any officer"
    blocks += [
        elements.divider(),
        elements.section(_filled(privacy, network=network, page=page, contacts=ask)),
    ]
    if check := contacts.check_with(asked, settings):
        blocks.append(elements.context(check))
    submit = "Apply" if settings.join_approval is JoinApproval.STEERING else "Join"
    return elements.modal("Join us", blocks, callback_id=FORM, submit=submit, close="Not now")


def closed(applied: Applied, settings: Settings, asked: Pairs) -> Message:
    """What the form closes with."""
    since = words.on(applied.since)
    match applied.outcome:
        case Outcome.JOINED:
            text = (
                f"Welcome, {escape(applied.name)}. You're a member of {escape(settings.network_name)}: you "
                f"joined on {since}, and your member number is {applied.number}. "
                "I've sent you your receipt and card."
            )
        case Outcome.WAITING:
            text = (
                f"Thank you, {escape(applied.name)}. The steering group has your application now. "
                "You're not a member yet; I'll write to you as soon as they have decided."
            )
        case Outcome.WAITING_ALREADY:
            text = f"The steering group has your application of {since} already. Nothing changed."
        case Outcome.FEE_DUE | Outcome.FEE_DUE_ALREADY:
            text = "One step is left: your fee. I've sent you how much, where to and by when."
            text = f"{text} {contacts.check_with(asked, settings)}".rstrip()
        case Outcome.MEMBER_ALREADY:
            text = (
                f"You're a member already: you joined on {since}, number {applied.number}. Nothing changed. "
                "Your details can be changed in my Home tab."
            )
        case Outcome.DETAILS_ADDED:
            text = f"Thank you, {escape(applied.name)}. The register is complete now."
    return Message(text)


def receipt_applied(facts: dict[str, Any], settings: Settings) -> Message:
    on = words.on(date.fromisoformat(facts["applied_on"]))
    return Message(
        f"Receipt: on {on} you applied to join {escape(settings.network_name)}, as {escape(facts['name'])}. "
        "You're not a member yet. The steering group decides, and I'll write to you here as soon as they "
        "have. To take your application back, type `/member leave`."
    )


def receipt_joined(facts: dict[str, Any], settings: Settings) -> Message:
    since = words.on(date.fromisoformat(facts["since"]))
    welcome = "Welcome back" if facts["again"] else "Welcome"
    said = [
        f"{welcome}, {escape(facts['name'])}. You're a member of {escape(settings.network_name)}.",
        f"This is your receipt: you joined on {since}.",
        f"Your member number is {facts['number']}, and it is yours for life.",
    ]
    if facts["paid_pence"]:
        paid_on = words.on(date.fromisoformat(facts["paid_on"]))
        said.append(f"We have your {words.pounds(facts['paid_pence'])}, paid on {paid_on}.")
    if facts["next_step"]:
        said.append(f"One thing to do next: {elements.from_setting(facts['next_step'])}")
    return Message(" ".join(said), (elements.section("\n".join(said)),))


def price(settings: Settings) -> str:
    """Such as "costs £1, once", or nothing when there is no fee."""
    if settings.fee_period is FeePeriod.NONE or not settings.fee_pence:
        return ""
    how_often = ", once" if settings.fee_period is FeePeriod.ONCE else " a year"
    return f"costs {words.pounds(settings.fee_pence)}{how_often}"


def _when_to_pay(settings: Settings) -> str:
    steered = settings.join_approval is JoinApproval.STEERING
    when = "once the steering group has approved you" if steered else "right after this"
    return (
        f"Joining {price(settings)}. I'll send you how to pay {when}; "
        "you're a member as soon as it has arrived."
    )


def _tick(block_id: str, label: str, words_: str) -> Block:
    # An option's text is cut off by Slack at 75 characters; its description may hold the rest.
    short = elements.shortened(words_, 75)
    return elements.field(block_id, label, {"type": "checkboxes", "options": [elements.option(short, "yes")]})


def _filled(text: Text, **places: str) -> str:
    return text.body.format(**places)
