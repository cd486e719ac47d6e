"""Answers no server should give: a post that left is never taken for one that did not."""

import contextlib
import math
import socket
import threading
from collections.abc import Iterator

import pytest

from coop.publishing import CouldNotLook, NotFound, NotSent, Published, Refused, Unknown
from publishers.bluesky.publisher import Bluesky, Session
from publishers.mastodon.publisher import Mastodon
from publishers.slack_channel.publisher import SlackChannel
from publishers.x.publisher import Keys, X
from tests.publishers.conftest import attempt

KEYS = Keys("key", "secret", "1700000000000000001-token", "secret")


@contextlib.contextmanager
def answering(raw: bytes, *, forever: bool = False) -> Iterator[str]:
    """A server that reads a request and writes these bytes, `forever` over and over, then closes."""

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection, contextlib.suppress(OSError):
                    connection.recv(65_536)
                    connection.sendall(raw)
                    while forever:
                        connection.sendall(raw)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def answer(body: bytes, status: str = "201 Created") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def signed_in(url: str) -> Bluesky:
    made = Bluesky("a.example", "password", url, seconds=2)
    made._session = Session("did:plc:a", "a.example", "token", math.inf)
    return made


BROKEN = {
    "nothing": b"",
    "no http": b"220 mail.fenmarch.example ESMTP\r\n\r\n",
    "half a head": b"HTTP/1.1 201 Created\r\nContent-Le",
    "no number": b"HTTP/1.1 twohundred OK\r\n\r\n",
    "too many headers": b"HTTP/1.1 201 Created\r\n" + b"a: b\r\n" * 200 + b"\r\n",
    "endless line": b"HTTP/1.1 201 Created\r\na: " + b"b" * 70_000 + b"\r\n\r\n",
    "odd chunks": b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
    "half a chunk": b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{",
    "nul bytes": bytes(500),
    "too large": answer(b" " * (5 * 1024 * 1024)),
    "plain text": answer(b"ok"),
    "a list": answer(b'[{"data":{"id":"1"}}]'),
    "no data": answer(b"{}"),
    "data is a list": answer(b'{"data":[{"id":"1"}]}'),
    "no id": answer(b'{"data":{"text":"hi"}}'),
    "an id of letters": answer(b'{"data":{"id":"one"}}'),
    "not utf-8": answer(b'{"data":{"id":"\xff"}}'),
    "too deep": answer(b"[" * 100_000),
    "compressed": answer(b"\x1f\x8b\x08\x00 not even gzip"),
    "a strange status": answer(b"{}", "799 Odd"),
    "too early": answer(b"{}", "425 Too Early"),
    "a redirect to nowhere": answer(b"", "301 Moved\r\nLocation: http://127.0.0.1:1/"),
}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN.keys())
def test_whatever_comes_back_a_post_that_left_may_be_out(raw):
    with answering(raw) as url:
        x = X(KEYS, "FenmarchDigital", api_url=url, seconds=2)
        slack = SlackChannel("xoxb-1", f"{url}/api/", seconds=2)
        mastodon = Mastodon(url, "token", seconds=2)
        bluesky = signed_in(url)
        assert isinstance(x.publish(attempt("Hello")), Unknown)
        assert isinstance(bluesky.publish(attempt("Hello")), Unknown)
        assert isinstance(bluesky.look(attempt("Hello")), CouldNotLook)
        assert isinstance(Bluesky("a.example", "p", url, seconds=2).publish(attempt("Hello")), NotSent)
        assert isinstance(mastodon.publish(attempt("Hello")), Unknown)
        assert isinstance(mastodon.look(attempt("Hello")), CouldNotLook)
        assert isinstance(mastodon.limits(), CouldNotLook)
        assert isinstance(slack.publish(attempt("Hello", target="C1")), Unknown)
        assert isinstance(x.look(attempt("Hello")), CouldNotLook)
        assert isinstance(slack.look(attempt("Hello", target="C1")), CouldNotLook)
        assert isinstance(x.whoami(), CouldNotLook)


ODD_JSON = [
    b"null",
    b"[]",
    b"7",
    b"{}",
    b'{"id":7,"acct":7,"created_at":7,"content":7,"configuration":7}',
    b'[{"id":"7"}]',
    b'[{"id":"7","created_at":"soon","content":"<p>Hello</p>"}]',
    b'[{"id":"7","created_at":"2026-01-01T00:00:00","content":null}]',
    b"[null]",
]


@pytest.mark.parametrize("body", ODD_JSON)
def test_an_answer_of_an_odd_shape_names_no_post_and_shows_none(body):
    with answering(answer(body, "200 OK")) as url:
        mastodon = Mastodon(url, "token", seconds=2)
        assert isinstance(mastodon.publish(attempt("Hello")), Unknown)
        assert isinstance(mastodon.look(attempt("Hello")), CouldNotLook | NotFound)
        assert isinstance(mastodon.limits(), CouldNotLook)
        bluesky = signed_in(url)
        assert isinstance(bluesky.publish(attempt("Hello")), Unknown)
        assert isinstance(bluesky.look(attempt("Hello")), CouldNotLook)
        assert isinstance(Bluesky("a.example", "p", url, seconds=2).whoami(), CouldNotLook)


def test_an_answer_that_never_ends_is_given_up_at_the_deadline():
    with answering(b"HTTP/1.1 100 Continue\r\n\r\n", forever=True) as url:
        x = X(KEYS, "FenmarchDigital", api_url=url, seconds=0.3)
        outcome = x.publish(attempt("Hello"))
    assert outcome == Unknown("The post left for X, but no whole answer came within 0.3 seconds")


def test_an_answer_with_data_and_errors_is_a_post():
    with answering(answer(b'{"data":{"id":"12"},"errors":[{"title":"Partial"}]}')) as url:
        outcome = X(KEYS, "FenmarchDigital", api_url=url, seconds=2).publish(attempt("Hello"))
    assert outcome == Published("12", "https://x.com/FenmarchDigital/status/12")


@pytest.mark.parametrize("body", [b"", b"<html>Forbidden</html>", b"[]", b"[" * 100_000, b'{"errors":[7]}'])
def test_a_refusal_without_a_reason_is_a_refusal(body):
    with answering(answer(body, "403 Forbidden")) as url:
        outcome = X(KEYS, "FenmarchDigital", api_url=url, seconds=2).publish(attempt("Hello"))
    assert outcome == Refused(
        "X does not permit this post",
        "Change the words or take out what X does not allow, then have it approved again.",
    )
