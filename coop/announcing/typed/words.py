"""What somebody typed, in one spelling, from which one meaning after the other is taken."""

import re
import unicodedata

from coop.errors import UserError

LONGEST = 200
_SPELLINGS = (
    (re.compile(r"[“”\"'‘’,;!?]"), " "),  # noqa: RUF001 -- the quotation marks phones type
    (re.compile(r"[‐‑‒–—]"), "-"),  # noqa: RUF001 -- every dash there is
    (re.compile(r"\b([ap])\.m\.?(?![a-z])"), r"\1m"),
    (re.compile(r"\btonight\b"), "today evening"),
    (re.compile(r"\bthis (morning|afternoon|evening)\b"), r"today \1"),
    (re.compile(r"\s+"), " "),
)
_IDLE = {"on", "at", "the", "|", "-"}
_TAKEN = " | "  # so that what stood on both sides of what was taken cannot be read as one


class NotUnderstood(UserError):
    """Not one of the forms we know. `why` names what is missing or unknown; examples say what is known."""

    def __init__(self, typed: str, why: str, examples: tuple[str, ...]) -> None:
        shown = typed if len(typed) <= 60 else f"{typed[:59].rstrip()}…"
        such = [f"“{example}”" for example in examples]
        super().__init__(
            f"I can't read “{shown}”: {why}. Nothing was proposed. "
            f"Write it like {', '.join(such[:-1])} or {such[-1]}."
        )


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
