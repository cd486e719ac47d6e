"""The reader's own time zone, as their Slack account says it."""

from slack_sdk.errors import SlackClientError

from coop.deps import Deps


def own_zone(user_id: str, deps: Deps) -> str | None:
    """None when Slack does not say or does not answer: the network's time is told in any case."""
    try:
        zone = deps.slack.users_info(user=user_id)["user"].get("tz")
    except (SlackClientError, OSError):
        return None
    return zone if isinstance(zone, str) and zone else None
