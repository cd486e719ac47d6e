"""A payload with something else in the place of one of its fields."""

import json
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where each field of it stands, lists and objects included."""
    if path:
        yield path
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in steps:
        yield from paths(inner, (*path, key))


def changed(payload: Any, path: Path, odd: Any) -> Any:
    made = json.loads(json.dumps(payload))
    place = made
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = odd
    return made
