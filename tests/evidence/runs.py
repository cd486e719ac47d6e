"""One run: an announcement on one network, and the moment at which a worker dies."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.evidence.points import APPROVAL, POINTS, SENDING, TAKING_DOWN, TELLING, Point, Stage
from tests.evidence.scenes import SCENES, Scene


def _pairs() -> list[tuple[Point, str]]:
    """Every point on every network it has, so ordered that the first of them are each point once, on networks
    taken in turn.
    """
    rounds = range(max(len(point.networks) for point in POINTS))
    return [
        (point, point.networks[(at + turn) % len(point.networks)])
        for turn in rounds
        for at, point in enumerate((*SENDING, *TAKING_DOWN, *TELLING, *APPROVAL))
        if turn < len(point.networks)
    ]


PAIRS = _pairs()


@dataclass
class Run:
    """One announcement on one network, and the moment at which a worker dies. `planted` is the id of an equal
    post that is not the one to be found; `asked` is how often the network had been asked to post before.
    """

    text: str
    begins: datetime
    point: Point
    network: str
    timeline: str = "prompt"
    planted: str = ""
    asked: int = 0
    too_early: bool = False
    facts: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.facts = {"text": self.text, "edited": f"{self.text}, edited", "network": self.network}

    @property
    def scene(self) -> Scene:
        return SCENES[self.point.stage]

    @property
    def final_text(self) -> str:
        is_edited = self.point.stage in {Stage.EDIT, Stage.SEND_BACK}
        return str(self.facts["edited" if is_edited else "text"])
