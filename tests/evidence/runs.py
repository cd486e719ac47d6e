"""One run: an announcement on one network, and the moment at which a worker dies."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.evidence import mid_thread
from tests.evidence.points import (
    APPROVAL,
    POINTS,
    SENDING,
    SERIES,
    TAKING_DOWN,
    TELLING,
    THREAD,
    Point,
    Stage,
    X,
)
from tests.evidence.scenes import SCENES, Scene

IN_TURN = (*SENDING, *TAKING_DOWN, *TELLING, *APPROVAL, *SERIES)


def _pairs() -> list[tuple[Point, str]]:
    """Every point on every network it has, so ordered that the first of them are each point once, on networks
    taken in turn.
    """
    rounds = range(max(len(point.networks) for point in POINTS))
    return [
        (point, point.networks[(at + turn) % len(point.networks)])
        for turn in rounds
        for at, point in enumerate(IN_TURN)
        if turn < len(point.networks)
    ]


PAIRS = _pairs()


@dataclass
class Run:
    """One announcement in one place, and the moment at which a worker dies. Its posts begin with its `title`.

    `planted` is the id of an equal post that is not the one to be found; `asked` is how often the network had
    been asked to post before.
    """

    title: str
    begins: datetime
    point: Point
    place: str
    timeline: str = "prompt"
    planted: str = ""
    asked: int = 0
    too_early: bool = False
    facts: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        text = "\n---\n".join(mid_thread.texts(self.title)) if self.is_thread else self.title
        self.facts = {"text": text, "edited": f"{text}, edited", "network": self.network}

    @property
    def is_thread(self) -> bool:
        return self.place == THREAD

    @property
    def network(self) -> str:
        return X if self.is_thread else self.place

    @property
    def scene(self) -> Scene:
        return mid_thread.scene(self.point.stage) if self.is_thread else SCENES[self.point.stage]

    @property
    def out_before(self) -> int:
        """How many of its posts are out when the moment comes."""
        return 1 if self.is_thread else 0

    @property
    def in_doubt(self) -> str:
        """The words whose fate the moment decides."""
        return mid_thread.texts(self.title)[1] if self.is_thread else self.title

    @property
    def final_texts(self) -> tuple[str, ...]:
        if self.is_thread:
            return mid_thread.texts(self.title)
        is_edited = self.point.stage in {Stage.EDIT, Stage.SEND_BACK}
        return (str(self.facts["edited" if is_edited else "text"]),)
