"""A lock that serves those who wait in the order they came."""

import threading
from collections import deque


class Turns:
    """`threading.Lock` lets a newcomer overtake a waiter again and again; this one hands itself on."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: deque[threading.Lock] = deque()

    def acquire(self, timeout: float) -> bool:
        """True once it is our turn, False when `timeout` seconds went by without it."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            ours = threading.Lock()
            ours.acquire()
            self._waiting.append(ours)
        if ours.acquire(timeout=timeout):
            return True
        with self._guard:
            if ours in self._waiting:
                self._waiting.remove(ours)
                return False
        return True  # handed to us in the instant we gave up

    def release(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False
