"""The practice Mastodon: its API, its rules and its failures, for people and tests without an account."""

from sandbox.social.mastodon import MastodonStore
from sandbox.social.routing import routes

__all__ = ["MastodonStore", "routes"]
