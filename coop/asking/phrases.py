"""A small language for sentences, so that the lists of what people say can be read aloud.

    am i [not|all] (member|part of NET)

`(a|b)` is one of them; `[a|b]` none, one or a few of them; `*` is any word, `...` up to three of them, `#` a
number; `^` the start of a clause, `$` the end of the text; `<part>` another list by name. Each line is one way of saying
it; where two could match, the upper one wins. They match `words.spoken`: one space after each word and mark.
"""

import re
from collections.abc import Callable

_ELEMENT = re.compile(r"<(\w+)>|[\[\]()|]|[^\s\[\]()|<>]+")
_SIGNS = {
    **{"(": "(?:", "|": "|", ")": ")", "[": "(?:", "]": "){0,3}"},
    **{"*": r"\w+ ", "...": r"(?:\w+ ){0,3}?", "^": r"(?:^|(?<=[.?,] ))", "$": "$", "#": r"\d+ "},
}


def expression(lines: str, /, **parts: str) -> str:
    """A regular expression that matches what any of the lines says."""
    said = ("".join(_elements(line, parts)) for line in lines.splitlines() if line.strip())
    return f"(?:{'|'.join(said)})"


def phrases(lines: str, /, followed_by: str = "", **parts: str) -> re.Pattern[str]:
    """A compiled `expression` that begins where a word begins; `followed_by` is a regular expression."""
    return re.compile(rf"(?<!\S){expression(lines, **parts)}{followed_by}")


def _elements(line: str, parts: dict[str, str]) -> list[str]:
    return [
        parts[found[1]] if found[1] else _SIGNS.get(found[0]) or f"{re.escape(found[0])} "
        for found in _ELEMENT.finditer(line)
    ]


def in_turn(*steps: tuple[str, str, re.Pattern[str]]) -> Callable[[str], str]:
    """What rewrites a text step by step: whatever a step's pattern matches becomes the step's name.

    A step is (name, words of which the text must hold one for the step to be worth trying, pattern).
    """
    split = [(f"{name} ", tuple(needs.split("|")), pattern) for name, needs, pattern in steps]

    def named(spoken: str) -> str:
        for name, needs, pattern in split:
            for need in needs:
                if need in spoken:
                    spoken = pattern.sub(name, spoken)
                    break
        return spoken

    return named
