"""Slack says that it has taken our access away, or that somebody has removed the app."""

import structlog

from coop.deps import Deps
from handlers.listening import Listen
from handlers.requests import Happening

log = structlog.get_logger()


def lost(happening: Happening, deps: Deps) -> None:
    """It may be about one person's token and not ours, so Slack is asked before anything is believed."""
    log.warning("Slack says that access was taken away", said=happening.event["type"])
    deps.doubt()


def register(listen: Listen) -> None:
    listen.happening("tokens_revoked", lost)
    listen.happening("app_uninstalled", lost)
