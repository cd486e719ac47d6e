"""Rules of the walk that are about series; the others are in machine.py."""

from hypothesis import strategies as any_
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from tests.evidence.model.acting import Acting

ANYBODY = any_.sampled_from(("asha", "asha", "bryn", "carys", "dafydd"))
APPROVER = any_.sampled_from(("bryn", "carys"))
WHERE = any_.sampled_from((("x",), ("x",), ("mastodon",), ("x", "mastodon")))
YES_OR_NO = any_.booleans()
# Until the first run: within the countdown, today, at a time the clocks skip tomorrow, in three days.
AHEAD = any_.sampled_from((5, 60, 930, 3 * 1_440))
TIMES = any_.integers(1, 3)
WHICH_DAY = any_.integers(0, 3)
CHANGE = any_.sampled_from(("skip", "end", "edit a run", "for all", "each by itself"))
THERE_IS_ONE = precondition(lambda machine: machine.are_series)


class SeriesRules(RuleBasedStateMachine):
    acting: Acting
    are_series = False

    @rule(who=ANYBODY, where=WHERE, minutes=AHEAD, times=TIMES, fixed=YES_OR_NO)
    def plan_a_series(self, who: str, where: tuple[str, ...], minutes: int, times: int, fixed: bool) -> None:
        self.acting.series.plan(who, where, minutes, times, fixed=fixed)
        self.are_series = True

    @rule(who=APPROVER, where=WHERE, minutes=AHEAD, times=TIMES)
    def agree_on_a_series_and_let_it_run(
        self, who: str, where: tuple[str, ...], minutes: int, times: int
    ) -> None:
        self._agree_on_a_series(who, where, minutes, times)
        self.let_runs_come(times)

    @rule(who=APPROVER, where=WHERE, minutes=AHEAD, change=CHANGE)
    def agree_on_a_series_and_think_again(
        self, who: str, where: tuple[str, ...], minutes: int, change: str
    ) -> None:
        self._agree_on_a_series(who, where, minutes, 3)
        self.let_runs_come(1)
        series = self.acting.series
        match change:
            case "skip":
                series.skip("asha", 0)
            case "end":
                series.end("asha")
            case "edit a run":
                self.change_a_run("asha", 0, same=False)
            case _:
                series.change("asha", where, 60, 3, fixed=change == "for all")
                series.approve(who, fresh=True)
        self.let_runs_come(1)

    def _agree_on_a_series(self, who: str, where: tuple[str, ...], minutes: int, times: int) -> None:
        self.acting.clear_the_way(who)
        self.plan_a_series("asha", where, minutes, times, fixed=True)
        self.acting.series.approve(who, fresh=True)

    @rule(times=TIMES)
    def let_runs_come(self, times: int) -> None:
        self.acting.order("published", visible=True)
        self.acting.series.let_come(times)

    @THERE_IS_ONE
    @rule()
    def open_the_approval_of_a_series(self) -> None:
        self.acting.series.open_the_approval()

    @THERE_IS_ONE
    @rule(who=ANYBODY, fresh=YES_OR_NO)
    def approve_a_series(self, who: str, fresh: bool) -> None:
        self.acting.series.approve(who, fresh=fresh)

    @THERE_IS_ONE
    @rule(who=ANYBODY, which=WHICH_DAY)
    def skip_a_run(self, who: str, which: int) -> None:
        self.acting.series.skip(who, which)

    @THERE_IS_ONE
    @rule(who=ANYBODY, which=WHICH_DAY)
    def take_back_a_skip(self, who: str, which: int) -> None:
        self.acting.series.take_back(who, which)

    @THERE_IS_ONE
    @rule(who=ANYBODY, which=WHICH_DAY, same=YES_OR_NO)
    def change_a_run(self, who: str, which: int, same: bool) -> None:
        self.acting.series.make_early(who, which)
        self.acting.edit(who, -1, same)

    @THERE_IS_ONE
    @rule(who=ANYBODY, where=WHERE, minutes=AHEAD, times=TIMES, fixed=YES_OR_NO)
    def change_a_series(
        self, who: str, where: tuple[str, ...], minutes: int, times: int, fixed: bool
    ) -> None:
        self.acting.series.change(who, where, minutes, times, fixed=fixed)

    @THERE_IS_ONE
    @rule(who=ANYBODY)
    def end_a_series(self, who: str) -> None:
        self.acting.series.end(who)
