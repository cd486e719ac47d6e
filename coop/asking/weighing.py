"""How much a message sounds like "am I a member?": the sum of what its words weigh.

Words, two and three in a row, and telling words with any other word of the message have a weight each, learnt
from the labelled messages by `make learn`: above nought for the question, below it against.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

# With these, every other word of a message counts, wherever it stands.
TELLING = ("?", "i", "my", "me", "NAME", "member", "membership")
UNKNOWN = "_"
WEIGHTS = "weights.tsv"


def weigh(spoken: str) -> float:
    """How far `words.spoken` is on the side of the question; at nought it could be either."""
    learnt = _learnt()
    total, in_a_row, beside = learnt.start, learnt.in_a_row, learnt.beside
    words = ["^", *(word if word in in_a_row else UNKNOWN for word in spoken.split()), "$", "", ""]
    for at, word in enumerate(words[:-2]):
        one = in_a_row.get(word)
        if one:
            total += one.weight
            two = one.then.get(words[at + 1])
            if two:
                total += two.weight + two.after.get(words[at + 2], 0.0)
    present = set(words)
    for telling in TELLING:
        if telling in present:
            weights = beside[telling]
            total += sum([weights[word] for word in present if word in weights])
    return total


def signs(words: list[str]) -> Iterator[str]:
    """All that is weighed in a message, by the name it has in the file of weights."""
    row = ["^", *words, "$"]
    yield from row
    yield from map("{} {}".format, row, row[1:])
    yield from map("{} {} {}".format, row, row[1:], row[2:])
    present = set(row)
    for telling in present.intersection(TELLING):
        for word in present:
            yield f"{telling}&{word}"


@dataclass(slots=True)
class _Two:
    weight: float = 0.0
    after: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class _One:
    weight: float = 0.0
    then: dict[str, _Two] = field(default_factory=dict)


@dataclass
class _Learnt:
    start: float = 0.0
    in_a_row: dict[str, _One] = field(default_factory=dict)
    beside: dict[str, dict[str, float]] = field(default_factory=lambda: {word: {} for word in TELLING})

    def add(self, sign: str, weight: float) -> None:
        match sign.split():
            case []:
                self.start = weight
            case [one] if "&" in one:
                telling, _, word = one.partition("&")
                self.beside[telling][word] = weight
            case [one]:
                self.in_a_row.setdefault(one, _One()).weight = weight
            case [one, two]:
                self._two(one, two).weight = weight
            case [one, two, three]:
                self._two(one, two).after[three] = weight

    def _two(self, one: str, two: str) -> _Two:
        return self.in_a_row.setdefault(one, _One()).then.setdefault(two, _Two())


@cache
def _learnt() -> _Learnt:
    learnt = _Learnt()
    for line in (resources.files(__package__) / WEIGHTS).read_text("utf-8").splitlines()[1:]:
        sign, weight = line.split("\t")
        learnt.add(sign, float(weight))
    return learnt
