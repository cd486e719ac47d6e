"""The reader's own time zone, as their Slack account says it."""

from coop.deps import Deps
from handlers import accounts


def own_zone(user_id: str, deps: Deps) -> str | None:
    """None when Slack does not say or does not answer: the network's time is told in any case."""
    try:
        zone = accounts.told_of(user_id, deps.slack).get("tz")
    except accounts.NO_WORD:
        return None
    return zone if isinstance(zone, str) and zone else None
