"""Who is in the workspace and where; what everybody loses."""

from __future__ import annotations

from sandbox import acts, gathering, invented, posting
from sandbox.answers import error, invalid
from sandbox.control import drawing
from sandbox.control.asked import need, post
from sandbox.entities import Json, Person
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


async def archive(slack: Workspace, asked: Json) -> Json:
    channel = slack.channel(need(asked, "channel")[0])
    gathering.archive(slack, channel, archived=bool(asked.get("archived", True)))
    return {"ok": True}


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
    post("remove-message", remove_message),
    post("invite", invite),
    post("leave", leave),
    post("archive", archive),
    post("forget", forget),
]
