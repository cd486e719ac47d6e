"""Programs under measure: started, awaited, their CPU and memory read from the operating system, ended."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.error import URLError

import psutil

from benchmarks.wire import direct

PATIENCE = 30


@dataclass(frozen=True)
class Program:
    pid: int
    port: int
    seconds_to_ready: float

    def cpu(self) -> float:
        """Seconds of user and system time of the whole process so far."""
        times = psutil.Process(self.pid).cpu_times()
        return times.user + times.system

    def memory(self) -> int:
        """Resident bytes."""
        return int(psutil.Process(self.pid).memory_info().rss)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def program(
    *command: str, path: str, surroundings: Mapping[str, str] | None = None, scheme: str = "http"
) -> Iterator[Program]:
    """Runs `python -m command… --port N`, or with PORT=N; ready once `path` answers 200."""
    port = free_port()
    clean = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    given = [sys.executable, "-m", *command, *([] if surroundings else ["--port", str(port)])]
    started = time.monotonic()
    process = subprocess.Popen(
        given,
        env={**clean, **(surroundings or {}), "PORT": str(port)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(f"{scheme}://127.0.0.1:{port}{path}") and process.poll() is None:
            if time.monotonic() - started > PATIENCE:
                break
            time.sleep(0.01)
        if process.poll() is not None:
            raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
        yield Program(process.pid, port, time.monotonic() - started)
    finally:
        process.kill()
        process.wait()


def _answers(url: str) -> bool:
    try:
        with direct.open(url, timeout=1) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
