"""What one setting accepts by itself, for pydantic. Each raises ValueError with the end of a sentence."""

import re
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from sqlalchemy.exc import ArgumentError

from storage.database import address

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
DATABASE_SHAPES = "It looks like sqlite:///countmein.db or postgresql://user:password@host:5432/name."


def parts(value: Any, separators: str) -> Any:
    if not isinstance(value, str):
        return value
    return tuple(part.strip() for part in re.split(f"[{separators}]", value) if part.strip())


def time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(_no_such_zone(name)) from None
    return name


def _no_such_zone(name: str) -> str:
    # Only now: listing every zone reads the whole folder.
    known = available_timezones()
    if not known:
        return "cannot be read: this machine has no time-zone data (install the package tzdata)."
    near = get_close_matches(name.replace(" ", "_"), known, n=1)
    return f"names no time zone: “{name}”." + (f" Did you mean {near[0]}?" if near else " Try Europe/London.")


def handle(typed: str) -> str:
    name = typed.strip().removeprefix("@")
    if name and not re.fullmatch(r"[A-Za-z0-9_]{1,15}", name):
        raise ValueError(f"is not a handle: “{typed}”. It is the account's name, such as FenmarchNews.")
    return name


def domain_handle(typed: str) -> str:
    name = typed.strip().removeprefix("@").lower()
    if name and not re.fullmatch(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}", name):
        raise ValueError(f"is not a handle: “{typed}”. On Bluesky it is a name such as fenmarch.bsky.social.")
    return name


def database_url(text: str) -> str:
    try:
        url = address(text)
    except (ArgumentError, ValueError):
        raise ValueError(f"cannot be read. {DATABASE_SHAPES}") from None
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise ValueError(f"names a database we do not keep records in. {DATABASE_SHAPES}")
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise ValueError(f"names no file, so every record would be lost at the end. {DATABASE_SHAPES}")
    return text


def safe_address(text: str) -> str:
    address = urlsplit(text)
    if address.hostname and (address.scheme == "https" or address.hostname in LOOPBACK):
        return text
    raise ValueError("must begin with https://, because tokens are sent to it.")


def public_address(text: str) -> str:
    address = urlsplit(text)
    if text and not (address.hostname and (address.scheme == "https" or address.hostname in LOOPBACK)):
        raise ValueError("must begin with https://, such as https://countmein.example: secrets are in it.")
    if address.query or address.fragment:
        raise ValueError("must be an address without ? or #, such as https://countmein.example.")
    return text.rstrip("/")


def page(text: str) -> str:
    if text and urlsplit(text).scheme not in {"https", "http"}:
        raise ValueError("must be a full address, such as https://fenmarch.example/join.")
    return text
