"""The fields for words: the text, other words for single networks, a content note."""

from collections.abc import Mapping
from typing import Any

from coop import words
from coop.announcing import drafting, networks
from coop.publishing import Content
from handlers.blocks import elements
from handlers.blocks.announcing.announcement import Scene, capital
from handlers.blocks.message import Block

TEXT, SET_ASIDE = drafting.TEXT, drafting.SET_ASIDE
WHERE, MORE, NOTE = "where", "more", "note"
WORDS = "words"  # of MORE: other words on some networks; NOTE is its other option
THREAD = "thread"  # of MORE too
LONGEST, LONGEST_NOTE = 3_000, 150
SAME = "The same words as above"
# Each as its own publisher counts; a Mastodon server may have been set to take more or less.
TAKES = {
    networks.X: "X takes 280 characters, and a link counts as 23.",
    "mastodon": "Mastodon takes 500, and a link counts as 23.",
    "bluesky": "Bluesky takes 300, links in full.",
}


def variant_of(network: str) -> str:
    """The block of a network's own words."""
    return f"{TEXT}_{network}"


def is_typed(block: str) -> bool:
    """Whether somebody filled that field in, rather than leaving a choice as it stood."""
    return block.startswith(TEXT) or block in {NOTE, "typed_time", "files", "kept"}


def wants(option: str, entered: Mapping[str, Any]) -> bool:
    return option in (entered.get(MORE) or [])


def rearranges(block_id: str, entered: Mapping[str, Any]) -> bool:
    """Whether the window needs other fields, now that this one has changed."""
    return block_id == MORE or (block_id == WHERE and wants(WORDS, entered))


def text_field(entered: Mapping[str, Any], scene: Scene) -> Block:
    kept = "Names of emoji, such as :tada:, become the emoji; all else leaves exactly as you type it."
    takes = [] if wants(WORDS, entered) else [TAKES[each] for each in scene.publishers if each in TAKES]
    return elements.field(TEXT, "Text", _typing(entered, TEXT), hint=" ".join([kept, *takes]))


def more_field(entered: Mapping[str, Any], scene: Scene) -> Block:
    """What most announcements do without."""
    options = [elements.option("Other words on some networks", WORDS)]
    if noted := networks.takes_notes(scene.publishers):
        shown_by = words.listed([networks.name_of(network) for network in noted])
        options.append(elements.option(f"A content note, which {shown_by} shows before the words", NOTE))
    if networks.X in scene.publishers and scene.settings.x_threads:
        said = "On X, post it as a thread: a line with only --- begins the next post"
        options.append(elements.option(said, THREAD))
    ticked = [option for option in options if wants(option["value"], entered)]
    element: dict[str, Any] = {"type": "checkboxes", "options": options}
    if ticked:
        element["initial_options"] = ticked
    return elements.field(MORE, "More, if you need it", element, optional=True)


def more_fields(entered: Mapping[str, Any], scene: Scene) -> list[Block]:
    """The fields that were asked for."""
    fields = []
    if wants(WORDS, entered):
        ticked = entered.get(WHERE) or []
        fields += [_variant(network, entered, scene) for network in scene.publishers if network in ticked]
    if wants(NOTE, entered):
        fields.append(_note(entered, scene))
    return fields


def _variant(network: str, entered: Mapping[str, Any], scene: Scene) -> Block:
    name = networks.name_of(network)
    limit = min(LONGEST, scene.publishers[network].check(Content("")).limit)
    takes = TAKES.get(network, f"{capital(name)}: {limit:,} characters at most.")
    return elements.field(
        variant_of(network),
        "Words to post by hand" if network == networks.BY_HAND else f"Words for {name}",
        {**_typing(entered, variant_of(network)), "placeholder": elements.plain(SAME)},
        hint=f"{takes} Leave it empty for the same words as above.",
        optional=True,
    )


def _note(entered: Mapping[str, Any], scene: Scene) -> Block:
    noted = networks.takes_notes(scene.publishers)
    shown_by = words.listed([networks.name_of(network) for network in noted])
    without = [networks.name_of(network) for network in scene.publishers if network not in noted]
    hint = f"Such as “Grief”. {shown_by} shows it, and the words to who asks for them; it counts there."
    if without:
        hint += f" {capital(words.listed(without))}: no such thing, so it leaves without it."
    element = {**_typing(entered, NOTE), "multiline": False, "max_length": LONGEST_NOTE}
    return elements.field(NOTE, "Content note", element, hint=hint, optional=True)


def _typing(entered: Mapping[str, Any], block: str) -> dict[str, Any]:
    element: dict[str, Any] = {
        "type": "plain_text_input",
        "multiline": True,
        "max_length": LONGEST,
        "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
    }
    if typed := entered.get(block) or (entered.get(SET_ASIDE) or {}).get(block):
        element["initial_value"] = str(typed)[:LONGEST]
    return element
