"""Mastodon: whose token this is, and what its server takes."""

from collections.abc import Iterator

from bot.doctor.findings import Finding, ok, unknown, wrong
from bot.settings.environment import Environment
from coop.publishing import CouldNotLook
from publishers.mastodon.publisher import Limits, Mastodon
from publishers.mastodon.text import LIMIT, LINK_WEIGHT


def examine(environment: Environment) -> Iterator[Finding]:
    """Asks the server who we are and what it takes. Posts nothing."""
    mastodon = Mastodon(environment.mastodon_url, environment.mastodon_access_token.get_secret_value())
    account = mastodon.whoami()
    if isinstance(account, CouldNotLook):
        yield wrong(
            f"Mastodon did not say whose token this is. {account.reason}.",
            "Check MASTODON_URL; if it is right, make a new token in Mastodon (Preferences, Development).",
        )
        return
    yield ok(f"The Mastodon token belongs to @{account.handle} on {environment.mastodon_url}.")
    limits = mastodon.limits()
    if isinstance(limits, CouldNotLook):
        yield unknown(f"Mastodon did not say how much fits into a post. {limits.reason}.")
        return
    yield room(limits)


def room(limits: Limits) -> Finding:
    takes = f"The Mastodon server takes {limits.characters:,} characters and counts a link as {limits.link}"
    if limits.characters < LIMIT or limits.link > LINK_WEIGHT:
        return wrong(
            f"{takes}; announcements are measured by {LIMIT} and {LINK_WEIGHT}, so it may refuse some.",
            "Keep announcements shorter, or ask whoever runs the server.",
        )
    return ok(f"{takes}.")
