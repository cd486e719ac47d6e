"""What can go wrong with a connection, done on purpose."""

from __future__ import annotations

import asyncio
import os
import socket
import struct

from starlette.types import Receive, Send


def transport(receive: Receive) -> asyncio.Transport:
    """The connection behind a request. Needs uvicorn, and no middleware that wraps `receive`."""
    found: asyncio.Transport = receive.__self__.transport  # type: ignore[attr-defined]
    return found


def reset(connection: asyncio.Transport) -> None:
    """Close with RST instead of FIN."""
    # A duplicate, because event loops give out a wrapper that may not set options.
    same = socket.socket(fileno=os.dup(connection.get_extra_info("socket").fileno()))
    same.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    same.close()
    connection.abort()


async def gone(receive: Receive, seconds: float = 0.0) -> None:
    """Wait until the caller has gone, or `seconds` if given."""

    async def until_gone() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    try:
        async with asyncio.timeout(seconds or None):
            await until_gone()
    except TimeoutError:
        return


async def drip(body: bytes, seconds: float, receive: Receive, send: Send) -> None:
    """One byte every `seconds`, as long as anybody listens."""
    listener = asyncio.ensure_future(gone(receive))
    for at in range(len(body)):
        if (await asyncio.wait({listener}, timeout=seconds))[0]:
            return
        last = at + 1 == len(body)
        await send({"type": "http.response.body", "body": body[at : at + 1], "more_body": not last})
    listener.cancel()
