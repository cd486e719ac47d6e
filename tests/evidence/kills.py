"""Kill a worker at a named moment, let others take over, and compare the record with the network's own ledger.

`size` workers share one record. All of them are armed, so whoever reaches the moment dies there.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.announcing import Clock
from tests.evidence import mid_thread, pressing, timelines, warming
from tests.evidence.life import Life
from tests.evidence.points import BY_HAND, POINTS, Point, Stage
from tests.evidence.practice_world import STEERING, World
from tests.evidence.runs import Run
from tests.evidence.scenes import Step
from tests.evidence.verdicts import Verdict
from tests.evidence.workers import HarnessBroken, Killed, Worker, until

BEGINS = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
BETWEEN = timedelta(hours=1)
MOST_MOMENTS = 60
# There the last look has to have seen that it is not there.
PLAIN = (Stage.SETTLE, Stage.AGAIN)


@dataclass
class Session:
    """Kills on one record, one after another on a clock that only goes forward."""

    world: World
    seed: int
    size: int = 1
    now: datetime = BEGINS
    count: int = 0
    workers: list[Worker] = field(default_factory=list)

    def begin(self) -> None:
        warming.prepare(self.world, self.now)
        self._fill_up()
        self.now += BETWEEN

    def kill(self, point: Point, place: str, *, badly: str = "") -> Verdict:
        """`badly` is what a bad sender does first: "retry" or "drop" whatever was being attempted."""
        run = self._new_run(point, place)
        for step in run.scene.before:
            self._do(step, run)
        self._die(run.scene.moment, run)
        if badly:
            self._one("do_badly", run, badly=badly)
        for step in (run.scene.moment, *run.scene.after):
            self._do(step, run)
        self._finish(run)
        verdict = self._judge(run)
        self.now += BETWEEN
        return verdict

    def broken_links(self) -> int:
        found = self._one("broken_links", self._new_run(POINTS[0], BY_HAND))
        assert isinstance(found, int)
        return found

    def end(self) -> None:
        for worker in self.workers:
            worker.end()
        self.workers.clear()

    # One run.

    def _new_run(self, point: Point, place: str) -> Run:
        self.count += 1
        chance = random.Random(f"{self.seed} {self.count}")
        run = Run(f"Announcement {self.count} of seed {self.seed}, {point.name}", self.now, point, place)
        network = run.network
        if point.stage not in PLAIN:
            run.timeline = chance.choice(timelines.KINDS[network])
        self.world.as_before(network)
        run.planted = timelines.tell(self.world, network, run.timeline, chance, run.in_doubt, run.begins)
        if not run.is_thread:
            self._lay_in_wait(run)
        return run

    def _lay_in_wait(self, run: Run) -> None:
        """From here on the next post is the one it is about."""
        fault = {"wire.asked": ("hang", "before"), "wire.accepted": ("hang", "after")}.get(run.point.name)
        if fault := fault or run.scene.fault:
            self.world.order(run.network, *fault)
        if run.point.called == "":
            run.asked = self.world.requests(run.network)

    def _do(self, step: Step, run: Run) -> None:
        if step.crash:
            self._die(step, run)
            if step == mid_thread.FIRST:
                self._lay_in_wait(run)
        else:
            self._at(run.begins + step.at, run)
            self._order(step.act, run)
            if step.nothing_out and len(self._posts(run)) > run.out_before:
                run.too_early = True
        if step.act.startswith(("propose", "work_on_series")):
            run.facts |= self._one("found", run)

    def _die(self, step: Step, run: Run) -> None:
        """All who do this step are armed; at least one has to be killed at it."""
        self._at(run.begins + step.at, run)
        crash = step.crash or run.point.called
        doing = self._doing(step.act)
        for worker in doing:
            worker.order(do=step.act, now=self.now.isoformat(), crash=crash, **run.facts)
        if not crash:
            self._kill_whoever_waits(doing, run)
        dead = [worker for worker in doing if not _lived(worker)]
        if not dead:
            raise HarnessBroken(f"{crash or run.point.name} was never reached on {run.place}")
        self.workers = [worker for worker in self.workers if worker not in dead]
        self._fill_up()

    def _kill_whoever_waits(self, doing: list[Worker], run: Run) -> None:
        """The moment is one that only the network sees: it has been asked, or it has the post."""
        if run.point.name == "wire.accepted":
            until(lambda: len(self._posts(run)) > run.out_before)
        else:
            until(lambda: self.world.requests(run.network) > run.asked)
        for worker in doing:
            if not worker.has_answered:
                worker.kill()

    def _finish(self, run: Run) -> None:
        for _ in range(MOST_MOMENTS):
            moment = self._one("next_moment", run)
            if moment is None:
                break
            self._at(datetime.fromtimestamp(moment, UTC) + timedelta(seconds=1), run)
            self._order("work", run)
        if run.network == BY_HAND and run.point.stage is not Stage.POST:
            self._order("posted", run)

    def _judge(self, run: Run) -> Verdict:
        left = self._one("left_behind", run)
        posts = self._posts(run)
        found = [(post["id"], post["text"]) for post in posts]
        known = zip(map(_own_id, left["remote_ids"]), run.final_texts, strict=False)
        is_ordered = not run.is_thread or mid_thread.is_in_order(posts, run.title)
        return Verdict(
            point=run.point.name,
            network=run.place,
            timeline=run.timeline,
            in_doubt=run.point.in_doubt,
            ends=run.scene.ends,
            posts=mid_thread.copies(posts, run.title) if run.is_thread else len(posts),
            state=left["state"],
            asked=left["asked"],
            is_right_post=run.network == BY_HAND or found == list(known),
            told=left["told"],
            too_early=run.too_early or not is_ordered,
            takedown=left["takedown"],
            seen_in_slack=self._told_in_slack(posts) if run.point.stage is Stage.TELL else None,
        )

    def _posts(self, run: Run) -> list[dict[str, str]]:
        """What is really out of this run, planted posts and other people's aside."""
        own = self.world.environment.x_handle
        out = self.world.posts(run.network, run.title)
        return [post for post in out if post["id"] != run.planted and post.get("username", own) == own]

    def _told_in_slack(self, posts: list[dict[str, str]]) -> int:
        """Replies in the steering channel that give the post's link."""
        where = f"conversation?user={pressing.WRITER.user_id}&channel={STEERING}"
        messages = self.world.controls.asked(where)["messages"]
        replies = [each for each in messages if each.get("thread_ts") not in (None, each["ts"])]
        return sum(posts[0]["id"] in each["text"] for each in replies) if posts else 0

    # Workers.

    def _at(self, moment: datetime, run: Run) -> None:
        self.now = max(self.now, moment)
        self.world.at(run.network, self.now)

    def _order(self, act: str, run: Run) -> None:
        """Everybody works; what a person does is done once."""
        doing = self._doing(act)
        for worker in doing:
            worker.order(do=act, now=self.now.isoformat(), **run.facts)
        for worker in doing:
            worker.answer()

    def _one(self, act: str, run: Run, **more: Any) -> Any:
        self.workers[0].order(do=act, now=self.now.isoformat(), **run.facts, **more)
        return self.workers[0].answer()

    def _doing(self, act: str) -> list[Worker]:
        return self.workers if act.startswith("work") else self.workers[:1]

    def _fill_up(self) -> None:
        while len(self.workers) < self.size:
            self.workers.append(Worker.forked(_Obeying(self.world), self.workers))


class _Obeying:
    """What a worker does with an order: one act of a life that begins with the first."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.life: Life | None = None

    def __call__(self, order: dict[str, Any]) -> Any:
        now = datetime.fromisoformat(order.pop("now"))
        self.life = self.life or Life(self.world, Clock(now))
        self.life.clock.now = now
        return getattr(self.life, order.pop("do"))(order)


def _lived(worker: Worker) -> bool:
    try:
        worker.answer()
    except Killed:
        return False
    return True


def _own_id(remote_id: str | None) -> str:
    """The last part of a record's address on Bluesky; elsewhere the whole."""
    return (remote_id or "").rpartition("/")[2]
