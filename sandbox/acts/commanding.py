"""Slash commands and shortcuts."""

from __future__ import annotations

from sandbox import payloads, posting, responding, typed
from sandbox.acts.watching import Watch, active, owner, room
from sandbox.answers import SlackError, error
from sandbox.bookkeeping import ResponseUrl
from sandbox.delivery import interactions
from sandbox.delivery.sending import BotAnswer
from sandbox.entities import Delivery, Json, Message, Outcome
from sandbox.workspace import Workspace


async def command(
    slack: Workspace, *, user: str, channel: str, name: str, text: str = "", thread_ts: str = ""
) -> Outcome:
    """Type a slash command. Its error is invalid_command where no app answers to the name."""
    who, where, watch = active(slack, user), room(slack, user, channel), Watch(slack, user)
    if thread_ts:
        # Slack: "is not supported in threads".
        return Outcome(error="not_supported_in_threads")
    found = slack.command(name)
    if found is None:
        return Outcome(error="invalid_command")
    app, known = found
    words = typed.escaped(slack, text) if known.should_escape else typed.plain(slack, text)
    payload = payloads.command(slack, app, who, (where, known, words))
    delivery = interactions.prepared(slack, app, "command", payload)
    return await deliver_command(slack, delivery, watch)


async def deliver_command(slack: Workspace, delivery: Delivery, watch: Watch) -> Outcome:
    """Send it (again) and show the person what the app answers."""
    answer = await interactions.send(slack, delivery)
    fault = interactions.shown(answer)
    deliveries, detail = [delivery], list[str]()
    if not fault:
        try:
            deliveries += _show(slack, delivery, answer)
        except SlackError as refused:
            fault, detail = refused.code, refused.messages()
    outcome = watch.outcome(deliveries)
    outcome.error, outcome.detail = fault, detail
    return outcome


def _show(slack: Workspace, delivery: Delivery, answer: BotAnswer) -> list[Delivery]:
    fields, app = delivery.payload, owner(slack, delivery.app_id)
    where = ResponseUrl("", app.id, fields["channel_id"], fields["user_id"], 0.0)
    body: Json = answer.body if isinstance(answer.body, dict) else {"text": answer.body or ""}
    sent: list[Delivery] = []
    if body.get("response_type") == "in_channel":
        sent += _echo(slack, fields)
    if any(body.get(part) for part in ("text", "blocks", "attachments")):
        sent += responding.answer(slack, app, where, body)
    return sent


def _echo(slack: Workspace, fields: Json) -> list[Delivery]:
    """A public answer shows the typed command above it."""
    text = typed.escaped(slack, f"{fields['command']} {fields['text']}".strip())
    return posting.post(slack, Message(fields["channel_id"], slack.fresh_ts(), fields["user_id"], text))


async def shortcut(
    slack: Workspace, *, user: str, callback_id: str, channel: str = "", ts: str = ""
) -> Outcome:
    """Pick a shortcut: a global one, or one from the menu of a message."""
    who, watch = active(slack, user), Watch(slack, user)
    app = next(
        (a for a in slack.apps.values() if any(s["callback_id"] == callback_id for s in a.shortcuts)), None
    )
    if app is None:
        raise error("app_not_installed")
    if channel:
        message = slack.message(room(slack, user, channel).id, ts)
        if message is None:
            raise error("message_not_found")
        payload = payloads.message_shortcut(slack, app, who, (callback_id, message))
    else:
        payload = payloads.shortcut(slack, app, who, callback_id)
    delivery = interactions.prepared(slack, app, "shortcut", payload)
    answer = await interactions.send(slack, delivery)
    outcome = watch.outcome([delivery])
    outcome.error = interactions.shown(answer)
    return outcome
