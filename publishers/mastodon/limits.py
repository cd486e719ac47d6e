"""What a Mastodon server takes, in its own words: `configuration` of GET /api/v2/instance.

https://docs.joinmastodon.org/entities/Instance/: some take more than the 500 characters of most, some less.
"""

from dataclasses import dataclass, replace
from typing import Any

from publishers.mastodon import media
from publishers.mastodon import text as mastodon_text
from publishers.pictures import TYPES, Limits


@dataclass(frozen=True)
class Taken:
    """Until a server has been heard, what most of them take."""

    characters: int = mastodon_text.LIMIT
    link: int = mastodon_text.LINK_WEIGHT
    pictures: Limits = media.LIMITS


def read(told: dict[str, Any]) -> Taken:
    """What it does not say (older servers say less) is as on most.

    Raises AttributeError, KeyError, OverflowError, TypeError or ValueError for what makes no sense.
    """
    configuration = told["configuration"]
    statuses, attached = configuration["statuses"], configuration.get("media_attachments", {})
    usual = media.LIMITS
    size = _positive(attached.get("image_size_limit"), media.MOST_BYTES)
    types = attached.get("supported_mime_types") or TYPES.values()
    kinds = {kind: size for kind, content_type in TYPES.items() if content_type in types}
    return Taken(
        _positive(statuses["max_characters"], mastodon_text.LIMIT),
        _positive(statuses["characters_reserved_per_url"], mastodon_text.LINK_WEIGHT),
        replace(
            usual,
            sizes=kinds or usual.sizes,
            alt_text=_positive(attached.get("description_limit"), usual.alt_text),
            pictures=_positive(statuses.get("max_media_attachments"), usual.pictures),
            pixels=_positive(attached.get("image_matrix_limit"), media.MOST_PIXELS),
        ),
    )


def _positive(said: Any, usual: int) -> int:
    """Raises OverflowError, TypeError or ValueError."""
    number = usual if said is None else int(said)
    if number < 1:
        raise ValueError(said)
    return number
