"""A door in front of the practice X that can be shut: what a client meets before a server has read a byte.

Everything it lets through is passed on untouched, so the server behind it need not know.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct

_CHUNK = 65_536


class Front:
    """`open` listens on a port of 127.0.0.1 and passes on to `target`; `shut` refuses connections there."""

    def __init__(self, target: tuple[str, int]) -> None:
        self.target = target
        self.port = 0
        self.connections = 0
        self._resets = 0
        self._server: asyncio.Server | None = None

    async def open(self) -> int:
        """The port, the same one after each `shut`."""
        if self._server is None:
            self._server = await asyncio.start_server(self._met, "127.0.0.1", self.port)
            self.port = self._server.sockets[0].getsockname()[1]
        return self.port

    async def shut(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    def reset_next(self, times: int = 1) -> None:
        """Reset so many connections at the first byte that arrives."""
        self._resets = times

    async def _met(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        if self._resets:
            self._resets -= 1
            await reader.read(1)
            _reset(writer)
            return
        try:
            inner_reader, inner_writer = await asyncio.open_connection(*self.target)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_pass_on(reader, inner_writer), _pass_on(inner_reader, writer))


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while received := await reader.read(_CHUNK):
            writer.write(received)
            await writer.drain()
    writer.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    same = writer.get_extra_info("socket")
    same.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
