"""Read what was entered in the window into what can be agreed to; what is wrong is said beside its field."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from coop import wording
from coop.announcing import content, networks, times
from coop.announcing.content import Agreed, Target, Worded
from coop.announcing.networks import Measured
from coop.announcing.times import Wall
from coop.deps import Deps
from coop.errors import FieldError, UserError
from handlers.announcing import pictures
from handlers.blocks.announcing import form as blocks
from handlers.blocks.announcing import writing
from handlers.blocks.announcing.announcement import capital
from handlers.blocks.announcing.pictures import PICTURES, chosen_of

FIELDS = (
    blocks.WHERE,
    blocks.CHANNEL,
    blocks.WHEN,
    blocks.DATE,
    blocks.TIME,
    blocks.TYPED_TIME,
    writing.MORE,
    writing.NOTE,
)
LONGEST_WORD = 40
OTHER_WORDS = " Or tick “Other words on some networks” below."


@dataclass(frozen=True)
class Filled:
    """`said` is everything but the time. `walls` is empty for "as soon as approved"; two of them mean that
    somebody has to choose.
    """

    said: Agreed
    asked: Wall | None
    walls: tuple[Wall, ...]
    warnings: list[str]

    def agreed(self) -> Agreed:
        return self.agreed_at(self.walls[0] if self.walls else None)

    def agreed_at(self, wall: Wall | None) -> Agreed:
        return replace(self.said, wall=wall)


def entered(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of the window alone, as a draft keeps them: those it shows."""
    return {name: value for name, value in values.items() if name in FIELDS or name.startswith(writing.TEXT)}


def filled(values: Mapping[str, Any], deps: Deps) -> Filled:
    """Raises FieldError for the first thing that cannot be proposed."""
    text, targets = _text(values), _targets(values)
    said = Agreed(
        text,
        targets,
        images=pictures.agreed(chosen_of(values)),
        variants=_variants(text, targets, values),
        note=_note(values),
    )
    measured = networks.measured(said, targets, deps.publishers)
    _refuse_misfits(said, measured)
    asked = wall(values, deps.settings.network_timezone)
    walls = times.choices(asked.day, asked.clock, asked.zone) if asked else ()
    warnings = [warning for each in measured for warning in each.checked.warnings]
    return Filled(said, asked, walls, warnings)


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
        **said_as_entered(agreed),
        blocks.WHERE: [to.network for to in agreed.targets],
        blocks.CHANNEL: channel,
        PICTURES: [one.kept() for one in pictures.as_chosen(agreed.images)],
        blocks.WHEN: blocks.AT if agreed.wall else blocks.ASAP,
        blocks.DATE: agreed.wall.day.isoformat() if agreed.wall else None,
        blocks.TIME: agreed.wall.clock.isoformat("minutes") if agreed.wall else None,
    }


def said_as_entered(one: Worded) -> dict[str, Any]:
    """Its words alone, of every network, and its content note."""
    variants = {writing.variant_of(network): as_typed(text) for network, text in one.variants.items()}
    more = [*([writing.WORDS] if variants else []), *([writing.NOTE] if one.note else [])]
    note = {writing.NOTE: as_typed(one.note)} if one.note else {}
    return {blocks.TEXT: as_typed(one.text), writing.MORE: more, **variants, **note}


def as_typed(text: str) -> str:
    """What to put into the window so that sending it unchanged gives the same text again."""
    try:
        stable = wording.as_it_leaves(text) == text
    except UserError:
        return text
    return text if stable else text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def only_words(typed: str, deps: Deps) -> dict[str, Any]:
    """What stands in a new window that begins with these words, as Slack writes them."""
    return {blocks.TEXT: _as_it_would_leave(typed), blocks.WHERE: list(deps.publishers)[:1]}


def _as_it_would_leave(typed: str) -> str:
    """As typed where that cannot be told."""
    try:
        return as_typed(wording.as_it_leaves(typed))
    except UserError:
        return typed


def _text(values: Mapping[str, Any]) -> str:
    if not (text := _written(values, blocks.TEXT)):
        raise FieldError(blocks.TEXT, "Write what should be announced.")
    return text


def _variants(text: str, targets: tuple[Target, ...], values: Mapping[str, Any]) -> dict[str, str]:
    """The words of each network that has its own: neither none, nor the same as everywhere."""
    if not writing.wants(writing.WORDS, values):
        return {}
    own = {to.network: _written(values, writing.variant_of(to.network)) for to in targets}
    return {network: words for network, words in own.items() if words and words != text}


def _note(values: Mapping[str, Any]) -> str | None:
    return _written(values, writing.NOTE) or None if writing.wants(writing.NOTE, values) else None


def _written(values: Mapping[str, Any], block: str) -> str:
    """What leaves of a field. Raises FieldError beside it."""
    try:
        return wording.as_it_leaves(values.get(block) or "").strip()
    except UserError as refused:
        raise FieldError(block, refused.text) from refused


def _targets(values: Mapping[str, Any]) -> tuple[Target, ...]:
    ticked = values.get(blocks.WHERE) or []
    if not ticked:
        raise FieldError(blocks.WHERE, "Tick at least one place.")
    channel = values.get(blocks.CHANNEL) or ""
    if networks.SLACK in ticked and not channel:
        raise FieldError(blocks.CHANNEL, "Choose the Slack channel, or untick “A Slack channel”.")
    return tuple(Target(network, channel if network == networks.SLACK else "") for network in ticked)


def _refuse_misfits(said: Agreed, measured: list[Measured]) -> None:
    """Beside the words that do not fit; each refusal names its network."""
    for each in measured:
        block = writing.variant_of(each.network) if each.network in said.variants else blocks.TEXT
        if each.checked.over_by:
            raise FieldError(block, _too_long(said, each))
        if each.checked.refusals:
            raise FieldError(block, _refused(each))


def _refused(each: Measured) -> str:
    why, name = each.checked.refusals[0], networks.name_of(each.network)
    return why if name in why else f"{capital(name)}: {why}"


def _word_start(text: str, at: int) -> int:
    """Where the word begins that `at` lies in: half a word does not fit either."""
    begins = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
    return begins if at - begins < LONGEST_WORD else at


def _too_long(said: Agreed, each: Measured) -> str:
    """By how much it is over, and which words do not fit."""
    checked, name = each.checked, networks.name_of(each.network)
    text = content.leaving(said, each.network).text
    rest = text[_word_start(text, checked.fits_until) :]
    shown = rest if len(rest) <= 200 else f"{rest[:100]} … {rest[-90:]}"
    return (
        f"{checked.over_by:,} too many for {name}: {checked.length:,} of {checked.limit:,}. "
        f"This does not fit: “{shown}”. Nothing was proposed; your words are kept."
        + (OTHER_WORDS if len(said.targets) > 1 and each.network not in said.variants else "")
    )
