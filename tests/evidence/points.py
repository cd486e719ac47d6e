"""The named moments at which the process is killed, and what is happening then."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """How far a life goes before its moment comes."""

    PROPOSE = "proposing"
    APPROVE = "approving"
    SEND = "sending"
    WIRE = "on the wire"
    LOOK = "looking"
    SETTLE = "settling"
    TELL = "telling"


@dataclass(frozen=True)
class Point:
    """`accepted` says that X has the post when the process dies, and its answer is not in the record."""

    name: str
    stage: Stage
    means: str
    accepted: bool = False


POINTS = (
    Point("propose.committed", Stage.PROPOSE, "the proposal is committed, nobody has been answered"),
    Point("approve.written", Stage.APPROVE, "the approval is written, not committed"),
    Point("approve.committed", Stage.APPROVE, "the approval is committed, nobody has been answered"),
    Point("send.before-claim", Stage.SEND, "it is due, nothing is claimed"),
    Point("send.claim-not-committed", Stage.SEND, "the claim is written, not committed"),
    Point("send.claimed", Stage.SEND, "the claim is committed"),
    Point("send.attempting-not-committed", Stage.SEND, "the intent to send is written, not committed"),
    Point("send.attempting", Stage.SEND, "the intent is committed, no byte has left"),
    Point("wire.asked", Stage.WIRE, "X has the request and has not taken it"),
    Point("wire.accepted", Stage.WIRE, "X has taken it, its answer is on the way", accepted=True),
    Point("send.answered", Stage.SEND, "X has answered, nothing is written", accepted=True),
    Point("send.result-not-committed", Stage.SEND, "the result is written, not committed", accepted=True),
    Point("send.result-stored", Stage.SEND, "the result is committed"),
    Point("look.begun", Stage.LOOK, "the answer was lost; a look has begun", accepted=True),
    Point("look.seen", Stage.LOOK, "a look has come back, nothing is written", accepted=True),
    Point("look.not-committed", Stage.LOOK, "what it found is written, not committed", accepted=True),
    Point("look.stored", Stage.LOOK, "what it found is committed"),
    Point("settle.committed", Stage.SETTLE, "it was lost; “send it again” is committed, nobody answered"),
    Point("outbox.claimed", Stage.TELL, "it is out; the message about it is claimed"),
    Point("outbox.ready", Stage.TELL, "it is out; the message about it is about to leave"),
    Point("outbox.answered", Stage.TELL, "Slack has the message about it, nothing is written"),
)
