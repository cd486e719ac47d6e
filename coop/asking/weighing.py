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
    learnt = weights()
    total, one, two, three = learnt.start, learnt.one, learnt.two, learnt.three
    words = ["^", *[word if word in one else UNKNOWN for word in spoken.split()], "$", "", ""]
    for at, word in enumerate(words[:-2]):
        total += one[word]
        following = words[at + 1]
        if word in two:
            total += two[word].get(following, 0.0)
        if word in three and following in three[word]:
            total += three[word][following].get(words[at + 2], 0.0)
    present = set(words)
    for telling in TELLING:
        if telling in present:
            beside = learnt.beside[telling]
            total += sum([beside[word] for word in present if word in beside])
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


@dataclass
class Weights:
    """Of words alone, of two and of three in a row, and of what stands beside a telling word."""

    start: float = 0.0
    one: dict[str, float] = field(default_factory=dict)
    two: dict[str, dict[str, float]] = field(default_factory=dict)
    three: dict[str, dict[str, dict[str, float]]] = field(default_factory=dict)
    beside: dict[str, dict[str, float]] = field(default_factory=lambda: {word: {} for word in TELLING})

    def add(self, sign: str, weight: float) -> None:
        match sign.split():
            case []:
                self.start = weight
            case [pair] if "&" in pair:
                telling, _, word = pair.partition("&")
                self.beside[telling][word] = weight
            case [a]:
                self.one[a] = weight
            case [a, b]:
                self.two.setdefault(a, {})[b] = weight
            case [a, b, c]:
                self.three.setdefault(a, {}).setdefault(b, {})[c] = weight


@cache
def weights() -> Weights:
    learnt = Weights()
    for line in (resources.files(__package__) / WEIGHTS).read_text("utf-8").splitlines()[1:]:
        sign, weight = line.split("\t")
        learnt.add(sign, float(weight))
    return learnt
