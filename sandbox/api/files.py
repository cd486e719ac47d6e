"""Uploads in three steps: an address, the bytes, completion. Source: docs.slack.dev, working with files."""

from __future__ import annotations

import mimetypes
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from sandbox import posting, shapes
from sandbox.answers import error, invalid, ok
from sandbox.api import access, content
from sandbox.api.breaking import Reply
from sandbox.api.door import faulty
from sandbox.api.registry import Call, method
from sandbox.entities import ApiCall, Channel, File, Json, Message
from sandbox.installation import App
from sandbox.workspace import Workspace

_LONGEST_ALT = 1_000


@method("files.getUploadURLExternal", scopes=("files:write",), needs=("filename",), tier=4)
def upload_url(call: Call) -> Json:
    length, slack = call.args.number("length", 0), call.slack
    if length <= 0:
        raise error("missing_argument")
    if len(call.args.text("alt_txt")) > _LONGEST_ALT:
        raise error("alt_txt_too_large")
    name = call.args.text("filename")
    file = File(slack.fresh_id("F"), name, call.app.bot_user, int(slack.clock.now()), length)
    file.alt_txt = call.args.text("alt_txt")
    file.mimetype = mimetypes.guess_type(name)[0] or file.mimetype
    slack.files[file.id] = file
    return ok(upload_url=f"{slack.base_url}/upload/v1/{file.id}", file_id=file.id)


async def receive_upload(request: Request) -> Response:
    """The second step: raw bytes or multipart, without a token."""
    slack: Workspace = request.app.state.slack
    file = slack.files.get(request.path_params["file"])
    if file is None or file.complete:
        return PlainTextResponse("not found", 404)
    file.content = await _bytes(request)
    return PlainTextResponse(f"OK - {len(file.content)}")


class Downloads:
    """url_private, as an ASGI application, since a fault may have to break the connection itself."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await faulty(Request(scope, receive), "url_private", _downloaded, send)


async def _downloaded(slack: Workspace, request: Request, entry: ApiCall) -> Reply:
    """For an app with files:read that may see the file; others are sent to a page where people log in."""
    file = slack.files.get(request.path_params["key"].partition("-")[2])
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    app = next((app for app in slack.apps.values() if app.bot_token == token and not app.revoked), None)
    entry.app_id, entry.arguments = app.id if app else "", {"path": request.url.path}
    if file is not None and file.deleted:
        return Reply(404, b"", {"content-type": "text/html; charset=utf-8"})
    if file is None or file.content is None or app is None or not _may_read(slack, app, file):
        return Reply(302, b"", {"location": f"{slack.base_url}/?redir={request.url.path}"})
    entry.ok = True
    return Reply(200, file.content, {"content-type": file.mimetype})


def _may_read(slack: Workspace, app: App, file: File) -> bool:
    rooms = [slack.channels[channel] for channel in file.shares if channel in slack.channels]
    there = any(app.bot_user in room.members for room in rooms)
    return "files:read" in app.scopes and (there or file.user == app.bot_user or file.given_to == app.id)


@method("files.completeUploadExternal", scopes=("files:write",), needs=("files",), tier=4)
def complete_upload(call: Call) -> Json:
    files = _uploaded(call)
    channels = [
        access.member_of(call, channel)
        for channel in call.args.ids("channels") or call.args.ids("channel_id")
    ]
    if len(channels) > 100:
        raise error("channels_limit_exceeded")
    for file in files:
        file.complete = True
        call.slack.changed("file", id=file.id)
    for channel in channels:
        _share(call, channel, files)
    return ok(files=[shapes.file(call.slack, file) for file in files])


@method("files.info", scopes=("files:read",), needs=("file",), tier=4)
def info(call: Call) -> Json:
    file = call.slack.files.get(call.args.text("file"))
    if file is None or not file.complete:
        raise error("file_not_found")
    if file.deleted:
        raise error("file_deleted")
    return ok(file=shapes.file(call.slack, file), comments=[], response_metadata={"next_cursor": ""})


@method("files.delete", scopes=("files:write",), needs=("file",))
def delete(call: Call) -> Json:
    file = call.slack.files.get(call.args.text("file"))
    if file is None:
        raise error("file_not_found")
    if file.user != call.app.bot_user:
        raise error("cant_delete_file")
    del call.slack.files[file.id]
    call.slack.changed("file", id=file.id)
    return ok()


async def _bytes(request: Request) -> bytes:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form() as form:
        for part in form.values():
            if not isinstance(part, str):
                return await part.read()
    return b""


def _uploaded(call: Call) -> list[File]:
    wanted: Any = call.args.parsed("files")
    if not isinstance(wanted, list) or not wanted:
        raise invalid("must be a list of files [json-pointer:/files]")
    found = []
    for each in wanted:
        file = call.slack.files.get(str(each.get("id"))) if isinstance(each, dict) else None
        if file is None or file.content is None or file.complete:
            raise error("file_not_found")
        file.title = str(each.get("title") or file.name)
        found.append(file)
    return found


def _share(call: Call, channel: Channel, files: list[File]) -> None:
    app, slack = call.app, call.slack
    text, blocks = call.args.text("initial_comment"), call.args.parsed("blocks")
    message = Message(
        channel.id, slack.fresh_ts(), app.bot_user, text, subtype="file_share", files=list(files)
    )
    if blocks:
        message.blocks = content.checked_blocks(blocks)
    message.bot_id, message.app_id = app.bot_id, app.id
    message.thread_ts = call.args.text("thread_ts")
    for file in files:
        file.shares.setdefault(channel.id, []).append(message.ts)
    posting.post(slack, message)
