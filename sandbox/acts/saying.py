"""Messages, reactions, coming and going."""

from __future__ import annotations

import mimetypes

from sandbox import gathering, posting, reacting, shapes, typed
from sandbox.acts.watching import Watch, active, room
from sandbox.answers import error
from sandbox.delivery import events
from sandbox.entities import Delivery, File, Message, Outcome, Person
from sandbox.workspace import Workspace


async def say(slack: Workspace, *, user: str, channel: str, text: str, thread_ts: str = "") -> Outcome:
    """Type a message. Returns once the app has acknowledged hearing it, or has failed to."""
    where, watch = room(slack, user, channel), Watch(slack, user)
    escaped = typed.escaped(slack, text)
    blocks = [typed.rich_text(escaped, slack.fresh_id("b")[-6:])]
    message = Message(where.id, slack.fresh_ts(), user, escaped, blocks=blocks, thread_ts=thread_ts)
    return await _heard(slack, watch, posting.said(slack, message), message)


async def upload(
    slack: Workspace, *, user: str, channel: str, file: tuple[str, bytes], text: str = ""
) -> Outcome:
    """Drop a file, given by name and content, into a conversation."""
    where, watch = room(slack, user, channel), Watch(slack, user)
    name, content = file
    kept = File(slack.fresh_id("F"), name, user, int(slack.clock.now()), len(content), content=content)
    kept.mimetype, kept.complete = mimetypes.guess_type(name)[0] or kept.mimetype, True
    slack.files[kept.id] = kept
    message = Message(where.id, slack.fresh_ts(), user, typed.escaped(slack, text), subtype="file_share")
    message.files, kept.shares[where.id] = [kept], [message.ts]
    return await _heard(slack, watch, posting.said(slack, message), message)


async def edit(slack: Workspace, *, user: str, channel: str, ts: str, text: str) -> Outcome:
    message, watch = _own(slack, user, channel, ts), Watch(slack, user)
    before = shapes.alone(slack, message)
    message.text = typed.escaped(slack, text)
    message.blocks = [typed.rich_text(message.text, slack.fresh_id("b")[-6:])]
    return await _heard(slack, watch, posting.changed(slack, message, before, by=user), message)


async def delete(slack: Workspace, *, user: str, channel: str, ts: str) -> Outcome:
    watch = Watch(slack, user)
    return await _heard(slack, watch, posting.deleted(slack, _own(slack, user, channel, ts)))


async def react(slack: Workspace, *, user: str, channel: str, ts: str, name: str) -> Outcome:
    """Add the reaction, or take it back."""
    where, watch = room(slack, user, channel), Watch(slack, user)
    message = _visible(slack, user, where.id, ts)
    act = reacting.remove if user in message.reactions.get(name, []) else reacting.add
    return await _heard(slack, watch, act(slack, message, user, name))


async def invite(slack: Workspace, *, channel: str, user: str, inviter: str = "") -> Outcome:
    """Somebody, or a bot, is brought into a channel; without an inviter they join by themselves."""
    where, watch = slack.channel(channel), Watch(slack, inviter or user)
    slack.person(user)
    return await _heard(slack, watch, gathering.join(slack, where, user, inviter=inviter))


async def leave(slack: Workspace, *, channel: str, user: str) -> Outcome:
    where, watch = slack.channel(channel), Watch(slack, user)
    return await _heard(slack, watch, gathering.leave(slack, where, user))


async def join_workspace(slack: Workspace, person: Person) -> Outcome:
    watch = Watch(slack, person.id)
    return await _heard(slack, watch, gathering.arrive(slack, person))


async def _heard(
    slack: Workspace, watch: Watch, deliveries: list[Delivery], said: Message | None = None
) -> Outcome:
    await events.first_attempts(slack, deliveries)
    return watch.outcome(deliveries, said)


def _visible(slack: Workspace, user: str, channel: str, ts: str) -> Message:
    message = slack.message(channel, ts)
    if message is None or not message.seen_by(user):
        raise error("message_not_found")
    return message


def _own(slack: Workspace, user: str, channel: str, ts: str) -> Message:
    where = room(slack, active(slack, user).id, channel)
    message = _visible(slack, user, where.id, ts)
    if message.user != user:
        raise error("cant_update_message")
    return message
