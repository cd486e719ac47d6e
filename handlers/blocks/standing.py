"""The answer to "am I a member?" in words, with its one next step."""

from datetime import date
from typing import Any

from coop import words
from coop.settings import Settings
from coop.standing import Beside, NextStep, Standing, State
from handlers.blocks import contacts, details, elements, fees, joining, leaving
from handlers.blocks.contacts import Pairs
from handlers.blocks.elements import escape
from handlers.blocks.message import Block, Message

CARD = "standing.card"
IN_PRIVATE = "Next time you can ask me here in private: type `/member`, or send me a direct message."
ORGANISATIONS = (
    "Organisations cannot join yet: for now every member is a person. "
    "You can ask me about yourself: “am I a member?”"
)
VISITOR = (
    "You're here from another organisation's Slack, and I answer questions about membership only for people "
    "of this workspace. `/member help` shows what I do."
)
GUEST = (
    "You're not a member: you're a guest in this Slack, and only people with a full account here can join. "
    "If you'd like to join, ask whoever invited you to make your account a full one, then ask me again."
)
PRIVATE = (
    "Whether somebody else is a member is between them and the network, so I tell only officers. "
    "I can tell you about yourself: “am I a member?”"
)

# The answer comes first. Nobody reads a label such as "lapsed" or "expelled", here or in a notification.
_ANSWERS = {
    State.NOT_KNOWN: "You're in our Slack. You're not a member yet: nobody is unless they join.",
    State.INVITED: "You're invited to join. You're not a member yet: nobody is unless they join.",
    State.APPLIED: "You're not a member yet: the steering group has your application of {since}.",
    State.DECLINED: "You're not a member: the steering group declined your application of {since}.",
    State.APPROVED_FEE_DUE: "You're nearly a member: your application is approved, and your fee is missing.",
    State.MEMBER: "Yes, you're a member of {network}.",
    State.FEE_OVERDUE: "Yes, you're still a member of {network}.",
    State.LAPSED: "You're not a member any more. You were a member {during}.",
    State.LEFT: "You're not a member any more. You were a member {during}.",
    State.EXPELLED: "You're not a member any more. You were a member {during}.",
    State.SUPPORTER: "You're a supporter of {network}. You're not a member yet: nobody is unless they join.",
    State.REPRESENTATIVE: "You represent {whom}. You're not a member yourself: nobody is unless they join.",
}
_MORE = {
    State.APPLIED: ("I'll write to you here as soon as they have decided.",),
    State.DECLINED: ("What they wrote to you:\n{reason}", "You can apply again."),
    State.APPROVED_FEE_DUE: ("Missing: {owed}. You're a member as soon as it has arrived.",),
    State.LAPSED: ("It ended because the fee was not paid.", "{number_kept}"),
    State.LEFT: ("{number_kept}",),
    State.EXPELLED: ("To come back takes a decision of the members.",),
}
_JOINING_TAKES = ("Joining takes about a minute and {price}.",)
_BUTTONS = {
    NextStep.PAY: ("How to pay", fees.HOW_TO_PAY, "How to pay: your fee"),
    NextStep.WAIT: ("Change my details", details.CHANGE, "Change my details: in your application"),
    NextStep.ADD_DETAILS: ("Add my details", joining.OPEN, "Add my details: to the register"),
    NextStep.SEE_CARD: ("Send me my card", CARD, "Send me my card: as a picture"),
    NextStep.UNDO_LEAVING: ("Undo: I stay", leaving.UNDO, "Undo: I stay: as a member"),
    NextStep.ASK_OFFICER: ("Whom to ask", contacts.ASK, "Whom to ask: about coming back"),
    NextStep.JOIN: ("Join", joining.OPEN, "Join: opens the form"),
}
_JOIN_LABELS = {State.DECLINED: "Apply again", State.LEFT: "Join again", State.LAPSED: "Join again"}
_ABOUT = {
    State.MEMBER: "Yes, {who} has been a member since {since}, number {number}{and_owes}.",
    State.FEE_OVERDUE: "Yes, {who} has been a member since {since}, number {number}{and_owes}.",
    State.APPLIED: "{who} applied on {since}, and the steering group has not decided yet.",
    State.APPROVED_FEE_DUE: "{who} applied on {since} and is approved. Still to come: {owed}.",
    State.LEFT: "{who} was a member {during}.",
    State.LAPSED: "{who} was a member {during}.",
    State.EXPELLED: "{who} was a member {during}.",
}


def message(standing: Standing, settings: Settings, *, asked: Pairs, in_channel: bool = False) -> Message:
    """The answer, what is missing, what it lets them do, and one button.

    `asked` are the officers to name when the answer asks for money or details.
    """
    said = sentences(standing, settings, asked=asked)
    blocks: list[Block] = [elements.section(said[0])]
    if said[1:]:
        blocks.append(elements.section("\n".join(said[1:])))
    blocks.append(elements.actions(button(standing)))
    if in_channel:
        said.append(IN_PRIVATE)
        blocks.append(elements.context(IN_PRIVATE))
    return Message(" ".join(said), tuple(blocks))


def sentences(standing: Standing, settings: Settings, *, asked: Pairs) -> list[str]:
    """mrkdwn; the first sentence is the answer."""
    places = _places(standing, settings)
    more = _of_member(standing, settings) if standing.is_member else _MORE.get(standing.state, _JOINING_TAKES)
    said = [sentence.format(**places) for sentence in (_ANSWERS[standing.state], *more)]
    said += [_besides(beside) for beside in standing.beside if beside.state is not standing.state]
    if asks_for_something(standing):
        said.append(contacts.check_with(asked, settings))
    return [sentence for sentence in said if sentence]


def asks_for_something(standing: Standing) -> bool:
    joins = standing.next_step is NextStep.JOIN
    return joins or bool(standing.owed) or standing.lacks_agreement


def button(standing: Standing) -> dict[str, Any]:
    """The one next step."""
    label, action_id, names = _BUTTONS[standing.next_step]
    style = "primary" if standing.next_step is NextStep.JOIN else None
    if again := _JOIN_LABELS.get(standing.state) if style else None:
        label, names = again, f"{again}: opens the form"
    return elements.button(label, action_id=action_id, names=names, style=style)


def about(standing: Standing, user_id: str) -> Message:
    """What an officer is told about somebody else; never that a person is not a member."""
    who = f"<@{user_id}>"
    places = {"who": who, "since": _on(standing.since), "during": _during(standing), "owed": _owed(standing)}
    and_owes = f", and owes {_owed(standing)}" if standing.owed else ""
    sentence = _ABOUT.get(standing.state, "I find no membership for {who}'s Slack account.")
    said = [sentence.format(**places, number=standing.number, and_owes=and_owes)]
    said += [_besides(beside, who=f"{who} is") for beside in standing.beside]
    return Message(" ".join(said))


def _places(standing: Standing, settings: Settings) -> dict[str, str]:
    number = standing.number
    return {
        "network": escape(settings.network_name),
        "since": _on(standing.since),
        "during": _during(standing),
        "owed": _owed(standing),
        "reason": "\n".join(f">{escape(line)}" for line in standing.reason.splitlines()),
        "whom": escape(standing.beside[0].on_behalf_of) if standing.beside else "",
        "number_kept": f"If you join again you keep your member number, {number}." if number else "",
        "price": joining.price(settings) or "costs nothing",
    }


def _of_member(standing: Standing, settings: Settings) -> list[str]:
    said = [f"You joined on {_on(standing.since)}. Your member number is {standing.number}."]
    if standing.owed:
        said.append("Missing: {owed}. You're a member all the same.")
    if standing.lacks_agreement:
        said.append("Missing: your e-mail, and your word that you agree with what we stand for.")
    said.append("As a member you can hold an office in the network.")
    if settings.voting_words:
        said.append(escape(settings.voting_words).replace("{", "{{").replace("}", "}}"))
    return said


def _owed(standing: Standing) -> str:
    """Such as "£1, due by 26 April 2027"; for what is late, "£1, which was due by 26 April 2027"."""
    overdue = standing.state is State.FEE_OVERDUE
    return words.listed(
        [
            f"{words.pounds(fee.amount_pence)}, {'which was due' if overdue and not at else 'due'} "
            f"by {words.on(fee.due_on)}"
            for at, fee in enumerate(standing.owed)
        ]
    )


def _besides(beside: Beside, who: str = "You're also") -> str:
    since = words.on(beside.since)
    if beside.state is State.REPRESENTATIVE:
        return f"{who} the representative of {escape(beside.on_behalf_of)}, since {since}."
    return f"{who} a supporter, since {since}."


def _during(standing: Standing) -> str:
    return words.during(standing.since, standing.until) if standing.since and standing.until else ""


def _on(day: date | None) -> str:
    return words.on(day) if day else ""
