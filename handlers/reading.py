"""Slack's payloads read into requests. The door has checked the shape of every field used here."""

import re
from collections.abc import Mapping
from typing import Any

from handlers.requests import FROM_HOME, Caller, Happening, Press, Said, Shortcut, SlashCommand, Submission

Body = Mapping[str, Any]
MENTION = re.compile(r"<@[UW][A-Z0-9]+(?:\|[^>]*)?>")


def command(body: Body, home_team: str) -> SlashCommand:
    return SlashCommand(
        key=command_key(body),
        caller=Caller(body["team_id"], body["user_id"], at_home=body["team_id"] == home_team),
        name=body["command"],
        text=(body.get("text") or "").strip(),
        channel_id=body.get("channel_id") or "",
        trigger_id=body["trigger_id"],
        response_url=body.get("response_url") or "",
    )


def press(body: Body, home_team: str) -> Press:
    action, view = body["actions"][0], body.get("view") or {}
    return Press(
        key=press_key(body),
        caller=_user(body, home_team),
        action_id=action["action_id"],
        value=str(entered(action) or ""),
        trigger_id=body.get("trigger_id") or "",
        place=view.get("type") or "message",
        response_url=body.get("response_url") or "",
        channel_id=(body.get("channel") or {}).get("id", ""),
        message_ts=(body.get("container") or {}).get("message_ts", ""),
        view_id=view.get("id", ""),
        private_metadata=view.get("private_metadata", ""),
        values=_values((view.get("state") or body.get("state") or {}).get("values", {})),
        from_home=view.get("type") == "home" or _is_from_home(view),
        block_id=action.get("block_id", ""),
    )


def shortcut(body: Body, home_team: str) -> Shortcut:
    return Shortcut(
        key=shortcut_key(body),
        caller=_user(body, home_team),
        callback_id=body["callback_id"],
        text=body["message"].get("text") or "",
        trigger_id=body["trigger_id"],
        response_url=body.get("response_url") or "",
        # Of one that was deleted Slack leaves little more than its id.
        files=tuple(file for file in body["message"].get("files") or [] if file.get("url_private")),
    )


def submission(body: Body, home_team: str) -> Submission:
    view = body["view"]
    return Submission(
        key=submission_key(body),
        caller=_user(body, home_team),
        callback_id=view["callback_id"],
        values=_values((view.get("state") or {}).get("values", {})),
        private_metadata=view.get("private_metadata") or "",
        view_id=view["id"],
        trigger_id=body.get("trigger_id") or "",
        from_home=_is_from_home(view),
    )


def said(body: Body, home_team: str) -> Said:
    event = body["event"]
    mentioned = event["type"] == "app_mention"
    return Said(
        key=body["event_id"],
        caller=_author(event, home_team),
        text=without_mention(event["text"], bot_user_id(body)) if mentioned else event["text"],
        channel_id=event["channel"],
        channel_type="mention" if mentioned else event["channel_type"],
        ts=event["ts"],
        thread_ts=event.get("thread_ts"),
        mentioned=mentioned,
    )


def happening(body: Body, home_team: str) -> Happening:
    event = body["event"]
    user = event.get("user")
    if isinstance(user, Mapping):
        team = user.get("team_id") or home_team
        caller = Caller(team, user.get("id") or "", at_home=team == home_team)
    else:
        caller = _author(event, home_team)
    return Happening(key=body["event_id"], caller=caller, event=event, bot_user_id=bot_user_id(body))


def command_key(body: Body) -> str:
    return f"command:{body['trigger_id']}"


def press_key(body: Body) -> str:
    return f"press:{body.get('trigger_id') or body['actions'][0].get('action_ts')}"


def shortcut_key(body: Body) -> str:
    return f"shortcut:{body['trigger_id']}"


def submission_key(body: Body) -> str:
    # A view keeps its id when a form leads to the next one; the callback tells them apart.
    view = body["view"]
    return f"{body['type']}:{view['id']}:{view['callback_id']}"


def bot_user_id(body: Body) -> str:
    authorizations = body.get("authorizations") or [{}]
    return authorizations[0].get("user_id") or ""


def without_mention(text: str, bot: str) -> str:
    """The text with the bot's own mention taken out, or the first mention when the bot is not known."""
    own = re.compile(rf"<@{re.escape(bot)}(?:\|[^>]*)?>") if bot else MENTION
    return own.sub("", text, count=1).strip(" \t\n,:")


def entered(element: Mapping[str, Any]) -> Any:
    """What a person entered in one element: text, date, time, chosen value, or a list of chosen values or
    of files, each as far as the door lets Slack's own description through.
    """
    for single in (
        "selected_date",
        "selected_time",
        "selected_user",
        "selected_conversation",
        "selected_channel",
    ):
        if single in element:
            return element[single]
    if "selected_option" in element:
        return (element["selected_option"] or {}).get("value")
    if "selected_options" in element:
        return [choice["value"] for choice in element["selected_options"] or []]
    if "files" in element:
        return list(element["files"])
    return element.get("value")


def _is_from_home(view: Body) -> bool:
    return str(view.get("external_id") or "").startswith(FROM_HOME)


def _values(state: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    return {
        block_id: entered(element)
        for block_id, elements in state.items()
        for element in list(elements.values())[:1]
    }


def _user(body: Body, home_team: str) -> Caller:
    user = body["user"]
    team = user.get("team_id") or (body.get("team") or {}).get("id") or home_team
    return Caller(team, user["id"], at_home=team == home_team)


def _author(event: Body, home_team: str) -> Caller:
    team = event.get("user_team") or event.get("source_team") or event.get("team") or home_team
    return Caller(team, event.get("user") or "", at_home=team == home_team)
