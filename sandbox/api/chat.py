from __future__ import annotations

from sandbox import posting, shapes
from sandbox.answers import RateLimited, error, ok
from sandbox.api import access, content
from sandbox.api.registry import Call, method
from sandbox.entities import Json


@method("chat.postMessage", scopes=("chat:write",), needs=("channel",), tier=5)
def post_message(call: Call) -> Json:
    channel = access.target(call)
    message = content.message(call, channel)
    if wait := call.slack.limits.wait_to_post(channel.id):
        raise RateLimited(wait)
    message.ts = call.slack.fresh_ts()
    posting.post(call.slack, message)
    return ok(channel=channel.id, ts=message.ts, message=shapes.alone(call.slack, message))


@method("chat.postEphemeral", scopes=("chat:write",), needs=("channel", "user"), tier=4)
def post_ephemeral(call: Call) -> Json:
    channel = access.target(call)
    message = content.message(call, channel)
    message.only_for = call.args.text("user")
    if message.only_for not in channel.members:
        raise error("user_not_in_channel")
    message.ts, message.metadata = call.slack.fresh_ts(), None
    posting.post(call.slack, message)
    return ok(message_ts=message.ts)


@method("chat.update", scopes=("chat:write",), needs=("channel", "ts"))
def update(call: Call) -> Json:
    channel = access.visible(call, call.args.text("channel"))
    old = access.own_message(call, channel, call.args.text("ts"), "cant_update_message")
    before = shapes.alone(call.slack, old)
    new = content.message(call, channel, edit=True)
    old.text, old.files = new.text, new.files
    # Blocks left out are taken away; attachments and metadata left out stay. Source: chat.update's page.
    old.blocks = new.blocks
    if "attachments" in call.args:
        old.attachments = new.attachments
    if new.metadata:
        old.metadata = new.metadata
    posting.changed(call.slack, old, before, by=call.app.bot_user)
    drawn = shapes.alone(call.slack, old)
    return ok(channel=channel.id, ts=old.ts, text=old.text, message=drawn)


@method("chat.delete", scopes=("chat:write",), needs=("channel", "ts"))
def delete(call: Call) -> Json:
    channel = access.visible(call, call.args.text("channel"))
    message = access.own_message(call, channel, call.args.text("ts"), "cant_delete_message")
    posting.deleted(call.slack, message)
    return ok(channel=channel.id, ts=message.ts)


@method("chat.getPermalink", needs=("channel", "message_ts"), tier=5)
def permalink(call: Call) -> Json:
    channel = access.visible(call, call.args.text("channel"))
    ts = call.args.text("message_ts")
    message = call.slack.message(channel.id, ts)
    if message is None or message.only_for or message.hidden:
        raise error("message_not_found")
    address = f"{call.slack.base_url}/archives/{channel.id}/p{ts.replace('.', '')}"
    if message.is_reply:
        address += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return ok(permalink=address, channel=channel.id)
