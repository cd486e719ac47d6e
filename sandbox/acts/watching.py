"""What a person notices while they act."""

from __future__ import annotations

import asyncio
import time

from sandbox import seen
from sandbox.answers import error
from sandbox.entities import Channel, Delivery, Message, Outcome, Person, View
from sandbox.installation import App
from sandbox.workspace import Workspace


class Watch:
    """Made before an act; afterwards it tells what became visible to its person."""

    def __init__(self, slack: Workspace, user: str) -> None:
        self._slack, self._user = slack, user
        self._mark = len(slack.journal)
        self._top = self._sight()

    def outcome(self, deliveries: list[Delivery], said: Message | None = None) -> Outcome:
        messages = seen.since(self._slack, self._user, self._mark)
        answers = (message for message in messages if message.app_id and message is not said)
        changed = self._sight() != self._top
        return Outcome(
            said=said,
            response=next(answers, None),
            seen=[message for message in messages if message is not said],
            view=self._view() if changed else None,
            deliveries=deliveries,
        )

    async def until_answered(self, outcome: Outcome, seconds: float) -> Outcome:
        """Wait, at most so long, for an answer that comes after the acknowledgement."""
        queue = self._slack.subscribe()
        deadline = time.monotonic() + seconds
        try:
            while not (outcome.response or outcome.view) and (left := deadline - time.monotonic()) > 0:
                async with asyncio.timeout(left):
                    await queue.get()
                latest = self.outcome(outcome.deliveries, outcome.said)
                outcome.response, outcome.view, outcome.seen = latest.response, latest.view, latest.seen
        except TimeoutError:
            return outcome
        finally:
            self._slack.unsubscribe(queue)
        return outcome

    def _view(self) -> View | None:
        stack = seen.modals(self._slack, self._user)
        return stack[-1] if stack else None

    def _sight(self) -> tuple[str, str]:
        view = self._view()
        return (view.id, view.hash) if view else ("", "")


def room(slack: Workspace, user: str, channel: str) -> Channel:
    """The conversation a person means; "bot" is their direct messages with the newest app.

    Raises channel_not_found, not_in_channel or is_archived.
    """
    who = active(slack, user)
    if channel == "bot":
        app = slack.newest_app()
        if app is None:
            raise error("app_not_installed")
        return slack.direct(app.bot_user, who.id)
    if channel.startswith(("U", "W")):
        return slack.direct(slack.person(channel).id, who.id)
    found = slack.channel(channel)
    if who.id not in found.members:
        raise error("not_in_channel")
    if found.is_archived:
        raise error("is_archived")
    return found


def active(slack: Workspace, user: str) -> Person:
    who = slack.person(user)
    if who.deleted:
        raise error("account_inactive")
    return who


def owner(slack: Workspace, app_id: str) -> App:
    """The app behind a message or view. Raises app_not_installed once it has gone."""
    app = slack.apps.get(app_id)
    if app is None or app.revoked:
        raise error("app_not_installed")
    return app
