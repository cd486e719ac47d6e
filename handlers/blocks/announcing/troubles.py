"""A network that turns our account away: what it said, what puts it right, what waits, and another try."""

from typing import Any

from coop import words
from coop.announcing import networks, times
from coop.announcing.sending.troubles import TroubleSeen, Waiting
from coop.announcing.sending.trying_again import Trying
from handlers.blocks import elements
from handlers.blocks.announcing.announcement import (
    LONGEST_COMMENT,
    Scene,
    capital,
    in_our_words,
    in_quotes,
    within,
)
from handlers.blocks.elements import escape
from handlers.blocks.message import Message

TRY_NETWORK = "announcing.try_network"
NAMED = 5  # of those that wait


def notice(one: TroubleSeen, scene: Scene) -> Message:
    """To the steering channel, once; drawn anew when it is over."""
    if one.ended_at is not None:
        return Message(_over_since(one, scene))
    text = told(one, scene)
    return Message(text, (elements.section(text), elements.actions(try_button(one))))


def told(one: TroubleSeen, scene: Scene) -> str:
    """That nothing goes out there, why, what puts it right, and what waits."""
    name = networks.name_of(one.network)
    since = times.dated(one.since, scene.zone)
    said = [
        f"*Nothing goes out on {name}, since {since}.*",
        _reason(one.reason),
        in_our_words(one.fix, LONGEST_COMMENT),
        "Then press “Try again”: one announcement goes first, and if it goes out, the others follow.",
        _waits(one, scene),
    ]
    return " ".join(said)


def try_button(one: TroubleSeen) -> dict[str, Any]:
    name = networks.name_of(one.network)
    return elements.button(
        "Try again", action_id=TRY_NETWORK, names=f"Try again: {name}", value=str(one.id), style="primary"
    )


def hindrance(one: TroubleSeen) -> str:
    """To somebody who proposes or approves something for it."""
    name = networks.name_of(one.network)
    return (
        f"*Nothing goes out on {name} at the moment.* {_reason(one.reason)} What is for there waits until "
        "that is put right: `/announce list` says how."
    )


def trying(one: TroubleSeen, facts: dict[str, Any]) -> Message:
    by = capital(elements.mention(facts["by"]))
    return Message(f"{by} says that it is put right. {_goes_first(facts['title'], one.network)}")


def still(one: TroubleSeen, facts: dict[str, Any]) -> Message:
    return Message(
        f"I tried, and {networks.name_of(one.network)} still says no. {_reason(facts['reason'])} "
        f"{in_our_words(facts['fix'], LONGEST_COMMENT)} Then press “Try again” above."
    )


def over(one: TroubleSeen, facts: dict[str, Any]) -> Message:
    said = f"{networks.name_of(one.network)} takes announcements again."
    if freed := facts["freed"]:
        verb = "goes" if freed == 1 else "go"
        said += f" {words.counted(freed, 'post')} that waited {verb} out now, one after another."
    if kept := facts["kept"]:
        whom = "its writer is" if kept == 1 else "their writers are"
        said += f" {words.counted(kept, 'post')} can't go out by itself any more: {whom} asked."
    return Message(said)


def tried(result: Trying) -> Message:
    """To whoever pressed."""
    first = _goes_first(result.title, result.network)
    return Message(f"I try again. {first} The thread in the steering channel says what comes of it.")


def _goes_first(title: str | None, network: str) -> str:
    name = networks.name_of(network)
    if title is None:
        return f"Nothing waits that could go now, so the next one due on {name} goes first."
    return f"{in_quotes(escape(title))} goes first, and if it goes out on {name}, the others follow."


def _waits(one: TroubleSeen, scene: Scene) -> str:
    if not one.waiting:
        return "Nothing waits for it yet."
    count = words.counted(len(one.waiting), "announcement waits", "announcements wait")
    named = [_named(each, scene) for each in one.waiting[:NAMED]]
    if more := len(one.waiting) - len(named):
        named.append(f"and {more} more")
    return f"{count[:1].upper()}{count[1:]}: {'; '.join(named)}."


def _named(each: Waiting, scene: Scene) -> str:
    due = f", due {times.dated(each.due_at, scene.zone)}" if each.due_at else ""
    return f"{in_quotes(within(each.title))}{due}"


def _over_since(one: TroubleSeen, scene: Scene) -> str:
    name = networks.name_of(one.network)
    since = times.dated(one.since, scene.zone)
    ended = times.dated(one.ended_at, scene.zone) if one.ended_at else ""
    return f"{name} takes announcements again, since {ended}. It had not since {since}: {_reason(one.reason)}"


def _reason(said: str) -> str:
    return words.ended(in_our_words(said, LONGEST_COMMENT))
