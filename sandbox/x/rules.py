"""X's own rules of length, from twitter-text-parser; imported when a text is first looked at.

The package reads its tables through pkg_resources, which setuptools warns about when it is imported.
"""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from twitter_text import extract_urls_with_indices, parse_tweet

__all__ = ["extract_urls_with_indices", "parse_tweet"]
