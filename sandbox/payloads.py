"""What an interaction looks like to the app: commands, block actions, views, shortcuts."""

from __future__ import annotations

from sandbox import grants, shapes
from sandbox.bookkeeping import ResponseUrl
from sandbox.entities import Channel, Command, Json, Message, Person, View
from sandbox.installation import App
from sandbox.workspace import Workspace

_CHANNEL_NAMES = {"im": "directmessage", "private": "privategroup", "mpim": "privategroup"}


def command(slack: Workspace, app: App, who: Person, given: tuple[Channel, Command, str]) -> Json:
    """The form fields of a slash command, as text. Source: docs.slack.dev, slash commands."""
    channel, typed, text = given
    url = ResponseUrl(slack.fresh_id(""), app.id, channel.id, who.id, 0.0)
    return {
        "token": app.verification_token,
        "team_id": slack.team.id,
        "team_domain": slack.team.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": who.id,
        "user_name": who.name,
        "command": typed.name,
        "text": text,
        "api_app_id": app.id,
        "is_enterprise_install": "false",
        "response_url": grants.response_url(slack, "commands", url),
        "trigger_id": grants.trigger(slack, app.id, who.id),
    }


def block_actions(slack: Workspace, app: App, who: Person, action: Json) -> Json:
    """The part every block_actions payload has; where it happened is added by `in_message` or `in_view`."""
    payload = _common(slack, app, who, "block_actions")
    payload |= {"actions": [action | {"action_ts": slack.fresh_ts()}], "state": {"values": {}}}
    return payload


def in_message(slack: Workspace, app: App, who: Person, message: Message) -> Json:
    channel = slack.channels[message.channel]
    url = ResponseUrl(slack.fresh_id(""), app.id, channel.id, who.id, 0.0, ts=message.ts)
    url.thread_ts = message.thread_ts
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.only_for),
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    place: Json = {
        "container": container,
        "trigger_id": grants.trigger(slack, app.id, who.id),
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "response_url": grants.response_url(slack, "actions", url),
    }
    # Slack leaves an ephemeral message out: the app can only answer at the response_url.
    if not message.only_for:
        place["message"] = shapes.message(slack, message)
    return place


def in_view(slack: Workspace, app: App, who: Person, view: View) -> Json:
    return {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": grants.trigger(slack, app.id, who.id, view.id if view.type == "modal" else ""),
        "view": shapes.view(slack, view),
    }


def submission(slack: Workspace, app: App, who: Person, view: View) -> Json:
    return _common(slack, app, who, "view_submission") | {
        "trigger_id": grants.trigger(slack, app.id, who.id, view.id),
        "view": shapes.view(slack, view),
        "response_urls": _response_urls(slack, app, who, view),
    }


def closed(slack: Workspace, app: App, who: Person, view: View, *, cleared: bool) -> Json:
    drawn = {"view": shapes.view(slack, view), "is_cleared": cleared}
    return _common(slack, app, who, "view_closed") | drawn


def shortcut(slack: Workspace, app: App, who: Person, callback_id: str) -> Json:
    payload = _common(slack, app, who, "shortcut") | {
        "user": {"id": who.id, "username": who.name, "team_id": who.team_id},
        "action_ts": slack.fresh_ts(),
        "callback_id": callback_id,
        "trigger_id": grants.trigger(slack, app.id, who.id),
    }
    del payload["api_app_id"]
    return payload


def message_shortcut(slack: Workspace, app: App, who: Person, about: tuple[str, Message]) -> Json:
    callback_id, message = about
    place = in_message(slack, app, who, message)
    return shortcut(slack, app, who, callback_id) | {
        "type": "message_action",
        "user": {"id": who.id, "name": who.name, "team_id": who.team_id},
        "message_ts": message.ts,
        "channel": place["channel"],
        "message": shapes.message(slack, message),
        "response_url": place["response_url"],
    }


def suggestion(slack: Workspace, app: App, who: Person, asked: Json) -> Json:
    payload = _common(slack, app, who, "block_suggestion")
    return payload | asked


def channel_name(channel: Channel) -> str:
    return _CHANNEL_NAMES.get(channel.kind, channel.name)


def _common(slack: Workspace, app: App, who: Person, kind: str) -> Json:
    return {
        "type": kind,
        "user": {"id": who.id, "username": who.name, "name": who.name, "team_id": who.team_id},
        "api_app_id": app.id,
        "token": app.verification_token,
        "team": {"id": slack.team.id, "domain": slack.team.domain},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _response_urls(slack: Workspace, app: App, who: Person, view: View) -> list[Json]:
    """A modal gives a response_url only where a conversation select asked for one."""
    urls = []
    for block in view.blocks:
        element = block.get("element") or {}
        if element.get("response_url_enabled"):
            state = view.values.get(block["block_id"], {}).get(element["action_id"], {})
            channel = state.get("selected_conversation") or state.get("selected_channel")
            if channel:
                url = ResponseUrl(slack.fresh_id(""), app.id, channel, who.id, 0.0)
                urls.append(
                    {
                        "block_id": block["block_id"],
                        "action_id": element["action_id"],
                        "channel_id": channel,
                        "response_url": grants.response_url(slack, "app", url),
                    }
                )
    return urls
