"""The same moments in the middle of a thread: its first part is out when they come, its third waits."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from tests.evidence.points import Stage
from tests.evidence.scenes import APPROVE, DEAD_BY_NOW, DUE, PROPOSE, SCENES, WORK, Scene, Step

PARTS = 3
# Whoever sends the first part dies with it, so that nobody goes on with the second in the same breath.
FIRST = Step("first_part", DUE, crash="send.result-stored")
BEGUN = (PROPOSE, APPROVE, FIRST)


def texts(title: str) -> tuple[str, ...]:
    """Of the parts; each begins with the title, by which a run's posts are known."""
    return (title, *(f"{title}, part {number}" for number in range(2, PARTS + 1)))


def scene(stage: Stage) -> Scene:
    """What is done before, with the first part sent as soon as it is agreed to."""
    plain = SCENES[stage]
    if stage in {Stage.TAKE_DOWN, Stage.REMOVE}:
        return _taken_down(plain)
    return replace(plain, before=(*BEGUN, *(_not_yet_due(step) for step in plain.before[2:])))


def is_in_order(posts: Iterable[Mapping[str, Any]], title: str) -> bool:
    """Whether each part that is out answers the one before it, and came after it."""
    earlier: dict[str, str] = {}
    wanted = dict(zip(texts(title), ("", *texts(title)), strict=False))
    for post in posts:
        if earlier.get(post["reply_to"] or "", "") != wanted.get(post["text"], "nothing"):
            return False
        earlier[post["id"]] = post["text"]
    return True


def copies(posts: Iterable[Mapping[str, Any]], title: str) -> int:
    """How often the second part is out, or whichever part is out more than once."""
    found = Counter(post["text"] for post in posts)
    most = max(found.values(), default=0)
    return most if most > 1 else found[texts(title)[1]]


def _not_yet_due(step: Step) -> Step:
    return replace(step, at=max(step.at, DUE))


def _taken_down(plain: Scene) -> Scene:
    """All of it is out; the kill comes at the first of three deletions, and each of the others has its turn."""
    later = tuple(replace(DEAD_BY_NOW, at=DEAD_BY_NOW.at + number * DUE) for number in range(1, PARTS))
    before = (*BEGUN, WORK, *plain.before[3:])
    return replace(plain, before=before, after=(*plain.after, *later))
