"""The list of people as a file: drawn when it leaves, for whoever is an officer then."""

from typing import Any

from coop import members_file
from coop.deps import Deps
from coop.errors import NotAllowed
from handlers.blocks import members_csv as blocks
from handlers.blocks.message import Message
from handlers.listening import Listen


def draw(facts: dict[str, Any], deps: Deps) -> Message:
    today = deps.today()
    try:
        with deps.read() as session:
            content = members_file.members_csv(session, by=int(facts["by"]), today=today)
    except NotAllowed:
        return blocks.refused()
    return blocks.list_of(content, today)


def register(listen: Listen) -> None:
    listen.outgoing("members_csv", draw)
