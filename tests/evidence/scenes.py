"""What leads up to a moment, what is being done when it comes, and what people do afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from tests.evidence.points import Stage
from tests.evidence.verdicts import Ends

BEFORE_NOON = timedelta(minutes=5)
DUE = timedelta(minutes=10)
LOOK = DUE + timedelta(seconds=5)
LEASE_OVER = DUE + timedelta(minutes=3)
# After the last look: what was not found by then, a person is asked about.
IN_DOUBT = DUE + timedelta(minutes=70)
A_DAY_LATER = timedelta(hours=30)


@dataclass(frozen=True)
class Step:
    """`act` is what a life does (tests/evidence/life.py), `at` that long after the run began.

    `crash`: a death on the way there. `nothing_out`: until its end, nothing may have been published.
    """

    act: str
    at: timedelta = timedelta()
    crash: str = ""
    nothing_out: bool = False


@dataclass(frozen=True)
class Scene:
    """`fault` is what the network is ordered to do meanwhile, such as ("drop", "after")."""

    before: tuple[Step, ...]
    moment: Step
    after: tuple[Step, ...] = ()
    fault: tuple[str, str] | None = None
    ends: Ends = Ends.OUT


PROPOSE, APPROVE = Step("propose"), Step("approve")
WORK, LOOK_FOR_IT, ASK = Step("work", DUE), Step("work", LOOK), Step("work", IN_DOUBT)
STILL = replace(WORK, nothing_out=True)
STOP_ALL, RESUME_ALL = Step("stop_all"), Step("resume_all", LOOK, nothing_out=True)
SEND_NOW = Step("send_now", LOOK)
EDIT = Step("edit", LOOK, nothing_out=True)
AGREED = (PROPOSE, APPROVE)
TAKE_DOWN, REMOVE = Step("take_down", LOOK), Step("work_down", LOOK)
DEAD_BY_NOW = replace(REMOVE, at=LOOK + timedelta(minutes=3))

SCENES: Mapping[Stage, Scene] = {
    Stage.PROPOSE: Scene((), PROPOSE, (APPROVE,)),
    Stage.MAKE: Scene((Step("plan_series"),), Step("work_on_series"), (APPROVE,)),
    Stage.MAKE_AGREED: Scene((Step("plan_series_for_all"), Step("approve_series")), Step("work_on_series")),
    Stage.EDIT: Scene(AGREED, Step("edit"), (replace(STILL, at=DUE), Step("approve_edited", LOOK))),
    Stage.APPROVE: Scene((PROPOSE,), APPROVE),
    Stage.LATE: Scene((Step("propose_for_noon"),), Step("approve_late", A_DAY_LATER, nothing_out=True)),
    Stage.SEND_BACK: Scene(AGREED, Step("send_back"), (STILL, EDIT, Step("approve_edited", LOOK))),
    Stage.WITHDRAW: Scene(AGREED, Step("withdraw"), (STILL,), ends=Ends.KEPT),
    Stage.STOP: Scene(AGREED, Step("stop"), (STILL, Step("approve_again", LOOK))),
    Stage.STOP_ALL: Scene(AGREED, STOP_ALL, (STILL, RESUME_ALL, SEND_NOW)),
    Stage.RESUME_ALL: Scene((*AGREED, STOP_ALL, STILL), RESUME_ALL, (replace(STILL, at=LOOK), SEND_NOW)),
    Stage.SEND_NOW: Scene((*AGREED, STOP_ALL, STILL, RESUME_ALL), SEND_NOW),
    Stage.HOLD: Scene((*AGREED, STOP_ALL), STILL, (RESUME_ALL, SEND_NOW)),
    Stage.SEND: Scene(AGREED, WORK),
    Stage.LEASES: Scene((*AGREED, replace(WORK, crash="send.answered")), Step("work", LEASE_OVER)),
    Stage.LOOK: Scene((*AGREED, WORK), LOOK_FOR_IT, fault=("drop", "after")),
    Stage.SETTLE: Scene((*AGREED, WORK, ASK), Step("send_again", IN_DOUBT), fault=("drop", "before")),
    Stage.AGAIN: Scene(
        (*AGREED, WORK, ASK, Step("send_again", IN_DOUBT)),
        Step("work_twice", IN_DOUBT),
        fault=("drop", "before"),
    ),
    Stage.POST: Scene((*AGREED, WORK), Step("posted", LOOK)),
    Stage.TAKE_DOWN: Scene((*AGREED, WORK), TAKE_DOWN, (REMOVE, DEAD_BY_NOW), ends=Ends.DOWN),
    Stage.REMOVE: Scene((*AGREED, WORK, TAKE_DOWN), REMOVE, (DEAD_BY_NOW,), ends=Ends.DOWN),
    Stage.TELL: Scene(
        (PROPOSE, Step("tell_of_proposal"), APPROVE, WORK, Step("forget_all_but_the_delivery", DUE)),
        Step("tell", DUE),
        (Step("tell", LOOK),),
    ),
}
