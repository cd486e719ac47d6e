"""What an app says in answer to an interaction: in the acknowledgement, or later at a response_url."""

from __future__ import annotations

from sandbox import posting, shapes
from sandbox.answers import error
from sandbox.blocks import checking
from sandbox.bookkeeping import ResponseUrl
from sandbox.entities import Delivery, Json, Message
from sandbox.installation import App
from sandbox.workspace import Workspace


def answer(slack: Workspace, app: App, where: ResponseUrl, body: Json) -> list[Delivery]:
    """Post, replace or delete, as the body says. Raises no_text, invalid_blocks, message_not_found."""
    source = slack.message(where.channel, where.ts) if where.ts else None
    new = _message(app, where, body)
    sent: list[Delivery] = []
    if body.get("delete_original"):
        sent += posting.deleted(slack, _there(source))
        return sent if new is None else sent + _post(slack, new)
    if new is None:
        raise error("no_text")
    if body.get("replace_original") and where.ts:
        return _replace(slack, _there(source), new)
    return _post(slack, new)


def _there(source: Message | None) -> Message:
    if source is None or source.hidden:
        raise error("message_not_found")
    return source


def _post(slack: Workspace, new: Message) -> list[Delivery]:
    new.ts = slack.fresh_ts()
    return posting.post(slack, new)


def _replace(slack: Workspace, old: Message, new: Message) -> list[Delivery]:
    # A message cannot change between ephemeral and public, so only its content is replaced.
    before = shapes.alone(slack, old)
    old.text, old.blocks, old.attachments = new.text, new.blocks, new.attachments
    if old.only_for:
        posting.name_blocks(slack, old.blocks)
        slack.record(old)
        return []
    return posting.changed(slack, old, before, by=old.user)


def _message(app: App, where: ResponseUrl, body: Json) -> Message | None:
    text, blocks = str(body.get("text") or ""), body.get("blocks") or []
    attachments = body.get("attachments") or []
    if not (text or blocks or attachments):
        return None
    if blocks and (faults := checking.message_faults(blocks)):
        raise error("invalid_blocks", errors=faults)
    public = body.get("response_type") == "in_channel"
    return Message(
        channel=where.channel,
        ts="",
        user=app.bot_user,
        text=text,
        blocks=blocks,
        attachments=attachments,
        thread_ts=str(body.get("thread_ts") or ("" if public else where.thread_ts)),
        only_for="" if public else where.user,
        bot_id=app.bot_id,
        app_id=app.id,
        metadata=body.get("metadata") if public else None,
    )
