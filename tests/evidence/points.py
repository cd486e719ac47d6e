"""The named moments at which a process is killed, what is happening then, and on which networks."""

from dataclasses import dataclass
from enum import StrEnum

X, MASTODON, BLUESKY, SLACK, BY_HAND = "x", "mastodon", "bluesky", "slack", "by_hand"
# A place of its own: three posts on X, each answering the one before; the moment comes at the second.
THREAD = "x, in mid-thread"
BY_ITSELF = (X, MASTODON, BLUESKY, SLACK)
EVERYWHERE = (*BY_ITSELF, BY_HAND)
LEAVING, ANYWHERE = (*BY_ITSELF, THREAD), (*EVERYWHERE, THREAD)
# The same post twice is one post there, so nobody ever has to be asked.
REPEATABLE = (MASTODON, BLUESKY)


class Stage(StrEnum):
    """What is being done when the moment comes; tests/evidence/scenes.py says what came before."""

    PROPOSE = "proposing"
    MAKE = "making a run of a series"
    MAKE_AGREED = "making a run of a series that was approved once for all"
    EDIT = "editing"
    APPROVE = "approving"
    LATE = "approving after its time"
    SEND_BACK = "asking for changes"
    WITHDRAW = "withdrawing"
    STOP = "stopping one"
    STOP_ALL = "stopping everything"
    RESUME_ALL = "resuming"
    SEND_NOW = "sending a held one"
    HOLD = "holding"
    SEND = "sending"
    LEASES = "clearing up after the dead"
    LOOK = "looking"
    SETTLE = "settling"
    AGAIN = "sending again"
    POST = "posting by hand"
    TAKE_DOWN = "asking to take down"
    REMOVE = "taking down"
    TELL = "telling"


@dataclass(frozen=True)
class Point:
    """`crash` is what the code calls the moment, where that differs from its name here; it is empty for the
    two that only the network can see. `in_doubt`: from here on X and Slack alone know whether they have it.
    """

    name: str
    stage: Stage
    means: str
    networks: tuple[str, ...] = (X,)
    in_doubt: bool = False
    crash: str | None = None

    @property
    def called(self) -> str:
        return self.name if self.crash is None else self.crash


def _two(act: str, stage: Stage, what: str, **more: object) -> tuple[Point, Point]:
    crash = str(more.pop("crash", act))
    facts = {"stage": stage, **more}
    return (
        Point(f"{act}.written", means=f"{what} is written, not committed", crash=f"{crash}.written", **facts),  # type: ignore[arg-type]
        Point(
            f"{act}.committed",
            means=f"{what} is committed, nobody has been answered",
            crash=f"{crash}.committed",
            **facts,  # type: ignore[arg-type]
        ),
    )


APPROVAL = (
    *_two("propose", Stage.PROPOSE, "the proposal"),
    *_two("edit", Stage.EDIT, "an edit, which voids the approval,"),
    *_two("approve", Stage.APPROVE, "the approval"),
    *_two("late-approval", Stage.LATE, "an approval with a new time", crash="approve"),
    *_two("send-back", Stage.SEND_BACK, "a wish for changes"),
    *_two("withdraw", Stage.WITHDRAW, "the withdrawal"),
    *_two("stop", Stage.STOP, "“stop this one”"),
    *_two("stop-all", Stage.STOP_ALL, "“stop everything”"),
    *_two("resume-all", Stage.RESUME_ALL, "“let everything go again”"),
    *_two("send-now", Stage.SEND_NOW, "“send it now”"),
    *_two("settle", Stage.SETTLE, "it was lost; “send it again”", networks=(X, SLACK, THREAD)),
    *_two("posted", Stage.POST, "“it's posted”", networks=(BY_HAND,), crash="settle"),
)
SERIES = (
    Point("series.run-not-committed", Stage.MAKE, "a run of a series is made, not committed"),
    Point("series.run-committed", Stage.MAKE, "a run of a series is committed"),
    Point(
        "series.approved-run-not-committed",
        Stage.MAKE_AGREED,
        "a run that was approved with its series is made, not committed",
        crash="series.run-not-committed",
    ),
    Point(
        "series.approved-run-committed",
        Stage.MAKE_AGREED,
        "a run that was approved with its series is committed",
        crash="series.run-committed",
    ),
)
SENDING = (
    Point("send.before-claim", Stage.SEND, "it is due, nothing is claimed", ANYWHERE),
    Point("send.claim-not-committed", Stage.SEND, "the claim is written, not committed", ANYWHERE),
    Point("send.claimed", Stage.SEND, "the claim is committed", ANYWHERE),
    Point("send.held", Stage.HOLD, "everything is stopped; what came due is held", (X, THREAD)),
    Point("send.attempting-not-committed", Stage.SEND, "the intent is written, not committed", ANYWHERE),
    Point("send.attempting", Stage.SEND, "the intent is committed, no byte has left", ANYWHERE, True),
    Point("wire.connected", Stage.SEND, "a connection is open, nothing is written", LEAVING, True),
    Point("wire.line-written", Stage.SEND, "the request line and head are written", LEAVING, True),
    Point("wire.sent", Stage.SEND, "the whole request is written", LEAVING, True),
    Point("wire.asked", Stage.SEND, "the network has the request and not taken it", LEAVING, True, ""),
    Point("wire.accepted", Stage.SEND, "the network has taken it, its answer is held", LEAVING, True, ""),
    Point("wire.answered", Stage.SEND, "its whole answer has come, nothing is read of it", LEAVING, True),
    Point("send.answered", Stage.SEND, "its answer is understood, nothing is written", ANYWHERE, True),
    Point("send.result-not-committed", Stage.SEND, "the result is written, not committed", ANYWHERE, True),
    Point("send.result-stored", Stage.SEND, "the result is committed", ANYWHERE),
    *_two("leases", Stage.LEASES, "what became of a dead worker's attempt", networks=LEAVING, in_doubt=True),
    Point("look.begun", Stage.LOOK, "the answer was lost; a look has begun", LEAVING, True),
    Point("look.seen", Stage.LOOK, "a look has come back, nothing is written", LEAVING, True),
    Point("look.not-committed", Stage.LOOK, "what it found is written, not committed", LEAVING, True),
    Point("look.stored", Stage.LOOK, "what it found is committed", LEAVING, True),
    Point("again.claimed", Stage.AGAIN, "the second try is claimed", LEAVING, crash="send.claimed"),
    Point(
        "again.attempting",
        Stage.AGAIN,
        "the second intent is committed, no byte has left",
        LEAVING,
        True,
        "send.attempting",
    ),
    Point(
        "again.answered",
        Stage.AGAIN,
        "the second try is answered, nothing is written",
        LEAVING,
        True,
        "send.answered",
    ),
)
TELLING = (
    Point("outbox.claimed", Stage.TELL, "it is out; the message about it is claimed"),
    Point("outbox.ready", Stage.TELL, "it is out; the message about it is about to leave"),
    Point("outbox.answered", Stage.TELL, "Slack has the message about it, nothing is written"),
)
TAKING_DOWN = (
    Point("takedown.committed", Stage.TAKE_DOWN, "the wish is committed, nobody has been answered", LEAVING),
    Point("takedown.before-delete", Stage.REMOVE, "the deletion is claimed, no byte has left", LEAVING),
    Point("takedown.deleted", Stage.REMOVE, "the network has deleted it, nothing is written", LEAVING),
    Point("takedown.not-committed", Stage.REMOVE, "the result is written, not committed", LEAVING),
    Point("takedown.stored", Stage.REMOVE, "the result is committed", LEAVING),
)
POINTS = (*APPROVAL, *SERIES, *SENDING, *TAKING_DOWN, *TELLING)
