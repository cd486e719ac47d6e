"""The one front door. Both ways in, HTTP and Socket Mode, end in `take(payload)`.

What is not for us is acknowledged and forgotten here, before Bolt. What is for us runs once in a bounded
pool, and its acknowledgement is the answer of the finished, committed act.
"""

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future, InvalidStateError, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import structlog
from slack_bolt import App, BoltRequest

from bot.entrance import shape
from handlers import reading
from handlers.answering import Turn
from handlers.listening import Listen

log = structlog.get_logger()
REMEMBERED = 5_000


@dataclass(frozen=True)
class Answer:
    status: int = 200
    body: str = ""
    content_type: str = "text/plain; charset=utf-8"


ACKNOWLEDGED = Answer()
TRY_AGAIN = Answer(503)


class Full(Exception):
    """More work in hand than the door takes: Slack is told to come back."""


class NotReady(Exception):
    """Slack has not told us yet who we are, or we are closing."""


@dataclass(frozen=True)
class Work:
    key: str
    body: dict[str, Any]


@dataclass(frozen=True)
class Identity:
    """Who Slack says we are: the result of auth.test."""

    team_id: str
    user_id: str
    bot_id: str


@dataclass
class Door:
    """`threads` run at most; past `in_hand` unfinished requests `take` raises Full."""

    listen: Listen
    threads: int
    in_hand: int
    app: App | None = None
    identity: Identity | None = None
    closing: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _running: dict[str, Future[Answer]] = field(default_factory=dict)
    _answers: OrderedDict[str, Answer] = field(default_factory=OrderedDict)
    _unfinished: set[Future[Answer]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._pool = ThreadPoolExecutor(self.threads, thread_name_prefix="work")

    def take(self, payload: Mapping[str, Any]) -> Answer | Future[Answer]:
        """Answer at once, or with a future; never blocks. Raises Malformed, Full or NotReady."""
        work = self.recognise(payload)
        if work is None:
            return ACKNOWLEDGED
        if self.app is None or self.closing:
            raise NotReady
        with self._lock:
            if (known := self._answers.get(work.key)) is not None:
                return known
            if len(self._unfinished) >= self.in_hand:
                raise Full
            answer: Future[Answer] = Future()
            self._unfinished.add(answer)
            earlier = self._running.get(work.key)
            if earlier is None:
                self._running[work.key] = answer
        answer.add_done_callback(self._unfinished.discard)
        self._run_after(earlier, work, answer)
        return answer

    def recognise(self, payload: Mapping[str, Any]) -> Work | None:
        """What in this payload is for us, or None. Raises Malformed for what Slack does not send."""
        match payload.get("type"):
            case "event_callback":
                return self._event(payload)
            case "block_actions" | "message_action" as kind:
                return self._chosen(kind, payload)
            case "app_rate_limited":
                log.warning("Slack is dropping events: more than it sends within an hour")
                return None
            case "view_submission" | "view_closed" as kind:
                body = shape.view(payload)
                table = self.listen.submissions if kind == "view_submission" else self.listen.closings
                known = body["view"]["callback_id"] in table
                return Work(reading.submission_key(body), body) if known else None
        if "command" in payload:
            body = shape.command(payload)
            return Work(reading.command_key(body), body) if body["command"] in self.listen.commands else None
        if not isinstance(payload.get("type"), str):
            raise shape.Malformed("type")
        return None

    def _chosen(self, kind: str, payload: Mapping[str, Any]) -> Work | None:
        """A button pressed, or something in the menu of a message."""
        if kind == "block_actions":
            body = shape.block_actions(payload)
            known = body["actions"][0]["action_id"] in self.listen.presses
            return Work(reading.press_key(body), body) if known else None
        body = shape.message_action(payload)
        known = body["callback_id"] in self.listen.shortcuts
        return Work(reading.shortcut_key(body), body) if known else None

    def _event(self, payload: Mapping[str, Any]) -> Work | None:
        event = payload.get("event")
        if not isinstance(event, dict):
            raise shape.Malformed("event")
        kind = event.get("type")
        if not isinstance(kind, str):
            raise shape.Malformed("event.type")
        if kind in {"message", "app_mention"}:
            return self._message(payload, event)
        return self._work(payload) if kind in self.listen.happenings else None

    def _message(self, payload: Mapping[str, Any], event: dict[str, Any]) -> Work | None:
        text, place = event.get("text"), event.get("channel_type")
        if not isinstance(text, str) or not isinstance(event.get("subtype", ""), str):
            return None
        me = self.identity.user_id if self.identity else ""
        if event["type"] == "message":
            if not isinstance(place, str):
                raise shape.Malformed("event.channel_type")
            if place != "im" and me and f"<@{me}" in text:
                return None  # the same words arrive as app_mention, under another event id
        if self.listen.message_handler(event, me) is None:
            return None
        return self._work(payload)

    def _work(self, payload: Mapping[str, Any]) -> Work:
        body = shape.event(payload)
        if self.identity is not None:
            me = {"team_id": self.identity.team_id, "user_id": self.identity.user_id, "is_bot": True}
            body["authorizations"] = [me]
        return Work(body["event_id"], body)

    def _run(self, work: Work, answer: Future[Answer]) -> None:
        turn = Turn()
        try:
            given = self._dispatch(work, turn)
        except Exception:  # Slack and later deliveries wait for this answer: there has to be one
            log.exception("request failed", key=work.key)
            given, turn.refused = Answer(500), True
        with self._lock:
            if self._running.get(work.key) is answer:
                del self._running[work.key]
            if given.status == 200 and not turn.refused:
                self._answers[work.key] = given
                while len(self._answers) > REMEMBERED:
                    self._answers.popitem(last=False)
        _settle(answer, given)

    def _dispatch(self, work: Work, turn: Turn) -> Answer:
        if self.app is None:
            return TRY_AGAIN
        # "socket_mode" tells Bolt that the body is a dict and that the signature is our affair.
        answer = self.app.dispatch(BoltRequest(body=work.body, mode="socket_mode", context={"turn": turn}))
        kind = answer.headers.get("content-type", [Answer.content_type])[0]
        body = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
        return Answer(answer.status, body or "", kind)

    def _run_after(self, earlier: Future[Answer] | None, work: Work, answer: Future[Answer]) -> None:
        """At once, or when an earlier delivery of the same request has come to its end."""
        if earlier is not None:
            earlier.add_done_callback(lambda _done: self._after(work, answer))
            return
        try:
            self._pool.submit(self._run, work, answer)
        except RuntimeError:  # closed meanwhile
            _settle(answer, TRY_AGAIN)

    def _after(self, work: Work, answer: Future[Answer]) -> None:
        """The answer of the earlier delivery, or, where that was refused or failed, this one's own turn."""
        with self._lock:
            known = self._answers.get(work.key)
            earlier = None
            if known is None and not self.closing:
                earlier = self._running.setdefault(work.key, answer)
        if known is not None or self.closing:
            _settle(answer, known or TRY_AGAIN)
        else:
            self._run_after(None if earlier is answer else earlier, work, answer)

    def close(self, wait: Callable[[Callable[[], bool]], None]) -> None:
        """Take nothing more, let `wait(is_idle)` pass, then tell Slack to bring back what is unfinished."""
        self.closing = True
        wait(lambda: not self._unfinished)
        for unfinished in list(self._unfinished):
            _settle(unfinished, TRY_AGAIN)
        self._pool.shutdown(wait=False, cancel_futures=True)


def _settle(answer: Future[Answer], given: Answer) -> None:
    with suppress(InvalidStateError):  # closing and the end of the work may come at once
        answer.set_result(given)
