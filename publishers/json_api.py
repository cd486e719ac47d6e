"""A network's API met by plain HTTP: one wire for each call, answers read whatever their shape."""

import json
import ssl
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urljoin

import requests

from publishers.transport import TOTAL_SECONDS, Answer, Wire


@dataclass(frozen=True)
class Call:
    """`body` leaves as JSON, and what is None in it as null; `raw` as it is, with a type among `headers`."""

    method: str
    path: str
    body: dict[str, Any] | None = None
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Api:
    """`url` may end in a path of its own, under which the API lies."""

    url: str
    seconds: float = TOTAL_SECONDS
    tls: ssl.SSLContext | None = None

    def ask(self, call: Call, token: str = "") -> Answer:
        """Raises NotWritten or AnswerLost."""
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", **call.headers}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        body = call.raw
        if call.body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(call.body).encode()
        url = f"{self.url.rstrip('/')}{call.path}" + (f"?{urlencode(call.query)}" if call.query else "")
        return Wire(urljoin(url, "/"), self.seconds, self.tls).exchange(call.method, url, headers, body)


def form(path: str, fields: dict[str, str], file: tuple[str, bytes, str]) -> Call:
    """`file` (its name, bytes and type) among form fields, as browsers send them."""
    made = requests.Request("POST", "http://localhost", data=fields, files={"file": file}).prepare()
    raw = made.body if isinstance(made.body, bytes) else b""
    return Call("POST", path, headers={"Content-Type": made.headers["Content-Type"]}, raw=raw)


def read(answer: Answer) -> Any:
    """What its JSON says; None where there is none."""
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None


def read_object(answer: Answer) -> dict[str, Any]:
    """The JSON object in it; empty when there is none."""
    told = read(answer)
    return told if isinstance(told, dict) else {}


def brief(said: object) -> str:
    """A sentence of somebody else's, on one line and not too long."""
    return " ".join(str(said or "").split())[:200]


def no_use(network: str, answer: Answer, said: str) -> str:
    """Why an answer told us nothing: "Mastodon answered with 503: “Service Unavailable”"."""
    return f"{network} answered with {answer.status}{f': “{said}”' if said else ''}"
