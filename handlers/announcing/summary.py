"""The month's figures, drawn when they are posted."""

from datetime import date
from typing import Any

from coop.announcing import summary, telling
from coop.deps import Deps
from handlers.blocks.announcing import summary as blocks
from handlers.blocks.announcing.announcement import Scene
from handlers.blocks.message import Message
from handlers.listening import Listen


def draw(facts: dict[str, Any], deps: Deps) -> Message:
    with deps.read() as session:
        found = summary.summary(session, first=date.fromisoformat(facts["month"]), settings=deps.settings)
    return blocks.summary(found, Scene.of(deps))


def register(listen: Listen) -> None:
    listen.outgoing(telling.MONTH, draw)
