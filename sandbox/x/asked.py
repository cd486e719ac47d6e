"""One request as the calls see it, and what they give back."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from sandbox.x.answers import XError, invalid
from sandbox.x.entities import Account, DeveloperApp, Json, Token


@dataclass(frozen=True)
class Asked:
    """`account` is whoever's token signed; `files` are the parts of a multipart body."""

    app: DeveloperApp
    token: Token
    account: Account
    path: dict[str, str]
    query: dict[str, str]
    body: bytes = b""
    form: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def is_form(self) -> bool:
        return bool(self.form or self.files)

    def json(self) -> Json:
        """Raises XError 400 for anything but a JSON object."""
        try:
            read = json.loads(self.body)
        except ValueError as odd:
            raise invalid("body", "", "Requests with bodies must be valid JSON") from odd
        if not isinstance(read, dict):
            raise invalid("body", "", "$: object expected")
        return read


@dataclass
class Answer:
    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    post_id: str | None = None

    @property
    def is_refusal(self) -> bool:
        return self.status >= 400


def answer(body: Json, status: int = 200, *, post_id: str | None = None) -> Answer:
    written = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Answer(status, written, {"content-type": "application/json; charset=utf-8"}, post_id)


def refusal(error: XError) -> Answer:
    written = answer(error.body, error.status)
    kind = "application/problem+json" if error.body.get("type") == "about:blank" else "application/json"
    written.headers = {"content-type": f"{kind}; charset=utf-8", **error.headers}
    return written
