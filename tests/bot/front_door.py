"""A door with a handful of invented listeners, for tests of the door alone."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bot.entrance.door import Identity
from bot.entrance.web import SlackEvents, application
from bot.settings.environment import Environment
from bot.slack.connecting import Connected
from bot.wiring import House, build, deps_for, open_door
from coop.errors import UserError
from handlers.answers import Reply
from handlers.blocks.message import Message
from handlers.listening import Listen
from storage import outbox

SECRET = "a-signing-secret"
BOT = Identity("T100", "UBOT", "B100")


def signed(body: bytes, *, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def form(payload: dict[str, Any]) -> tuple[bytes, str]:
    """A command's fields, or an interaction's JSON in the field `payload`."""
    fields = payload if "command" in payload else {"payload": json.dumps(payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


def command(text: str = "", *, name: str = "/note", trigger: str = "1.2.3") -> dict[str, Any]:
    return {
        "command": name,
        "text": text,
        "team_id": "T100",
        "user_id": "U1",
        "channel_id": "C1",
        "trigger_id": trigger,
        "response_url": "http://127.0.0.1:1/never",
    }


def event(kind: str, *, event_id: str = "Ev1", **inner: Any) -> dict[str, Any]:
    return {
        "type": "event_callback",
        "event_id": event_id,
        "team_id": "T100",
        "event": {"type": kind, **inner},
    }


@dataclass
class Noted:
    """Listeners that write a row once (`/note`), refuse (`/refuse`), break (`/break`) or see an event."""

    ran: list[str] = field(default_factory=list)

    def listen(self) -> Listen:
        table = Listen()
        table.command("/note", self.note)
        table.command("/refuse", self.refuse)
        table.command("/break", self.break_)
        table.message(self.heard, wants=lambda text, _kind: "note" in text)
        table.happening("team_join", self.met)
        table.press("note", self.note)
        table.submission("note", self.note)
        return table

    def note(self, request, deps):
        with deps.write(once=request.key) as session:
            outbox.put(session, kind="note", to="U1", facts={"key": request.key}, now=deps.now())
        self.ran.append(request.key)
        return Reply(Message("Noted."))

    def heard(self, request, deps):
        with deps.write(once=request.key) as session:
            outbox.put(session, kind="heard", to="U1", facts={}, now=deps.now())
        self.ran.append(request.key)

    def met(self, request, deps):
        with deps.write(once=request.key) as session:
            outbox.put(session, kind="met", to="U1", facts={}, now=deps.now())

    def refuse(self, request, deps):
        self.ran.append(request.key)
        raise UserError("No; nothing changed. Try `/note`.")

    def break_(self, request, deps):
        self.ran.append(request.key)
        raise RuntimeError("broken on purpose")


def house(url: str, table: Listen, **settings: Any) -> House:
    environment = Environment.of(
        database_url=url, slack_signing_secret=SECRET, slack_bot_token="xoxb-1", **settings
    )
    return build(environment, listen=table)


def opened(made: House) -> Any:
    """The ASGI application with its door open, as after Slack's auth.test."""
    connected = Connected(BOT, "Test", made.environment.network, frozenset(), "")
    open_door(made, connected, deps_for(made, connected))
    return application(SlackEvents(made.door, SECRET), dict)
