"""What the network is called, however people type it."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from coop.asking.spelling import slips

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LONG_ENOUGH = 5


@dataclass(frozen=True)
class Names:
    """Build it once: its expression is compiled at first use and kept."""

    network: str
    aliases: tuple[str, ...] = ()

    def marked(self, words: list[str]) -> list[str]:
        """`words`, all in lower case, where every name and nickname of the network has become NAME."""
        if self.first_words.isdisjoint(words):
            return words
        return self._pattern.sub("NAME", " ".join(words)).split()

    @cached_property
    def first_words(self) -> frozenset[str]:
        """Lower-case words: a message that names the network has at least one of them."""
        return frozenset(start for name in self._names for start in _starts(_words(name)))

    @cached_property
    def _names(self) -> tuple[str, ...]:
        names = (unicodedata.normalize("NFKC", name) for name in (self.network, *self.aliases))
        return tuple(sorted((name for name in names if _words(name)), key=len, reverse=True))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        either = "|".join(" ?".join(map(_spelt, _words(name))) for name in self._names)
        return re.compile(rf"(?<!\S)(?:{either or '(?!)'})(?!\S)")


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name)


def _spelt(word: str) -> str:
    """LocalGov is also typed local gov, local-gov, Local Government, and lcoalgov."""
    parts = " ?".join(map(re.escape, _CAMEL.sub(" ", word).lower().split()))
    parts = re.sub(r"gov\b", "gov(?:ernment|t)?", parts)
    return f"(?:{'|'.join([parts, *sorted(map(re.escape, _mistyped(word)))])})"


def _mistyped(word: str) -> set[str]:
    lower = word.lower()
    if len(word) >= _LONG_ENOUGH:
        return slips(lower)
    if word.isupper() and len(word) > 2:
        swapped = {lower[:at] + lower[at + 1] + lower[at] + lower[at + 2 :] for at in range(len(lower) - 1)}
        return swapped | {f"{lower}er", f"{lower}'er"}  # what its people call themselves
    return set()


def _starts(words: list[str]) -> set[str]:
    first, together = words[0], "".join(words)
    part = _CAMEL.sub(" ", first).split()[0]
    return {first.lower(), part.lower(), together.lower(), *_mistyped(first), *_mistyped(together)}
