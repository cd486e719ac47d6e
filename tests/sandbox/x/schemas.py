"""X's published description of its API, where it is present."""

import functools
import json
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).parents[4] / "shared" / "data" / "x-openapi.json"


def openapi() -> dict[str, Any]:
    if not FILE.is_file():
        pytest.skip("../shared/data/x-openapi.json is absent: not compared with X's own description")
    return _read()


@functools.cache
def _read() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))


def schema(name: str) -> dict[str, Any]:
    return openapi()["components"]["schemas"][name]


def misfits(value: Any, shape: dict[str, Any], at: str = "$") -> list[str]:
    """Where `value` says what `shape` does not know, or says it with another type."""
    if "$ref" in shape:
        return misfits(value, schema(shape["$ref"].rsplit("/", 1)[1]), at)
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "number": float}
    kind = shape.get("type")
    if kind and not isinstance(value, kinds[kind]):
        return [f"{at} is not {kind}"]
    if isinstance(value, dict) and "properties" in shape:
        known = shape["properties"]
        strange = [f"{at}.{name}" for name in value if name not in known]
        inside = [misfits(value[name], known[name], f"{at}.{name}") for name in value if name in known]
        missing = [f"{at}.{name} is missing" for name in shape.get("required", []) if name not in value]
        return strange + missing + [misfit for misfits_ in inside for misfit in misfits_]
    if isinstance(value, list) and "items" in shape:
        return [
            m for index, item in enumerate(value) for m in misfits(item, shape["items"], f"{at}[{index}]")
        ]
    return []
