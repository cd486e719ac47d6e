"""What will leave, network by network: the exact words, their length, their links, their price."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coop import words
from coop.announcing import content, networks, pictures
from coop.announcing.content import Target
from coop.announcing.networks import Measured
from coop.announcing.seeing import SETTLED, Seen
from handlers.blocks import elements
from handlers.blocks.announcing.announcement import Scene, capital, in_quotes, within
from handlers.blocks.message import Block

IN_A_NOTIFICATION = 1_800  # characters of all texts together, which are shown whole beside it
IN_ALL_LINES = 1_000  # characters of what is told beside the texts
LONGEST_LINE, LONGEST_LINKS = 300, 120
LONGEST_BLOCK = 3_000
MANY, SHORTEST = 8, 20
SIGNS = 3
_KIND = re.compile(r"^(Links?|No link)")
UNPROMISED = (
    "X does not say whether it lets an account answer its own post. If it refuses, the first part stands "
    "alone, and the thread here asks what to do."
)

ONLY_X = "Only X gets a thread: other networks can have words of their own."
UNTICKED = "For a thread on X, edit it and tick that."


@dataclass(frozen=True)
class Part:
    """The networks that get the same words. `head` says which part of a thread it is, and what it costs;
    `brief` as much as there is room for where there are many.
    """

    text: str
    targets: tuple[Target, ...]
    lines: tuple[str, ...]
    head: str = ""
    brief: str = ""


def parts(one: Seen, scene: Scene) -> list[Part]:
    """In the order in which the networks were chosen."""
    grouped: dict[str, list[Target]] = {}
    thread = [target for target in one.targets if len(content.parts(one, target.network)) > 1]
    for target in one.targets:
        if target in thread:
            continue
        grouped.setdefault(content.leaving(one, target.network).text, []).append(target)
    each = IN_ALL_LINES // max(1, len(grouped) + len(thread))
    posts = [part for target in thread for part in _posts(one, target, scene, each)]
    return [*posts] + [
        Part(text, tuple(targets), tuple(_kept(_measures(one, targets, scene), each)))
        for text, targets in grouped.items()
    ]


def blocks(one: Seen, scene: Scene) -> list[Block]:
    drawn = [elements.section(_noted(one, scene))] if one.note else []
    found = parts(one, scene)
    for part in found:
        if part.head:
            drawn += _post(part)
        elif len(found) > 1:
            drawn.append(elements.section(_heading(part, scene)))
        if not part.head:
            drawn.append(elements.literal(part.text))
        if part.lines:
            drawn.append(elements.context("\n".join(part.lines)))
    return drawn


def exact(one: Seen, scene: Scene) -> list[Block]:
    """The words of each network alone."""
    return [block for block in blocks(one, scene) if block["type"] != "context"]


def said(one: Seen, scene: Scene) -> str:
    """The same in a sentence or two each, for a notification and for whoever hears it read."""
    found = parts(one, scene)
    heads = sum(len(_opening(part, found, scene)) for part in found if part.head)
    limit = max(SHORTEST, (IN_A_NOTIFICATION - heads) // max(1, len(found)))
    told = [_noted(one, scene)] if one.note else []
    for part in found:
        told += [f"{_opening(part, found, scene)} “{within(part.text, limit)}”", *part.lines]
    return " ".join(told)


def _opening(part: Part, found: list[Part], scene: Scene) -> str:
    if part.head:
        return part.head if len(found) <= MANY else part.brief
    return _heading(part, scene) if len(found) > 1 else "The exact text:"


def _posts(one: Seen, target: Target, scene: Scene, room: int) -> Iterator[Part]:
    """Each part of a thread; with the last, what is to be said of all."""
    texts = content.parts(one, target.network)
    found = networks.measured(one, [target], scene.publishers, pictures.described(one.images))
    lines = tuple(_kept(_of_thread(found, one, scene), room))
    there = capital(networks.place(target, scene.settings))
    for number, text in enumerate(texts, start=1):
        brief = f"Part {number}"
        head = f"{there}, part {number} of {len(texts)}"
        if found:
            each = found[number - 1]
            cost = f", costs {networks.dollars(each.price)}" if each.price else ""
            brief += f", {each.checked.length:,} of {each.checked.limit:,}"
            head += f", {each.checked.length:,} of {each.checked.limit:,} characters{cost}"
        yield Part(text, (target,), lines if number == len(texts) else (), f"{head}:", f"{brief}:")


def _unseen(text: str) -> Iterator[str]:
    if odd := content.unseen(text):
        left = len(odd) - SIGNS
        some = words.listed(odd[:SIGNS] + ([f"{left} more"] if left > 0 else []))
        yield f"Note: It has signs that nobody sees, and they leave as well: {some}."


def _of_thread(found: list[Measured], one: Seen, scene: Scene) -> Iterator[str]:
    if cost := sum(each.price for each in found):
        yield f"In all {networks.priced(cost, scene.settings)}: a reply costs what a post does."
    if not one.deliveries or any(to.parts > 1 and to.state not in SETTLED for to in one.deliveries):
        yield UNPROMISED
    for each in found:
        for warning in each.checked.warnings:
            yield f"Note on part {each.part}: {within(warning)}"
    yield from dict.fromkeys(note for text in content.parts(one, content.THREADED) for note in _unseen(text))


def _post(part: Part) -> Iterator[Block]:
    """In one block, as there may be many; in two where that is too long for one."""
    together = f"{part.head}\n{part.text}"
    for text in [together] if len(together) <= LONGEST_BLOCK else [part.head, part.text]:
        yield elements.literal(text)


def _heading(part: Part, scene: Scene) -> str:
    return f"{capital(networks.places(part.targets, scene.settings))}:"


def _noted(one: Seen, scene: Scene) -> str:
    """The content note, and which networks leave without it."""
    if not one.note:
        return ""
    taking = networks.takes_notes(scene.publishers)
    names = {to.network: networks.name_of(to.network) for to in one.targets}
    kept = [name for network, name in names.items() if network in taking]
    left = [name for network, name in names.items() if network not in taking]
    told = f"Content note: {in_quotes(within(one.note))}."
    if kept:
        told += f" {words.listed(kept)} shows it first, and the words to whoever asks for them."
    if left:
        told += f" {capital(words.listed(left))}: it leaves without the note, which has no place there."
    return told


def _measures(one: Seen, targets: Iterable[Target], scene: Scene) -> Iterator[str]:
    """Length and price of all networks in one line; then their links, and what their rules warn of."""
    found = networks.measured(one, targets, scene.publishers, pictures.described(one.images))
    links: dict[str, list[str]] = {}
    for each in found:
        links.setdefault(_links(each).strip(), []).append(networks.name_of(each.network))
    if not found:
        return
    lengths = "; ".join(_length(each, scene, first=each is found[0]) for each in found)
    if len(links) == 1:
        yield f"{lengths}. {next(iter(links))}".rstrip()
    else:
        yield f"{lengths}."
        yield from (_KIND.sub(rf"\1 on {words.listed(names)}", told) for told, names in links.items() if told)
    warnings = dict.fromkeys(warning for each in found for warning in each.checked.warnings)
    yield from (f"Note: {within(warning)}" for warning in warnings)
    yield from _unseen(content.leaving(one, found[0].network).text)
    if scene.settings.x_threads and any(_keeps_breaks(one, target.network) for target in targets):
        yield f"Note: Lines with only --- leave as they stand. {ONLY_X if one.thread else UNTICKED}"


def _length(each: Measured, scene: Scene, *, first: bool) -> str:
    """Such as "X: 33 of 280 characters, costs $0.015", of those after the first "Bluesky: 33 of 300"."""
    length = f"{each.checked.length:,} of {each.checked.limit:,}{' characters' if first else ''}"
    price = f", costs {networks.priced(each.price, scene.settings)}" if each.price else ""
    return f"{capital(networks.name_of(each.network))}: {length}{price}"


def _keeps_breaks(one: Seen, network: str) -> bool:
    """It gets whole what was written as several posts, or looks so."""
    is_meant = one.thread or network == networks.X
    return is_meant and content.has_breaks(content.leaving(one, network).text)


def _links(each: Measured) -> str:
    told = ""
    if each.checked.links:
        told += f" {'Link' if len(each.checked.links) == 1 else 'Links'}: {_listed(each.checked.links)}."
    if each.checked.no_links:
        told += f" No link without https:// in front: {_listed(each.checked.no_links)}."
    return told


def _listed(links: tuple[str, ...]) -> str:
    """As many as there is room for, at least one; how many more there are."""
    shown = list(links)
    while len(shown) > 1 and sum(len(link) + 2 for link in shown) > LONGEST_LINKS:
        shown.pop()
    told = [within(link, LONGEST_LINKS) for link in shown]
    left = len(links) - len(shown)
    return ", ".join(told) + (f" and {left} more" if left else "")


def _kept(lines: Iterable[str], limit: int) -> Iterator[str]:
    """Those there is room for."""
    left_out = used = 0
    for line in lines:
        used += len(line)
        if used <= limit:
            yield line
        else:
            left_out += 1
    if left_out:
        yield f"There is more to say of these words: {words.counted(left_out, 'note')} did not fit here."
