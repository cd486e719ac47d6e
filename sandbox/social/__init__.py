"""The practice Mastodon and Bluesky: their APIs, rules and failures, for people and tests with no account."""

from sandbox.social.bluesky import BlueskyStore
from sandbox.social.mastodon import MastodonStore
from sandbox.social.routing import routes

__all__ = ["BlueskyStore", "MastodonStore", "routes"]
