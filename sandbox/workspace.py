from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Coroutine

from sandbox import invented
from sandbox.answers import error
from sandbox.blocks.elements import Values
from sandbox.bookkeeping import ResponseUrl, Scheduled, Trigger, Usergroup
from sandbox.clock import Clock, Timetable
from sandbox.delivery.http import Postman
from sandbox.entities import ApiCall, Change, Channel, Command, Delivery, File, Message, Person, View
from sandbox.faults import Faults
from sandbox.installation import App
from sandbox.limits import Limits

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ANSWER_WITHIN = 3.0
_LEDGER_LENGTH = 100_000


class Workspace:
    """The state of the practice Slack. Everything happens in one event loop; nothing here is thread-safe."""

    def __init__(self, *, strict: bool = False) -> None:
        self.strict = strict
        self.base_url = "http://127.0.0.1:8100"
        self.clock = Clock()
        self.timetable = Timetable(self.clock)
        self.team = invented.TEAM
        self.apps: dict[str, App] = {}
        self.tickets: dict[str, str] = {}
        self.patience = ANSWER_WITHIN
        self.postman = Postman()
        self.faults = Faults()
        self.limits = Limits(self.clock)
        self.date_skew = 0.0
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._subscribers: set[asyncio.Queue[Change]] = set()
        # Counting from the wall's microseconds keeps ids unlike those of any earlier run: bots remember ids.
        self._next_id = time.time_ns() // 1000
        self._count = 0
        self._fill()

    def _fill(self) -> None:
        self.people: dict[str, Person] = {person.id: person for person in invented.people()}
        self.channels: dict[str, Channel] = {channel.id: channel for channel in invented.channels()}
        self.messages: dict[str, dict[str, Message]] = {channel: {} for channel in self.channels}
        self._extra = 0
        self._last_ts = 0
        self.journal: list[Message] = []
        self._direct: dict[frozenset[str], str] = {}
        self._threads: dict[tuple[str, str], list[str]] = {}
        self.files: dict[str, File] = {}
        self.scheduled: dict[str, Scheduled] = {}
        self.usergroups: dict[str, Usergroup] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.views: dict[str, View] = {}
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[tuple[str, str], View] = {}
        # What a person picked in a message's own elements, by channel, ts and person.
        self.picked: dict[tuple[str, str, str], Values] = {}
        self.ledger: deque[ApiCall] = deque(maxlen=_LEDGER_LENGTH)
        self.deliveries: deque[Delivery] = deque(maxlen=_LEDGER_LENGTH)

    def reset(self, *, keep_apps: bool = False) -> None:
        """Back to the invented workspace; with `keep_apps` the installed apps and their connections stay."""
        for task in self._tasks.values():
            task.cancel()
        self.timetable.clear()
        self.clock.run()
        self.faults.clear()
        self.limits.clear()
        self.date_skew = 0.0
        self.patience = ANSWER_WITHIN
        kept = [(app, self.people[app.bot_user]) for app in self.apps.values()] if keep_apps else []
        self._fill()
        self.apps.clear()
        for app, bot in kept:
            self.add_app(app, bot)
        self.changed("reset")

    def add_app(self, app: App, bot: Person) -> None:
        """The newest app from now on. Raises channel_not_found."""
        self.people[bot.id] = bot
        for channel in app.channels:
            self.channel(channel).members[bot.id] = None
        self.apps.pop(app.id, None)
        self.apps[app.id] = app
        self.changed("app", id=app.id)

    def add_extra_people(self, count: int) -> list[Person]:
        """Further invented volunteers, quietly: nobody is told that they came."""
        first = self._extra
        self._extra += count
        added = [invented.extra_person(number) for number in range(first, first + count)]
        general = self.channels[invented.channel_id("general")]
        for person in added:
            self.people[person.id] = person
            general.members[person.id] = None
        self.changed("person")
        return added

    def stop(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        self.timetable.clear()
        self.postman.close()

    def spawn(self, act: Coroutine[None, None, None], key: str) -> None:
        """Run something beside what is going on; `task(key)` finds it until it is done."""
        task = asyncio.ensure_future(act)
        self._tasks[key] = task
        task.add_done_callback(lambda done: self._tasks.pop(key, None) if self.task(key) is done else None)

    def task(self, key: str) -> asyncio.Task[None] | None:
        return self._tasks.get(key)

    async def settled(self) -> None:
        """Wait until what was spawned has come to its first end."""
        while waiting := [task for task in self._tasks.values() if not task.done()]:
            await asyncio.wait(waiting)

    def fresh_id(self, prefix: str) -> str:
        self._next_id += 1
        number, letters = self._next_id, ""
        while number:
            number, digit = divmod(number, 36)
            letters = _DIGITS[digit] + letters
        return prefix + letters

    def fresh_ts(self) -> str:
        """A message's id: seconds by the workspace's clock, right to a thousandth, later ones larger.

        The last three digits count on across resets: a bot remembers ids, and a test's clock may stand still
        at the same instant again.
        """
        self._count = (self._count + 1) % 1000
        self._last_ts = max(self._last_ts + 1, int(self.clock.now() * 1000) * 1000 + self._count)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def subscribe(self) -> asyncio.Queue[Change]:
        queue: asyncio.Queue[Change] = asyncio.Queue()
        self._subscribers.add(queue)
        return queue

    def unsubscribe(self, queue: asyncio.Queue[Change]) -> None:
        self._subscribers.discard(queue)

    def changed(self, kind: str, *, channel: str = "", user: str = "", id: str = "") -> None:  # noqa: A002
        for queue in self._subscribers:
            queue.put_nowait(Change(kind, channel=channel, user=user, id=id))

    def person(self, user: str) -> Person:
        """Raises user_not_found."""
        if user not in self.people:
            raise error("user_not_found")
        return self.people[user]

    def channel(self, channel: str) -> Channel:
        """Raises channel_not_found."""
        if channel not in self.channels:
            raise error("channel_not_found")
        return self.channels[channel]

    def message(self, channel: str, ts: str) -> Message | None:
        return self.messages.get(channel, {}).get(ts)

    def direct(self, *users: str) -> Channel:
        """The direct conversation of exactly these people, opened if need be."""
        key = frozenset(users)
        if key not in self._direct:
            kind, prefix = ("mpim", "C") if len(key) > 2 else ("im", "D")
            channel = Channel(self.fresh_id(prefix), "", kind=kind, members=dict.fromkeys(users))
            channel.creator, channel.created = users[0], int(self.clock.now())
            self._direct[key] = channel.id
            self.add_channel(channel)
        return self.channels[self._direct[key]]

    def add_channel(self, channel: Channel) -> None:
        self.channels[channel.id] = channel
        self.messages[channel.id] = {}
        self.changed("channel", channel=channel.id)

    def replies(self, parent: Message) -> list[Message]:
        """The visible answers in a thread, oldest first."""
        in_channel = self.messages[parent.channel]
        found = (in_channel.get(ts) for ts in self._threads.get((parent.channel, parent.ts), ()))
        return [reply for reply in found if reply and not reply.hidden and not reply.only_for]

    def record(self, message: Message) -> None:
        """Keep a new or changed message and tell subscribers; sends nothing to any app."""
        if message.is_reply and message.ts not in self.messages[message.channel]:
            self._threads.setdefault((message.channel, message.thread_ts), []).append(message.ts)
        self.messages[message.channel][message.ts] = message
        self.journal.append(message)
        self.changed("message", channel=message.channel, user=message.only_for, id=message.ts)

    def newest_app(self) -> App | None:
        return next(reversed(self.apps.values()), None)

    def command(self, name: str) -> tuple[App, Command] | None:
        """Who answers a slash command: the app installed last wins, as on Slack."""
        for app in reversed(self.apps.values()):
            if name in app.commands:
                return app, app.commands[name]
        return None

    def app_by_bot_user(self, user: str) -> App | None:
        return next((app for app in self.apps.values() if app.bot_user == user), None)
