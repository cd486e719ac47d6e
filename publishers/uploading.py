"""Pictures go up before the post that shows them: until all are there, certainly nothing is out."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from coop.publishing import Attempt, Image, NotSent, Outcome, Refused, TryLater
from publishers import pictures
from publishers.pictures import Limits, Shape
from publishers.transport import Answer, AnswerLost, NotWritten

# Of the seconds a publisher has altogether; the rest is for the post itself, whose answer must not be missed.
SHARE = 2 / 3
_ANOTHER = "Use another picture, then have it approved again."
# What networks answer when it is the picture they do not like.
_ITS_FAULT = {400, 413, 415, 422}
T = TypeVar("T")


class NotUploaded(Exception):
    """`outcome` is what becomes of the attempt: never Unknown."""

    def __init__(self, outcome: NotSent | Refused | TryLater) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome


@dataclass(frozen=True)
class Load:
    """One picture on its way. `which` names it in a sentence; `ends` is an instant of the monotonic clock."""

    image: Image = field(repr=False)
    shape: Shape
    which: str
    ends: float

    @property
    def seconds(self) -> float:
        """What is left of the time for uploads; not more than nothing once it is over."""
        return max(0.0, self.ends - time.monotonic())

    @property
    def name(self) -> str:
        return f"picture.{self.shape.ending}"


def uploaded(attempt: Attempt, limits: Limits, seconds: float, one: Callable[[Load], T]) -> list[T]:
    """What `one` makes of each picture, in order. Raises NotUploaded."""
    images = attempt.content.images
    for refusal in pictures.refusals(images, limits):
        raise NotUploaded(Refused(*_reason_and_fix(refusal)))
    ends = time.monotonic() + seconds * SHARE
    made = []
    for number, image in enumerate(images, 1):
        its = pictures.shape(image.data)
        assert its is not None  # noqa: S101 -- refused above
        which = f"picture {number}" if len(images) > 1 else "the picture"
        try:
            made.append(one(Load(image, its, which, ends)))
        except NotWritten as failed:
            raise NotUploaded(NotSent(f"{limits.network} could not be reached: {failed}")) from failed
        except AnswerLost as failed:
            reason = f"{which} left for {limits.network}, but {failed}; nothing was posted"
            raise NotUploaded(NotSent(f"{reason[:1].upper()}{reason[1:]}")) from failed
    return made


def refused(network: str, load: Load, said: str) -> NotUploaded:
    why = f": “{said}”" if said else ""
    return NotUploaded(Refused(f"{network} does not take {load.which}{why}", _ANOTHER))


def not_taken(network: str, load: Load, answer: Answer, said: str, outcome: Outcome) -> NotUploaded:
    """`outcome` is what the answer would mean for a post; no post has left, so doubt is none."""
    if answer.status in _ITS_FAULT:
        return refused(network, load, said)
    if isinstance(outcome, NotSent | Refused | TryLater):
        return NotUploaded(outcome)
    why = f": “{said}”" if said else ""
    return NotUploaded(
        NotSent(f"{network} answered with {answer.status}{why} to {load.which}; nothing was posted")
    )


def _reason_and_fix(refusal: str) -> tuple[str, str]:
    """A sentence that ends in what to do, such as "X takes 4 pictures, and there are 5: leave some out."."""
    reason, _, fix = refusal.rstrip(".").rpartition(": ")
    return reason, f"{fix[:1].upper()}{fix[1:]}, then have it approved again."
