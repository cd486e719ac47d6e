"""Waiting for something to be so, not for time to pass."""

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 20.0
Found = TypeVar("Found")


def until(happened: Callable[[], Found], what: str, *, seconds: float = PATIENCE) -> Found:
    """What `happened()` gives once it is true; fails when it is not within `seconds`."""
    deadline = time.monotonic() + seconds
    while not (found := happened()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.01)
    return found
