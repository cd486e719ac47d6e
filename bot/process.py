"""One process from start to stop: the address, the connection to Slack, the signals."""

import asyncio
import contextlib
import gc
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module

import structlog
import uvicorn
from sqlalchemy.exc import SQLAlchemyError

from bot.entrance.calendar import CalendarFeed
from bot.entrance.patience import Patient
from bot.entrance.socket_mode import TROUBLES, SocketDoor
from bot.entrance.web import SlackEvents, application
from bot.jobs import duties, learning
from bot.jobs.timetable import Timetable
from bot.jobs.worker import timetable
from bot.settings.loading import SettingsWrong
from bot.slack import connecting
from bot.slack.access import Access
from bot.slack.clients import JOB_SECONDS, client
from bot.slack.connecting import Connected, Unreachable
from bot.wiring import House, deps_for, open_door
from coop.asking import weighing
from coop.deps import Deps
from storage import heartbeats

log = structlog.get_logger()
# Hosts kill ten seconds after SIGTERM; what is left after these goes to the farewells.
IN_HAND_SECONDS = 8
FAREWELL_SECONDS = 0.7


class Server(uvicorn.Server):
    """uvicorn without its signal handlers, which end the process with 143 before work in hand is done."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@dataclass
class Process:
    """`hears` takes requests from Slack; `works` sends announcements and messages. Both, by default."""

    house: House
    hears: bool = True
    works: bool = True
    on_ready: Callable[[], None] = lambda: None
    exit_code: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)
    _socket: SocketDoor | None = None
    _jobs: Timetable | None = None

    def __post_init__(self) -> None:
        self.access = Access(self.house.environment, self._start, self._stop)

    def run(self, listener: socket.socket | None = None) -> int:
        """Serve until SIGTERM or SIGINT; the exit code, 0 after a clean stop."""
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(self.serve(listener))
        return self.exit_code

    async def serve(self, listener: socket.socket | None = None) -> None:
        server = Server(self._config())
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        threading.Thread(target=self._connect, name="connect", daemon=True).start()
        serving = asyncio.create_task(server.serve(sockets=[listener] if listener else None))
        stopping = asyncio.create_task(asyncio.to_thread(self._stop.wait))
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        self._stop.set()
        await asyncio.to_thread(self._finish_in_hand)
        server.should_exit = True
        with contextlib.suppress(asyncio.TimeoutError, SystemExit):
            await asyncio.wait_for(serving, FAREWELL_SECONDS)

    def stop(self) -> None:
        # Before anybody is told that we are stopping: whoever reads that must find the door shut.
        self.house.door.closing = True
        self._stop.set()

    def readiness(self) -> Mapping[str, str]:
        """What is missing before Slack's requests can be answered and announcements sent; {} when nothing."""
        if self._stop.is_set():
            return {"process": "stopping"}
        missing = self._record_is_missing()
        if self.access.missing:
            missing["slack"] = self.access.missing
        elif self._socket is not None and not self._socket.is_connected():
            missing["slack"] = f"Socket Mode is reconnecting: {self._socket.trouble}"
        return missing

    def _record_is_missing(self) -> dict[str, str]:
        try:
            with self.house.database.read() as session:
                is_sent = heartbeats.worker_is_alive(session, self.house.now())
        except SQLAlchemyError as trouble:
            return {"database": type(trouble).__name__}
        return {} if is_sent else {"worker": "nothing is running that sends what is due"}

    def _connect(self) -> None:
        try:
            if (connected := self.access.gain()) is None:
                return
        except SettingsWrong as wrong:
            log.error("cannot start", reason=str(wrong))  # noqa: TRY400 -- the sentence says it all
            self.exit_code = 2
            self._stop.set()
            return
        log.info("ready", team=connected.team_name)
        self.on_ready()
        if self.hears:
            # A third of a second that the first to propose an announcement would wait for, of three in all.
            import_module("publishers.x.rules")
            weighing.weights()
        # What is here by now stays: the collector need not go through it again and again.
        gc.collect()
        gc.freeze()
        self.access.watch()

    def _start(self, connected: Connected) -> None:
        deps = deps_for(self.house, connected, wake=self._wake, doubt=self.access.doubt)
        learning.start(deps.publishers.values(), self._stop)
        if self.works and self._jobs is None:
            self._jobs = self._timetable(deps)
            self._jobs.start()
        if self.hears:
            open_door(self.house, connected, deps)
            if self.house.environment.socket_mode:
                self._open_socket()

    def _timetable(self, deps: Deps) -> Timetable:
        environment = self.house.environment
        token = environment.slack_bot_token.get_secret_value()
        return timetable(
            deps,
            renders=self.house.listen.renders,
            slack=client(token, environment.slack_api_url, seconds=JOB_SECONDS),
            steps=duties.every_second(deps),
            daily=duties.DAILY,
        )

    def _open_socket(self) -> None:
        environment = self.house.environment
        token = environment.slack_app_token.get_secret_value()
        reader = client(None, environment.slack_api_url, seconds=JOB_SECONDS, rereads=True)
        opened = SocketDoor(self.house.door, lambda: connecting.socket_address(reader, token))
        try:
            opened.connect()
        except SettingsWrong:
            raise
        except TROUBLES as trouble:
            raise Unreachable(f"Socket Mode: {trouble or type(trouble).__name__}") from None
        self._socket = opened

    def _wake(self) -> None:
        if self._jobs is not None:
            self._jobs.wake()

    def _finish_in_hand(self) -> None:
        """Up to eight seconds for what was taken and what is being sent, the socket still open so that
        answers leave.
        """
        deadline = time.monotonic() + IN_HAND_SECONDS

        def wait(is_idle: Callable[[], bool]) -> None:
            while not is_idle() and time.monotonic() < deadline:
                time.sleep(0.02)

        rounds = _aside(self._jobs.stop if self._jobs else None)
        self.house.door.close(wait)
        rounds.join(max(0.0, deadline - time.monotonic()))
        _aside(self._socket.close if self._socket else None).join(FAREWELL_SECONDS)

    def _config(self) -> uvicorn.Config:
        environment = self.house.environment
        events, calendar = None, None
        if self.hears:
            calendar = CalendarFeed(self.house.database, environment.network, self.house.now)
        if self.hears and not environment.socket_mode:
            events = SlackEvents(self.house.door, environment.slack_signing_secret.get_secret_value())
        return uvicorn.Config(
            application(events, self.readiness, calendar),
            host="0.0.0.0",  # noqa: S104 -- hosts route to it from outside their container
            port=environment.port,
            lifespan="off",
            http=Patient,
            ws="none",
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=30,
        )


def leave(code: int) -> None:
    """End now, even with a hung call in some thread: everything acknowledged is committed."""
    logging.shutdown()
    os._exit(code)


def _aside(act: Callable[[], object] | None) -> threading.Thread:
    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    return thread


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop  # noqa: PLC0415 -- absent on Windows
    except ImportError:
        return None
    return uvloop.new_event_loop
