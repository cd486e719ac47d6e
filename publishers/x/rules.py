"""X's own rules of length, from twitter-text-parser; imported when a text is first measured.

The package reads its tables through pkg_resources, which setuptools warns about when it is imported.
"""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from twitter_text.config import config
    from twitter_text.extract_emojis import extract_emojis_with_indices
    from twitter_text.extract_urls import extract_urls_with_indices
    from twitter_text.get_character_weight import get_character_weight
    from twitter_text.has_invalid_characters import has_invalid_characters

__all__ = [
    "config",
    "extract_emojis_with_indices",
    "extract_urls_with_indices",
    "get_character_weight",
    "has_invalid_characters",
]
