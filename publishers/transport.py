"""The one way out for announcements: one connection, one request, one deadline, and a note of how far it got.

Whether a request can have had an effect is decided by *where* it failed: refused and reset connections look
alike by exception class. So nothing is sent again, no redirect is followed, no connection is reused (a dead
one shows only after the request is written), and a deadline covers the whole exchange (a dripping answer
outlives every read timeout).
"""

import functools
import http.client
import io
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import SplitResult, urlsplit

import requests
from requests.adapters import BaseAdapter

from coop.crashpoints import crashpoint

TOTAL_SECONDS = 30.0
CONNECT_SECONDS = 10.0
_MOST_BYTES = 4 * 1024 * 1024


class NotWritten(Exception):
    """The request line never left this machine."""


class AnswerLost(Exception):
    """The request may have arrived; no whole answer came back."""


@dataclass(frozen=True)
class Answer:
    """Header names are lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Wire:
    """One exchange with `base`, whichever public address the request was made out (and signed) for.

    `tls` says whom to trust; without it, whom this machine trusts.
    """

    base: str
    seconds: float = TOTAL_SECONDS
    tls: ssl.SSLContext | None = None
    answer: Answer | None = None

    def exchange(
        self, method: str, url: str, headers: Mapping[str, str | bytes], body: bytes | str | None = None
    ) -> Answer:
        """Raises NotWritten or AnswerLost."""
        public, to = urlsplit(url), urlsplit(self.base)
        connected = _connect(to, self.tls, time.monotonic() + self.seconds)
        connection = http.client.HTTPConnection(public.netloc)
        # http.client only ever calls sendall, makefile and close on it.
        connection.sock = connected
        crashpoint("wire.connected")
        path = to.path.rstrip("/") + public.path + (f"?{public.query}" if public.query else "")
        try:
            connection.request(method, path, body, {**headers, "Connection": "close"})
            crashpoint("wire.sent")
            self.answer = _read(connection)
        except Exception as failed:
            # Whatever it was: once the first byte is written, the request may have arrived.
            raise _lost(failed, connected, self.seconds) from failed
        finally:
            connected.hang_up()
        crashpoint("wire.answered")
        return self.answer


class Adapter(BaseAdapter):
    """Lets a library that speaks through requests use one wire."""

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self._wire = wire

    def send(self, request: requests.PreparedRequest, *_: object, **__: object) -> requests.Response:
        answer = self._wire.exchange(
            request.method or "GET", request.url or "", request.headers, _sent(request.body)
        )
        response = requests.Response()
        response.status_code = answer.status
        response.headers.update(answer.headers)
        response.url, response.request = request.url or "", request
        response.raw = io.BytesIO(answer.body)
        return response

    def close(self) -> None:
        pass


class OneWay(requests.Session):
    """A session over one wire that follows no redirect and takes nothing from its surroundings."""

    def __init__(self, wire: Wire) -> None:
        super().__init__()
        self.trust_env = False
        self.headers["Accept-Encoding"] = "identity"
        for scheme in ("https://", "http://"):
            self.mount(scheme, Adapter(wire))

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Nowhere: a 307 would send the body again."""


class _Connected:
    """A socket whose every wait ends at one instant, and which remembers whether anything was written."""

    def __init__(self, sock: socket.socket, ends: float) -> None:
        self._sock, self._ends = sock, ends
        self.wrote = False

    def _limit(self) -> None:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)

    def sendall(self, sent: bytes) -> None:
        self._limit()
        self.wrote = True
        self._sock.sendall(sent)
        crashpoint("wire.line-written")

    def receive_into(self, buffer: memoryview) -> int:
        self._limit()
        return self._sock.recv_into(buffer)

    def makefile(self, _mode: Literal["rb"]) -> io.BufferedReader:
        return io.BufferedReader(_Reader(self))

    def close(self) -> None:
        """http.client calls this once it has read the head; the body is still to come."""

    def hang_up(self) -> None:
        self._sock.close()


class _Reader(io.RawIOBase):
    def __init__(self, connected: _Connected) -> None:
        super().__init__()
        self._connected = connected

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # narrower than any buffer
        return self._connected.receive_into(buffer)


@functools.cache
def _trusted() -> ssl.SSLContext:
    # One for the process: reading the certificate bundle costs 20 ms a time.
    return ssl.create_default_context()


def _connect(to: SplitResult, tls: ssl.SSLContext | None, ends: float) -> _Connected:
    """Raises NotWritten."""
    host = to.hostname or ""
    sock: socket.socket | None = None
    try:
        sock = _first_open(host, to.port or (443 if to.scheme == "https" else 80), ends)
        if to.scheme == "https":
            sock.settimeout(_left(ends))
            sock = (tls or _trusted()).wrap_socket(sock, server_hostname=host)
        _left(ends)
    except (OSError, ValueError) as failed:
        if sock is not None:
            sock.close()
        raise NotWritten(_why_not_reached(failed)) from failed
    return _Connected(sock, ends)


def _first_open(host: str, port: int, ends: float) -> socket.socket:
    """The first of the host's addresses that takes a connection."""
    refused = OSError("it has no address")
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        sock = socket.socket(family, kind, protocol)
        try:
            sock.settimeout(min(CONNECT_SECONDS, _left(ends)))
            sock.connect(address)
        except OSError as failed:
            sock.close()
            refused = failed
        else:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return sock
    raise refused


def _left(ends: float) -> float:
    left = ends - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _read(connection: http.client.HTTPConnection) -> Answer:
    with connection.getresponse() as response:
        body = response.read(_MOST_BYTES + 1)
        if len(body) > _MOST_BYTES:
            raise ValueError("an answer of more than 4 MiB")
        if response.length:  # read(n) does not complain of an answer cut short
            raise http.client.IncompleteRead(body, response.length)
        headers = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, headers, body)


def _sent(body: object) -> bytes | str | None:
    return body if isinstance(body, bytes | str) else None


def _why_not_reached(failed: Exception) -> str:
    if isinstance(failed, socket.gaierror):
        return "its address could not be found"
    if isinstance(failed, ssl.SSLCertVerificationError):
        return "its certificate could not be trusted"
    if isinstance(failed, TimeoutError):
        return "no connection came about in time"
    if isinstance(failed, ConnectionRefusedError):
        return "it refused the connection"
    return f"no connection came about ({type(failed).__name__})"


def _lost(failed: Exception, connected: _Connected, seconds: float) -> NotWritten | AnswerLost:
    if not connected.wrote:
        return NotWritten("the connection failed before anything was sent")
    if isinstance(failed, TimeoutError):
        return AnswerLost(f"no whole answer came within {seconds:g} seconds")
    if isinstance(failed, http.client.RemoteDisconnected):
        return AnswerLost("the connection was closed without an answer")
    if isinstance(failed, http.client.IncompleteRead):
        return AnswerLost("the answer was cut short")
    if isinstance(failed, OSError):
        return AnswerLost("the connection broke after sending")
    return AnswerLost("the answer could not be read")
