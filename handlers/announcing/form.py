"""Read what was entered in the window into what can be agreed to; what is wrong is said beside its field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from coop import wording
from coop.announcing import networks, times
from coop.announcing.content import Agreed, Picture, Target
from coop.announcing.networks import Measured
from coop.announcing.times import Wall
from coop.deps import Deps
from coop.errors import FieldError, UserError
from handlers.announcing import pictures
from handlers.blocks.announcing import form as blocks
from handlers.blocks.announcing.pictures import PICTURES, chosen_of

FIELDS = (blocks.TEXT, blocks.WHERE, blocks.CHANNEL, blocks.WHEN, blocks.DATE, blocks.TIME, blocks.TYPED_TIME)
LONGEST_WORD = 40


@dataclass(frozen=True)
class Filled:
    """`walls` is empty for "as soon as approved"; two of them mean that somebody has to choose."""

    text: str
    targets: tuple[Target, ...]
    asked: Wall | None
    walls: tuple[Wall, ...]
    warnings: list[str]
    images: tuple[Picture, ...] = ()

    def agreed(self) -> Agreed:
        return self.agreed_at(self.walls[0] if self.walls else None)

    def agreed_at(self, wall: Wall | None) -> Agreed:
        return Agreed(self.text, self.targets, wall, self.images)


def entered(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the window alone, as a draft keeps them."""
    return {name: values.get(name) for name in FIELDS}


def filled(values: Mapping[str, Any], deps: Deps) -> Filled:
    """Raises FieldError for the first thing that cannot be proposed."""
    text, targets = _text(values), _targets(values)
    measured = networks.measured(text, targets, deps.publishers)
    _refuse_misfits(text, measured)
    asked = wall(values, deps.settings.network_timezone)
    walls = times.choices(asked.day, asked.clock, asked.zone) if asked else ()
    warnings = [warning for each in measured for warning in each.checked.warnings]
    return Filled(text, targets, asked, walls, warnings, pictures.agreed(chosen_of(values)))


def wall(values: Mapping[str, Any], zone: str) -> Wall | None:
    """The date and time chosen, None for "as soon as approved". Raises FieldError when one is missing."""
    if values.get(blocks.WHEN) != blocks.AT:
        return None
    for name, thing in ((blocks.DATE, "date"), (blocks.TIME, "time")):
        if not values.get(name):
            raise FieldError(name, f"Choose a {thing}, or “As soon as it is approved” above.")
    return Wall(date.fromisoformat(values[blocks.DATE]), time.fromisoformat(values[blocks.TIME]), zone)


def chosen_wall(packed: str, zone: str) -> Wall:
    """The answer of the form that asks which of two times is meant."""
    day, clock, fold = packed.split(" ")
    return Wall(date.fromisoformat(day), time.fromisoformat(clock), zone, int(fold))


def as_entered(agreed: Agreed) -> dict[str, Any]:
    """What stands in the window of somebody who edits it."""
    channel = next((to.target for to in agreed.targets if to.network == networks.SLACK), None)
    return {
        blocks.TEXT: as_typed(agreed.text),
        blocks.WHERE: [to.network for to in agreed.targets],
        blocks.CHANNEL: channel,
        PICTURES: [one.kept() for one in pictures.as_chosen(agreed.images)],
        blocks.WHEN: blocks.AT if agreed.wall else blocks.ASAP,
        blocks.DATE: agreed.wall.day.isoformat() if agreed.wall else None,
        blocks.TIME: agreed.wall.clock.isoformat("minutes") if agreed.wall else None,
    }


def as_typed(text: str) -> str:
    """What to put into the window so that sending it unchanged gives the same text again."""
    try:
        stable = wording.as_it_leaves(text) == text
    except UserError:
        return text
    return text if stable else text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def from_command(typed: str) -> str:
    """What was typed after the command, as it would leave; as it is where that cannot be told."""
    try:
        return as_typed(wording.as_it_leaves(typed))
    except UserError:
        return typed


def _text(values: Mapping[str, Any]) -> str:
    try:
        text = wording.as_it_leaves(values.get(blocks.TEXT) or "").strip()
    except UserError as refused:
        raise FieldError(blocks.TEXT, refused.text) from refused
    if not text:
        raise FieldError(blocks.TEXT, "Write what should be announced.")
    return text


def _targets(values: Mapping[str, Any]) -> tuple[Target, ...]:
    ticked = values.get(blocks.WHERE) or []
    if not ticked:
        raise FieldError(blocks.WHERE, "Tick at least one place.")
    channel = values.get(blocks.CHANNEL) or ""
    if networks.SLACK in ticked and not channel:
        raise FieldError(blocks.CHANNEL, "Choose the Slack channel, or untick “A Slack channel”.")
    return tuple(Target(network, channel if network == networks.SLACK else "") for network in ticked)


def _refuse_misfits(text: str, measured: list[Measured]) -> None:
    for each in measured:
        if each.checked.over_by:
            raise FieldError(blocks.TEXT, _too_long(text, each))
        if each.checked.refusals:
            raise FieldError(blocks.TEXT, each.checked.refusals[0])


def _word_start(text: str, at: int) -> int:
    """Where the word begins that `at` lies in: half a word does not fit either."""
    begins = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
    return begins if at - begins < LONGEST_WORD else at


def _too_long(text: str, each: Measured) -> str:
    """By how much it is over, and which words do not fit."""
    checked, name = each.checked, networks.name_of(each.network)
    rest = text[_word_start(text, checked.fits_until) :]
    shown = rest if len(rest) <= 200 else f"{rest[:100]} … {rest[-90:]}"
    return (
        f"{checked.over_by:,} too many for {name}: {checked.length:,} of {checked.limit:,}. "
        f"This does not fit: “{shown}”. Nothing was proposed; your words are kept."
    )
