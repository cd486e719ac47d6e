"""The membership card: what a new member gets after the receipt, and `/member card` once more."""

from datetime import date
from typing import Any

from coop import words
from coop.deps import Deps
from handlers.blocks import card as blocks
from handlers.blocks.message import Message
from handlers.listening import Listen
from storage import members


def draw(facts: dict[str, Any], deps: Deps) -> Message:
    from handlers import card_picture  # noqa: PLC0415 -- Pillow is not needed to answer anybody

    settings, name, number = deps.settings, str(facts["name"]), int(facts["number"])
    since = date.fromisoformat(facts["since"])
    with deps.read() as session:
        motto = blocks.motto(settings, members=members.count_of_members(session), on=deps.today())
    picture = card_picture.png(
        card_picture.Card(
            network=settings.network_name,
            name=name,
            number=number,
            since=words.on(since),
            motto=motto,
            colour=settings.network_colour,
        )
    )
    return blocks.card(
        network=settings.network_name,
        name=name,
        number=number,
        since=since,
        motto=motto,
        picture=picture,
        has_name=bool(card_picture.drawable(name)),
    )


def register(listen: Listen) -> None:
    listen.outgoing("card", draw)
