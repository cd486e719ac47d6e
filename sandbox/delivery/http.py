"""A small HTTP/1.1 client for one job: POST a body to a bot and read what it answers.

Connections are kept for the next delivery. Nothing is ever sent twice on its own account: whether to try
again is decided by the timetable of retries, where it is counted and recorded.
"""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httptools

_MOST_REDIRECTS = 2
_MOST_BYTES = 4 * 1024 * 1024
_Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class DeliveryFailed(Exception):
    """No usable answer; `reason` is one of Slack's retry reasons."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass
class HttpAnswer:
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


class _Reading:
    """What httptools calls while an answer is parsed."""

    def __init__(self) -> None:
        self.answer = HttpAnswer()
        self.complete = False
        self.in_body = False
        self.parser = httptools.HttpResponseParser(self)

    def on_header(self, name: bytes, value: bytes) -> None:
        self.answer.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self.answer.status = self.parser.get_status_code()
        self.in_body = True

    def on_body(self, body: bytes) -> None:
        self.answer.body += body
        if len(self.answer.body) > _MOST_BYTES:
            raise DeliveryFailed("unknown_error")

    def on_message_complete(self) -> None:
        self.complete = True

    @property
    def may_end_here(self) -> bool:
        """An answer without a length ends where its connection does."""
        headers = self.answer.headers
        return self.in_body and "content-length" not in headers and "transfer-encoding" not in headers


class Postman:
    """Keeps idle connections by scheme, host and port."""

    def __init__(self) -> None:
        self._idle: dict[tuple[str, str, int], list[_Streams]] = {}

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> HttpAnswer:
        """Follow at most two redirects, as Slack does. Raises DeliveryFailed."""
        for _ in range(_MOST_REDIRECTS + 1):
            answer = await self._post_once(url, headers, body)
            if answer.status not in (301, 302, 303, 307, 308) or "location" not in answer.headers:
                return answer
            url = urljoin(url, answer.headers["location"])
        raise DeliveryFailed("too_many_redirects")

    def close(self) -> None:
        for _, writer in (streams for idle in self._idle.values() for streams in idle):
            writer.close()
        self._idle.clear()

    async def _post_once(self, url: str, headers: dict[str, str], body: bytes) -> HttpAnswer:
        parts = urlsplit(url)
        address = (parts.scheme, parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
        streams = await self._connection(address)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        lines = [f"POST {target} HTTP/1.1", f"Host: {parts.netloc}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        try:
            answer, reusable = await _exchange(streams, "\r\n".join([*lines, "", ""]).encode() + body)
        except BaseException:
            streams[1].close()
            raise
        if reusable:
            self._idle.setdefault(address, []).append(streams)
        else:
            streams[1].close()
        return answer

    async def _connection(self, address: tuple[str, str, int]) -> _Streams:
        idle = self._idle.get(address, [])
        while idle:
            reader, writer = idle.pop()
            if not reader.at_eof() and not writer.is_closing():
                return reader, writer
            writer.close()
        scheme, host, port = address
        try:
            return await asyncio.open_connection(host, port, ssl=scheme == "https" or None)
        except ssl.SSLError as refused:
            raise DeliveryFailed("ssl_error") from refused
        except OSError as refused:
            raise DeliveryFailed("connection_failed") from refused


async def _exchange(streams: _Streams, request: bytes) -> tuple[HttpAnswer, bool]:
    reader, writer = streams
    reading = _Reading()
    try:
        writer.write(request)
        await writer.drain()
        while not reading.complete:
            received = await reader.read(65536)
            if not received and reading.may_end_here:
                return reading.answer, False
            if not received:
                raise DeliveryFailed("connection_failed")
            reading.parser.feed_data(received)
    except OSError as broken:
        raise DeliveryFailed("connection_failed") from broken
    except httptools.HttpParserError as odd:
        raise DeliveryFailed("http_error") from odd
    return reading.answer, reading.parser.should_keep_alive()
