"""Mastodon: whose token this is, and what its server takes."""

from collections.abc import Iterator

from bot.doctor.findings import Finding, ok, unknown, wrong
from bot.settings.environment import Environment
from coop.publishing import CouldNotLook
from publishers.mastodon.limits import Taken
from publishers.mastodon.publisher import Mastodon


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


def room(takes: Taken) -> Finding:
    """Announcements are measured by it as well."""
    return ok(f"The Mastodon server takes {takes.characters:,} characters and counts a link as {takes.link}.")
