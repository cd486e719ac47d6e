from __future__ import annotations

from sandbox.delivery import events
from sandbox.entities import Delivery
from sandbox.installation import App
from sandbox.workspace import Workspace


def revoke(slack: Workspace, app: App) -> list[Delivery]:
    """The bot's token stops working; the app hears of it if it subscribed."""
    tokens = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [app.bot_user]}}
    sent = events.emit(slack, "tokens_revoked", tokens)
    sent += events.emit(slack, "app_uninstalled", {"type": "app_uninstalled"})
    app.revoked = True
    return [delivery for delivery in sent if delivery.app_id == app.id]
