"""The texts people agree to. A file is never changed once it has been agreed to: the next one is added."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class Text:
    """`body` is mrkdwn with places for {network} and, in the privacy notice, {page} and {contacts}."""

    version: int
    body: str


def principles() -> Text:
    """What the network stands for, in the version in force."""
    return _newest("principles")


def privacy_notice() -> Text:
    return _newest("privacy-notice")


@cache
def _newest(name: str) -> Text:
    versions = {
        int(found[1]): file
        for file in resources.files(__package__).iterdir()
        if (found := re.fullmatch(rf"{name}-(\d+)\.md", file.name))
    }
    newest = max(versions)
    return Text(newest, versions[newest].read_text(encoding="utf-8").strip())
