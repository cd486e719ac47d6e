"""Bluesky: whether it takes the handle and the app password."""

from collections.abc import Iterator

from bot.doctor.findings import Finding, ok, wrong
from bot.settings.environment import Environment
from coop.publishing import CouldNotLook
from publishers.bluesky.publisher import Bluesky


def examine(environment: Environment) -> Iterator[Finding]:
    """Signs in, which Bluesky allows some hundred times a day. Posts nothing."""
    password = environment.bluesky_app_password.get_secret_value()
    account = Bluesky(environment.bluesky_handle, password, environment.bluesky_url).whoami()
    if isinstance(account, CouldNotLook):
        yield wrong(
            f"Bluesky did not let us sign in as @{environment.bluesky_handle}. {account.reason}.",
            "Check BLUESKY_HANDLE and BLUESKY_URL; if they are right, make a new app password in Bluesky "
            "(Settings, Privacy and security).",
        )
        return
    yield ok(f"The Bluesky app password belongs to @{account.handle}.")
