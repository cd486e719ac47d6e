"""Events: who gets them, their envelope, and Slack's timetable of retries."""

from __future__ import annotations

import asyncio

from sandbox.delivery.sending import BotAnswer, Try, attempt
from sandbox.entities import Attempt, Channel, Delivery, Json
from sandbox.installation import App
from sandbox.workspace import Workspace

# Nearly at once, after a minute, after five. Source: docs.slack.dev, Events API, retries. Socket Mode's own
# timetable is not documented; the same one is used there.
RETRY_AFTER = (0, 60, 300)

_WITHOUT_TS = ("tokens_revoked", "app_uninstalled")
_SCOPES = {
    "message.im": ("im:history",),
    "message.mpim": ("mpim:history",),
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "app_mention": ("app_mentions:read",),
    "team_join": ("users:read",),
    "user_change": ("users:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "subteam_members_changed": ("usergroups:read",),
}
MESSAGE_EVENTS = {
    "im": "message.im",
    "mpim": "message.mpim",
    "channel": "message.channels",
    "private": "message.groups",
}


def emit(slack: Workspace, subscription: str, event: Json, channel: Channel | None = None) -> list[Delivery]:
    """Send an event to every app that subscribed to it, may see it, and is in `channel` if one is given.

    Returns at once; `first_attempts` waits for the outcome.
    """
    if subscription not in _WITHOUT_TS:
        event.setdefault("event_ts", slack.fresh_ts())
    return [
        send_event(slack, app, event, channel)
        for app in list(slack.apps.values())
        if _wants(app, subscription) and (channel is None or app.bot_user in channel.members)
    ]


def send_event(slack: Workspace, app: App, event: Json, channel: Channel | None = None) -> Delivery:
    payload = _envelope(slack, app, event, channel)
    delivery = Delivery(payload["event_id"], "event", app.id, payload, user=_author(event))
    slack.deliveries.append(delivery)
    slack.spawn(_first(slack, delivery), delivery.id)
    return delivery


async def first_attempts(slack: Workspace, deliveries: list[Delivery]) -> None:
    """Wait until each delivery has had its first attempt (or is queued for a bot that is not connected)."""
    waiting = [task for delivery in deliveries if (task := slack.task(delivery.id))]
    if waiting:
        await asyncio.wait(waiting)


async def retry(slack: Workspace, delivery: Delivery, number: int, reason: str) -> None:
    if delivery.app_id in slack.apps:
        await _settle(slack, delivery, await attempt(slack, delivery, Try(number, reason)), number)


def send_backlog(slack: Workspace, app: App) -> None:
    """What happened while no connection was open goes out once there is one."""
    while app.backlog:
        delivery = app.backlog.popleft()
        slack.spawn(_first(slack, delivery), delivery.id)


async def _first(slack: Workspace, delivery: Delivery) -> None:
    fault = slack.faults.take(f"delivery:{delivery.kind}")
    if fault and fault.kind == "drop":
        delivery.attempts.append(Attempt(slack.clock.now(), 0, "fault", outcome="dropped"))
        return
    if fault and fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    tries = 2 if fault and fault.kind == "duplicate" else 1
    answers = await asyncio.gather(*(attempt(slack, delivery) for _ in range(tries)))
    await _settle(slack, delivery, answers[0], 0)


async def _settle(slack: Workspace, delivery: Delivery, answer: BotAnswer, number: int) -> None:
    if answer.ok or delivery.app_id not in slack.apps:
        return
    if answer.outcome == "no_connection":
        delivery.attempts.pop()
        slack.apps[delivery.app_id].backlog.append(delivery)
    elif number < len(RETRY_AFTER) and not answer.no_retry:
        due = slack.clock.now() + RETRY_AFTER[number]
        reason = answer.outcome
        slack.timetable.at(due, lambda: slack.spawn(retry(slack, delivery, number + 1, reason), delivery.id))


def _wants(app: App, subscription: str) -> bool:
    needed = _SCOPES.get(subscription)
    allowed = needed is None or any(scope in app.scopes for scope in needed)
    return not app.revoked and subscription in app.events and allowed


def _author(event: Json) -> str:
    user = event.get("user")
    return user if isinstance(user, str) else ""


def _envelope(slack: Workspace, app: App, event: Json, channel: Channel | None) -> Json:
    team = slack.team.id
    return {
        "token": app.verification_token,
        "team_id": team,
        "context_team_id": team,
        "context_enterprise_id": None,
        "api_app_id": app.id,
        "event": event,
        "type": "event_callback",
        "event_id": slack.fresh_id("Ev"),
        "event_time": int(slack.clock.now()),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": team,
                "user_id": app.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
        "event_context": f"4-{app.id}-{slack.fresh_id('')}",
    }
