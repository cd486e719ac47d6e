"""`python -m bot demo` as a program of its own, started as people start it and stopped as they stop it."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

import psutil

ROOT = Path(__file__).parents[2]
PATIENCE = 40  # seconds on a busy machine; it starts within three on an idle one
_direct = build_opener(ProxyHandler({}))
_ADDRESS = re.compile(r"Open (http://127\.0\.0\.1:\d+) in your browser")


@dataclass(frozen=True)
class Somebody:
    id: str
    name: str


@dataclass
class Demo:
    program: subprocess.Popen[bytes]
    output: Path
    url: str = ""

    def said(self) -> str:
        return self.output.read_text()

    def asked(self, path: str, **body: Any) -> Any:
        """What nobody does on the page; without a body it only looks."""
        data = json.dumps(body).encode() if body else None
        kind = {"Content-Type": "application/json"}
        request = Request(f"{self.url}/control/{path}", data, kind)  # noqa: S310 -- loopback
        with _direct.open(request, timeout=20) as answer:
            return json.load(answer)

    def newcomer(self) -> Somebody:
        """One more invented volunteer, whom no other test has met."""
        person = self.asked("people", count=1)["people"][0]
        return Somebody(person["id"], person["real_name"])

    def processes(self) -> list[psutil.Process]:
        """The program and all that it started."""
        itself = psutil.Process(self.program.pid)
        return [itself, *itself.children(recursive=True)]

    def ctrl_c(self) -> int:
        """As a terminal does it: everything in the foreground is told. The exit code."""
        if self.program.poll() is None:
            os.killpg(self.program.pid, signal.SIGINT)
        return self.program.wait(PATIENCE)


@contextmanager
def showing(
    folder: Path, *options: str, port: int | None = None, surroundings: dict[str, str] | None = None
) -> Iterator[Demo]:
    """Running in `folder`, once it has printed its address; what it prints is in `folder`/printed.txt."""
    output = folder / "printed.txt"
    command = [sys.executable, "-m", "bot", "demo", "--port", str(port or free_port()), *options]
    with output.open("wb") as printed:
        program = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(surroundings or {}), "PYTHONPATH": str(ROOT)},
            stdout=printed,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    running = Demo(program, output)
    try:
        running.url = until(lambda: _address(running), "The demo said where it is")
        yield running
    finally:
        try:
            running.ctrl_c()
        finally:
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)


def _address(running: Demo) -> str | None:
    assert running.program.poll() is None, running.said()
    found = _ADDRESS.search(running.said())
    return found and found[1]


def until(happened: Callable[[], Any], what: str) -> Any:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := happened():
            return found
        time.sleep(0.02)  # bounded polling of another process
    raise AssertionError(f"{what}: not within {PATIENCE} s")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
