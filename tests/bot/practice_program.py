"""The practice workspace as its own program on loopback, as `python -m sandbox` starts it."""

import contextlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import ProxyHandler, Request, build_opener

ROOT = Path(__file__).parents[2]
START_SECONDS = 20
DIRECT = build_opener(ProxyHandler({}))


class Practice:
    """A practice workspace on loopback."""

    def __init__(self, address: str) -> None:
        self.address = address

    def asked(self, path, body=None):
        kind = {"Content-Type": "application/json"}
        request = Request(f"{self.address}{path}", json.dumps(body or {}).encode(), kind)  # noqa: S310 -- loopback
        with DIRECT.open(request, timeout=10) as answer:
            return json.load(answer)


@contextlib.contextmanager
def started() -> Iterator[Practice]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    program = subprocess.Popen(
        [sys.executable, "-m", "sandbox", "--port", str(port)], cwd=ROOT, stdout=subprocess.PIPE
    )
    practice = Practice(f"http://127.0.0.1:{port}")
    deadline = time.monotonic() + START_SECONDS
    while program.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            practice.asked("/control/x/keys")
            break
        time.sleep(0.05)
    yield practice
    program.terminate()
    program.communicate(timeout=10)
