"""The same acts in any order hypothesis likes, checked after each."""

from collections import Counter
from typing import ClassVar

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as any_
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from coop.announcing import approving, stopping
from coop.announcing.sending import settling
from tests.evidence.model.acting import Acting, Limits
from tests.evidence.model.network import OUTCOMES
from tests.evidence.model.record import Template
from tests.evidence.model.rules_of_series import ANYBODY, APPROVER, WHERE, YES_OR_NO, SeriesRules

WHICH = any_.integers(-3, -1)  # of the newest
MINUTES = any_.sampled_from((0, 0, 5, 60, 400))
OUTCOME = any_.sampled_from(OUTCOMES + ("published",) * 3)
VISIBLE = any_.sampled_from((True, True, False, None))
# Each run has the next of these.
LIMITS: tuple[Limits, ...] = ((3, None, None), (3, 4, None), (None, 2, None), (None, None, 6), (2, 3, 9))
COMMITS = any_.integers(1, 4)
JUMPS = any_.sampled_from((-60, -1, 30, 3_600, 26 * 3_600, 3 * 86_400))


THERE_IS_ONE = precondition(lambda machine: machine.acting.ids)


class Announcing(SeriesRules):
    """`counts` is what was done in all runs; `careless` is said to `Acting`."""

    template: ClassVar[Template]
    counts: ClassVar[Counter[str]]
    careless: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__()
        self.counts["runs"] += 1
        self.acting = Acting(self.template, careless=self.careless)
        self.acting.limit(LIMITS[self.counts["runs"] % len(LIMITS)])

    @rule(who=ANYBODY, where=WHERE, minutes=MINUTES)
    def draft(self, who: str, where: tuple[str, ...], minutes: int) -> None:
        self.acting.draft(who, where, minutes)

    @rule(who=APPROVER, where=WHERE, outcome=OUTCOME)
    def agree_and_send(self, who: str, where: tuple[str, ...], outcome: str) -> None:
        self._agree(who, where)
        self._send(outcome)

    @rule(who=APPROVER, where=WHERE, outcome=OUTCOME, visible=VISIBLE, minutes=MINUTES)
    def agree_send_and_look(
        self, who: str, where: tuple[str, ...], outcome: str, visible: bool | None, minutes: int
    ) -> None:
        self._agree(who, where)
        self._send(outcome)
        self.acting.order("published", visible)
        self.acting.clock.forward(minutes=minutes)
        self.acting.work()

    @rule(who=APPROVER, where=WHERE)
    def agree_send_and_lose_sight(self, who: str, where: tuple[str, ...]) -> None:
        """It is out, its answer was lost, and not one look shows it."""
        self._agree(who, where)
        self._send("lost after")
        self.acting.order("published", visible=False)
        self.acting.clock.forward(minutes=6)
        self.acting.work()
        self.acting.work()

    @rule(who=APPROVER, where=WHERE, stopper=ANYBODY)
    def agree_and_stop_all(self, who: str, where: tuple[str, ...], stopper: str) -> None:
        self._agree(who, where)
        self.acting.act(stopping.stop_all, stopper)
        self._send("published")

    @rule(who=APPROVER, where=WHERE, lifts=YES_OR_NO)
    def agree_and_begin_a_blackout(self, who: str, where: tuple[str, ...], lifts: bool) -> None:
        self._agree(who, where)
        self.acting.begin_a_blackout("asha", 1)
        if lifts:
            self.acting.override(who, -1)
        self._send("published")

    @rule(who=APPROVER, where=WHERE)
    def agree_and_end_the_term(self, who: str, where: tuple[str, ...]) -> None:
        self._agree(who, where)
        self.acting.change_the_group(who, ends=True)
        self._send("published")

    @rule(who=APPROVER, where=WHERE, same=YES_OR_NO)
    def agree_and_edit(self, who: str, where: tuple[str, ...], same: bool) -> None:
        self._agree(who, where)
        self.acting.edit("asha", -1, same)
        self._send("published")

    @rule(who=APPROVER, where=WHERE, outcome=OUTCOME, commits=COMMITS, before=YES_OR_NO)
    def agree_and_crash(
        self, who: str, where: tuple[str, ...], outcome: str, commits: int, before: bool
    ) -> None:
        self._agree(who, where)
        self.crash(commits, before)
        self._send(outcome)

    def _agree(self, who: str, where: tuple[str, ...]) -> None:
        self.acting.clear_the_way(who)
        self.acting.draft("asha", where, 0)
        self.acting.approve(who, -1, fresh=True)

    def _send(self, outcome: str) -> None:
        self.acting.order(outcome, visible=True)
        self.acting.clock.forward(minutes=11)
        self.acting.work()

    @THERE_IS_ONE
    @rule(who=ANYBODY, which=WHICH, same=YES_OR_NO)
    def edit(self, who: str, which: int, same: bool) -> None:
        self.acting.edit(who, which, same)

    @THERE_IS_ONE
    @rule(which=WHICH)
    def open_the_approval(self, which: int) -> None:
        self.acting.open_the_approval(which)

    @THERE_IS_ONE
    @rule(who=ANYBODY, which=WHICH, fresh=YES_OR_NO)
    def approve(self, who: str, which: int, fresh: bool) -> None:
        self.acting.approve(who, which, fresh)

    @THERE_IS_ONE
    @rule(who=ANYBODY, which=WHICH)
    def ask_for_changes(self, who: str, which: int) -> None:
        self.acting.about(approving.ask_for_changes, who, which, comment="Please")

    @THERE_IS_ONE
    @rule(who=ANYBODY, which=WHICH)
    def withdraw(self, who: str, which: int) -> None:
        self.acting.about(stopping.withdraw, who, which)

    @THERE_IS_ONE
    @rule(who=ANYBODY, which=WHICH)
    def stop_one(self, who: str, which: int) -> None:
        self.acting.about(stopping.stop_one, who, which)

    @rule(who=ANYBODY)
    def stop_all(self, who: str) -> None:
        self.acting.act(stopping.stop_all, who)

    @rule(who=ANYBODY)
    def resume_all(self, who: str) -> None:
        self.acting.act(stopping.resume_all, who)

    @rule(who=ANYBODY, days=any_.integers(0, 2))
    def begin_a_blackout(self, who: str, days: int) -> None:
        self.acting.begin_a_blackout(who, days)

    @rule(who=ANYBODY)
    def end_the_blackouts(self, who: str) -> None:
        self.acting.end_the_blackouts(who)

    @THERE_IS_ONE
    @rule(who=ANYBODY, which=WHICH)
    def override(self, who: str, which: int) -> None:
        self.acting.override(who, which)

    @rule(who=APPROVER)
    def end_a_term(self, who: str) -> None:
        self.acting.change_the_group(who, ends=True)

    @rule(who=APPROVER)
    def begin_a_term(self, who: str) -> None:
        self.acting.change_the_group(who, ends=False)

    @THERE_IS_ONE
    @rule(who=ANYBODY, which=WHICH)
    def answer(self, who: str, which: int) -> None:
        self.acting.answer(who, which)

    @THERE_IS_ONE
    @rule(who=ANYBODY, which=WHICH)
    def send_now(self, who: str, which: int) -> None:
        self.acting.about(settling.send_now, who, which)

    @rule(outcome=OUTCOME, visible=VISIBLE, minutes=any_.sampled_from((0, 1, 3, 11)))
    def tick(self, outcome: str, visible: bool | None, minutes: int) -> None:
        self.acting.order(outcome, visible)
        self.acting.clock.forward(minutes=minutes)
        self.acting.work()

    @rule(commits=COMMITS, before=YES_OR_NO)
    def crash(self, commits: int, before: bool) -> None:
        """Whoever writes so many times from now dies there, and whatever it was doing is over."""
        self.acting.record.left, self.acting.record.is_before = commits, before

    @rule(which=WHICH)
    def deliver_twice(self, which: int) -> None:
        self.acting.deliver_twice(which)

    @rule(seconds=JUMPS)
    def clock_jump(self, seconds: int) -> None:
        self.acting.clock.forward(seconds=seconds)

    @invariant()
    def holds(self) -> None:
        self.counts["steps"] += 1
        self.acting.check()

    def teardown(self) -> None:
        self.acting.settle_everything()
        networks = self.acting.networks.values()
        self.counts["posts"] += sum(len(network.posts) for network in networks)
        self.counts["posts of series"] += len(self.acting.watch.days)
        self.counts["held over a cap"] += self.acting.watch.held_over_a_cap()
        self.counts["requests"] += len(self.acting.requests)


def run(template: Template, *, runs: int, steps: int, chosen: int, careless: bool = False) -> Counter[str]:
    """What was done. Raises AssertionError with the shortest way there, where something does not hold."""
    Announcing.template, Announcing.counts, Announcing.careless = template, Counter(), careless
    chosen_settings = settings(
        max_examples=runs,
        stateful_step_count=steps,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    run_state_machine_as_test(seed(chosen)(Announcing), settings=chosen_settings)
    return Announcing.counts
