"""Who is in the workspace, and what they do."""

from __future__ import annotations

from typing import Any

from sandbox import acts, gathering, invented, posting
from sandbox.acts.watching import Watch
from sandbox.answers import error, invalid
from sandbox.control import drawing
from sandbox.control.asked import need, post
from sandbox.entities import Json, Outcome, Person
from sandbox.workspace import Workspace

_FIELDS = frozenset(Person.__dataclass_fields__)


async def reset(slack: Workspace, asked: Json) -> Json:
    """Everything as at the start; with keep_apps the apps stay installed and connected."""
    before = list(slack.apps.values())
    slack.reset(keep_apps=bool(asked.get("keep_apps")))
    for connection in [each for app in before if app.id not in slack.apps for each in app.connections]:
        await connection.close()
    return {"ok": True}


async def add_people(slack: Workspace, asked: Json) -> Json:
    """Quietly: nobody is told that they came, and #general has them unless they are guests."""
    wanted = [_person(slack, given) for given in asked.get("people", [])]
    general = slack.channels[invented.channel_id("general")]
    for person in wanted:
        slack.people[person.id] = person
        if not (person.is_restricted or person.is_bot or person.deleted):
            general.members[person.id] = None
    slack.changed("person")
    wanted += slack.add_extra_people(int(asked.get("count", 0)))
    return {"ok": True, "people": [drawing.person(person) for person in wanted]}


async def join_workspace(slack: Workspace, asked: Json) -> Json:
    person = _person(slack, asked.get("user", asked))
    return drawing.outcome(slack, await acts.join_workspace(slack, person)) | {"user": drawing.person(person)}


async def change_person(slack: Workspace, asked: Json) -> Json:
    """Change fields of somebody's profile, for instance {"deleted": true}; user_change tells of it."""
    person = slack.person(need(asked, "user")[0])
    changes = asked.get("profile", {})
    if unknown := changes.keys() - _FIELDS:
        raise invalid(*(f"unknown field: {name}" for name in sorted(unknown)))
    for name, value in changes.items():
        setattr(person, name, value)
    gathering.change(slack, person)
    return {"ok": True, "user": drawing.person(person)}


async def say(slack: Workspace, asked: Json) -> Json:
    user, channel, text = need(asked, "user", "channel", "text")
    watch = Watch(slack, user)
    thread = str(asked.get("thread_ts") or "")
    done = await acts.say(slack, user=user, channel=channel, text=text, thread_ts=thread)
    return await _told(slack, asked, watch, done)


async def edit(slack: Workspace, asked: Json) -> Json:
    user, channel, ts, text = need(asked, "user", "channel", "ts", "text")
    return drawing.outcome(slack, await acts.edit(slack, user=user, channel=channel, ts=ts, text=text))


async def delete(slack: Workspace, asked: Json) -> Json:
    user, channel, ts = need(asked, "user", "channel", "ts")
    return drawing.outcome(slack, await acts.delete(slack, user=user, channel=channel, ts=ts))


async def react(slack: Workspace, asked: Json) -> Json:
    user, channel, ts, name = need(asked, "user", "channel", "ts", "name")
    return drawing.outcome(slack, await acts.react(slack, user=user, channel=channel, ts=ts, name=name))


async def command(slack: Workspace, asked: Json) -> Json:
    user, channel, name = need(asked, "user", "channel", "command")
    watch = Watch(slack, user)
    text, thread = str(asked.get("text") or ""), str(asked.get("thread_ts") or asked.get("thread") or "")
    done = await acts.command(slack, user=user, channel=channel, name=name, text=text, thread_ts=thread)
    return await _told(slack, asked, watch, done)


async def shortcut(slack: Workspace, asked: Json) -> Json:
    user, callback_id = need(asked, "user", "callback_id")
    watch = Watch(slack, user)
    channel, ts = str(asked.get("channel") or ""), str(asked.get("ts") or "")
    done = await acts.shortcut(slack, user=user, callback_id=callback_id, channel=channel, ts=ts)
    return await _told(slack, asked, watch, done)


async def press(slack: Workspace, asked: Json) -> Json:
    watch = Watch(slack, need(asked, "user")[0])
    return await _told(slack, asked, watch, await acts.press(slack, _press(asked)))


async def suggestions(slack: Workspace, asked: Json) -> Json:
    return {"ok": True, "options": await acts.suggestions(slack, _press(asked))}


async def fill(slack: Workspace, asked: Json) -> Json:
    view_id = need(asked, "view_id")[0]
    view = acts.fill_in(slack, view_id=view_id, values=asked.get("values") or {})
    return {"ok": True, "view": drawing.view(slack, view)}


async def submit(slack: Workspace, asked: Json) -> Json:
    user = need(asked, "user")[0]
    watch = Watch(slack, user)
    view_id, values = str(asked.get("view_id") or ""), asked.get("values") or {}
    done = await acts.submit(slack, user=user, view_id=view_id, values=values)
    return await _told(slack, asked, watch, done)


async def close(slack: Workspace, asked: Json) -> Json:
    user, view_id = need(asked, "user")[0], str(asked.get("view_id") or "")
    done = await acts.close(slack, user=user, view_id=view_id, clear=bool(asked.get("clear")))
    return drawing.outcome(slack, done)


async def home(slack: Workspace, asked: Json) -> Json:
    user = need(asked, "user")[0]
    done = await acts.open_home(slack, user=user, tab=str(asked.get("tab") or "home"))
    return drawing.outcome(slack, done)


async def invite(slack: Workspace, asked: Json) -> Json:
    channel, user = need(asked, "channel", "user")
    if user == "bot":
        user = _bot_user(slack)
    inviter = str(asked.get("inviter") or "")
    return drawing.outcome(slack, await acts.invite(slack, channel=channel, user=user, inviter=inviter))


async def leave(slack: Workspace, asked: Json) -> Json:
    channel, user = need(asked, "channel", "user")
    user = _bot_user(slack) if user == "bot" else user
    return drawing.outcome(slack, await acts.leave(slack, channel=channel, user=user))


async def forget(slack: Workspace, asked: Json) -> Json:
    """Slack's free plan hides what is older than 90 days; here everything so far is hidden."""
    if asked.get("what", "messages") != "messages":
        raise invalid("what: only messages can be forgotten")
    hidden = [message for channel in slack.messages.values() for message in channel.values()]
    for message in hidden:
        message.hidden = True
    slack.changed("message")
    return {"ok": True, "hidden": len(hidden)}


async def remove_message(slack: Workspace, asked: Json) -> Json:
    """Somebody with the right to delete any message does so."""
    channel, ts = need(asked, "channel", "ts")
    message = slack.message(channel, ts)
    if message is None:
        raise error("message_not_found")
    posting.deleted(slack, message)
    return {"ok": True}


async def _told(slack: Workspace, asked: Json, watch: Watch, done: Outcome) -> Json:
    """With `within` seconds, wait for an answer that comes after the acknowledgement."""
    if asked.get("within") and done.ok:
        done = await watch.until_answered(done, float(asked["within"]))
    return drawing.outcome(slack, done)


def _press(asked: Json) -> acts.Press:
    user, action_id = need(asked, "user", "action_id")
    places = {name: str(asked.get(name) or "") for name in ("channel", "ts", "view_id", "block_id")}
    picked = (value for key, value in asked.items() if key.startswith("selected"))
    chosen: Any = next(picked, asked.get("chosen"))
    value = asked.get("value")
    return acts.Press(user, action_id, **places, value=value if chosen is None else None, chosen=chosen)


def _person(slack: Workspace, given: Json) -> Person:
    if unknown := given.keys() - _FIELDS:
        raise invalid(*(f"unknown field: {name}" for name in sorted(unknown)))
    name = str(given.get("name") or given.get("real_name") or "somebody").lower().replace(" ", ".")
    defaults: Json = {
        "id": slack.fresh_id("U"),
        "name": name,
        "real_name": name.title(),
        "team_id": slack.team.id,
    }
    return Person(**(defaults | given))


def _bot_user(slack: Workspace) -> str:
    app = slack.newest_app()
    if app is None:
        raise error("app_not_installed")
    return app.bot_user


ROUTES = [
    post("reset", reset),
    post("people", add_people),
    post("join-workspace", join_workspace),
    post("change-person", change_person),
    post("say", say),
    post("edit", edit),
    post("delete", delete),
    post("remove-message", remove_message),
    post("react", react),
    post("command", command),
    post("shortcut", shortcut),
    post("press", press),
    post("suggestions", suggestions),
    post("fill", fill),
    post("submit", submit),
    post("close", close),
    post("home", home),
    post("invite", invite),
    post("leave", leave),
    post("forget", forget),
]
