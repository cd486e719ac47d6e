"""What people do; each answer says what they then see."""

from __future__ import annotations

import base64
from typing import Any

from sandbox import acts, shapes
from sandbox.acts.watching import Watch
from sandbox.answers import invalid
from sandbox.control import drawing
from sandbox.control.asked import need, post
from sandbox.entities import Json, Outcome
from sandbox.workspace import Workspace


async def say(slack: Workspace, asked: Json) -> Json:
    user, channel, text = need(asked, "user", "channel", "text")
    watch = Watch(slack, user)
    thread = str(asked.get("thread_ts") or "")
    done = await acts.say(slack, user=user, channel=channel, text=text, thread_ts=thread)
    return await _told(slack, asked, watch, done)


async def upload(slack: Workspace, asked: Json) -> Json:
    """`content` is base64."""
    user, channel, name, content = need(asked, "user", "channel", "name", "content")
    try:
        file = (name, base64.b64decode(content, validate=True))
    except ValueError as wrong:
        raise invalid("content: must be base64") from wrong
    text = str(asked.get("text") or "")
    return drawing.outcome(slack, await acts.upload(slack, user=user, channel=channel, file=file, text=text))


async def attach(slack: Workspace, asked: Json) -> Json:
    """Choose a file in a form; `content` is base64. What Slack itself refuses is said in `field_errors`."""
    user, view_id, block_id, name = need(asked, "user", "view_id", "block_id", "name")
    action_id, alt = str(asked.get("action_id") or "entered"), str(asked.get("alt_txt") or "")
    content = base64.b64decode(str(asked.get("content") or ""))
    try:
        file = acts.attach(
            slack, user=user, view_id=view_id, field=(block_id, action_id), file=(name, content), alt=alt
        )
    except acts.NotTaken as refused:
        return {"ok": False, "file": None, "field_errors": {block_id: str(refused)}}
    return {"ok": True, "file": shapes.file(slack, file), "field_errors": {}}


async def detach(slack: Workspace, asked: Json) -> Json:
    user, view_id, file_id = need(asked, "user", "view_id", "file")
    acts.detach(slack, user=user, view_id=view_id, file_id=file_id)
    return {"ok": True, "view": drawing.view(slack, slack.views[view_id])}


async def delete_file(slack: Workspace, asked: Json) -> Json:
    user, file_id = need(asked, "user", "file")
    acts.delete_file(slack, user=user, file_id=file_id)
    return {"ok": True}


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


ROUTES = [
    post("say", say),
    post("upload", upload),
    post("attach", attach),
    post("detach", detach),
    post("delete-file", delete_file),
    post("edit", edit),
    post("delete", delete),
    post("react", react),
    post("command", command),
    post("shortcut", shortcut),
    post("press", press),
    post("suggestions", suggestions),
    post("fill", fill),
    post("submit", submit),
    post("close", close),
    post("home", home),
]
