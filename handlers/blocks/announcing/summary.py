"""The month's figures in the steering channel."""

from coop import words
from coop.announcing import networks
from coop.announcing.summary import Counted, Summary
from handlers.blocks import elements
from handlers.blocks.announcing import calendar
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.message import Message

NAMED = 12  # people, so that the largest steering group's message is still one message


def summary(found: Summary, scene: Scene) -> Message:
    lines = [
        f"*Announcements in {calendar.said(found.month)}.* {_out(found)}",
        _cost(found, scene),
        _left(found),
        f"Taken down again: {found.taken_down}." if found.taken_down else "",
        _people("Proposed", found.proposed),
        _people("Approved", found.approved),
        "Type `/announce list last month` to see each of them.",
    ]
    text = "\n".join(line for line in lines if line)
    return Message(text, (elements.section(text),))


def _out(found: Summary) -> str:
    if not found.out:
        return "Nothing went out."
    each = [f"{count} on {_name(network)}" for network, count, _ in found.networks if count]
    return f"{found.out} went out: {words.listed(each)}."


def _name(network: str) -> str:
    return "other places, by hand" if network == networks.BY_HAND else networks.name_of(network)


def _cost(found: Summary, scene: Scene) -> str:
    if not found.out and not found.cost:
        return ""
    they = "With what was taken down or is in doubt, they" if found.taken_down or found.in_doubt else "They"
    paid = [
        f"{networks.dollars(price)} for {_name(network)}" for network, _, price in found.networks if price
    ]
    unknown = f" Of {found.unpriced} of them I don't know the price." if found.unpriced else ""
    if not paid:
        return f"{they} cost nothing.{unknown}"
    if len(paid) > 1:
        return f"{they} cost {networks.dollars(found.cost)}: {words.listed(paid)}.{unknown}"
    return f"{they} cost {networks.priced(found.cost, scene.settings)}.{unknown}"


def _left(found: Summary) -> str:
    """What did not go out, as it stands when this is said."""
    figures = (
        (found.held, "held"),
        (found.refused, "refused"),
        (found.in_doubt, "in doubt"),
        (found.withdrawn, "withdrawn"),
    )
    told = [f"{count} {word}" for count, word in figures if count]
    return f"Not out: {words.listed(told)}." if told else ""


def _people(did: str, counted: Counted) -> str:
    told = [f"{elements.mention(person)} {count}" for person, count in counted[:NAMED]]
    if len(counted) > NAMED:
        told.append(f"others {sum(count for _, count in counted[NAMED:])}")
    return f"{did}: {words.listed(told)}." if told else ""
