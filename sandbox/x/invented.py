"""The invented accounts and keys everybody starts with. None of them opens anything anywhere."""

from __future__ import annotations

from sandbox.x.entities import Account, DeveloperApp, Token

NETWORK = Account(
    "1700000000000000001", "FenmarchDigital", "Fenmarch Digital Network", "Automated by @dev_marchetti"
)
DEVELOPER = Account("1700000000000000002", "dev_marchetti", "Dev Marchetti")
NEIGHBOUR = Account("1700000000000000003", "oxmere_council", "Oxmere District Council")

# The developer registered the app, so the tokens of the developer portal post as the developer.
APP = DeveloperApp(
    "Fenmarch announcements", "PracticeConsumerKey0000001", "practice-consumer-secret", DEVELOPER.id
)
PORTAL_TOKEN = Token(f"{DEVELOPER.id}-PracticePortalToken", "practice-portal-secret", DEVELOPER.id)
NETWORK_TOKEN = Token(f"{NETWORK.id}-PracticeNetworkToken", "practice-network-secret", NETWORK.id)
READ_ONLY_TOKEN = Token(
    f"{NETWORK.id}-PracticeReadOnlyToken", "practice-read-only-secret", NETWORK.id, "read"
)
