"""What somebody typed, in one spelling, from which one meaning after the other is taken."""

import re
import unicodedata

from coop.errors import UserError

LONGEST = 200
TOO_LONG = f"That is longer than {LONGEST} characters."
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SPELLINGS = (
    (re.compile(r"[“”\"'‘’,;!?]"), " "),  # noqa: RUF001 -- the quotation marks phones type
    (re.compile(r"[‐‑‒–—]"), "-"),  # noqa: RUF001 -- every dash there is
    (re.compile(r"\b([ap])\.m\.?(?![a-z])"), r"\1m"),
    (re.compile(r"\btonight\b"), "today evening"),
    (re.compile(r"\bthis (morning|afternoon|evening)\b"), r"today \1"),
    (re.compile(r"\b(\d{1,2}|[a-z]+) ?o ?clock\b"), r"at \1"),
    *((re.compile(rf"\b{name}\b"), str(number)) for number, name in enumerate(NUMBERS, start=1)),
    (re.compile(r"\s+"), " "),
)
_IDLE = {"on", "at", "the", "|", "-"}
_TAKEN = " | "  # so that what stood on both sides of what was taken cannot be read as one


class NoSuch(Exception):
    """What is no day, no time of day or no series; says why."""


class NotUnderstood(UserError):
    """Not one of the forms we know. `said` is a sentence that names what is missing or unknown; the examples
    show what is known.
    """

    def __init__(self, said: str, examples: tuple[str, ...]) -> None:
        such = [f"“{example}”" for example in examples]
        super().__init__(f"{said} Nothing was proposed. Write it like {', '.join(such[:-1])} or {such[-1]}.")


def unreadable(typed: str, why: object) -> str:
    """Why it cannot be read, as a sentence."""
    return f"I can't read “{shown(typed)}”: {why}."


def not_known(typed: str, unknown: str) -> str:
    """The words without a meaning; all of it is not said twice."""
    if unknown == Words(typed).unknown():
        return f"I can't read “{shown(typed)}” as a time."
    return f"I don't know “{unknown[:40]}” in “{shown(typed)}”."


def shown(typed: str) -> str:
    whole = " ".join(typed.split())
    return whole if len(whole) <= 60 else f"{whole[:59].rstrip()}…"


class Words:
    """In lower case, without commas and quotation marks; never longer than LONGEST."""

    def __init__(self, typed: str) -> None:
        left = unicodedata.normalize("NFKC", typed[:LONGEST]).casefold()
        for pattern, spelling in _SPELLINGS:
            left = pattern.sub(spelling, left)
        self.left = left.strip()

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first place where the pattern fits, which is gone afterwards."""
        if found := pattern.search(self.left):
            self.left = f"{self.left[: found.start()]}{_TAKEN}{self.left[found.end() :]}"
        return found

    def unknown(self) -> str:
        """What has been taken for nothing, but for words without a meaning of their own."""
        return " ".join(word for word in self.left.split() if word not in _IDLE)
