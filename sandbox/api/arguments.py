"""Arguments of a call: query, form and JSON merged, whatever way the client chose to send them."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request

from sandbox.answers import error, invalid
from sandbox.entities import Json

_TRUE, _FALSE = ("1", "true", "True"), ("0", "false", "False", "")


class Arguments:
    """Typed reading of a call's arguments. Raises invalid_arguments where the type is wrong."""

    def __init__(self, given: Json) -> None:
        self.given = given

    def __contains__(self, name: str) -> bool:
        return self.given.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        value = self.given.get(name)
        if value is None:
            return default
        if isinstance(value, dict | list):
            raise invalid(f"must be a string [json-pointer:/{name}]")
        return str(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.given.get(name)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        if str(value) not in _TRUE + _FALSE:
            raise invalid(f"must be a boolean [json-pointer:/{name}]")
        return str(value) in _TRUE

    def number(self, name: str, default: int) -> int:
        value = self.given.get(name)
        if value in (None, ""):
            return default
        try:
            return int(float(str(value)))
        except (ValueError, OverflowError) as wrong:
            raise invalid(f"must be an integer [json-pointer:/{name}]") from wrong

    def ids(self, name: str) -> list[str]:
        """Ids given as a list or joined by commas."""
        value = self.parsed(name) if str(self.given.get(name, "")).startswith("[") else self.given.get(name)
        parts = value if isinstance(value, list) else str(value or "").split(",")
        return [str(part).strip() for part in parts if str(part).strip()]

    def parsed(self, name: str) -> Any:
        """An object or list, given as such or as a JSON string; None when absent."""
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as wrong:
            raise invalid(f"must be valid JSON [json-pointer:/{name}]") from wrong


async def read(request: Request) -> Json:
    """Query, then form or JSON over it. Raises Slack's codes for bodies it cannot read."""
    given: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "GET" or not kind:
        return given
    if kind == "application/json":
        return given | _json_object(await request.body())
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        async with request.form() as form:
            return given | {name: value for name, value in form.items() if isinstance(value, str)}
    if kind == "text/plain":
        return given
    raise error("invalid_post_type")


def _json_object(body: bytes) -> Json:
    if not body:
        return {}
    try:
        parsed = json.loads(body)
    except ValueError as wrong:
        raise error("invalid_json") from wrong
    if not isinstance(parsed, dict):
        raise error("json_not_object")
    return parsed
