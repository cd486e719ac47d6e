"""Learn what words weigh from the labelled messages: `make learn` writes coop/asking/weights.tsv anew.

Logistic regression over the signs of `coop.asking.weighing`. What was learnt depends on nothing but the files
it is learnt from; those that measure it are never among them.
"""

from collections import Counter
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from coop.asking import Names, weighing
from coop.asking.words import spoken
from tests.labelled import ASKED, ASKED_OF_THE_BOT, NOT_ASKED, digest, labelled

WEIGHTS = Path(__file__).parents[2] / "coop" / "asking" / weighing.WEIGHTS
LGD = Names("LocalGov Digital", ("LGD",))

# A word that fewer messages hold is one word among all the unknown ones; a sign of fewer is chance.
FEWEST_WITH_WORD, FEWEST_WITH_SIGN = 3, 4
LIGHTEST = 0.08  # what weighs less changes no answer and only makes the file longer
STRENGTH = 4.0


def other_wishes() -> list[str]:
    """To join, to leave, to be told about somebody else: none of them is the question."""
    rows = [line.split("\t") for line in labelled(ASKED_OF_THE_BOT)]
    return [text for kind, text in rows if kind != "OWN_STANDING"]


def learn(asked: list[str], not_asked: list[str]) -> dict[str, float]:
    """The weight of every sign that is kept; the empty one is what every message begins with."""
    messages = [spoken(text, LGD).split() for text in (*asked, *not_asked)]
    held = Counter(word for words in messages for word in set(words))
    known = {word for word, count in held.items() if count >= FEWEST_WITH_WORD} | {weighing.UNKNOWN}
    vectors = DictVectorizer()
    found = vectors.fit_transform(
        Counter(weighing.signs([word if word in known else weighing.UNKNOWN for word in words]))
        for words in messages
    )
    often = (found > 0).sum(axis=0).A1 >= FEWEST_WITH_SIGN
    fitted = LogisticRegression(C=STRENGTH, max_iter=5000).fit(
        found[:, often], [1] * len(asked) + [0] * len(not_asked)
    )
    weighed = zip(vectors.get_feature_names_out()[often], fitted.coef_[0], strict=True)
    kept = {sign: float(weight) for sign, weight in weighed if sign in known or abs(weight) >= LIGHTEST}
    return {"": float(fitted.intercept_[0]), **dict.fromkeys([*sorted(known), "^", "$"], 0.0), **kept}


def write(weights: dict[str, float]) -> None:
    heading = f"# What words weigh: learnt by `make learn` from the labelled messages {digest()}"
    rows = [f"{sign}\t{weight:.2f}" for sign, weight in sorted(weights.items())]
    WEIGHTS.write_text("\n".join([heading, *rows, ""]), "utf-8")


if __name__ == "__main__":
    write(learn(labelled(*ASKED), labelled(*NOT_ASKED) + other_wishes()))
