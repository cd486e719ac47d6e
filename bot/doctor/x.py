"""X: whose keys these are, and whether they may post."""

from collections.abc import Iterator

from bot.doctor.findings import Finding, ok, unknown, wrong
from bot.settings.environment import Environment
from coop.publishing import CouldNotLook
from publishers.x.publisher import Account, Keys, X

AGAIN = "If it stays so, type `countmein x-login` again."


def examine(environment: Environment) -> Iterator[Finding]:
    """Asks X who we are: $0.010 at X's prices of 2026. Posts nothing."""
    if not environment.has_x_keys:
        rehearsed = "" if environment.has_networks else "announcements are rehearsed and "
        yield unknown(
            f"There are no X keys, so {rehearsed}nothing leaves for X.",
            "Make an app at developer.x.com, set X_API_KEY and X_API_SECRET, and type `countmein x-login`.",
        )
        return
    keys = Keys(
        environment.x_api_key.get_secret_value(),
        environment.x_api_secret.get_secret_value(),
        environment.x_access_token.get_secret_value(),
        environment.x_access_token_secret.get_secret_value(),
    )
    account = X(keys, environment.x_handle, api_url=environment.x_api_url).whoami()
    if isinstance(account, CouldNotLook):
        yield wrong(f"X did not say whose keys these are. {account.reason}", AGAIN)
        return
    yield whose(account, environment.x_handle)
    yield permission(account)


def whose(account: Account, expected: str) -> Finding:
    if account.handle.lower() == expected.lower():
        return ok(f"The X keys belong to @{account.handle}.")
    return wrong(
        f"The X keys belong to @{account.handle}, not to @{expected}, so nothing is posted.",
        f"Type `countmein x-login`, signed in to X as @{expected}.",
    )


def permission(account: Account) -> Finding:
    match account.may_write:
        case True:
            return ok("The X keys may post.")
        case None:
            return unknown("X does not say whether these keys may post.")
    return wrong(
        "The X keys may only read.",
        "Set “Read and write” under “User authentication settings” at developer.x.com, then type "
        "`countmein x-login` again: tokens keep the permission they were made with.",
    )
