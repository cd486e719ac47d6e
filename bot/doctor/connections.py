"""Is another copy of the bot connected on the same app-level token?

Slack gives each message to any one of an app's connections, so two copies on two records each hear half of
what people say. Slack tells the number in the first frame of a new connection; this one is closed at once.
What Slack hands to it in between is lost: an event comes again, a command does not.
"""

import json
from collections.abc import Callable
from typing import Literal
from urllib.parse import urlsplit

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from bot.doctor.findings import Finding, ok, unknown, wrong
from bot.settings.values import LOOPBACK

SECONDS = 10
PROBED = "A command typed in the instant of counting may have to be typed again."
ONE_TOO_MANY = (
    "Stop all but one, or give the practice copy an app of its own. (Several `countmein web` on one "
    "PostgreSQL are meant to share.)"
)
NOT_HERE = (
    "If it is another copy, stop it or give it an app of its own. If it is this one, its worker has stopped: "
    "start `countmein run`, or `countmein worker` beside `countmein web`."
)


def examine(address: str, works_here: Callable[[], bool | None]) -> Finding:
    """`address` is a fresh one from apps.connections.open; `works_here` says whether a worker runs on this
    record, None where that cannot be told.
    """
    try:
        others = count(address) - 1
    except (OSError, WebSocketException, ValueError, KeyError) as trouble:
        return unknown(f"Connected copies of the bot could not be counted ({type(trouble).__name__}).")
    if others > 1:
        connected = f"{others} copies of the bot are connected on this app token"
        return wrong(f"{connected}, and each hears only a part. {PROBED}", ONE_TOO_MANY)
    if others == 1:
        return _only(works_here())
    return ok("No copy of the bot is connected on this app token just now.")


def _only(works_here: bool | None) -> Finding:
    connected = "One copy of the bot is connected on this app token"
    if works_here is None:
        return unknown(f"{connected}; whether it keeps this record could not be told. {PROBED}")
    if not works_here:
        return wrong(
            f"{connected}, and no worker runs on this record: it may keep another. {PROBED}", NOT_HERE
        )
    return ok(f"{connected} just now, and a worker runs on this record. {PROBED}")


def count(address: str) -> int:
    """How many connections Slack says there are, this one included."""
    # On the way to loopback there is no proxy; elsewhere the environment decides.
    proxy: Literal[True] | None = None if urlsplit(address).hostname in LOOPBACK else True
    with connect(address, open_timeout=SECONDS, close_timeout=1, proxy=proxy) as socket:
        hello = json.loads(socket.recv(timeout=SECONDS))
    return int(hello["num_connections"])
