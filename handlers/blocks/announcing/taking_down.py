"""The window in which something is taken down, and what its presser reads."""

import json
from typing import Any

from coop import words
from coop.announcing import networks, times
from coop.announcing.acts import still_up
from coop.announcing.content import Target
from coop.announcing.seeing import DeliverySeen, Seen
from handlers.blocks import elements
from handlers.blocks.announcing.announcement import (
    Scene,
    capital,
    in_quotes,
    marked,
    marked_view,
    place,
    quoted_each,
    quoted_last,
    within,
)
from handlers.blocks.announcing.fates import fates
from handlers.blocks.announcing.threads import numbers
from handlers.blocks.message import Block, Message

FORM = "announcing.take_down_form"
WHERE, REASON = "where", "reason"
LONGEST_REASON = 300


def form(one: Seen, scene: Scene) -> dict[str, Any]:
    """What goes where, and the price; why is asked."""
    out = _by_place(still_up(one))
    blocks: list[Block] = [
        elements.section(f"What you take down here is deleted for everybody: {_quoted(one, out, scene)}"),
        elements.section("\n".join(_what_happens(to, scene) for to in out)),
    ]
    if len(out) > 1:
        blocks.append(_choice(out, scene))
    element = {"type": "plain_text_input", "max_length": LONGEST_REASON}
    hint = "It stays in the record beside the text, and the steering group reads it in the thread."
    blocks.append(elements.field(REASON, "Why?", element, hint=hint))
    view = elements.modal(
        "Take down",
        blocks,
        callback_id=FORM,
        submit="Take it down",
        close="Leave it up",
        private_metadata=json.dumps({"announcement": one.id}),
    )
    return marked_view(view, one)


def _quoted(one: Seen, out: list[list[DeliverySeen]], scene: Scene) -> str:
    places = [Target(there[0].network, there[0].target) for there in out]
    return quoted_each(one, places, scene.settings)


def asked(one: Seen, scene: Scene) -> Message:
    """Nothing is deleted yet: a worker does it, and says so in the thread."""
    said = ["I am taking it down now, and say in its thread what came of it on each network."]
    return marked(Message("\n".join([*said, *_being_seen_to(one, scene)])), one)


def asked_already(one: Seen, scene: Scene) -> Message:
    """Somebody was quicker, perhaps several for several places: who, when, why, and how far it is."""
    wishes = [to.takedown for to in one.deliveries if to.takedown is not None]
    who = [
        f"{capital(elements.mention(by))} asked for it on {times.dated(at, one.zone)}: "
        f"{words.ended(in_quotes(within(reason)))}"
        for by, at, reason in dict.fromkeys((wish.by, wish.asked_at, wish.reason) for wish in wishes)
    ]
    said = ["Somebody was quicker, so nothing changed.", *who]
    return marked(Message("\n".join([*said, *_being_seen_to(one, scene)])), one)


def deleted(one: Seen) -> Message:
    return marked(Message(f"Thank you: I have written down that you deleted it. {_about(one)}"), one)


def tried_again(one: Seen) -> Message:
    return marked(Message(f"I try again now. {_about(one)}"), one)


def _about(one: Seen) -> str:
    return f"It is about {quoted_last(one)}"


def _being_seen_to(one: Seen, scene: Scene) -> list[str]:
    return fates(one, scene, but=[to for to in one.deliveries if to.takedown is None])


def _by_place(out: list[DeliverySeen]) -> list[list[DeliverySeen]]:
    """The parts of a thread together."""
    found: dict[tuple[str, str], list[DeliverySeen]] = {}
    for to in out:
        found.setdefault((to.network, to.target), []).append(to)
    return list(found.values())


def _what_happens(there: list[DeliverySeen], scene: Scene) -> str:
    to = there[0]
    where, link = _place(there, scene), f" {to.url}" if to.url else ""
    publisher = scene.publishers.get(to.network)
    if publisher is None:
        return f"{where}: it is not set up any more, so somebody has to delete it there.{link}"
    if to.network == networks.BY_HAND:
        return f"{where}: whoever posted it has to delete it there; I keep asking until somebody says so."
    if price := publisher.price_to_take_down() * len(there):
        again = " For about a day X may refuse the same words." if to.network == networks.X else ""
        counts = " It counts towards what the month costs, and no cap keeps it back."
        return f"{where}: deleting costs {networks.priced(price, scene.settings)}.{counts}{again}{link}"
    return f"{where}: deleting costs nothing.{link}"


def _choice(out: list[list[DeliverySeen]], scene: Scene) -> Block:
    options = [elements.option(_named(there, scene), str(there[0].id)) for there in out]
    element = {"type": "checkboxes", "options": options, "initial_options": options}
    return elements.field(WHERE, "Where?", element)


def _named(there: list[DeliverySeen], scene: Scene) -> str:
    """Without marks: a checkbox draws no mention of a channel."""
    if there[0].network == networks.SLACK:
        return f"Slack, channel {there[0].target}"
    return _place(there, scene)


def _place(there: list[DeliverySeen], scene: Scene) -> str:
    """Of a thread with what is out of it, such as "As @Fenmarch on X, parts 1 and 2 of 3"."""
    if len(there) == 1:
        return capital(place(there[0], scene))
    whole = networks.place(Target(there[0].network, there[0].target), scene.settings)
    return f"{capital(whole)}, {numbers([to.part for to in there])} of {there[0].parts}, the last first"
