"""Request bodies: closed, as X's are. A field nobody knows is refused, at every level."""

from __future__ import annotations

import re

from sandbox.x.answers import invalid
from sandbox.x.entities import Json

Shape = dict[str, object]

_ID: Shape = {"type": "string", "pattern": r"[0-9]{1,19}"}


def _object(*required: str, **properties: Shape) -> Shape:
    return {"type": "object", "properties": properties, "required": required}


def _open(**properties: Shape) -> Shape:
    """X looks at these and lets the rest pass."""
    return {**_object(**properties), "open": True}


def _list(of: Shape, least: int, most: int) -> Shape:
    return {"type": "array", "items": of, "minItems": least, "maxItems": most}


_TEXT: Shape = {"type": "string"}
_YES_NO: Shape = {"type": "boolean"}
_REPLY_SETTINGS: Shape = {
    "type": "string",
    "enum": ("following", "mentionedUsers", "subscribers", "verified"),
}
_OPTION: Shape = {"type": "string", "minLength": 1, "maxLength": 25}
_MINUTES: Shape = {"type": "integer", "minimum": 5, "maximum": 10_080}
_CATEGORY: Shape = {
    "type": "string",
    "enum": (
        "tweet_image",
        "tweet_gif",
        "tweet_video",
        "amplify_video",
        "dm_image",
        "dm_gif",
        "dm_video",
        "subtitles",
    ),
}

_MEDIA = _object(
    "media_ids",
    media_ids=_list(_ID, 1, 4),
    tagged_user_ids=_list(_ID, 0, 10),
    title=_TEXT,
    description=_TEXT,
    embeddable=_YES_NO,
    preview_media_id=_ID,
    call_to_actions=_open(),
)
_POLL = _object(
    "options",
    "duration_minutes",
    options=_list(_OPTION, 2, 4),
    duration_minutes=_MINUTES,
    reply_settings=_REPLY_SETTINGS,
)
_REPLY = _object(
    "in_reply_to_tweet_id",
    in_reply_to_tweet_id=_ID,
    exclude_reply_user_ids=_list(_ID, 0, 10),
    auto_populate_reply_metadata=_YES_NO,
)
POST = _object(
    text=_TEXT,
    media=_MEDIA,
    poll=_POLL,
    reply=_REPLY,
    edit_options=_object("previous_post_id", previous_post_id=_ID),
    geo=_object(place_id=_TEXT),
    quote_tweet_id=_ID,
    community_id=_ID,
    reply_settings=_REPLY_SETTINGS,
    card_uri=_TEXT,
    direct_message_deep_link=_TEXT,
    share_with_followers=_YES_NO,
    for_super_followers_only=_YES_NO,
    nullcast=_YES_NO,
    made_with_ai=_YES_NO,
    paid_partnership=_YES_NO,
)
UPLOAD = _object("media", "media_category", media=_TEXT, media_category=_CATEGORY, additional_owners=_TEXT)
INITIALIZE = _object(
    "media_type",
    "total_bytes",
    media_type=_TEXT,
    total_bytes={"type": "integer", "minimum": 1, "maximum": 512 * 1024 * 1024},
    media_category=_CATEGORY,
    additional_owners=_list(_ID, 0, 100),
    shared=_YES_NO,
)
APPEND = _object(
    "media", "segment_index", media=_TEXT, segment_index={"type": "integer", "minimum": 0, "maximum": 999}
)
METADATA = _object(
    "id",
    id=_ID,
    metadata=_open(alt_text=_object("text", text={"type": "string", "maxLength": 1000})),
)

_TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
}


def require(body: Json, shape: Shape) -> Json:
    """The body itself. Raises XError 400 at the first thing that does not fit."""
    _check(body, shape, "$")
    return body


def _check(value: object, shape: Shape, at: str) -> None:
    kind = str(shape["type"])
    if not isinstance(value, _TYPES[kind]) or (kind == "integer" and isinstance(value, bool)):
        raise _odd(at, value, f"{type(value).__name__} found, {kind} expected")
    if isinstance(value, dict):
        _check_object(value, shape, at)
    elif isinstance(value, list):
        _within(len(value), shape, ("minItems", "maxItems"), at)
        for index, item in enumerate(value):
            _check(item, _shape(shape["items"]), f"{at}[{index}]")
    elif isinstance(value, str):
        _within(len(value), shape, ("minLength", "maxLength"), at)
        _check_text(value, shape, at)
    elif isinstance(value, int):
        _within(value, shape, ("minimum", "maximum"), at)


def _check_object(value: Json, shape: Shape, at: str) -> None:
    properties = _shape(shape["properties"])
    for name, inner in value.items():
        if name not in properties and "open" in shape:
            continue
        if name not in properties:
            reason = "is not defined in the schema and the schema does not allow additional properties"
            raise _odd(f"{at}.{name}", inner, reason)
        _check(inner, _shape(properties[name]), f"{at}.{name}")
    required = shape["required"]
    for name in required if isinstance(required, tuple) else ():
        if name not in value:
            raise _odd(f"{at}.{name}", None, "is missing but it is required")


def _check_text(value: str, shape: Shape, at: str) -> None:
    if "pattern" in shape and not re.fullmatch(str(shape["pattern"]), value):
        raise _odd(at, value, f"does not match the regex pattern ^{shape['pattern']}$")
    choices = shape.get("enum")
    if isinstance(choices, tuple) and value not in choices:
        raise _odd(at, value, f"does not have a value in the enumeration {list(choices)}")


def _within(value: int, shape: Shape, names: tuple[str, str], at: str) -> None:
    least, most = (shape.get(name) for name in names)
    if isinstance(least, int) and value < least:
        raise _odd(at, value, f"must be at least {least}")
    if isinstance(most, int) and value > most:
        raise _odd(at, value, f"must be at most {most}")


def _shape(value: object) -> Shape:
    if not isinstance(value, dict):
        raise TypeError("a shape is a dictionary")
    return value


def _odd(at: str, value: object, reason: str) -> Exception:
    return invalid(at.removeprefix("$."), "" if value is None else str(value), f"{at}: {reason}")
