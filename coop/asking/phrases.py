"""A small language for sentences, so that the lists of what people say can be read aloud.

    am i [not|all] (member|part of NET)

`(a|b)` is one of them; `[a|b]` none, one or a few of them; `*` is any word, `...` up to three of them, `#` a
number; `^` the start of a clause, `$` the end of the text; `<part>` another list by name. Each line is one
way of saying it; where two could match, the upper one wins. They match `words.spoken`, in which every word
and every mark has one space after it.
"""

import re
from collections.abc import Callable, Sequence

_ELEMENT = re.compile(r"<(\w+)>|[\[\]()|]|[^\s\[\]()|<>]+")
_GROUPS = {"(": "(?:", "|": "|", ")": ")", "[": "(?:", "]": "){0,3}"}
_WORDS = {"*": r"\w+ ", "...": r"(?:\w+ ){0,3}?", "#": r"\d+ ", "^": r"(?:^|(?<=[.?,] ))", "$": "$"}
_SIGNS = _GROUPS | _WORDS


class Parts(dict[str, str]):
    """Regular expressions by the names that lists know them by."""

    def either(self, lines: str) -> str:
        """A regular expression that matches what any of the lines says."""
        said = ("".join(self._elements(line)) for line in lines.splitlines() if line.strip())
        return f"(?:{'|'.join(said)})"

    def phrases(self, lines: str) -> re.Pattern[str]:
        """What any of the lines says, from where a word begins."""
        return re.compile(rf"(?<!\S){self.either(lines)}")

    def _elements(self, line: str) -> list[str]:
        return [
            self[found[1]] if found[1] else _SIGNS.get(found[0]) or f"{re.escape(found[0])} "
            for found in _ELEMENT.finditer(line)
        ]


def in_turn(
    *steps: tuple[str | Callable[[re.Match[str]], str], str, re.Pattern[str]],
) -> Callable[[str], str]:
    """What rewrites a text step by step: whatever a step's pattern matches becomes the step's name.

    A step is (name, words of which the text must hold one for the step to be worth trying, pattern). Instead
    of a name it may bring what finds one, with a space after it.
    """
    split = [
        (f"{name} " if isinstance(name, str) else name, needs.split("|"), pattern)
        for name, needs, pattern in steps
    ]

    def named(spoken: str) -> str:
        for name, needs, pattern in split:
            if holds(spoken, needs):
                spoken = pattern.sub(name, spoken)
        return spoken

    return named


def holds(text: str, needs: Sequence[str]) -> bool:
    """A plain loop: this runs many times for each message, and `any` costs three times as much."""
    for need in needs:  # noqa: SIM110
        if need in text:
            return True
    return False
