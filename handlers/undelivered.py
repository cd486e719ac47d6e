"""What officers are told when messages could not be delivered."""

from handlers.blocks import undelivered as blocks
from handlers.listening import Listen


def register(listen: Listen) -> None:
    listen.outgoing(
        "undelivered", lambda facts, _deps: blocks.undelivered(facts["messages"], int(facts["count"]))
    )
