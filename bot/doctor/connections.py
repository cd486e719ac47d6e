"""Is another copy of the bot connected on the same app-level token?

Slack gives each message to any one of an app's connections, so two copies on two records each hear half of
what people say. Slack tells the number in the first frame of a new connection; this one is closed at once.
"""

import json
from typing import Literal
from urllib.parse import urlsplit

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from bot.doctor.findings import Finding, ok, unknown, wrong
from bot.settings.checks import LOOPBACK

SECONDS = 10


def examine(address: str) -> Finding:
    """`address` is a fresh one from apps.connections.open."""
    try:
        others = count(address) - 1
    except (OSError, WebSocketException, ValueError, KeyError) as trouble:
        return unknown(f"Connected copies of the bot could not be counted ({type(trouble).__name__}).")
    if others > 1:
        return wrong(
            f"{others} copies of the bot are connected on this app token, and each hears only a part.",
            "Stop all but one, or give the practice copy an app of its own. (Several `countmein web` on one "
            "PostgreSQL are meant to share.)",
        )
    running = "One copy of the bot is connected" if others else "No copy of the bot is connected"
    return ok(f"{running} on this app token just now.")


def count(address: str) -> int:
    """How many connections Slack says there are, this one included."""
    # On the way to loopback there is no proxy; elsewhere the environment decides.
    proxy: Literal[True] | None = None if urlsplit(address).hostname in LOOPBACK else True
    with connect(address, open_timeout=SECONDS, close_timeout=1, proxy=proxy) as socket:
        hello = json.loads(socket.recv(timeout=SECONDS))
    return int(hello["num_connections"])
