"""Processes forked from a warm, single-threaded parent: each does what it is ordered to until it is killed."""

import json
import os
import select
import signal
import socket
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from coop.crashpoints import VARIABLE

PATIENCE = 20.0
Obey = Callable[[dict[str, Any]], Any]


class HarnessBroken(Exception):
    """The harness did not do what it says: nothing it measured counts."""


class Killed(Exception):
    """The worker died by SIGKILL before it had done what it was ordered."""


@dataclass
class Worker:
    """One process. Orders and answers are lines of JSON."""

    pid: int
    line: socket.socket

    @classmethod
    def forked(cls, obey: Obey, others: Sequence["Worker"]) -> "Worker":
        ours, its_own = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            for other in (ours, *(worker.line for worker in others)):
                other.close()
            _serve(obey, its_own)
        its_own.close()
        return cls(pid, ours)

    def order(self, **order: Any) -> None:
        self.line.sendall(json.dumps(order).encode() + b"\n")

    def answer(self) -> Any:
        """Raises Killed."""
        said = bytearray()
        while not said.endswith(b"\n"):
            some = self.line.recv(65_536)
            if not some:
                self._buried()
                raise Killed
            said += some
        told = json.loads(said)
        if "error" in told:
            raise HarnessBroken(told["error"])
        return told["done"]

    @property
    def has_answered(self) -> bool:
        return bool(select.select([self.line], [], [], 0)[0])

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def end(self) -> None:
        self.kill()
        self._buried()

    def _buried(self) -> None:
        self.line.close()
        _, status = os.waitpid(self.pid, 0)
        if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
            raise HarnessBroken(f"a worker ended by itself, with {status}")


def until(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not reached():
        if time.monotonic() > deadline:
            raise HarnessBroken("the moment to kill at never came")
        time.sleep(0.005)


def _serve(obey: Obey, line: socket.socket) -> None:
    try:
        with line.makefile("r") as orders:
            for order in orders:
                line.sendall(json.dumps(_obeyed(obey, json.loads(order))).encode() + b"\n")
    finally:
        os._exit(0)  # a child must never fall back into its parent's code


def _obeyed(obey: Obey, order: dict[str, Any]) -> dict[str, Any]:
    os.environ[VARIABLE] = order.pop("crash", "")
    try:
        return {"done": obey(order)}
    except Exception:  # noqa: BLE001 -- told to the parent, which stops everything
        return {"error": traceback.format_exc()}
