"""Timelines that do not tell the truth, or tell it late: what a look may get to see of a post."""

import random
from datetime import datetime, timedelta

from tests.evidence.points import BLUESKY, BY_HAND, MASTODON, SLACK, X
from tests.evidence.practice_world import World

LATEST = 180
MOST_LIES = 3  # of the six looks
LOOKS = {
    "x": "GET /2/users/{id}/tweets",
    "mastodon": "GET /api/v1/accounts/{id}/statuses",
    "bluesky": "GET /xrpc/com.atproto.repo.getRecord",
}
MEANS = {
    "prompt": "shows it at once",
    "late": f"shows it after up to {LATEST} seconds",
    "partial": "shows the account's other posts, and it after one to three minutes",
    "empty": "shows nothing at all for one to three looks",
    "another's": "has the same words by another account",
    "older": "has the same words by ourselves, from two hours before",
    "wrong": "shows somebody else's post instead for one to three looks",
    "closed": "answers looks with 503 one to three times",
}
KINDS = {
    X: ("late", "late", "partial", "empty", "another's", "older", "wrong", "closed"),
    MASTODON: ("late", "late", "partial", "empty", "older", "wrong", "closed"),
    # Asked for one record by its key, it has no page on which others could stand.
    BLUESKY: ("late", "late", "empty", "wrong", "closed"),
    SLACK: ("prompt", "closed"),
    BY_HAND: ("prompt",),
}


def tell(world: World, network: str, kind: str, chance: random.Random, text: str, begins: datetime) -> str:
    """Order it, and return the id of an equal post that is not the one to be found, or ""."""
    ask, account = world.controls.asked, world.environment.x_handle
    times = chance.randint(1, MOST_LIES)
    match kind:
        case "late" | "partial":
            seconds = chance.uniform(0 if kind == "late" else 60, LATEST)
            if kind == "partial":
                _plant(world, network, f"Not this one, but before {text}", begins, account)
            ask("x/lag", seconds=seconds) if network == X else ask(f"{network}/switches", lag=seconds)
        case "another's":
            _plant(world, network, text, begins, "oxmere_council")
        case "older":
            return _plant(world, network, text, begins - timedelta(hours=2), account)
        case "closed" if network == SLACK:
            ask("faults", method="conversations.history", kind="status", times=times)
        case "empty" | "wrong" | "closed":
            named = {"empty": "missing", "closed": "unavailable"}
            ask(
                f"{network}/faults", kind=named.get(kind, kind), when="before", on=LOOKS[network], times=times
            )
    return ""


def _plant(world: World, network: str, text: str, at: datetime, account: str) -> str:
    world.at(network, at)
    who = {"username": account} if network == X else {}
    there: list[dict[str, str]] = world.controls.asked(f"{network}/timeline", text=text, **who)
    return there[-1]["id"] if account == world.environment.x_handle else ""
