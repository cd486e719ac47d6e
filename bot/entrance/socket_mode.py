"""The Socket Mode way in. Each message is taken in the thread that read it; the door never blocks.

Not slack_sdk's own client. Tried with 3.47: on a connection that ends without a close frame it spins, deaf,
for up to 50 seconds; while it changes connections it reads nothing for up to 3 seconds, which is all a
person's command has; it cannot send an acknowledgement of more than 64 KiB.
"""

import json
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial
from typing import Any

import structlog
from websockets.exceptions import WebSocketException
from websockets.frames import Frame, Opcode
from websockets.sync.client import ClientConnection, connect

from bot.entrance.door import Answer, Door, Full, NotReady
from bot.entrance.shape import Malformed
from bot.settings.loading import SettingsWrong
from bot.slack.clients import tls_context
from bot.slack.connecting import Unreachable

log = structlog.get_logger()
PING_SECONDS = 10
OPEN_SECONDS = 10
CLOSE_SECONDS = 2
SEND_SECONDS = 20
# A connection that Slack is about to end still brings requests and takes answers: a request has 3 seconds.
OVERLAP_SECONDS = 5
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
LARGEST_MESSAGE = 8 * 1024 * 1024
UNSENT = 1_000
TROUBLES = (Unreachable, SettingsWrong, WebSocketException, OSError, RuntimeError)


class Line(ClientConnection):
    """One connection; `hello` is done once Slack greets it, `leaving` is set once Slack will end it."""

    def __init__(
        self, *given: Any, hear: "Callable[[Line, str], None]", hello: "Future[Line]", **more: Any
    ) -> None:
        self.hear = hear
        self.hello = hello
        self.leaving = False
        super().__init__(*given, **more)
        # It may be spoken on before the `with` that it is made for has been entered, in another thread.
        self.pending_legacy_warning = False
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # a peer that takes nothing must not hold our threads
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SEND_SECONDS * 1000)

    def answer(self, text: str) -> None:
        """As `send`, but never waits for a connection that is closing. Raises one of TROUBLES."""
        try:
            with self.protocol_mutex:
                self.protocol.send_text(text.encode())
                self.send_data()
        except OSError:
            self.close_socket()
            raise

    def process_event(self, event: Any) -> None:
        # To hand each message to another thread would add half as much again to the cost of a quiet one.
        # What comes in several frames the library puts together for whoever iterates over the line.
        if isinstance(event, Frame) and event.opcode is Opcode.TEXT and event.fin:
            self.hear(self, str(event.data, "utf-8", "replace"))
        else:
            super().process_event(event)


class SocketDoor:
    """`connections` is Slack's own count of live connections on this app's token, from its hello; `trouble`
    says why there is none just now.
    """

    def __init__(self, door: Door, address: Callable[[], str]) -> None:
        """`address` asks Slack where to connect; each answer is good for one connection."""
        self.door = door
        self.address = address
        self.connections = 0
        self.trouble = ""
        self._lines: list[Line] = []
        self._unsent: deque[str] = deque(maxlen=UNSENT)
        self._lock = threading.Lock()
        self._changed = threading.Event()
        self._closed = threading.Event()

    def connect(self) -> None:
        """Returns once Slack says hello, or raises one of TROUBLES; from then on it reconnects by itself."""
        self._open()
        threading.Thread(target=self._keep, name="socket", daemon=True).start()

    def is_connected(self) -> bool:
        return bool(self._lines) and not self._closed.is_set()

    def close(self) -> None:
        self._closed.set()
        self._changed.set()
        for line in self._lines:
            line.close()

    def _keep(self) -> None:
        """Whenever no connection is left that stays, open one: at once, then at growing intervals."""
        pause = SHORTEST_PAUSE
        while not self._closed.is_set():
            began = time.monotonic()
            try:
                if all(line.leaving for line in self._lines):
                    self._open()
                pause = SHORTEST_PAUSE
                self._changed.wait()
                self._changed.clear()
            except TROUBLES as trouble:
                self.trouble = _said(trouble)
                log.warning("no Socket Mode connection", reason=self.trouble, next_try_seconds=pause)
                self._closed.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            # At most one connection a second, should each be ended as soon as it is made.
            self._closed.wait(max(0.0, began + SHORTEST_PAUSE - time.monotonic()))

    def _open(self) -> None:
        url = self.address()
        hello: Future[Line] = Future()
        threading.Thread(target=self._listen, args=[url, hello], name="socket line", daemon=True).start()
        newest = hello.result(OPEN_SECONDS)
        self.trouble = ""
        for line in self._lines:
            if line is not newest:
                line.leaving = True
                later = threading.Timer(OVERLAP_SECONDS, line.close)
                later.daemon = True
                later.start()

    def _listen(self, url: str, hello: "Future[Line]") -> None:
        """One connection from its beginning to its end."""
        kind: Any = partial(Line, hear=self._hear, hello=hello)
        line: Any = None
        try:
            with connect(
                url,
                create_connection=kind,
                ssl=tls_context() if url.startswith("wss:") else None,
                compression=None,
                open_timeout=OPEN_SECONDS,
                ping_interval=PING_SECONDS,
                ping_timeout=PING_SECONDS,
                close_timeout=CLOSE_SECONDS,
                max_size=LARGEST_MESSAGE,
            ) as line:
                for message in line:
                    self._hear(line, str(message))
            raise ConnectionError("Slack ended the connection")
        except TROUBLES as trouble:
            if not hello.done():
                hello.set_exception(trouble)
            elif not self._closed.is_set():
                log.info("a Socket Mode connection ended", reason=_said(trouble))
        finally:
            with self._lock:
                self._lines = [other for other in self._lines if other is not line]
            self._changed.set()

    def _hear(self, line: Line, message: str) -> None:
        try:
            envelope = json.loads(message)
            payload = envelope.get("payload")
            if isinstance(payload, dict):
                self._take(line, envelope["envelope_id"], payload)
            elif envelope.get("type") == "hello":
                self._greeted(line, envelope)
            elif envelope.get("type") == "disconnect":
                log.info("Slack will end a Socket Mode connection", reason=envelope.get("reason"))
                line.leaving = True
                self._changed.set()
        except Exception:  # whatever came, the messages behind it must be heard
            log.exception("a message from Slack could not be taken")

    def _greeted(self, line: Line, envelope: Mapping[str, Any]) -> None:
        self.connections = envelope.get("num_connections") or 1
        log.info("connected to Slack", connections=self.connections)
        with self._lock:
            self._lines = [*self._lines, line]
        if not line.hello.done():
            line.hello.set_result(line)
        while self._unsent:
            self._send(line, self._unsent.popleft())

    def _take(self, line: Line, envelope_id: str, payload: Mapping[str, Any]) -> None:
        try:
            taken = self.door.take(payload)
        except Malformed as what:
            # Sent again it would be as odd as now; acknowledged, it does no harm.
            log.warning("odd payload from Slack", field=str(what))
            taken = Answer()
        except (Full, NotReady):
            return
        if isinstance(taken, Future):
            taken.add_done_callback(lambda done: self._acknowledge(line, envelope_id, done.result()))
        else:
            self._acknowledge(line, envelope_id, taken)

    def _acknowledge(self, line: Line, envelope_id: str, answer: Answer) -> None:
        """Nothing is sent for a failure, so that Slack delivers it again."""
        if answer.status != 200:
            return
        reply: dict[str, Any] = {"envelope_id": envelope_id}
        if answer.body:
            is_json = answer.content_type.startswith("application/json")
            reply["payload"] = json.loads(answer.body) if is_json else {"text": answer.body}
        self._send(line, json.dumps(reply))

    def _send(self, line: Line, text: str) -> None:
        """On the connection it came by, or else on another: Slack goes by the envelope's id."""
        if not _sent(line, text) and not any(_sent(other, text) for other in reversed(self._lines)):
            self._unsent.append(text)


def _sent(line: Line, text: str) -> bool:
    try:
        line.answer(text)
    except TROUBLES:
        return False
    return True


def _said(trouble: BaseException) -> str:
    if isinstance(trouble, SettingsWrong):
        return trouble.sentences[0]
    return str(trouble) or type(trouble).__name__
