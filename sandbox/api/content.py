"""What an app wants said: text, blocks, attachments, metadata, checked as Slack checks them."""

from __future__ import annotations

import json
from typing import Any

from sandbox.answers import SlackError, error, invalid
from sandbox.api.registry import Call
from sandbox.blocks import checking
from sandbox.entities import Channel, File, Json, Message

_LONGEST_TEXT = 40_000
_LONGEST_EDIT = 4_000
_LONGEST_MARKDOWN = 12_000
_MOST_ATTACHMENTS = 100
_MOST_METADATA = 8_000
_SHOWN = {"image/png", "image/jpeg", "image/gif"}  # in an image block


def message(call: Call, channel: Channel, *, edit: bool = False) -> Message:
    """A new message of this app, not yet posted. Raises no_text, invalid_blocks and their kin."""
    args, app = call.args, call.app
    blocks, text = _blocks(call), _text(call)
    attachments = _attachments(call)
    if not (text or blocks or attachments):
        raise error("no_text")
    if edit and len(text) > _LONGEST_EDIT:
        raise error("msg_too_long")
    customised = "chat:write.customize" in app.scopes
    return Message(
        channel=channel.id,
        ts="",
        user=app.bot_user,
        text=text[:_LONGEST_TEXT],
        blocks=blocks,
        attachments=attachments,
        thread_ts=args.text("thread_ts"),
        reply_broadcast=args.flag("reply_broadcast"),
        bot_id=app.bot_id,
        app_id=app.id,
        username=args.text("username") if customised else "",
        icon_emoji=args.text("icon_emoji") if customised else "",
        metadata=_metadata(call),
        files=_files(call, blocks),
    )


def _text(call: Call) -> str:
    text, markdown = call.args.text("text"), call.args.text("markdown_text")
    if markdown and (text or "blocks" in call.args):
        raise error("markdown_text_conflict")
    if len(markdown) > _LONGEST_MARKDOWN:
        raise error("msg_too_long")
    return text or markdown


def _blocks(call: Call) -> list[Json]:
    try:
        blocks: Any = call.args.parsed("blocks")
    except SlackError as wrong:
        raise error("invalid_blocks_format") from wrong
    return checked_blocks(blocks) if blocks else []


def checked_blocks(blocks: Any) -> list[Json]:
    """Raises invalid_blocks with what is wrong."""
    if faults := checking.message_faults(blocks):
        raise _invalid_blocks(*faults)
    given: list[Json] = blocks
    return given


def _invalid_blocks(*faults: str) -> SlackError:
    detail = {"messages": [f"[ERROR] {fault}" for fault in faults]}
    return error("invalid_blocks", errors=list(faults), response_metadata=detail)


def _attachments(call: Call) -> list[Json]:
    attachments: Any = call.args.parsed("attachments") or []
    if not isinstance(attachments, list) or not all(isinstance(each, dict) for each in attachments):
        raise invalid("must be a list of objects [json-pointer:/attachments]")
    if len(attachments) > _MOST_ATTACHMENTS:
        raise error("too_many_attachments")
    return attachments


def _metadata(call: Call) -> Json | None:
    metadata: Any = call.args.parsed("metadata")
    if not metadata:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_type"), str):
        raise error("invalid_metadata_format")
    payload = metadata.get("event_payload", {})
    if not isinstance(payload, dict):
        raise error("invalid_metadata_schema")
    if len(json.dumps(payload)) > _MOST_METADATA:
        raise error("metadata_too_large")
    return {"event_type": metadata["event_type"], "event_payload": payload}


def _files(call: Call, blocks: list[Json]) -> list[File]:
    """Files shown in image blocks by their id. Raises invalid_blocks for one that is no picture."""
    shown = []
    for number, block in enumerate(blocks):
        wanted = block.get("slack_file") if block.get("type") == "image" else None
        if isinstance(wanted, dict):
            file = call.slack.files.get(str(wanted.get("id")))
            if file is None or not file.complete or file.mimetype not in _SHOWN:
                raise _invalid_blocks(f"invalid slack file [json-pointer:/blocks/{number}/slack_file]")
            shown.append(file)
    return shown
