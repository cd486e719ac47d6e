"""HTTP connections that are not waited for: too slow with a request, or too long at it.

uvicorn gives a request any time to arrive, and its headers any length.
"""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LARGEST_REQUEST = 1024 * 1024 + 64 * 1024


class Patient(HttpToolsProtocol):
    """Closes a connection whose request is not there after `seconds`, or larger than we ever read."""

    seconds = 10.0
    _timer: asyncio.TimerHandle | None = None
    _received = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._start_waiting()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        cycle = self.cycle
        if cycle is not None and not cycle.more_body and not cycle.response_complete:
            if self._timer is not None:
                self._stop_waiting()
            return
        # Nearly every request comes in one piece; this one has not arrived yet.
        self._received += len(data)
        if self._received > LARGEST_REQUEST:
            self.transport.close()
        elif self._timer is None:
            self._start_waiting()

    def _start_waiting(self) -> None:
        self._timer = self.loop.call_later(self.seconds, self.transport.close)

    def _stop_waiting(self) -> None:
        self._received = 0
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
