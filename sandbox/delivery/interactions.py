"""Commands, presses, submissions: one attempt each, and what the person is told when it fails."""

from __future__ import annotations

from sandbox.delivery.sending import BotAnswer, attempt
from sandbox.entities import Delivery, Json
from sandbox.installation import App
from sandbox.workspace import Workspace

# The code Slack shows the person for each way an interaction can fail.
SHOWN = {"ok": "", "http_timeout": "operation_timeout", "no_connection": "app_did_not_respond"}


def shown(answer: BotAnswer) -> str:
    return SHOWN.get(answer.outcome, "dispatch_failed")


def prepared(slack: Workspace, app: App, kind: str, payload: Json) -> Delivery:
    user = payload.get("user_id") or payload.get("user", {}).get("id", "")
    delivery = Delivery(slack.fresh_id("Dl"), kind, app.id, payload, user=user)
    slack.deliveries.append(delivery)
    return delivery


async def send(slack: Workspace, delivery: Delivery) -> BotAnswer:
    return await attempt(slack, delivery)
